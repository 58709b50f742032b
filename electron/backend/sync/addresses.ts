import { err, ok, type Result } from '../../../core/result.ts';

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\]|[a-z0-9-]+\.localhost)$/;

const NOT_AN_ADDRESS =
  'That is not the address of a portal. It looks like portal.fennimore.example; ask whoever runs it.';
const NOT_SAFE =
  'A portal is reached through https, so that nobody on the way reads along. Try the address with https:// in front.';

/**
 * The address that a person meant, without a path: `portal.fennimore.example/` is `https://portal.fennimore.example`.
 * Unencrypted only on this computer itself.
 */
export function portalUrl(typed: string): Result<string, string> {
  const text = typed.trim();
  const hasScheme = /^[a-z][a-z0-9+.-]*:\/\//i.test(text);
  const url = URL.parse(hasScheme ? text : `${isLoopback(text) ? 'http' : 'https'}://${text}`);
  const isWeb = url !== null && (url.protocol === 'https:' || url.protocol === 'http:');
  if (!isWeb || url.hostname === '' || /\s/.test(text)) return err(NOT_AN_ADDRESS);
  if (url.username !== '' || url.password !== '') return err(NOT_AN_ADDRESS);
  if (url.protocol === 'http:' && !LOOPBACK.test(url.hostname)) return err(NOT_SAFE);
  // Names below localhost are this computer by rule, but not every system's look-up knows them; the portal answers to both.
  if (url.hostname.endsWith('.localhost')) url.hostname = 'localhost';
  return ok(url.origin);
}

function isLoopback(text: string): boolean {
  return LOOPBACK.test((URL.parse(`http://${text}`)?.hostname ?? '').toLowerCase());
}
