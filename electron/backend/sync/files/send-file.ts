import { DESK_PATH } from '../../../../portal/api/device-calls.ts';
import type { Vault } from '../../vault/vault.ts';
import type { PortalClient } from '../types.ts';
import { OFFLINE, type Outcome, outcomeOf } from './outcome.ts';
import type { Pace } from './pace.ts';
import type { FileTask } from './tasks.ts';

export interface Sending {
  readonly client: PortalClient;
  readonly vault: Vault;
  readonly pace: Pace;
  readonly signal: AbortSignal;
  /** The server gave it a place; kept, so that it goes on there after a restart. */
  readonly onPlace: (path: string) => void;
  /** How far the server has it. */
  readonly onBytes: (done: number) => void;
}

/** Broken lines are joined again at once; after that the queue waits. */
const AGAIN_MS = [300, 1_500, 4_000];
/** A line on which nothing moves for so long is dead, whatever it says. */
const STILL_MS = 60_000;

/** Sends one file of the vault by tus, from where the server has it. */
export async function sendFile(task: FileTask, sending: Sending): Promise<Outcome> {
  const { client, signal } = sending;
  if (signal.aborted) return { type: 'stopped' };
  const { Upload } = await import('tus-js-client');
  return await new Promise<Outcome>((resolve) => {
    let lost: Outcome | null = null;
    const source = sourceOf(task, sending, (outcome) => {
      lost = outcome;
    });
    const upload = new Upload(Buffer.alloc(0), {
      endpoint: `${client.url}${DESK_PATH}/uploads`,
      uploadUrl: task.uploadUrl === null ? null : `${client.url}${task.uploadUrl}`,
      uploadSize: task.bytes,
      headers: { ...client.headers() },
      metadata: { dealId: task.dealId, sha256: task.sha256, name: task.name },
      retryDelays: [...AGAIN_MS],
      storeFingerprintForResuming: false,
      fileReader: { openFile: async () => source },
      chunkSize: sending.pace.piece(),
      onUploadUrlAvailable: () => {
        if (upload.url !== null) sending.onPlace(new URL(upload.url).pathname);
      },
      onProgress: () => stillness.moved(),
      onChunkComplete: (_piece, done) => {
        upload.options.chunkSize = sending.pace.piece();
        sending.onBytes(done);
      },
      onShouldRetry: (error) => lost === null && isWorthRetrying(error.originalResponse?.getStatus() ?? 0),
      onSuccess: () => end({ type: 'done' }),
      onError: (error) => {
        const answer = 'originalResponse' in error ? error.originalResponse : null;
        end(lost ?? (answer === null ? OFFLINE : outcomeOf(answer.getStatus(), answer.getBody())));
      },
    });
    const stop = () => {
      void upload.abort();
      end({ type: 'stopped' });
    };
    const stillness = watchStillness(() => {
      void upload.abort();
      end(OFFLINE);
    });
    const end = (outcome: Outcome) => {
      stillness.stop();
      signal.removeEventListener('abort', stop);
      resolve(outcome);
    };
    signal.addEventListener('abort', stop, { once: true });
    upload.start();
  });
}

/** The vault as the upload client reads it: one piece in memory at a time, each as large as the pace allows. */
function sourceOf(task: FileTask, { vault, pace, signal }: Sending, lost: (outcome: Outcome) => void) {
  return {
    size: task.bytes,
    slice: async (start: number, end: number) => {
      const to = Math.min(end, task.bytes);
      await pace.take(to - start, signal);
      const read = await vault.read(task.sha256, { from: start, to });
      if (!read.ok) {
        lost({ type: 'refused', sentence: read.error.sentence });
        throw new Error(read.error.type);
      }
      const value = Object.assign(Buffer.from(read.value), { size: read.value.length });
      return { value, done: to >= task.bytes };
    },
    close: () => {},
  };
}

function isWorthRetrying(status: number): boolean {
  return status === 0 || status === 409 || status === 423 || (status >= 500 && status !== 507 && status !== 503);
}

function watchStillness(onStill: () => void): { readonly moved: () => void; readonly stop: () => void } {
  const timer = setTimeout(onStill, STILL_MS);
  timer.unref();
  return { moved: () => void timer.refresh(), stop: () => clearTimeout(timer) };
}
