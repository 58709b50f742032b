import { randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { type FileHandle, open, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { err, ok, type Result } from '../../core/result.ts';
import type { UploadFacts } from '../contract/files.ts';

/** Why a part was not taken. `Unknown` also stands for an upload that was cancelled or is whole already. */
export interface UploadProblem {
  readonly type: 'Unknown' | 'WrongPlace' | 'TooMuch' | 'TooMany' | 'NotWritten';
  readonly sentence: string;
}

export interface Uploads {
  begin(facts: UploadFacts): Promise<Result<{ readonly uploadId: string }, UploadProblem>>;
  /** Puts the next part at its end. The file is whole, synced and under its final name once `received` is its size. */
  append(
    uploadId: string,
    offset: number,
    parts: AsyncIterable<Uint8Array>,
  ): Promise<Result<{ readonly received: number }, UploadProblem>>;
  cancel(uploadId: string): Promise<void>;
  close(): Promise<void>;
}

interface Open {
  readonly facts: UploadFacts;
  readonly handle: FileHandle;
  received: number;
  isBusy: boolean;
}

const DAY_MS = 24 * 60 * 60_000;
const MAX_OPEN = 16;

const PROBLEMS = {
  Unknown: 'This file is no longer being sent. Drop it again.',
  WrongPlace: 'Parts of this file came in another order. Drop it again.',
  TooMuch: 'This file grew while it was being sent. Drop it again.',
  TooMany: 'Too many files are being sent at once. Wait until some of them are in.',
  NotWritten: 'This file could not be written beside the records. Make room on the disk, then drop it again.',
} as const;

function problem(type: keyof typeof PROBLEMS): Result<never, UploadProblem> {
  return err({ type, sentence: PROBLEMS[type] });
}

/**
 * Files on their way in from a browser, which gives no path. They lie in `folder` under made-up names: `<id>.part` while
 * they come, then `<id>.file` with `<id>.json` (`UploadFacts`) beside it. What is older than a day is removed at start.
 * `now` is milliseconds since 1970.
 */
export function createUploads(folder: string, now: () => number): Uploads {
  const opened = new Map<string, Open>();
  removeOld(folder, now() - DAY_MS);
  const place = (uploadId: string, ending: string) => join(folder, `${uploadId}.${ending}`);

  const forget = async (uploadId: string, upload: Open) => {
    opened.delete(uploadId);
    await upload.handle.close().catch(() => {});
    await rm(place(uploadId, 'part'), { force: true }).catch(() => {});
  };
  const finish = async (uploadId: string, { handle, facts }: Open) => {
    opened.delete(uploadId);
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
    // The facts first: a file under its final name always has them.
    await writeFile(place(uploadId, 'json'), JSON.stringify(facts), { mode: 0o600, flush: true });
    await rename(place(uploadId, 'part'), place(uploadId, 'file'));
  };
  const take = async (uploadId: string, upload: Open, parts: AsyncIterable<Uint8Array>) => {
    for await (const part of parts) {
      if (upload.received + part.length > upload.facts.size) return problem('TooMuch');
      // A cancelled upload is closed under this loop; the write then fails and says so.
      await upload.handle.writeFile(part);
      upload.received += part.length;
    }
    if (upload.received === upload.facts.size) await finish(uploadId, upload);
    return ok({ received: upload.received });
  };

  return {
    async begin(facts) {
      if (opened.size >= MAX_OPEN) return problem('TooMany');
      const uploadId = randomBytes(16).toString('hex');
      try {
        mkdirSync(folder, { recursive: true, mode: 0o700 });
        const handle = await open(place(uploadId, 'part'), 'wx', 0o600);
        const upload = { facts, handle, received: 0, isBusy: false };
        opened.set(uploadId, upload);
        if (facts.size === 0) await finish(uploadId, upload);
        return ok({ uploadId });
      } catch {
        return problem('NotWritten'); // full, read-only, or the folder is no folder
      }
    },
    async append(uploadId, offset, parts) {
      const upload = opened.get(uploadId);
      if (upload === undefined) return problem('Unknown');
      if (upload.isBusy || upload.received !== offset) return problem('WrongPlace');
      upload.isBusy = true;
      try {
        const taken = await take(uploadId, upload, parts);
        if (!taken.ok) await forget(uploadId, upload);
        return taken;
      } catch {
        await forget(uploadId, upload);
        return problem('NotWritten');
      } finally {
        upload.isBusy = false;
      }
    },
    async cancel(uploadId) {
      const upload = opened.get(uploadId);
      if (upload !== undefined) await forget(uploadId, upload);
    },
    async close() {
      for (const [uploadId, upload] of [...opened]) await forget(uploadId, upload);
    },
  };
}

/** Only names that were made here are touched; a folder that is not there yet has nothing old in it. */
function removeOld(folder: string, before: number): void {
  try {
    for (const name of readdirSync(folder)) {
      if (!/^[0-9a-f]{32}\.(part|file|json)$/.test(name)) continue;
      const path = join(folder, name);
      if (statSync(path).mtimeMs < before) rmSync(path, { force: true });
    }
  } catch {
    // nothing to remove, or not ours to remove
  }
}
