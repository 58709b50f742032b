import type { IncomingMessage, ServerResponse } from 'node:http';
import { Server, type ServerOptions, type Upload } from '@tus/server';
import type { Result } from '../../../core/result.ts';
import type { ApiError } from '../../api/values.ts';
import type { PortalContext } from '../context.ts';
import { storeFailureOf } from '../store/failures.ts';
import { createUploadLocker } from './lock.ts';
import { notAvailable, refusalOf, refused, UploadRefusal } from './refusal.ts';
import { UploadFiles, type UploadFilesDeps, type UploadWords } from './upload-files.ts';

/** What is told when an upload fails for a reason that the disk, the library, the database or a defect gave. */
export interface FailureWords extends UploadWords {
  readonly defect: string;
  readonly away: string;
}

export interface UploadServerDeps<Caller> {
  readonly context: PortalContext;
  readonly path: string;
  readonly words: FailureWords;
  /** What a request is told that nobody was named for. */
  readonly notSignedIn: ApiError;
  /** Whether whoever sent a file may take it back once it is here. */
  readonly mayTakeBack: boolean;
  /** Throws a refusal, or writes the row of a new upload. */
  readonly create: (caller: Caller, upload: Upload) => Promise<void>;
  /** Throws a refusal for whoever may not go on with this upload. */
  readonly goOn: (caller: Caller, of: { readonly uploadId: string; readonly method: string }) => Promise<void>;
  readonly finish: (uploadId: string) => Promise<Result<null, ApiError>>;
  readonly openFile?: UploadFilesDeps['openFile'];
}

export interface UploadServer<Caller> {
  /** Answers one request of tus. The caller has shown who they are. */
  handle(request: IncomingMessage, response: ServerResponse, caller: Caller): Promise<void>;
}

type Request = Parameters<NonNullable<ServerOptions['onIncomingRequest']>>[0];

/** Uploads by tus 1.0: creation, expiration, termination, and nothing else of it. */
export function createUploadServer<Caller extends object>(deps: UploadServerDeps<Caller>): UploadServer<Caller> {
  const { context, words, openFile } = deps;
  const callers = new WeakMap<IncomingMessage, Caller>();
  const callerOf = (request: Request): Caller => {
    const node = request.runtime?.node?.req as IncomingMessage | undefined;
    const caller = node === undefined ? undefined : callers.get(node);
    if (caller === undefined) throw refusalOf(deps.notSignedIn);
    return caller;
  };
  const locker = createUploadLocker(context);
  const server = new Server({
    path: deps.path,
    datastore: new UploadFiles({ context, locker, words, openFile }),
    locker,
    // What holds an upload because its line is dead lets go of it so long after somebody else asks.
    lockDrainTimeout: 1_000,
    relativeLocation: true,
    // No other origin is ever let in: desktops are no web page, and the page of people is on this one.
    allowedOrigins: () => false,
    disableTerminationForFinishedUploads: !deps.mayTakeBack,
    namingFunction: () => context.newId(),
    getFileIdFromRequest: (request) => /\/uploads\/([A-Za-z0-9-]{1,64})\/?$/.exec(new URL(request.url).pathname)?.[1],
    onIncomingRequest: async (request, uploadId) => {
      if (request.method !== 'POST') await deps.goOn(callerOf(request), { uploadId, method: request.method });
    },
    onUploadCreate: async (request, upload) => {
      await deps.create(callerOf(request), upload);
      return {};
    },
    onUploadFinish: async (_request, { id }) => {
      throwRefusal(await deps.finish(id));
      return {};
    },
    onResponseError: (_request, error) => answerTo(context, error, words),
  });
  return {
    handle: async (request, response, caller) => {
      callers.set(request, caller);
      await server.handle(request, response);
    },
  };
}

/** Throws what finishing an upload ended in, where it ended in a refusal. */
export function throwRefusal(finished: Result<null, ApiError>): void {
  if (!finished.ok) throw refusalOf(finished.error);
}

type Told = Extract<NonNullable<ServerOptions['onResponseError']>, (...asked: never[]) => unknown>;

/** Nothing of a defect's own words goes out; what the library refuses keeps its status. */
function answerTo(
  context: Pick<PortalContext, 'log'>,
  error: Parameters<Told>[1],
  words: FailureWords,
): { status_code: number; body: string } | undefined {
  if (error instanceof UploadRefusal) return undefined;
  if ('status_code' in error && error.status_code < 500) {
    const type = error.status_code === 404 || error.status_code === 410 ? 'not-available' : 'bad-request';
    const { body } = type === 'not-available' ? notAvailable() : refused(type, 'This is not how an upload goes on.');
    return { status_code: error.status_code, body };
  }
  const away = storeFailureOf(error);
  if (away === null) context.log.defect('an upload', error);
  const { status_code, body } = away === null ? refused('defect', words.defect) : refused('away', words.away);
  return { status_code, body };
}
