import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Result } from '../../../core/result.ts';
import { PERSON_UPLOADS } from '../../api/person-calls.ts';
import type { ApiError } from '../../api/values.ts';
import type { PortalContext } from '../context.ts';
import { problemOf } from '../files/routes.ts';
import { sendError } from '../http/reply.ts';
import type { Visitor } from './types.ts';
import { createPersonUploads } from './uploads.ts';

export interface UploadRoutesDeps {
  /** Who asks, if they have shown that it is them. */
  readonly confirmedOf: (request: FastifyRequest) => Promise<Result<Visitor, ApiError>>;
}

const FOREIGN: ApiError = {
  type: 'bad-request',
  message: 'The page and the portal do not fit together. Load the page again.',
};

/** `PERSON_UPLOADS`. To be registered in a scope of its own: its parser of bodies counts there only. */
export function uploadRoutes(app: FastifyInstance, context: PortalContext, { confirmedOf }: UploadRoutesDeps): void {
  const uploads = createPersonUploads(context);
  // The body goes to the disk as it comes; nothing here reads it.
  app.addContentTypeParser('application/offset+octet-stream', (_request, _body, done) => done(null));
  const upload = async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    reply.header('cache-control', 'no-store');
    if (!isFromOurPage(request, context)) return sendError(reply, FOREIGN);
    const visitor = await confirmedOf(request);
    if (!visitor.ok) return sendError(reply, visitor.error);
    const problem = problemOf(request);
    if (problem !== null) return sendError(reply, problem);
    // The library answers by itself; what every answer carries goes with it.
    for (const [name, value] of Object.entries(reply.getHeaders()))
      if (value !== undefined) reply.raw.setHeader(name, value);
    reply.hijack();
    await uploads.handle(request.raw, reply.raw, visitor.value);
    return reply;
  };
  app.post(PERSON_UPLOADS, upload);
  for (const method of ['HEAD', 'PATCH', 'DELETE'] as const)
    app.route({ method, url: `${PERSON_UPLOADS}/:uploadId`, handler: upload });
}

/** Browsers say where a request comes from. A HEAD to one's own origin names none; it changes nothing. */
function isFromOurPage({ headers, method }: FastifyRequest, { config }: PortalContext): boolean {
  const site = headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin') return false;
  if (headers.origin === undefined) return method === 'HEAD';
  return headers.origin === new URL(config.publicUrl).origin;
}
