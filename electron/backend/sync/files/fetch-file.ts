import { mkdir, open, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { DESK_PATH } from '../../../../portal/api/device-calls.ts';
import type { Added } from '../../vault/add.ts';
import { hashFile } from '../../vault/hash-file.ts';
import { outsideIo } from '../../vault/io.ts';
import type { Vault } from '../../vault/vault.ts';
import { piecesOf, untilAborted } from '../abort.ts';
import type { PortalClient } from '../types.ts';
import { OFFLINE, type Outcome, outcomeOf } from './outcome.ts';
import type { Pace } from './pace.ts';
import type { FileTask } from './tasks.ts';

export interface Fetching {
  readonly client: PortalClient;
  readonly vault: Vault;
  readonly pace: Pace;
  readonly signal: AbortSignal;
  /** Where bytes lie until all of them are here. */
  readonly folder: string;
  readonly onBytes: (done: number) => void;
  /** It is in the vault: its row is written before the half-way copy goes. */
  readonly onAdded: (added: Added) => Promise<void>;
}

const STILL_MS = 60_000;
const FULL: ReadonlySet<unknown> = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);
const NO_ROOM: Outcome = {
  type: 'away',
  sentence: 'The disk of this computer is full. Files from the portal come when there is room again.',
  waitMs: 60_000,
};

/** Fetches one file into the vault, from where an earlier try ended. Nothing is kept that is not what its row says. */
export async function fetchFile(task: FileTask, fetching: Fetching): Promise<Outcome> {
  const path = partPath(fetching.folder, task.sha256);
  try {
    await mkdir(fetching.folder, { recursive: true });
    const there = (await stat(path).catch(() => null))?.size ?? 0;
    const from = there > task.bytes ? 0 : there;
    const came = from === task.bytes ? DONE : await receive(task, fetching, { path, from });
    return came.type === 'done' ? await keep(task, fetching, path) : came;
  } catch (error) {
    if (fetching.signal.aborted) return { type: 'stopped' };
    const { code } = error as NodeJS.ErrnoException;
    if (FULL.has(code)) return NO_ROOM;
    if (isOfDisk(error)) throw error;
    return OFFLINE;
  }
}

const DONE: Outcome = { type: 'done' };

/** Of this computer's disk, and not of the line. */
function isOfDisk(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error && 'path' in error;
}

export function partPath(folder: string, sha256: string): string {
  return join(folder, `${sha256}.part`);
}

async function receive(
  { sha256, dealId, bytes }: FileTask,
  { client, pace, signal, onBytes }: Fetching,
  { path, from }: { readonly path: string; readonly from: number },
): Promise<Outcome> {
  const still = new AbortController();
  const timer = setTimeout(() => still.abort(new Error('nothing moves')), STILL_MS);
  timer.unref();
  try {
    const headers: Record<string, string> = from === 0 ? {} : { Range: `bytes=${from}-`, 'If-Range': `"${sha256}"` };
    const both = AbortSignal.any([signal, still.signal]);
    const asked = client.fetch(`${DESK_PATH}/file/${encodeURIComponent(dealId)}/${sha256}`, { headers, signal: both });
    const answer = await untilAborted(asked, both);
    if ((answer.status !== 200 && answer.status !== 206) || answer.body === null)
      return outcomeOf(answer.status, await untilAborted(answer.text(), both));
    const handle = await open(path, answer.status === 206 ? 'r+' : 'w');
    let at = answer.status === 206 ? from : 0;
    try {
      for await (const piece of piecesOf(answer.body, both)) {
        timer.refresh();
        if (at + piece.length > bytes) return OTHER;
        for (let done = 0; done < piece.length; )
          done += (await handle.write(piece, done, piece.length - done, at + done)).bytesWritten;
        at += piece.length;
        onBytes(at);
        await pace.take(piece.length, both);
        timer.refresh();
      }
    } finally {
      await handle.close();
    }
    return at === bytes ? DONE : OFFLINE;
  } finally {
    clearTimeout(timer);
  }
}

const OTHER: Outcome = {
  type: 'refused',
  sentence:
    'The portal sent another file than its list says. It was not kept; the portal checks its files again by itself.',
};

async function keep({ sha256 }: FileTask, fetching: Fetching, path: string): Promise<Outcome> {
  const { vault, signal, onAdded } = fetching;
  const found = await hashFile(outsideIo, path, signal);
  if (found.sha256 !== sha256) {
    await rm(path, { force: true });
    return OTHER;
  }
  const added = await vault.add({ path }, { signal });
  if (!added.ok) {
    if (added.error.type === 'Cancelled') return { type: 'stopped' };
    return { type: 'away', sentence: added.error.sentence, waitMs: 60_000 };
  }
  await onAdded(added.value);
  await rm(path, { force: true });
  return DONE;
}
