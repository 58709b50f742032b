import { setImmediate as otherWork, setTimeout as pause } from 'node:timers/promises';
import { writeFailureOf } from '../../../db/failures.ts';
import { type ArrivalRow, arrivals, blobs, fileTexts } from '../../../db/files-tables.ts';
import { inWrite } from '../../../db/handles.ts';
import { arrivalOf, arrivalsWith, readingArrivals, versionsWith } from '../../../db/read/files.ts';
import { indexFileText } from '../../../db/search/index-deal.ts';
import { AGAIN } from './filing.ts';
import { holdSentence } from './held.ts';
import { holdSent } from './hold-sent.ts';
import { placeSentence } from './place-sentence.ts';
import type { Proposer } from './propose.ts';
import { type ReadContent, readContent } from './read-content.ts';
import type { PapersDeps } from './types.ts';
import { type Unpacked, unpack } from './unpack.ts';

/** Reads what has come in, one after another, and says where each belongs. */
export interface Reader {
  /** Something came in. */
  wake(): void;
  /** Leaves this one alone for now: it is about to become a page of another. Forgotten when the program ends. */
  holdBack(id: string): void;
  release(ids: readonly string[]): void;
  /** Resolves when nothing is left to read. */
  idle(): Promise<void>;
  close(): Promise<void>;
}

export interface ReaderDeps extends PapersDeps {
  readonly proposer: Proposer;
  /** Called when an arrival has its proposal: files it by itself if its owner allowed that. */
  readonly onProposed: (arrival: ArrivalRow) => void;
  /** Rows of the inbox changed. */
  readonly onChanged: () => void;
}

const SLICE = 50;
/**
 * Between two readings while more files come in: those are on the way to safety, and need the disk that each reading syncs
 * twice. So a person has enough to begin with, and the rest is read when all is in.
 */
const GIVE_WAY_MS = 50;
/** What could not be read to an end, as on a full disk, is tried again after so long. */
const AGAIN_MS = 30_000;

export function createReader(deps: ReaderDeps): Reader {
  const back = new Set<string>();
  const stuck = new Set<string>();
  const judged = new Set<string>();
  let retry: ReturnType<typeof setTimeout> | null = null;
  let running: Promise<void> | null = null;
  let isClosed = false;

  const isLeft = (id: string) => back.has(id) || stuck.has(id);
  const waiting = () => readingArrivals(deps.db.read, SLICE + back.size + stuck.size).filter((row) => !isLeft(row.id));
  const tryLater = (id: string) => {
    stuck.add(id);
    retry ??= setTimeout(() => {
      retry = null;
      stuck.clear();
      wake();
    }, AGAIN_MS);
  };
  const run = async () => {
    for (;;) {
      const rows = waiting();
      if (rows.length === 0) {
        await readOthers(deps, () => isClosed);
        if (!isClosed && !deps.closing.aborted) holdSent(deps, judged);
        return;
      }
      for (const { id } of rows) {
        if (isClosed || deps.closing.aborted) return;
        // It may have become a page of another since.
        const row = arrivalOf(deps.db.read, id);
        if (row?.state !== 'reading' || isLeft(id)) continue;
        await readOne(deps, row).catch((error: unknown) => {
          deps.log.defect('keeping what was read', error, { kind: row.kind });
        });
        if (isClosed || deps.closing.aborted) return;
        if (arrivalOf(deps.db.read, id)?.state === 'reading') tryLater(id);
        deps.onChanged();
        // What needs no disk would keep all else waiting.
        await (back.size > 0 ? pause(GIVE_WAY_MS) : otherWork());
      }
    }
  };
  const wake = () => {
    if (running !== null || isClosed) return;
    running = run()
      .catch((error: unknown) => deps.log.defect('reading what came in', error))
      .finally(() => {
        running = null;
        // What came between the last look and here.
        if (!isClosed && !deps.closing.aborted && waiting().length > 0) wake();
      });
  };
  return {
    wake,
    holdBack: (id) => void back.add(id),
    release: (ids) => {
      for (const id of ids) back.delete(id);
      wake();
    },
    idle: async () => {
      while (running !== null) await running;
    },
    close: async () => {
      isClosed = true;
      if (retry !== null) clearTimeout(retry);
      await running;
    },
  };
}

/** One arrival, to the end: whatever its bytes are, it is not `reading` afterwards, unless the disk refused or the program closes. */
async function readOne(deps: ReaderDeps, row: ArrivalRow): Promise<void> {
  try {
    const again = sameAgain(deps, row);
    if (again !== null) return settle(deps, row, { state: 'same', sentence: again, decidedBy: 'rule' });
    const unpacked = await unpack(deps, row);
    if (unpacked !== null && unpacked.type === 'stopped') return;
    const content = await readContent(deps, row);
    if (content === 'stopped') return;
    keepContent(deps, row.sha256, content);
    await deps.proposer.ready();
    if (deps.closing.aborted) return;
    if (unpacked !== null) return settleUnpacked(deps, row, unpacked);
    proposeFor(deps, row.id);
  } catch (error) {
    // It is the disk's fault and not the file's: it is read again later.
    if (writeFailureOf(error) !== null) throw error;
    deps.log.defect('reading an arrival', error, { kind: row.kind });
    // Nobody knows what it says: shown and filed like any other it could carry what must be held.
    settle(deps, row, { state: 'held', sentence: UNJUDGED });
  }
}

