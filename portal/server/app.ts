import { randomBytes } from 'node:crypto';
import fastify, { type FastifyInstance, type FastifyRequest } from 'fastify';
import type { PortalContext } from './context.ts';
import { fileRoutes } from './files/routes.ts';
import { deviceHandlers } from './handlers.ts';
import { takeJsonOnly } from './http/body.ts';
import { addDeviceRoutes } from './http/device-routes.ts';
import { addFailureAnswers, errorOf } from './http/failures.ts';
import { addSecurityHeaders, setHeadersOf } from './http/headers.ts';
import { addHealthRoutes } from './http/health.ts';
import { addHostCheck } from './http/hosts.ts';
import { sendError } from './http/reply.ts';
import { addRequestLog } from './http/request-log.ts';
import { shownCaller } from './http/signed-in.ts';
import { intakeRoutes } from './intake/routes.ts';
import { personRoutes } from './person/routes.ts';
import { addExportRoute } from './routes/export.ts';
import { addEventRoute } from './sync/events.ts';
import type { Streams } from './sync/streams.ts';

export interface AppParts {
  readonly streams: Streams;
  /** The folder with the built pages of the portal; null where there are none. */
  readonly web: string | null;
  /** Answers are held against their schemas. */
  readonly isChecked: boolean;
}

const OTHER_BYTES = 256 * 1024;

/** Milliseconds for a whole request. A chunk of an upload comes through the slowest line that is still of use. */
const REQUEST_MS = 15 * 60_000;

/** Every route of the portal server. Listens to nothing yet. */
export function createApp(context: PortalContext, parts: AppParts): FastifyInstance {
  const { config, log } = context;
  const setHeaders = setHeadersOf(config);
  const app = fastify({
    logger: false,
    genReqId: () => randomBytes(6).toString('hex'),
    requestIdHeader: false,
    trustProxy: config.proxies === 0 ? false : (_address: string, hop: number) => hop < config.proxies,
    bodyLimit: OTHER_BYTES,
    requestTimeout: REQUEST_MS,
    exposeHeadRoutes: false,
    forceCloseConnections: 'idle',
    // An address that is none is met before any hook.
    frameworkErrors: (error, _request, reply) => {
      setHeaders(reply);
      sendError(reply, errorOf(error));
    },
    routerOptions: { maxParamLength: 300 },
  });
  takeJsonOnly(app);
  addSecurityHeaders(app, setHeaders);
  addHostCheck(app, config);
  addRequestLog(app, context);
  addFailureAnswers(app, log);
  addHealthRoutes(app, context);
  addDeviceRoutes(app, context, { handlers: deviceHandlers(), isChecked: parts.isChecked });
  addEventRoute(app, context, parts.streams);
  addExportRoute(app, context);
  const callerOf = (request: FastifyRequest) => shownCaller(context, request);
  // Each as a plugin of its own: what they read bodies with counts for them only.
  app.register(fileRoutes, { context, callerOf });
  app.register(async (scope) => personRoutes(scope, context, { webFolder: parts.web, isChecked: parts.isChecked }));
  app.register(async (scope) => intakeRoutes(scope, context, parts.isChecked));
  return app;
}
