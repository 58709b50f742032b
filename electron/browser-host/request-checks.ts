import type { IncomingHttpHeaders } from 'node:http';

/** Why a request is refused, as the HTTP status; null lets it pass. */
export type Refusal = 401 | 403 | 413 | 415 | 421 | null;

/**
 * Whether a request can come from our own page. A page of another name that resolves to this computer (DNS rebinding)
 * carries its own name in Host; a page of another site says so in Sec-Fetch-Site and Origin.
 */
export function checkRequest(method: string, headers: IncomingHttpHeaders, port: number): Refusal {
  const host = headers.host;
  if (host !== `127.0.0.1:${port}` && host !== `localhost:${port}`) return 421;
  const site = headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return 403;
  if (headers.origin !== undefined && headers.origin !== `http://${host}`) return 403;
  if (method !== 'POST') return null;
  if (headers.origin === undefined) return 403;
  return isAskedFor(headers['content-type']) ? null : 415;
}

/** A form or a plain-text request can be sent by any page without asking; JSON and plain bytes cannot. */
function isAskedFor(type: string | undefined): boolean {
  const name = type?.split(';')[0]?.trim().toLowerCase();
  return name === 'application/json' || name === 'application/octet-stream';
}

export function bearerOf(headers: IncomingHttpHeaders): string | null {
  return /^Bearer ([\w-]{1,200})$/.exec(headers.authorization ?? '')?.[1] ?? null;
}
