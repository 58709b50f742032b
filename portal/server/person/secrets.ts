import { createHash, randomInt } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';

/** Agreed words are at least this long once they are normalised. */
export const MIN_WORD = 4;

/** argon2id at OWASP's floor: some 15 ms, which limits on tries make enough for eight digits. */
const SLOW = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** Eight digits, each as likely. */
export function newCode(): string {
  return String(randomInt(0, 100_000_000)).padStart(8, '0');
}

/** Digits as a person types them: "1234 5678" or "1234-5678". */
export function normalCode(text: string): string {
  return text.replaceAll(/[\s-]/g, '');
}

/** The word as both said it on the phone: case and spaces do not count. */
export function normalWord(text: string): string {
  return text.normalize('NFKC').trim().replaceAll(/\s+/g, ' ').toLowerCase();
}

export function slowHash(secret: string): Promise<string> {
  return hash(secret, SLOW);
}

let dummy: Promise<string> | null = null;

/** Whether a guess is right. Without anything to compare with the same work is done, and it is wrong. */
export async function isRight(kept: string | null, guess: string): Promise<boolean> {
  dummy ??= slowHash('there is nothing to compare with');
  const against = kept ?? (await dummy);
  const matches = await verify(against, guess);
  return kept !== null && matches;
}

/** "p•••@m•••.example": enough to know one's own address by, too little to learn somebody's. */
export function hiddenAddress(address: string): string {
  const at = address.lastIndexOf('@');
  if (at < 1) return '';
  const domain = address.slice(at + 1);
  const dot = domain.lastIndexOf('.');
  const ending = dot < 1 ? '' : domain.slice(dot);
  return `${address.charAt(0)}•••@${domain.charAt(0)}•••${ending}`;
}
