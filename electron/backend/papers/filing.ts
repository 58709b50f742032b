import type { Command, Refusal } from '../../../core/commands/types.ts';
import type { PlainDate } from '../../../core/deadlines/plain-date.ts';
import type { Deal, Id } from '../../../core/deals/model.ts';
import type { DocumentClass, VersionSuffix } from '../../../core/documents/document.ts';
import type { Proposal } from '../../../core/documents/propose/types.ts';
import { type ArrivalRow, arrivals } from '../../../db/files-tables.ts';
import { inWrite, type Write } from '../../../db/handles.ts';
import { arrivalOf, isSuspect } from '../../../db/read/files.ts';
import { dealCacheOf } from '../services/deal-cache.ts';
import { type CommandOutcome, runInside } from '../services/run-command.ts';
import { CALLED, FRAUD, heldSentence, isFraud, SUSPECT } from './held.ts';
import type { PapersDeps } from './types.ts';

/** Where a person, or a rule of theirs, says that an arrival belongs. */
export interface FilingChoice {
  readonly dealId: Id;
  /** Null: a new document of this title. */
  readonly lineId: Id | null;
  readonly newTitle: string;
  readonly class: DocumentClass;
  readonly suffix: VersionSuffix | null;
  readonly documentOn: PlainDate;
  readonly toReview: boolean;
}

export type FiledBy = 'you' | 'rule';

const GONE: Refusal = {
  type: 'ArrivalNotAvailable',
  message: 'This file is not waiting any more. The inbox shows where it went.',
};
const STILL_READING: Refusal = {
  type: 'StillReading',
  message: 'This file is still being read. File it in a moment.',
};
const HELD: Refusal = {
  type: 'Held',
  message:
    'Held: looks like wire instructions. Call the sender on a number you knew before, then say here what they said.',
};

/**
 * Files an arrival: the command on the deal and the arrival's own row in one transaction, so that after any end of the
 * program it either waits in the inbox or is on its document, never both and never neither.
 */
export function fileArrival(deps: PapersDeps, arrivalId: Id, choice: FilingChoice, by: FiledBy): CommandOutcome {
  const commandId = deps.newId();
  return inOneStep(deps, choice.dealId, (write) => {
    const arrival = arrivalOf(write, arrivalId);
    const no = refusalToFile(write, arrival);
    if (arrival === null || no !== null) return refuse(no ?? GONE);
    const deal = dealCacheOf(deps.db).get(write, choice.dealId);
    const lineId = choice.lineId ?? deps.newId();
    const versionId = deps.newId();
    const outcome = runInside(deps.runner, write, {
      id: commandId,
      dealId: choice.dealId,
      name: 'fileVersion',
      args: argsOf(arrival, choice, { deal, lineId, versionId }),
      at: deps.now().toISOString(),
    });
    if (outcome.outcome === 'refused') return outcome;
    arrivals.update(
      write,
      {
        state: 'filed',
        sentence: '',
        dealId: choice.dealId,
        lineId,
        versionId,
        commandId,
        decidedAt: deps.now().toISOString(),
        decidedBy: by,
      },
      'id = ?',
      arrivalId,
    );
    return outcome;
  });
}

/** Nothing is filed before it was read: only then is it known whether it is to be held. */
function refusalToFile(write: Write, arrival: ArrivalRow | null): Refusal | null {
  if (arrival === null) return GONE;
  if (arrival.state === 'reading') return STILL_READING;
  if (arrival.state === 'held') return HELD;
  if (arrival.state !== 'new' && arrival.state !== 'same') return GONE;
  return isSuspect(write, arrival.sha256) ? HELD : null;
}

/** Takes filing back through the deal's own undo, or puts what was set aside back into the inbox. */
export function unfileArrival(deps: PapersDeps, arrivalId: Id): CommandOutcome {
  const arrival = arrivalOf(deps.db.read, arrivalId);
  if (arrival === null) return refuse(GONE);
  if (arrival.state === 'filed' && arrival.dealId !== null && arrival.commandId !== null) {
    const { dealId, commandId } = arrival;
    // followVersions (follow.ts) puts the arrival back in the same transaction.
    const undo: Command = {
      id: deps.newId(),
      dealId,
      name: 'undo',
      args: { commandId },
      at: deps.now().toISOString(),
    };
    return inOneStep(deps, dealId, (write) => runInside(deps.runner, write, undo));
  }
  if (isFraud(arrival)) return refuse(FOR_GOOD);
  if (arrival.state !== 'set-aside' && arrival.state !== 'same') return refuse(GONE);
  inWrite(deps.db, (write) => {
    const set = arrival.state === 'same' ? READ_ANYWAY : asBefore(write, arrival);
    arrivals.update(write, { ...set, decidedAt: null, before: null }, 'id = ?', arrivalId);
  });
  return { outcome: 'done', label: 'Put it back in the inbox', changes: 1 };
}

const FOR_GOOD: Refusal = {
  type: 'Fraud',
  message: 'This was a fraud and stays set aside. If the file comes again it is held, and can be let go after a call.',
};

