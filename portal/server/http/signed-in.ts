import type { FastifyReply, FastifyRequest, onRequestAsyncHookHandler } from 'fastify';
import { addressOf } from '../auth/addresses.ts';
import { callerOf } from '../auth/device.ts';
import type { DeviceCaller, PortalContext } from '../context.ts';
import { sendError } from './reply.ts';

const CALLERS = new WeakMap<FastifyRequest, DeviceCaller>();

/** Lets only the desktop of a member through, before a byte of the body is read. `deviceOf` then tells who it is. */
export function signedIn(context: PortalContext): onRequestAsyncHookHandler {
  return async (request: FastifyRequest, reply: FastifyReply) => {
    const caller = await shownCaller(context, request);
    if (!caller.ok) return sendError(reply, caller.error);
    CALLERS.set(request, caller.value);
  };
}

/** By the key in its header. For routes that do not go through `signedIn`. */
export function shownCaller(context: PortalContext, request: FastifyRequest): ReturnType<typeof callerOf> {
  const { authorization } = request.headers;
  return callerOf(context, { authorization, address: addressOf(request.ip) });
}

/** Whose request this is. Throws on a route that does not ask for it by `signedIn`. */
export function deviceOf(request: FastifyRequest): DeviceCaller {
  const caller = CALLERS.get(request);
  if (caller === undefined) throw new Error('this route lets anybody in');
  return caller;
}

/** The same for the log, where nobody may be signed in. */
export function deviceIdOf(request: FastifyRequest): string | null {
  return CALLERS.get(request)?.device.deviceId ?? null;
}
