import type { FastifyInstance } from 'fastify';
import type { Result } from '../../../core/result.ts';
import { INTAKE_PATH, type IntakeCallName, intakeCalls } from '../../api/intake-calls.ts';
import type { ApiError } from '../../api/values.ts';
import { addressOf } from '../auth/addresses.ts';
import type { PortalContext } from '../context.ts';
import { isKeepable } from '../http/keepable.ts';
import { sendError, sendValue } from '../http/reply.ts';
import { isFromOurPage } from '../person/routes.ts';
import { sha256 } from '../person/secrets.ts';
import type { FoundDraft } from '../store/areas/intakes.ts';
import { beginHandlers } from './begin.ts';
import { readIntakeCookie, setIntakeCookie } from './cookie.ts';
import { isDraftThere } from './place.ts';
import { sendHandlers } from './send.ts';
import type { IntakeHandlers, IntakeRequest } from './types.ts';
import { NO_ANSWERS, writeHandlers } from './write.ts';

const BAD_REQUEST: ApiError = {
  type: 'bad-request',
  message: 'The page and the portal do not fit together. Load the page again.',
};

const HANDLERS: IntakeHandlers = { ...beginHandlers, ...writeHandlers, ...sendHandlers };

/** Bytes of a request: the longest holds what a person writes for the team, 4,000 characters. */
const BODY_BYTES = 32 * 1024;

/**
 * What somebody without a deal reaches: `POST /api/intake/<name>`, and nothing else by the same key. To be registered
 * once, as a scope of its own. `isChecked`: answers are held against their schema.
 */
export function intakeRoutes(app: FastifyInstance, context: PortalContext, isChecked: boolean): void {
  for (const name of Object.keys(intakeCalls) as IntakeCallName[]) addCall(app, context, name, isChecked);
}

function addCall(app: FastifyInstance, context: PortalContext, name: IntakeCallName, isChecked: boolean): void {
  const { who, input, output } = intakeCalls[name];
  const handle = HANDLERS[name] as (
    context: PortalContext,
    request: IntakeRequest,
    input: unknown,
  ) => Promise<Result<unknown, ApiError>>;
  app.post(`${INTAKE_PATH}/${name}`, { bodyLimit: BODY_BYTES }, async (request, reply) => {
    reply.header('cache-control', 'no-store');
    const parsed = input.safeParse(request.body);
    if (!isFromOurPage(request, context) || !isKeepable(request.body) || !parsed.success)
      return sendError(reply, BAD_REQUEST);
    const found = await foundBy(context, readIntakeCookie(context.config, request.headers.cookie));
    if (who === 'writer' && found?.draft.state !== 'open') return sendError(reply, NO_ANSWERS);
    const keep = (key: string | null) => void reply.header('set-cookie', setIntakeCookie(context.config, key));
    const done = await handle(context, { address: addressOf(request.ip), found, keep }, parsed.data);
    if (!done.ok) return sendError(reply, done.error);
    if (isChecked) output.parse(done.value);
    return sendValue(reply, done.value);
  });
}

/** Read anew at each request, so that a revoked link is over with the next. */
async function foundBy({ store, workspaceId, now }: PortalContext, key: string | null): Promise<FoundDraft | null> {
  const keyHash = sha256(key ?? '');
  const found = await store.read(({ intakes }) => intakes.draftByKey(workspaceId, keyHash));
  return found !== null && isDraftThere(found, now()) ? found : null;
}
