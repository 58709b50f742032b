import { createHash, randomBytes } from 'node:crypto';

/** 256 random bits as base64url, 43 characters: a device key, a link's token, a session. */
export function newToken(): string {
  return randomBytes(32).toString('base64url');
}

/** How a long random secret is kept: whoever reads the records cannot turn it back. Hex. */
export function hashOfSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}
