import type { FastifyInstance } from 'fastify';
import type { PortalContext } from '../context.ts';

/** For whoever watches the server, by whatever name they reach it. Nothing is told but whether. */
export function addHealthRoutes(app: FastifyInstance, { store, blobs, log }: PortalContext): void {
  app.get('/health', { config: { host: 'any' } }, async () => ({ ok: true }));
  app.get('/ready', { config: { host: 'any' } }, async (_request, reply) => {
    const [records, files] = await Promise.all([
      isFine(async () => (await store.check()).ok),
      isFine(() => blobs.check()),
    ]);
    if (records && files) return { ok: true };
    log.warn('not ready', { records, files });
    return reply.code(503).send({ ok: false });
  });
}

async function isFine(check: () => Promise<boolean>): Promise<boolean> {
  try {
    return await check();
  } catch {
    return false;
  }
}
