import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { err, ok, type Result } from '../../../core/result.ts';
import { DOCUMENT_PATH, PAGE_HEADER, PERSON_PATH, type PersonCallName, personCalls } from '../../api/person-calls.ts';
import type { ApiError } from '../../api/values.ts';
import { addressOf } from '../auth/addresses.ts';
import { notAvailable } from '../auth/errors.ts';
import type { PortalContext } from '../context.ts';
import { FILE_HEADERS } from '../files/downloads.ts';
import { isKeepable } from '../http/keepable.ts';
import { sendError, sendValue } from '../http/reply.ts';
import { actHandlers } from './acts.ts';
import { CALENDAR_PATH, calendarHandlers, readCalendar } from './calendar.ts';
import { readCookie, setCookie } from './cookie.ts';
import { documentHandlers, redeem } from './documents.ts';
import { homeHandlers } from './home-call.ts';
import { openHandlers } from './open.ts';
import { addPages } from './pages.ts';
import { secondStepHandlers } from './second-step.ts';
import { sendingHandlers } from './sending.ts';
import { isOfAnotherPage, NOT_SIGNED_IN, visitorOf } from './session.ts';
import { switchHandlers } from './switch-deal.ts';
import type { PersonHandlers, PersonRequest, Visitor } from './types.ts';
import { uploadRoutes } from './upload-routes.ts';

export interface PersonOptions {
  /** The folder of the built pages; null where there are none. */
  readonly webFolder: string | null;
  /** Answers are held against their schema: tests and development. */
  readonly isChecked: boolean;
}

const HANDLERS: PersonHandlers = {
  ...openHandlers,
  ...secondStepHandlers,
  ...homeHandlers,
  ...documentHandlers,
  ...actHandlers,
  ...sendingHandlers,
  ...calendarHandlers,
  ...switchHandlers,
};

/** Bytes of a request: the longest is a request for change with its reasons. */
const BODY_BYTES = 64 * 1024;

const BAD_REQUEST: ApiError = {
  type: 'bad-request',
  message: 'The page and the portal do not fit together. Load the page again.',
};
const CONFIRM_FIRST: ApiError = {
  type: 'confirm-first',
  message: 'Show first that it is you: the code from your e-mail, or the word you agreed on.',
};

/**
 * What people of a deal reach: their page, `POST /api/person/<name>`, and `POST /document` at the address of files. To be
 * registered once, as a scope of its own. No GET signs anybody in or uses anything up.
 */
export function personRoutes(app: FastifyInstance, context: PortalContext, options: PersonOptions): void {
  app.register(async (scope) => {
    for (const name of Object.keys(personCalls) as PersonCallName[]) addCall(scope, context, name, options);
    scope.route({
      method: ['GET', 'HEAD'],
      url: `${CALENDAR_PATH}/:file`,
      handler: (request, reply) => sendCalendar(context, request, reply),
    });
    addPages(scope, context.config, options.webFolder);
  });
  app.register(async (scope) =>
    uploadRoutes(scope, context, { confirmedOf: (request) => confirmedOf(context, request) }),
  );
  app.register(async (scope) => {
    const parser = { parseAs: 'string', bodyLimit: BODY_BYTES } as const;
    scope.addContentTypeParser('application/x-www-form-urlencoded', parser, (_request, text, done) =>
      done(null, new URLSearchParams(String(text)).get('ticket') ?? ''),
    );
    scope.post(DOCUMENT_PATH, { config: { host: 'files' } }, (request, reply) => sendDocument(context, request, reply));
  });
}

