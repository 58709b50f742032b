import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Result } from '../../../core/result.ts';
import { DESK_PATH, UPLOAD_CHUNK } from '../../api/device-calls.ts';
import { type ApiError, type ApiReply, STATUS_OF } from '../../api/values.ts';
import type { DeviceCaller, PortalContext } from '../context.ts';
import { downloadFile } from './downloads.ts';
import type { UploadFilesDeps } from './upload-files.ts';
import { createUploads, UPLOADS_PATH } from './uploads.ts';

export interface FileRoutesDeps {
  readonly context: PortalContext;
  /** Who asks, by the key in the header of this request. */
  readonly callerOf: (request: FastifyRequest) => Promise<Result<DeviceCaller, ApiError>>;
  /** A test puts a full disk here. */
  readonly openFile?: UploadFilesDeps['openFile'];
}

/** Uploads and downloads of desktops. To be registered as a plugin of its own: its parser of bodies counts here only. */
export async function fileRoutes(app: FastifyInstance, { context, callerOf, openFile }: FileRoutesDeps): Promise<void> {
  const uploads = createUploads(context, { openFile });
  // The body goes to the disk as it comes; nothing here reads it.
  app.addContentTypeParser('application/offset+octet-stream', (_request, _body, done) => done(null));
  const upload = async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const caller = await callerOf(request);
    if (!caller.ok) return say(reply, caller.error);
    const problem = problemOf(request);
    if (problem !== null) return say(reply, problem);
    // The library answers by itself; what every answer carries goes with it.
    for (const [name, value] of Object.entries(reply.getHeaders()))
      if (value !== undefined) reply.raw.setHeader(name, value);
    reply.raw.setHeader('cache-control', 'no-store');
    reply.hijack();
    await uploads.handle(request.raw, reply.raw, caller.value);
    return reply;
  };
  app.post(UPLOADS_PATH, upload);
  for (const method of ['HEAD', 'PATCH', 'DELETE'] as const)
    app.route({ method, url: `${UPLOADS_PATH}/:uploadId`, handler: upload });
  app.get(`${DESK_PATH}/file/:dealId/:sha256`, { exposeHeadRoute: false }, async (request, reply) => {
    const caller = await callerOf(request);
    return caller.ok ? await downloadFile(context, caller.value, request, reply) : say(reply, caller.error);
  });
}

const BODY_AT_ONCE: ApiError = { type: 'bad-request', message: 'A new upload is announced first and sent after that.' };
const NO_LENGTH: ApiError = { type: 'bad-request', message: 'A piece of an upload says how many bytes it has.' };
const TOO_MUCH: ApiError = { type: 'too-large', message: 'An upload is sent in pieces of 8 MB at most.' };

/** Unbounded pieces may commit nothing behind a proxy that buffers, and a body of unknown length has no end. */
export function problemOf({ method, headers }: FastifyRequest): ApiError | null {
  const length = Number(headers['content-length'] ?? Number.NaN);
  if (method === 'POST') return length > 0 || headers['transfer-encoding'] !== undefined ? BODY_AT_ONCE : null;
  if (method !== 'PATCH') return null;
  if (!Number.isSafeInteger(length)) return NO_LENGTH;
  return length > UPLOAD_CHUNK ? TOO_MUCH : null;
}

function say(reply: FastifyReply, error: ApiError): FastifyReply {
  const answer: ApiReply<never> = { ok: false, error };
  return reply.code(STATUS_OF[error.type]).header('cache-control', 'no-store').send(answer);
}
