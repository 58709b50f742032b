import { err, ok, type Result } from '../../../core/result.ts';
import {
  DESK_PATH,
  type DeviceCallName,
  type DeviceInput,
  type DeviceOutput,
  deviceCalls,
} from '../../../portal/api/device-calls.ts';
import { ApiError } from '../../../portal/api/values.ts';
import type { Log } from '../../contract/log.ts';
import { piecesOf, untilAborted } from './abort.ts';
import type { NoAnswer, PortalClient } from './types.ts';

/** How long an answer may take to begin, and how long nothing of it may come, in milliseconds. */
const ANSWER_MS = 15_000;
/** Bytes a millisecond of the slowest line that is still of use: what takes longer for its size is lost. */
const SLOWEST = 8;

const NO_CONNECTION = 'The portal cannot be reached at the moment. Keep working, all of it is kept on this computer.';
const SIGNED_OUT =
  'The portal does not know this computer any more. Ask for a new code and sign in again; nothing here is lost.';

export interface ClientOptions {
  /** Without a path: `https://portal.fennimore.example`. */
  readonly url: string;
  /** Null before this desktop is signed in. */
  readonly key: string | null;
  readonly log: Log;
  readonly answerMs?: number;
}

/**
 * The way to one portal, over HTTP. An answer that is not as promised is a defect of one side: it goes into the log and
 * counts as none, so that nothing is ever decided on it. Redirects are not followed: the key is for this address.
 */
export function createPortalClient({ url, key, log, answerMs = ANSWER_MS }: ClientOptions): PortalClient {
  const headers = (): Readonly<Record<string, string>> => (key === null ? {} : { Authorization: `Bearer ${key}` });
  const own = (path: string, init: RequestInit = {}) =>
    fetch(`${url}${path}`, { ...init, redirect: 'error', headers: { ...headersOf(init), ...headers() } });

  async function ask<N extends DeviceCallName>(
    name: N,
    input: DeviceInput<N>,
    signal?: AbortSignal,
  ): Promise<Result<DeviceOutput<N>, NoAnswer>> {
    const ending = new AbortController();
    const end = () => ending.abort();
    const body = JSON.stringify(input);
    const late = setTimeout(end, answerMs + body.length / SLOWEST);
    signal?.addEventListener('abort', end, { once: true });
    try {
      const asked = own(`${DESK_PATH}/${name}`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', Accept: 'application/json' },
        body,
        signal: ending.signal,
      });
      const told = asked.then(async (response) => ({
        status: response.status,
        text: await textOf(response, ending.signal, () => void late.refresh()),
      }));
      const { status, text } = await untilAborted(told, ending.signal);
      return answerOf(name, status, text);
    } catch {
      // Nobody answered, or not in time; how far it got is unknown.
      return err(OFFLINE);
    } finally {
      clearTimeout(late);
      signal?.removeEventListener('abort', end);
    }
  }

  function answerOf<N extends DeviceCallName>(
    name: N,
    status: number,
    text: string,
  ): Result<DeviceOutput<N>, NoAnswer> {
    const reply = parseJson(text) as {
      readonly ok?: unknown;
      readonly value?: unknown;
      readonly error?: unknown;
    } | null;
    if (reply?.ok === true && status < 300) {
      const value = deviceCalls[name].output.safeParse(reply.value);
      if (value.success) return ok(value.data as DeviceOutput<N>);
      const places = value.error.issues.map((issue) => `${issue.path.map(String).join('.')} ${issue.code}`);
      log.warn('an answer of the portal is not as promised', { call: name, places: places.slice(0, 5).join(', ') });
      return err(OFFLINE);
    }
    const error = ApiError.safeParse(reply?.error);
    if (status === 401 || (error.success && error.data.type === 'not-signed-in'))
      return err({ type: 'signed-out', message: error.success ? error.data.message : SIGNED_OUT });
    if (error.success && error.data.type !== 'away' && error.data.type !== 'defect')
      return err({ type: 'refused', message: error.data.message, error: error.data });
    if (!error.success) log.warn('what answers is not a portal, or one in trouble', { call: name, status });
    return err(OFFLINE);
  }

  return { url, ask, fetch: own, headers };
}

const OFFLINE: NoAnswer = { type: 'offline', message: NO_CONNECTION };

/** A page of rows comes slowly over a slow line, and is no less an answer for it. */
async function textOf({ body }: Response, signal: AbortSignal, onPiece: () => void): Promise<string> {
  if (body === null) return '';
  const decoder = new TextDecoder();
  let text = '';
  for await (const piece of piecesOf(body, signal)) {
    onPiece();
    text += decoder.decode(piece, { stream: true });
  }
  return text + decoder.decode();
}

function headersOf({ headers }: RequestInit): Record<string, string> {
  return Object.fromEntries(new Headers(headers).entries());
}

function parseJson(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' ? value : null;
  } catch {
    return null;
  }
}