function addCall(
  app: FastifyInstance,
  context: PortalContext,
  name: PersonCallName,
  { isChecked }: PersonOptions,
): void {
  const { who, input, output } = personCalls[name];
  const handle = (HANDLERS[name] ?? notThere) as (
    context: PortalContext,
    request: PersonRequest,
    input: unknown,
  ) => Promise<Result<unknown, ApiError>>;
  app.post(`${PERSON_PATH}/${name}`, { bodyLimit: BODY_BYTES }, async (request, reply) => {
    reply.header('cache-control', 'no-store');
    const parsed = input.safeParse(request.body);
    if (!isFromOurPage(request, context) || !parsed.success || !isKeepable(parsed.data))
      return sendError(reply, BAD_REQUEST);
    const visitor = await visitorOf(context, readCookie(context.config, request.headers.cookie));
    const refusal = rightOf(who, visitor, request);
    if (refusal !== null) return sendError(reply, refusal);
    const keep = (secret: string | null) => void reply.header('set-cookie', setCookie(context.config, secret));
    const done = await handle(context, { address: addressOf(request.ip), visitor, keep }, parsed.data);
    if (!done.ok) return sendError(reply, done.error);
    if (isChecked) output.parse(done.value);
    return sendValue(reply, done.value);
  });
}

const notThere = async (): Promise<Result<never, ApiError>> => err(notAvailable);

/** Browsers say where a request comes from, and no page can change what they say. */
export function isFromOurPage({ headers }: FastifyRequest, { config }: PortalContext): boolean {
  const site = headers['sec-fetch-site'];
  const isJson = (headers['content-type'] ?? '').toLowerCase().startsWith('application/json');
  const isOurs = headers.origin === new URL(config.publicUrl).origin;
  return isJson && isOurs && (site === undefined || site === 'same-origin');
}

async function confirmedOf(context: PortalContext, request: FastifyRequest): Promise<Result<Visitor, ApiError>> {
  const visitor = await visitorOf(context, readCookie(context.config, request.headers.cookie));
  if (visitor === null) return err(NOT_SIGNED_IN);
  const refusal = rightOf('confirmed', visitor, request);
  return refusal === null ? ok(visitor) : err(refusal);
}

function rightOf(who: string, visitor: Visitor | null, { headers }: FastifyRequest): ApiError | null {
  if (who === 'anyone') return null;
  if (visitor === null || isOfAnotherPage(headers[PAGE_HEADER], visitor)) return NOT_SIGNED_IN;
  return who === 'confirmed' && visitor.session.confirmedAt === null ? CONFIRM_FIRST : null;
}

/** For a calendar program, which has no cookie. Whoever has the address reads it, until it is ended. */
async function sendCalendar(context: PortalContext, request: FastifyRequest, reply: FastifyReply) {
  const { file = '' } = request.params as { readonly file?: string };
  const feed = await readCalendar(context, { token: file.replace(/\.ics$/, ''), address: request.ip });
  if (!feed.ok) return sendError(reply, feed.error);
  return reply
    .header('content-disposition', 'attachment; filename="dates.ics"')
    .type('text/calendar; charset=utf-8')
    .send(feed.value);
}

/** A form, so that the ticket stands in no address; whoever has it needs no cookie here, and it counts once. */
async function sendDocument(context: PortalContext, request: FastifyRequest, reply: FastifyReply) {
  const opened = await redeem(context, String(request.body ?? ''));
  // Only our own page may read the answer, which it asks for without its cookie; to everybody else it is a file.
  const cors = { 'access-control-allow-origin': new URL(context.config.publicUrl).origin, vary: 'Origin' };
  reply.headers({ ...FILE_HEADERS, ...cors, 'accept-ranges': 'none' });
  if (opened === null) {
    const sentence = 'This download is over. Go back to your page and ask for the paper again.';
    return reply.code(404).header('content-disposition', 'inline').type('text/plain; charset=utf-8').send(sentence);
  }
  const { stream, facts, use } = opened;
  return reply
    .header('content-type', use === 'read' ? facts.kind : FILE_HEADERS['content-type'])
    .header('content-disposition', `attachment; filename="${facts.fileName}"`)
    .header('content-length', facts.bytes)
    .send(stream);
}
