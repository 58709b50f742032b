import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import type { Reply } from '../contract/calls.ts';
import { FileBytes, UploadFacts, UploadId } from '../contract/files.ts';
import { answered, refused } from '../contract/reply.ts';
import { readJson, refuse, sendBytes, sendJson } from './http.ts';
import type { Route } from './server.ts';
import type { Uploads } from './uploads.ts';

interface FileRoutesDeps {
  readonly answer: (name: unknown, input: unknown) => Promise<Reply<unknown>>;
  readonly uploads: Uploads;
  readonly isAdmitted: (request: IncomingMessage) => boolean;
}

const CancelBody = z.object({ uploadId: UploadId }).strict();

/**
 * Files to the page and from it. Everything needs the bearer in its header, so no address is worth anything to another
 * page, to a history or to a log. Bytes go as bytes: `application/octet-stream` that nobody guesses about or keeps.
 */
export function createFileRoutes(deps: FileRoutesDeps): readonly [string, Route][] {
  const admitted =
    (route: Route): Route =>
    (request, response) =>
      deps.isAdmitted(request) ? route(request, response) : refuse(response, 401);
  return [
    ['GET /file/', admitted((request, response) => sendRange(deps, request, response))],
    ['POST /upload', admitted((request, response) => begin(deps.uploads, request, response))],
    ['POST /upload/cancel', admitted((request, response) => cancel(deps.uploads, request, response))],
    ['POST /upload/', admitted((request, response) => append(deps.uploads, request, response))],
  ];
}

/** The last part of the path, and the question after it. */
function questionOf(request: IncomingMessage): { readonly last: string; readonly query: URLSearchParams } {
  const [path = '', query = ''] = (request.url ?? '').split('?');
  return { last: path.slice(path.lastIndexOf('/') + 1), query: new URLSearchParams(query) };
}

function numberIn(query: URLSearchParams, name: string): number {
  const text = query.get(name) ?? '';
  return /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
}

async function sendRange({ answer }: FileRoutesDeps, request: IncomingMessage, response: ServerResponse) {
  const { last, query } = questionOf(request);
  const input = { sha256: last, from: numberIn(query, 'from'), to: numberIn(query, 'to') };
  const reply = await answer('files:read', input);
  if (!reply.ok) return sendJson(response, reply);
  const { bytes, size } = FileBytes.parse(reply.value);
  sendBytes(response, bytes, size);
}

async function begin(uploads: Uploads, request: IncomingMessage, response: ServerResponse) {
  const facts = await readJson(request, UploadFacts);
  if (!facts.ok) return refuse(response, facts.status);
  const begun = await uploads.begin(facts.value);
  sendJson(response, begun.ok ? answered(begun.value) : notTaken(begun.error.sentence));
}

async function append(uploads: Uploads, request: IncomingMessage, response: ServerResponse) {
  const { last, query } = questionOf(request);
  const taken = await uploads.append(last, numberIn(query, 'offset'), request);
  // What is left of a part that was not wanted is not read.
  if (!taken.ok) response.setHeader('connection', 'close');
  sendJson(response, taken.ok ? answered(taken.value) : notTaken(taken.error.sentence));
}

async function cancel(uploads: Uploads, request: IncomingMessage, response: ServerResponse) {
  const body = await readJson(request, CancelBody);
  if (!body.ok) return refuse(response, body.status);
  await uploads.cancel(body.value.uploadId);
  sendJson(response, answered({ done: true }));
}

function notTaken(message: string): Reply<never> {
  return refused({ type: 'not-here', message });
}
