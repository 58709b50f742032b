/** "$642,000"; cents only when there are any. */
export function moneyText(cents: number): string {
  const whole = Math.trunc(Math.abs(cents) / 100);
  const rest = Math.abs(cents) % 100;
  const dollars = String(whole).replace(/\B(?=(\d{3})+$)/g, ',');
  return `${cents < 0 ? '-' : ''}$${dollars}${rest === 0 ? '' : `.${String(rest).padStart(2, '0')}`}`;
}

export type MoneyText =
  | { readonly kind: 'empty' }
  | { readonly kind: 'cents'; readonly cents: number }
  | { readonly kind: 'wrong'; readonly sentence: string };

/** Reads "642000", "$642,000", "642k", "1.2m". At most a billion dollars. */
export function parseMoney(text: string): MoneyText {
  const bare = text.replace(/[\s,$]/g, '').toLowerCase();
  if (bare === '') return { kind: 'empty' };
  const found = /^(\d{1,12}(?:\.\d{1,6})?)(k|m)?$/.exec(bare);
  if (found === null) return { kind: 'wrong', sentence: 'Write the price in dollars, like 642,000.' };
  const cents = Math.round(Number(found[1]) * (found[2] === 'k' ? 1e5 : found[2] === 'm' ? 1e8 : 100));
  if (cents > 1e11) return { kind: 'wrong', sentence: 'That is over a billion dollars. Check the zeros.' };
  return { kind: 'cents', cents };
}
