import type { FastifyInstance, FastifyReply } from 'fastify';
import type { PortalConfig } from '../config.ts';

/** For whatever is no page: nothing in it may load, run or be framed. Pages bring a policy of their own. */
export const API_POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** On every answer, also of routes that write to the socket themselves. */
function securityHeaders(config: PortalConfig): Readonly<Record<string, string>> {
  const isHttps = config.publicUrl.startsWith('https:');
  return {
    'content-security-policy': API_POLICY,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy': 'camera=(), microphone=(), geolocation=(), payment=()',
    'x-frame-options': 'DENY',
    'cache-control': 'no-store',
    ...(isHttps ? { 'strict-transport-security': 'max-age=31536000' } : {}),
  };
}

/** Puts them on one answer, whoever writes it. */
export type SetHeaders = (reply: FastifyReply) => void;

export function setHeadersOf(config: PortalConfig): SetHeaders {
  const headers = Object.entries(securityHeaders(config));
  return ({ raw }) => {
    for (const [name, value] of headers) raw.setHeader(name, value);
  };
}

export function addSecurityHeaders(app: FastifyInstance, setHeaders: SetHeaders): void {
  app.addHook('onRequest', async (_request, reply) => setHeaders(reply));
}
