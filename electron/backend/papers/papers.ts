import { rmSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { addDays } from '../../../core/deadlines/plain-date.ts';
import type { Id } from '../../../core/deals/model.ts';
import type { Proposal } from '../../../core/documents/propose/types.ts';
import { type ArrivalRow, arrivals } from '../../../db/files-tables.ts';
import { inWrite } from '../../../db/handles.ts';
import { openArrivalCount } from '../../../db/read/files.ts';
import { localDay } from '../services/clock.ts';
import { dealCacheOf } from '../services/deal-cache.ts';
import type { JobEnd } from '../services/jobs.ts';
import { type Candidates, createCandidates } from './candidates.ts';
import { type Drop, takeDrop } from './drop.ts';
import { type FilingChoice, fileArrival } from './filing.ts';
import { type Folders, openFolders } from './folders.ts';
import { glancesOf } from './glances.ts';
import { makingFolder, outGoingFolder } from './photos.ts';
import { createProposer, type Proposer } from './propose.ts';
import { createReader, type Reader } from './reader.ts';
import type { PapersDeps } from './types.ts';
import { keepStoreSound } from './upkeep.ts';
import { dayOfInstant } from './views.ts';
import { openWatching, type Watching } from './watching.ts';

/** The work on files, while the records are open. */
export interface Papers {
  readonly deps: PapersDeps;
  readonly proposer: Proposer;
  readonly candidates: Candidates;
  readonly reader: Reader;
  readonly watching: Watching;
  readonly folders: Folders;
  drop(drop: Drop, tell: (done: number, total: number) => void, signal: AbortSignal): Promise<JobEnd>;
  /** Rows of these deals changed; an empty list means many. */
  changed(dealIds: readonly Id[]): void;
  /** The inbox changed: tells every window how much waits. */
  tell(): void;
  close(): Promise<void>;
}

/** Changes of the inbox are told at most so often while many files come in. */
const TELL_MS = 150;

export function openPapers(deps: PapersDeps, closing: AbortController): Papers {
  const tell = createTeller(deps);
  const candidates = createCandidates({
    db: deps.db,
    since: (days) => addDays(localDay(deps.now()), -days),
    clock: () => performance.now(),
    isClosed: () => deps.closing.aborted,
  });
  const ownPlaces = () => [deps.folder];
  let reader: Reader | null = null;
  const onTaken = () => {
    tell.soon();
    reader?.wake();
  };
  const watching = openWatching({ ...deps, onTaken, ownPlaces });
  const folders = openFolders({ ...deps, onTaken });
  const proposer = createProposer(deps, candidates, watching.rulesOf);
  const onProposed = (row: ArrivalRow) => fileAlone(deps, row);
  const opened = createReader({ ...deps, proposer, onProposed, onChanged: tell.soon });
  reader = opened;
  const ready = prepare(deps).then(() => opened.wake());
  const prepared = ready.catch((error: unknown) => deps.log.defect('opening the files', error));
  return {
    deps,
    proposer,
    candidates,
    reader: opened,
    watching,
    folders,
    drop: async (drop, told, signal) => {
      await prepared;
      return await takeDrop(deps, drop, { tell: told, signal, reader: opened, onTaken });
    },
    changed: (dealIds) => {
      candidates.forget(dealIds);
      glancesOf(deps.db).forget(dealIds);
      folders.changed(dealIds);
      // With deals that are gone, their files may wait again.
      if (dealIds.length === 0) onTaken();
    },
    tell: tell.soon,
    close: async () => {
      closing.abort();
      await watching.close();
      await folders.close();
      await opened.close();
      tell.stop();
      await deps.pdf.close();
    },
  };
}

/** What a crash left half done goes; then the vault is looked after, a little at a time. */
async function prepare(deps: PapersDeps): Promise<void> {
  // At once: the first job may be writing there before anything that is waited for here is done.
  for (const left of [makingFolder(deps.folder), outGoingFolder(deps.folder)])
    rmSync(left, { recursive: true, force: true });
  await mkdir(join(deps.folder, 'vault'), { recursive: true });
  const recovered = await deps.vault.recover();
  if (!recovered.ok) deps.log.warn('the vault could not be looked through', { type: recovered.error.type });
  keepStoreSound(deps);
}

/**
 * Files by itself what a person has said may be filed so: dropped on a document, or certain by a rule of theirs. Where
 * that is refused it waits in the inbox like any other, with the refusal as its sentence.
 */
function fileAlone(deps: PapersDeps, row: ArrivalRow): void {
  const proposal = row.proposal as Proposal | null;
  const choice = proposal === null ? null : choiceFor(deps, row, proposal);
  if (choice === null) return;
  const isDropped = row.hintLineId !== null;
  const outcome = fileArrival(deps, row.id, choice, isDropped ? 'you' : 'rule');
  if (outcome.outcome === 'done') deps.emit({ type: 'deals:changed', dealIds: [choice.dealId] });
  else say(deps, row.id, outcome.refusal.message);
}

function say(deps: PapersDeps, arrivalId: Id, sentence: string): void {
  inWrite(deps.db, (write) => arrivals.update(write, { sentence }, "id = ? AND state = 'new'", arrivalId));
}

function choiceFor(deps: PapersDeps, row: ArrivalRow, proposal: Proposal): FilingChoice | null {
  const isDropped = row.hintDealId !== null && row.hintLineId !== null;
  const dealId: Id | null = isDropped ? row.hintDealId : (proposal.deal?.dealId ?? null);
  const lineId: Id | null = isDropped ? row.hintLineId : (proposal.line?.lineId ?? null);
  if (dealId === null || lineId === null || !(isDropped || proposal.mayFileAlone)) return null;
  const line = dealCacheOf(deps.db)
    .get(deps.db.read, dealId)
    ?.lines.find((each) => each.id === lineId);
  if (line === undefined) return null;
  return {
    dealId,
    lineId,
    newTitle: '',
    class: line.class,
    suffix: proposal.suffix,
    documentOn: proposal.documentOn ?? dayOfInstant(row.at),
    toReview: true,
  };
}

function createTeller(deps: PapersDeps): { readonly soon: () => void; readonly stop: () => void } {
  let timer: ReturnType<typeof setTimeout> | null = null;
  return {
    soon: () => {
      if (timer !== null || deps.closing.aborted) return;
      timer = setTimeout(() => {
        timer = null;
        if (!deps.closing.aborted) deps.emit({ type: 'inbox:changed', open: openArrivalCount(deps.db.read) });
      }, TELL_MS);
    },
    stop: () => {
      if (timer !== null) clearTimeout(timer);
    },
  };
}
