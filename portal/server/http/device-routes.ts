import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Result } from '../../../core/result.ts';
import { DESK_PATH, type DeviceCallName, deviceCalls } from '../../api/device-calls.ts';
import type { ApiError } from '../../api/values.ts';
import { addressOf } from '../auth/addresses.ts';
import { adminsOnly, coordinatorsOnly } from '../auth/errors.ts';
import type { DeviceCaller, DeviceHandler, OpenCaller, PortalContext } from '../context.ts';
import { badRequest } from './failures.ts';
import { isKeepable } from './keepable.ts';
import { sendError, sendValue } from './reply.ts';
import { deviceOf, signedIn } from './signed-in.ts';

/** A handler for every call there is. */
export type DeviceHandlers = { readonly [N in DeviceCallName]: DeviceHandler<N> };

/** Bytes of a request. A push carries up to a hundred commands, and so may be larger than anything else. */
const PUSH_BYTES = 8 * 1024 * 1024;
const OTHER_BYTES = 256 * 1024;

interface Routes {
  readonly handlers: DeviceHandlers;
  /** Answers are held against their schema: tests and development. */
  readonly isChecked: boolean;
}

/** `POST /api/desk/<name>` for each call: who asks, then what they ask, then the handler. */
export function addDeviceRoutes(app: FastifyInstance, context: PortalContext, { handlers, isChecked }: Routes): void {
  for (const name of Object.keys(deviceCalls) as DeviceCallName[]) {
    const { who, input, output } = deviceCalls[name];
    const handle = handlers[name] as (
      context: PortalContext,
      caller: DeviceCaller | OpenCaller,
      input: unknown,
    ) => Promise<Result<unknown, ApiError>>;
    const answer = async (request: FastifyRequest, reply: FastifyReply) => {
      const caller = who === 'open' ? openCaller(request) : deviceOf(request);
      const refused = caller.member === null ? null : rightOf(who, caller);
      if (refused !== null) return sendError(reply, refused);
      // A push judges each of its steps by itself: what one holds must not stop the others.
      const isFine = name === 'sync/push' || isKeepable(request.body);
      const parsed = input.safeParse(request.body);
      if (!isFine || !parsed.success) return sendError(reply, badRequest);
      const done = await handle(context, caller, parsed.data);
      if (!done.ok) return sendError(reply, done.error);
      if (isChecked) output.parse(done.value);
      return sendValue(reply, done.value);
    };
    app.post(`${DESK_PATH}/${name}`, {
      bodyLimit: name === 'sync/push' ? PUSH_BYTES : OTHER_BYTES,
      ...(who === 'open' ? {} : { onRequest: signedIn(context) }),
      handler: answer,
    });
  }
}

function openCaller(request: FastifyRequest): OpenCaller {
  return { device: null, member: null, address: addressOf(request.ip) };
}

/** Why somebody who is signed in may not ask this at all; null when they may. */
function rightOf(who: string, { member }: DeviceCaller): ApiError | null {
  if (who === 'admin' && member.role !== 'admin') return adminsOnly;
  return who === 'coordinator' && member.role === 'agent' ? coordinatorsOnly : null;
}
