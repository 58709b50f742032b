import { useCallback } from 'react';
import type { DroppedFile, DropSource } from '../../electron/contract/files.ts';
import { asCallError, call, hostApi } from './api.ts';
import { showRefusal } from './commands.ts';
import { newId } from './ids.ts';
import { endOfJob, endWork, showWork, tellEnd } from './jobs.ts';
import { type JobProgress, type Session, useSession } from './session.tsx';

/** Where files are to go. Without a deal they wait in the inbox; with a document they are filed on it at once. */
export interface DropPlace {
  readonly dealId?: string | undefined;
  readonly lineId?: string | undefined;
  /** "1847 Marlowe Ave", "Preliminary title report": for the sentence at the end. */
  readonly name?: string | undefined;
}

export interface Taking {
  readonly files: readonly DroppedFile[];
  readonly how: 'drop' | 'paste' | 'pick';
  readonly place: DropPlace;
}

const MOST_AT_ONCE = 5_000;

export const NOT_A_FILE =
  'That is a link or a text, and only files can be put here. Save it as a file first, then drop the file.';
const NOTHING = 'There was no file in it.';

/** Takes files in: sends them to the host, hands them to the inbox, and says at the end what came of it. */
export function useTakeFiles(): (taking: Taking) => Promise<void> {
  const session = useSession();
  return useCallback((taking) => takeFiles(session, taking), [session]);
}

export async function takeFiles(session: Session, { files, how, place }: Taking): Promise<void> {
  if (files.length === 0) return showRefusal(session, NOTHING);
  const sent = await send(session, files);
  if (sent === null) return;
  const { dealId, lineId } = place;
  const ends: JobProgress[] = [];
  try {
    for (let at = 0; at < sent.sources.length; at += MOST_AT_ONCE) {
      const sources = sent.sources.slice(at, at + MOST_AT_ONCE);
      const { jobId } = await call('inbox:add', {
        sources: [...sources],
        how,
        ...(dealId === undefined ? {} : { dealId }),
        ...(lineId === undefined ? {} : { lineId }),
      });
      const end = await endOfJob(session, jobId);
      ends.push(end);
      if (end.state === 'cancelled') break;
    }
  } catch (thrown) {
    showRefusal(session, asCallError(thrown).message);
    return;
  }
  tellTaken(session, { ends, place, isStopped: sent.isStopped });
}

interface Sent {
  readonly sources: readonly DropSource[];
  readonly isStopped: boolean;
}

/** Where the host knows the real paths this is done in a moment; else the bytes go over, and may be stopped. */
async function send(session: Session, files: readonly DroppedFile[]): Promise<Sent | null> {
  const id = newId();
  const title = files.length === 1 ? 'Sending a file' : 'Sending files';
  const sizes = files.map(({ file }) => file.size);
  let isCancelled = false;
  const show = (done: number, total: number) =>
    showWork(session, {
      ...{ id, title, done, total },
      words: `${wholeFiles(sizes, done)} of ${files.length.toLocaleString('en-US')}`,
      stop: () => {
        isCancelled = true;
      },
    });
  show(0, Math.max(1, sum(sizes)));
  const reply = await hostApi().dropFiles(files, { onProgress: show, isCancelled: () => isCancelled });
  endWork(session, id);
  if (!reply.ok) {
    showRefusal(session, reply.error.message);
    return null;
  }
  const { sources, isStopped } = reply.value;
  if (sources.length > 0) return { sources, isStopped };
  tellEnd(session, { state: 'cancelled', sentence: 'Stopped. Nothing came in, the files are where they were.' });
  return null;
}

/** How many of the files are over, by the bytes that went; they go one after the other. */
export function wholeFiles(sizes: readonly number[], sent: number): number {
  let whole = 0;
  let bytes = 0;
  for (const size of sizes) {
    bytes += size;
    if (bytes > sent || (size === 0 && sent === 0)) break;
    whole += 1;
  }
  return whole;
}

function sum(sizes: readonly number[]): number {
  return sizes.reduce((all, size) => all + size, 0);
}

function tellTaken(
  session: Session,
  {
    ends,
    place,
    isStopped,
  }: { readonly ends: readonly JobProgress[]; readonly place: DropPlace; readonly isStopped: boolean },
): void {
  const state = ends.find((end) => end.state !== 'done')?.state ?? 'done';
  const said = ends.map((end) => end.sentence).join(' ');
  const isOne = sum(ends.map((end) => end.total)) === 1;
  const where = place.name !== undefined && state === 'done' ? ` ${whereText(place, isOne)}` : '';
  const rest = isStopped && state === 'done' ? ' The others are still where they were.' : '';
  const sentence = `${isStopped && state === 'done' ? 'Stopped. ' : ''}${said}${where}${rest}`;
  tellEnd(session, { state, sentence }, { title: 'Open the inbox', to: '/inbox' });
}

function whereText({ lineId, name }: DropPlace, isOne: boolean): string {
  if (lineId === undefined) return `${isOne ? 'It waits' : 'They wait'} in the inbox, for ${name}.`;
  return isOne ? `It is filed on ${name} once it is read.` : `They are filed on ${name} once they are read.`;
}
