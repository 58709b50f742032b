import { domainToUnicode } from 'node:url';

/** Mail services that anyone can have an address at: the part before the @ is who it is. */
const PUBLIC = new Set(
  'gmail.com googlemail.com yahoo.com outlook.com hotmail.com live.com msn.com icloud.com me.com mac.com aol.com att.net comcast.net verizon.net sbcglobal.net protonmail.com proton.me gmx.com mail.com ymail.com'.split(
    ' ',
  ),
);

/** Labels this short differ by a letter from every other one. */
const MIN_LABEL = 5;

/** Letters of other alphabets that look like ours. Accents are taken off before. */
const CONFUSABLE: Readonly<Record<string, string>> = {
  а: 'a',
  ɑ: 'a',
  α: 'a',
  в: 'b',
  с: 'c',
  ϲ: 'c',
  ԁ: 'd',
  е: 'e',
  ɡ: 'g',
  һ: 'h',
  і: 'i',
  ı: 'i',
  ӏ: 'l',
  ј: 'j',
  к: 'k',
  κ: 'k',
  м: 'm',
  н: 'h',
  о: 'o',
  ο: 'o',
  р: 'p',
  ρ: 'p',
  ѕ: 's',
  т: 't',
  τ: 't',
  υ: 'u',
  ν: 'v',
  ԝ: 'w',
  х: 'x',
  у: 'y',
  ӱ: 'y',
  ø: 'o',
  ł: 'l',
  đ: 'd',
}; // prettier-ignore

/**
 * The known address that `address` was made to look like, or null. Looks for a domain (or, at a public mail service, a
 * name) one slip away, letters that read alike (0 o, rn m, 1 l, other alphabets, also as xn--), another ending, and a
 * known domain placed in front of a strange one. An address at a known domain is never a lookalike.
 */
export function lookalikeOf(address: string, knownAddresses: readonly string[]): string | null {
  const candidate = parts(address);
  if (candidate === null) return null;
  const known = knownAddresses.map((text) => ({ text, parts: parts(text) }));
  if (known.some(({ parts: other }) => other !== null && isTrusted(candidate, other))) return null;
  return known.find(({ parts: other }) => other !== null && looksLike(candidate, other))?.text ?? null;
}

/** Whether two texts differ by at most one letter put in, left out, changed, or swapped with its neighbour. */
export function isOneSlipAway(one: string, other: string): boolean {
  if (one === other) return true;
  const [short, long] = one.length <= other.length ? [one, other] : [other, one];
  if (long.length - short.length > 1) return false;
  let at = 0;
  while (at < short.length && short[at] === long[at]) at += 1;
  if (long.length > short.length) return short.slice(at) === long.slice(at + 1);
  if (short.slice(at + 1) === long.slice(at + 1)) return true;
  return short[at] === long[at + 1] && short[at + 1] === long[at] && short.slice(at + 2) === long.slice(at + 2);
}

interface Parts {
  readonly name: string;
  readonly domain: string;
  /** What the owner of the domain chose: "larkmoor-escrow" of "mail.larkmoor-escrow.com". */
  readonly label: string;
  readonly ending: string;
}

function parts(address: string): Parts | null {
  const plain = address.trim().toLowerCase();
  const at = plain.lastIndexOf('@');
  if (at <= 0 || plain.length > 320) return null;
  const domain = plain.slice(at + 1).replace(/\.+$/, '');
  const labels = domain.split('.');
  if (labels.length < 2) return null;
  // "example.co.uk": the ending has two labels when the one before the last is a short class name.
  const isTwo = labels.length > 2 && /^(co|com|org|net|gov|edu)$/.test(labels.at(-2) ?? '');
  const cut = labels.length - (isTwo ? 3 : 2);
  const readable = domainToUnicode(labels[cut] ?? '') || (labels[cut] ?? '');
  return { name: plain.slice(0, at), domain, label: readable, ending: labels.slice(cut + 1).join('.') };
}

function isTrusted(candidate: Parts, known: Parts): boolean {
  if (candidate.label !== known.label || candidate.ending !== known.ending) return false;
  return !isPublic(known) || candidate.name === known.name;
}

function looksLike(candidate: Parts, known: Parts): boolean {
  if (isPublic(known) && isPublic(candidate)) {
    return (
      isSimilar(candidate.name, known.name) && (candidate.name !== known.name || candidate.domain !== known.domain)
    );
  }
  if (isPublic(candidate)) return false;
  if (candidate.label === known.label) return !isPublic(known);
  if (isSimilar(candidate.label, known.label)) return true;
  if (isPublic(known)) return false;
  return candidate.domain.startsWith(`${known.domain}.`) || candidate.domain.includes(`.${known.domain}.`);
}

function isPublic({ label, ending }: Parts): boolean {
  return PUBLIC.has(`${label}.${ending}`);
}

function isSimilar(one: string, other: string): boolean {
  if (skeleton(one) === skeleton(other) && skeleton(one).length > 2) return true;
  return Math.min(one.length, other.length) >= MIN_LABEL && isOneSlipAway(one, other);
}

/** What the eye reads: letters and figures that look alike become one. */
function skeleton(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/[\p{M}\p{Cf}._-]/gu, '')
    .replace(/[^\x20-\x7E]/gu, (letter) => CONFUSABLE[letter] ?? letter)
    .replace(/0/g, 'o')
    .replace(/[1i|]/g, 'l')
    .replace(/5/g, 's')
    .replace(/rn/g, 'm')
    .replace(/vv/g, 'w')
    .replace(/cl/g, 'd');
}
