import type { PortalConfig } from '../config.ts';

/** The absolute end of a session, in milliseconds: 12 hours. */
export const SESSION_MS = 12 * 3_600_000;

/**
 * The name of the session's cookie. `__Host-` binds it to this host and to TLS. The portal of one computer speaks plain
 * HTTP to itself, where not every browser takes a Secure cookie (Safari does not), so there the name is plain.
 */
function cookieName({ publicUrl }: Pick<PortalConfig, 'publicUrl'>): string {
  return isPlainLoopback(publicUrl) ? 'closeboard-person' : '__Host-closeboard-person';
}

/** The header that keeps a session, or (null) lets go of it. */
export function setCookie(config: Pick<PortalConfig, 'publicUrl'>, value: string | null): string {
  const secure = isPlainLoopback(config.publicUrl) ? '' : '; Secure';
  const age = value === null ? 0 : SESSION_MS / 1000;
  return `${cookieName(config)}=${value ?? ''}; Path=/; HttpOnly${secure}; SameSite=Lax; Max-Age=${age}`;
}

/** The session's value among the cookies of a request; null without a well-formed one. */
export function readCookie(config: Pick<PortalConfig, 'publicUrl'>, header: string | undefined): string | null {
  const start = `${cookieName(config)}=`;
  const found = (header ?? '').split(/;\s*/).find((part) => part.startsWith(start));
  const value = found?.slice(start.length) ?? '';
  return /^[A-Za-z0-9_-]{43}$/.test(value) ? value : null;
}

/** Plain HTTP to this computer: `http://portal.localhost:4711`, `http://127.0.0.1:4711`. */
export function isPlainLoopback(url: string): boolean {
  const { protocol, hostname } = new URL(url);
  return protocol === 'http:' && (/(^|\.)localhost$/.test(hostname) || /^(127\.|\[::1\]$)/.test(hostname));
}