const UNJUDGED =
  'Held: this file could not be read, so nobody knows what it says. Call the sender before you let it go.';

/** What was made here, or came from elsewhere, and has no arrival that waits: its text is read for the search. */
async function readOthers(deps: ReaderDeps, isClosed: () => boolean): Promise<void> {
  for (;;) {
    const blob = blobs.all(deps.db.read, "WHERE reading = 'waiting' ORDER BY added_at LIMIT 1")[0];
    if (blob === undefined || isClosed() || deps.closing.aborted) return;
    const content = await readContent(deps, blob).catch((error: unknown) => {
      deps.log.defect('reading a file', error, { kind: blob.kind });
      return UNREAD;
    });
    if (content === 'stopped') return;
    keepContent(deps, blob.sha256, content);
    if (readingArrivals(deps.db.read, 1).length > 0) return;
  }
}

const UNREAD: ReadContent = { reading: 'none', sentence: '', pages: null, text: null, openedSha256: null };

/** What reading found, for every arrival and version of that content. */
export function keepContent(deps: PapersDeps, sha256: string, content: ReadContent): void {
  const { reading, sentence, pages, text, openedSha256 } = content;
  inWrite(deps.db, (write) => {
    blobs.update(write, { reading, sentence, pages, openedSha256 }, 'sha256 = ?', sha256);
    arrivals.update(write, { pages }, 'sha256 = ?', sha256);
    if (text === null) return;
    fileTexts.put(write, { sha256, text });
    indexFileText(write, sha256);
  });
}

/** The same content, seen before: where it is, unless this one was put somewhere else on purpose. */
function sameAgain(deps: ReaderDeps, row: ArrivalRow): string | null {
  // Made here, put back by a person, or read before, such as one that has been opened with its password since.
  if (row.source === 'made' || row.decidedBy === AGAIN || row.proposal !== null) return null;
  const { hintDealId, hintLineId } = row;
  const place = versionsWith(deps.db.read, row.sha256).find(
    ({ dealId, lineId }) =>
      (hintDealId === null || dealId === hintDealId) && (hintLineId === null || lineId === hintLineId),
  );
  if (place !== undefined) return `Same file again. Kept once: ${placeSentence(deps.db, place)}`;
  const before = arrivalsWith(deps.db.read, row.sha256).find(
    (other) =>
      other.id !== row.id &&
      other.parentId !== row.id &&
      ['new', 'held', 'opened'].includes(other.state) &&
      (hintDealId === null || other.hintDealId === hintDealId) &&
      (hintLineId === null || other.hintLineId === hintLineId),
  );
  if (before === undefined) return null;
  if (before.state === 'opened') return 'Same file again. What was in it came in before.';
  if (before.state === 'held') return 'Same file again. Kept once: it is held already.';
  return 'Same file again. Kept once: it waits in the inbox already.';
}

function settleUnpacked(deps: ReaderDeps, row: ArrivalRow, unpacked: Exclude<Unpacked, { type: 'stopped' }>): void {
  if (unpacked.type === 'refused') {
    settle(deps, row, { state: 'refused', sentence: unpacked.sentence });
    return;
  }
  if (unpacked.parts === 0) {
    // A message without attachments is a paper of its own.
    if (unpacked.sentence !== '')
      inWrite(deps.db, (write) => void arrivals.update(write, { sentence: unpacked.sentence }, 'id = ?', row.id));
    proposeFor(deps, row.id);
    return;
  }
  settle(deps, row, { state: 'opened', sentence: unpacked.sentence, decidedBy: 'rule' });
}

function proposeFor(deps: ReaderDeps, arrivalId: string): void {
  const row = arrivalOf(deps.db.read, arrivalId);
  if (row === null) return;
  const proposal = deps.proposer.propose(row);
  const held = holdSentence(deps.db.read, row, proposal);
  const set = { state: held === null ? 'new' : 'held', sentence: held ?? row.sentence, proposal };
  // What somebody else has dealt with meanwhile stays as it is.
  const changed = inWrite(deps.db, (write) => arrivals.update(write, set, "id = ? AND state = 'reading'", arrivalId));
  const read = arrivalOf(deps.db.read, arrivalId);
  if (changed === 1 && read !== null && held === null) deps.onProposed(read);
}

function settle(deps: PapersDeps, row: ArrivalRow, set: Partial<ArrivalRow>): void {
  const isDone = set.state !== 'new' && set.state !== 'refused' && set.state !== 'held';
  inWrite(deps.db, (write) => {
    const decidedAt = isDone ? deps.now().toISOString() : null;
    arrivals.update(write, { ...set, decidedAt }, "id = ? AND state = 'reading'", row.id);
  });
}