/** `decidedBy` of what a person wants in the inbox although its content is here already. */
export const AGAIN = 'again';
/** What was the same as another was never looked into: the reader does so now. */
const READ_ANYWAY = { state: 'reading', sentence: '', decidedBy: AGAIN } as const;
const BACK = { state: 'new', sentence: '', decidedBy: '' } as const;

/** As it waited before it was set aside; held, where its content has become suspect since. */
function asBefore(write: Write, arrival: ArrivalRow) {
  const was = arrival.before ?? BACK;
  const isHeld = was.state === 'held' || (was.state === 'new' && isSuspect(write, arrival.sha256));
  if (!isHeld) return was;
  const why = was.state === 'held' ? was.sentence : heldSentence(arrival.proposal as Proposal | null);
  return { state: 'held', sentence: why, decidedBy: '' };
}

/**
 * "Not ours": it waits no more. The content stays findable in the inbox's history. One that was held is held again when
 * it comes again, or is put back.
 */
export function setAside(deps: PapersDeps, arrivalId: Id, sentence: string): CommandOutcome {
  return putAside(deps, arrivalId, { sentence, from: ['new', 'held', 'refused'], held: SUSPECT });
}

/** A held one that is a fraud after a call: set aside for good, and held whenever it comes again. */
export function setFraudAside(deps: PapersDeps, arrivalId: Id, sentence: string): CommandOutcome {
  return putAside(deps, arrivalId, { sentence, from: ['held'], held: FRAUD });
}

interface Aside {
  readonly sentence: string;
  /** States that it may be in. */
  readonly from: readonly string[];
  /** `decidedBy` of one that is held. */
  readonly held: string;
}

function putAside(deps: PapersDeps, arrivalId: Id, { sentence, from, held }: Aside): CommandOutcome {
  const decidedAt = deps.now().toISOString();
  const isDone = inWrite(deps.db, (write) => {
    const row = arrivalOf(write, arrivalId);
    if (row === null || !from.includes(row.state)) return false;
    const before = { state: row.state, sentence: row.sentence, decidedBy: row.decidedBy };
    const decidedBy = row.state === 'held' ? held : 'you';
    arrivals.update(write, { state: 'set-aside', sentence, decidedAt, decidedBy, before }, 'id = ?', arrivalId);
    return true;
  });
  return isDone ? { outcome: 'done', label: 'Set it aside', changes: 1 } : refuse(GONE);
}

/**
 * A held one that is real after a call: it waits like any other, and what was said is kept with it. The call was about
 * its content, so whatever else came with that is let go too.
 */
export function letGo(deps: PapersDeps, arrivalId: Id, words: string): CommandOutcome {
  if (words === '')
    return refuse({
      type: 'NeedsReason',
      message: 'Say whom you called, and on which number you knew before. It is kept with the file.',
    });
  const set = { state: 'new', sentence: `Let go after a call: ${words}`, decidedBy: CALLED } as const;
  const changed = inWrite(deps.db, (write) => {
    const held = arrivalOf(write, arrivalId);
    if (held?.state !== 'held') return 0;
    arrivals.update(
      write,
      { decidedBy: CALLED, before: set },
      "sha256 = ? AND state = 'set-aside' AND decided_by IN ('suspect', 'fraud')",
      held.sha256,
    );
    return arrivals.update(write, set, "sha256 = ? AND state = 'held'", held.sha256);
  });
  return changed > 0 ? { outcome: 'done', label: 'Let it go', changes: 1 } : refuse(GONE);
}

function argsOf(
  arrival: ArrivalRow,
  choice: FilingChoice,
  { deal, lineId, versionId }: { readonly deal: Deal | null; readonly lineId: Id; readonly versionId: Id },
) {
  const newLine =
    choice.lineId !== null
      ? {}
      : {
          newLine: {
            lineId,
            title: choice.newTitle,
            clientTitle: '',
            stage: deal?.row.stage ?? 'intake',
            ownerRole: 'tc',
            class: choice.class,
            isRequired: false,
          },
        };
  return {
    versionId,
    lineId,
    sha256: arrival.sha256,
    bytes: arrival.bytes,
    extension: arrival.extension,
    originalName: arrival.fileName.slice(0, 300),
    suffix: choice.suffix,
    documentOn: choice.documentOn,
    receivedAt: arrival.at,
    sentBy: (arrival.senderName || arrival.senderAddress).slice(0, 300),
    isHeld: false,
    toReview: choice.toReview,
    ...newLine,
  };
}

function refuse(refusal: Refusal): CommandOutcome {
  return { outcome: 'refused', refusal };
}

/** One transaction; a deal that was changed in the cache by one that was rolled back is read again. */
function inOneStep(deps: PapersDeps, dealId: Id, work: (write: Write) => CommandOutcome): CommandOutcome {
  try {
    return inWrite(deps.db, work);
  } catch (error) {
    dealCacheOf(deps.db).forget(dealId);
    throw error;
  }
}
