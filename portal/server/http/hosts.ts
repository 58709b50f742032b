import type { FastifyInstance } from 'fastify';
import { notAvailable } from '../auth/errors.ts';
import type { PortalConfig } from '../config.ts';
import { isLoopback } from '../load-config.ts';
import { sendError } from './reply.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /**
     * At which of our names a route answers: the portal's when nothing is said, `files` for what may only come from the
     * address of files, `any` also where the name is not ours (probes of whoever runs the server).
     */
    host?: 'portal' | 'files' | 'both' | 'any';
  }
}

/**
 * A request that names another host than ours did not mean us, or comes from a page that had its own name resolved to this
 * computer. The address of files reaches what is marked for it and nothing else.
 */
export function addHostCheck(app: FastifyInstance, config: PortalConfig): void {
  const portal = new Set([hostOf(config.publicUrl)]);
  if (isLoopback(new URL(config.publicUrl).hostname))
    for (const name of ['127.0.0.1', 'localhost', '[::1]']) portal.add(`${name}:${config.port}`);
  const files = hostOf(config.filesUrl);
  app.addHook('onRequest', async (request, reply) => {
    const where = request.routeOptions.config.host ?? 'portal';
    const host = request.host.toLowerCase().replace(/:(80|443)$/, '');
    const asked = host === files ? 'files' : portal.has(host) ? 'portal' : null;
    if (where === 'any' || (asked !== null && (where === 'both' || where === asked))) return;
    return sendError(reply, notAvailable);
  });
}

function hostOf(url: string): string {
  return new URL(url).host.toLowerCase();
}
