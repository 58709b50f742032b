import type { FastifyInstance } from 'fastify';
import type { PortalContext } from '../context.ts';
import { deviceIdOf } from './signed-in.ts';

const SLOW_MS = 2_000;

/**
 * A line for each request: the route by its pattern, never the address that was asked for, which may hold a token. An
 * embedded portal, whose log is a small file, keeps only what failed or took long.
 */
export function addRequestLog(app: FastifyInstance, { log, config }: PortalContext): void {
  app.addHook('onRequest', async (request, reply) => {
    reply.raw.setHeader('x-request-id', request.id);
  });
  app.addHook('onResponse', async (request, reply) => {
    const ms = Math.round(reply.elapsedTime);
    if (config.isEmbedded && reply.statusCode < 400 && ms < SLOW_MS) return;
    log.info('request', {
      id: request.id,
      method: request.method,
      route: request.routeOptions.url ?? '(none)',
      status: reply.statusCode,
      ms,
      device: deviceIdOf(request),
    });
  });
}
