import type { PortalConfig } from '../config.ts';
import { isPlainLoopback } from '../person/cookie.ts';

/** Answers that nobody goes on with are deleted after so many days, and so does their key. */
export const DRAFT_DAYS = 30;

/**
 * The name of the cookie with the key of somebody's answers. `__Host-` keeps every other host from planting one, under which
 * somebody would write their answers into another's; nothing but the intake reads it.
 */
function intakeCookieName({ publicUrl }: Pick<PortalConfig, 'publicUrl'>): string {
  return isPlainLoopback(publicUrl) ? 'closeboard-intake' : '__Host-closeboard-intake';
}

/** The header that keeps a key, or (null) lets go of it. */
export function setIntakeCookie(config: Pick<PortalConfig, 'publicUrl'>, value: string | null): string {
  const secure = isPlainLoopback(config.publicUrl) ? '' : '; Secure';
  const age = value === null ? 0 : DRAFT_DAYS * 86_400;
  return `${intakeCookieName(config)}=${value ?? ''}; Path=/; HttpOnly${secure}; SameSite=Strict; Max-Age=${age}`;
}

/** The key among the cookies of a request; null without a well-formed one. */
export function readIntakeCookie(config: Pick<PortalConfig, 'publicUrl'>, header: string | undefined): string | null {
  const start = `${intakeCookieName(config)}=`;
  const found = (header ?? '').split(/;\s*/).find((part) => part.startsWith(start));
  const value = found?.slice(start.length) ?? '';
  return /^[A-Za-z0-9_-]{43}$/.test(value) ? value : null;
}
