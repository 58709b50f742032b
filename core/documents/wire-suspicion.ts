/** One thing in a text that reads like wire instructions, for the person who decides. Never quotes a number. */
export interface WireSign {
  readonly sign: string;
  readonly points: number;
  readonly reason: string;
}

export interface WireSuspicion {
  readonly score: number;
  /** Held: not opened, not filed, shown to nobody until a coordinator has called and let it go. */
  readonly isHeld: boolean;
  readonly reasons: readonly string[];
}

/** Points from which a file is held. Holding too much costs a call; holding too little can cost a house. */
export const HOLD_AT = 3;

interface SignRule {
  readonly sign: string;
  readonly pattern: RegExp;
  readonly points: number;
  readonly reason: string;
}

/** Signs of wire instructions [design], after the public advice on wire fraud (domain.md section 4 [WF1][WF2][WF3]). */
const SIGNS: readonly SignRule[] = [
  {
    sign: 'routing',
    pattern: /\b(routing|aba|rtn)\s*(no\b|num|#|:|code|transit|\/)/,
    points: 3,
    reason: 'It names a routing number.',
  },
  {
    sign: 'swift',
    pattern: /\b(swift|bic)\s*(code|no\b|num|#|:|address|\/)/,
    points: 3,
    reason: 'It names a SWIFT code.',
  },
  {
    sign: 'iban',
    pattern: /\biban\b|\b[a-z]{2}\d{2}( ?[a-z0-9]{4}){3,7}\b/,
    points: 3,
    reason: 'It carries an international account number.',
  },
  {
    sign: 'instructions',
    pattern: /\b(wire|wiring)\s+(transfer\s+)?(instruction|detail|info|coordinates)/,
    points: 3,
    reason: 'It calls itself wire instructions.',
  },
  {
    sign: 'changed',
    pattern:
      /\b(updated?|new|revised|changed?|corrected)\s+(\w+\s+){0,2}?(wire|wiring|bank(ing)?|account|payment|ach)\b/,
    points: 3,
    reason: 'It says that bank or wire details have changed.',
  },
  {
    sign: 'changed-after',
    pattern:
      /\b(wire|wiring|bank(ing)?|account|payment|ach)\s+(\w+\s+){0,3}?(have|has|had|were|was|been)\s+(\w+\s+)?(changed|updated|revised)\b/,
    points: 3,
    reason: 'It says that bank or wire details have changed.',
  },
  {
    sign: 'beneficiary',
    pattern: /\bbeneficiary\s*(bank|account|name|address|:)|\b(receiving|intermediary) bank\b/,
    points: 2,
    reason: 'It names a beneficiary or receiving bank.',
  },
  {
    sign: 'account',
    pattern: /\b(bank\s+|checking\s+|escrow\s+)?(account|acct|a\/c)\.?\s*(no\b|num|#|:)/,
    points: 2,
    reason: 'It names an account number.',
  },
  {
    sign: 'send',
    pattern:
      /\b(send|wire|transfer|remit)\s+(\w+\s+){0,4}?(funds|money|deposit|down ?payment|balance|proceeds|cash to close)\b/,
    points: 1,
    reason: 'It asks to send money.',
  },
  {
    sign: 'hurry',
    pattern: /\b(urgent(ly)?|immediately|asap|right away|do not call|don't call|by e-?mail only|only reply)\b/,
    points: 1,
    reason: 'It presses for speed or against calling.',
  },
  { sign: 'wire', pattern: /\b(wire|wiring|wired)\b/, points: 1, reason: 'It speaks of a wire.' },
];

/** ABA routing numbers are nine digits whose weighted sum (3, 7, 1) is a multiple of ten. */
const ROUTING_FOUND: WireSign = { sign: 'checked', points: 3, reason: 'It carries a valid bank routing number.' };
const NINE_DIGITS = /(?<![\d-])\d{9}(?![\d-])/g;
const LONG_NUMBER = /\d(?:[ .-]?\d){6,}/;

/** A label with the number behind it: what an advisory about wire fraud never carries. */
const LABELLED_NUMBER = /\b(routing|aba|rtn|account|acct|a\/c|iban|swift|bic)\b[^\d\n]{0,25}\d[\d .-]{4,}\d/;
const ADVISORY = /\b(wire|wiring|email|e-mail|cyber|funds|transfer)\s+(\w+\s+)?(fraud|scam)/;

/**
 * How much a text reads like wire instructions: the text of a file, a mail, a file name, with reasons that quote nothing.
 * Looks through case, accents, full-width letters, zero-width characters and line breaks. Every contract comes with a
 * warning of wire fraud, so a text that warns is held only when it carries numbers of its own.
 */
export function scoreWireSuspicion(text: string): WireSuspicion {
  const plain = plainText(text);
  const found: WireSign[] = SIGNS.filter(({ pattern }) => pattern.test(plain));
  const isAboutMoney = /\b(bank|wire|wiring|account|acct|ach|transfer|routing|escrow)\b/.test(plain);
  if (isAboutMoney && (plain.match(NINE_DIGITS) ?? []).some(isRoutingNumber)) found.push(ROUTING_FOUND);
  const score = found.reduce((sum, { points }) => sum + points, 0);
  const hasNumbers = found.some(({ sign }) => sign === 'iban' || sign === 'checked') || LABELLED_NUMBER.test(plain);
  const isHeld = score >= HOLD_AT && (hasNumbers || !ADVISORY.test(plain));
  return { score, isHeld, reasons: [...new Set(found.map(({ reason }) => reason))] };
}

/** Whether a text carries a number as long as an account's (seven digits or more, however spaced). */
export function hasLongNumber(text: string): boolean {
  return LONG_NUMBER.test(plainText(text));
}

function plainText(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/[\p{M}\p{Cf}]/gu, '')
    .replace(/[_\s\u2010-\u2015]+/gu, ' ')
    .toLowerCase();
}

function isRoutingNumber(digits: string): boolean {
  const weights = [3, 7, 1];
  const sum = [...digits].reduce((total, digit, index) => total + Number(digit) * (weights[index % 3] ?? 0), 0);
  return sum > 0 && sum % 10 === 0;
}
