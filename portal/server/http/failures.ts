import type { FastifyError, FastifyInstance } from 'fastify';
import { DESK_PATH, deviceCalls } from '../../api/device-calls.ts';
import type { ApiError } from '../../api/values.ts';
import { defect, notAvailable } from '../auth/errors.ts';
import type { PortalLog } from '../log.ts';
import { storeFailureOf } from '../store/failures.ts';
import { sendError } from './reply.ts';

export const badRequest: ApiError = {
  type: 'bad-request',
  message: 'The portal did not understand this request. Update Closeboard on this computer, then try again.',
};
const tooLarge: ApiError = { type: 'too-large', message: 'This is more than the portal takes at once.' };

/** Whatever is thrown, and whatever there is no route for, as an `ApiError`. Nothing of a failure's own words is told. */
export function addFailureAnswers(app: FastifyInstance, log: PortalLog): void {
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const told = errorOf(error);
    if (told.type === 'defect') log.defect(`request ${request.id}`, error);
    return sendError(reply, told);
  });
  app.setNotFoundHandler((request, reply) => {
    const name = request.url.split('?')[0]?.slice(DESK_PATH.length + 1) ?? '';
    const isCall = request.url.startsWith(`${DESK_PATH}/`) && Object.hasOwn(deviceCalls, name);
    if (!isCall || request.method === 'POST') return sendError(reply, notAvailable);
    const error = { ...badRequest, message: 'This is asked for by POST.' };
    return reply.code(405).header('allow', 'POST').send({ ok: false, error });
  });
}

/** Thrown by whoever it may: the database (it can be tried again), the web framework (the request is wrong), or a defect. */
export function errorOf(error: unknown): ApiError {
  const failure = storeFailureOf(error);
  if (failure !== null) return { type: 'away', message: failure.sentence, retryAfter: 10 };
  const status = error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : 500;
  if (status === 413) return tooLarge;
  return status >= 400 && status < 500 ? badRequest : defect;
}
