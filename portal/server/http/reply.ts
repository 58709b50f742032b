import type { FastifyReply } from 'fastify';
import { type ApiError, type ApiReply, STATUS_OF } from '../../api/values.ts';

/** The answer of every route that speaks JSON and could not do what was asked. */
export function sendError(reply: FastifyReply, error: ApiError): FastifyReply {
  if (error.retryAfter !== undefined) reply.header('retry-after', String(error.retryAfter));
  return reply.code(STATUS_OF[error.type]).send({ ok: false, error } satisfies ApiReply<never>);
}

export function sendValue(reply: FastifyReply, value: unknown): FastifyReply {
  return reply.send({ ok: true, value } satisfies ApiReply<unknown>);
}
