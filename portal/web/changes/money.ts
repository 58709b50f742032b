/** Whole cents from what somebody typed: "12,500", "$1,250.50"; null for anything else. */
export function readDollars(text: string): number | null {
  const bare = text.replaceAll(/[$,\s]/g, '');
  const found = /^(\d{1,9})(?:\.(\d{1,2}))?$/.exec(bare);
  if (found === null) return null;
  return Number(found[1]) * 100 + Number((found[2] ?? '').padEnd(2, '0'));
}

/** "$12,500", "$1,250.50". */
export function dollars(cents: number, locale: string): string {
  const digits = cents % 100 === 0 ? 0 : 2;
  const style = { style: 'currency', currency: 'USD', minimumFractionDigits: digits } as const;
  return new Intl.NumberFormat(locale, { ...style, maximumFractionDigits: digits }).format(cents / 100);
}
