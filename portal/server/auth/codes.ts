import { randomBytes } from 'node:crypto';
import { hashOfSecret } from './secrets.ts';

/** Crockford's letters: no I, L, O and U, so that a code that is read out or written down cannot be misread. */
const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const LENGTH = 16;

const DAY_MS = 86_400_000;
export const SETUP_CODE_MS = 7 * DAY_MS;
export const INVITATION_MS = 7 * DAY_MS;
export const DEVICE_CODE_MS = DAY_MS;
/** The host passes it on as soon as the portal is up. */
export const LOCAL_CODE_MS = 3_600_000;

/** 80 random bits in fours, "K7QM-2XRB-9TWF-HC3D". */
export function newCode(): string {
  const letters = Array.from(randomBytes(LENGTH), (byte) => LETTERS.charAt(byte % LETTERS.length));
  return (letters.join('').match(/.{4}/g) ?? []).join('-');
}

/** A code as it is compared, however a person typed it. */
export function normalCode(typed: string): string {
  const letters = typed.toUpperCase().replaceAll(/[^0-9A-Z]/g, '');
  return letters.replaceAll('O', '0').replaceAll(/[IL]/g, '1');
}

export function hashOfCode(typed: string): string {
  return hashOfSecret(normalCode(typed));
}
