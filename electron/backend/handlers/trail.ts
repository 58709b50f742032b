import { isTakeable } from '../../../core/commands/registry.ts';
import { isTakenBack } from '../../../core/commands/undo.ts';
import { dealName } from '../../../core/deals/summarise.ts';
import { safeSegment } from '../../../core/documents/file-name.ts';
import { journalEntry, undoneByOf } from '../../../db/read/journal.ts';
import { UNIT_SQL } from '../../../db/sync/load-unit.ts';
import type { AuditEntry, DeviceOutput } from '../../../portal/api/device-calls.ts';
import type { CallOutput } from '../../contract/calls.ts';
import { localDay } from '../services/clock.ts';
import { dealCacheOf } from '../services/deal-cache.ts';
import { askPortal } from '../sync/ask-portal.ts';
import type { ParsedInput } from '../types.ts';
import type { Open, WithPapers } from './context.ts';
import { isOfThisComputer, localTrail, waitingSteps } from './local-trail.ts';

type Page = CallOutput<'trail:list'>;
type Asked = ParsedInput<'trail:list'>;

/**
 * The history of a deal: from the portal while it answers, with what was seen, fetched and denied, and with the steps on
 * top that it has not heard of. Else what this computer knows, and it says so. A list goes on from where it was begun.
 */
export async function listTrail(open: Open, asked: Asked): Promise<Page> {
  const { dealId, before, groups, actor, limit } = asked;
  if (isOfThisComputer(before)) return localTrail(open, asked, '');
  const kept = open.db.read.get<{ count: number; hash: string }>(UNIT_SQL.auditOf, dealId) ?? NONE;
  const ask = { dealId, before, groups, actor, limit, seen: kept.count };
  const answer = await askPortal(open.sync, 'audit/list', ask);
  if (answer.kind === 'ok') return portalTrail(open, asked, { told: answer.value, kept });
  // A deal that was never sent has no trail there yet: nothing is wrong, and this computer knows all of it.
  const isOnlyHere = answer.type === 'refused' && kept.count === 0;
  const note = isOnlyHere
    ? 'This deal is on this computer only so far: shown is what was done here.'
    : noteOf(answer.sentence);
  if (before === null) return localTrail(open, asked, note);
  // The rest of a list that the portal began waits for the portal.
  return { entries: [], before, isFromPortal: true, note, actors: [] };
}

const NONE = { count: 0, hash: '' };

function noteOf(sentence: string): string {
  return `${sentence} Shown is what this computer knows: what was opened, downloaded and denied is in the portal’s trail.`;
}

interface FromPortal {
  readonly told: DeviceOutput<'audit/list'>;
  /** The end of the trail as this computer keeps it. */
  readonly kept: { readonly count: number; readonly hash: string };
}

function portalTrail(open: Open, asked: Asked, { told, kept }: FromPortal): Page {
  const known = new Set(told.entries.map(({ commandId }) => commandId));
  const waiting =
    asked.before === null ? waitingSteps(open, asked).filter(({ commandId }) => !known.has(commandId)) : [];
  return {
    entries: [...waiting, ...told.entries.map((entry) => ({ ...entry, ...undoOf(open, entry) }))],
    before: told.before,
    isFromPortal: true,
    note: isSame(told, kept) ? '' : MISMATCH,
    actors: told.actors,
  };
}

/** Never softened: this is what the copy is kept for. */
const MISMATCH =
  'The portal’s trail does not match the copy on this computer: rows that were there are missing or were changed. Export the deal now, keep this computer as it is, and ask whoever runs the portal.';

/** What this computer knows of must still be there, at its place. */
function isSame({ head, seenHash }: FromPortal['told'], kept: FromPortal['kept']): boolean {
  if (kept.count === 0) return true;
  return head.count >= kept.count && seenHash === kept.hash;
}

/** Only what this computer has in its own journal can be taken back here, and never what somebody else said for themselves. */
function undoOf(open: Open, { commandId, group }: AuditEntry): { isUndone: boolean; canUndo: boolean } {
  const { read } = open.db;
  const entry = commandId === null || group !== 'command' ? null : journalEntry(read, commandId);
  if (entry === null || commandId === null) return { isUndone: false, canUndo: false };
  const isUndone = isTakenBack(undoneByOf(read, commandId), (id) => undoneByOf(read, id));
  return { isUndone, canUndo: !isUndone && isTakeable(entry, open.office.profile().memberId) };
}

/** The whole deal with its trail as one file, checked by `closeboard verify`. It lies in the vault until it is saved. */
export function exportTrail(open: WithPapers, { dealId }: ParsedInput<'trail:export'>): CallOutput<'trail:export'> {
  const { deps } = open.papers;
  const jobId = open.jobs.run({
    title: 'Exporting the deal',
    total: 1,
    work: async (tell, signal) => {
      // With the work on files, which is loaded only when it is needed.
      const { fetchExport } = await import('../sync/fetch-export.ts');
      const deal = dealCacheOf(open.db).get(open.db.read, dealId);
      const name = safeSegment(`${deal === null ? 'Deal' : dealName(deal)} ${localDay(open.deps.now())}.zip`);
      const end = await fetchExport(
        { sync: open.sync, vault: deps.vault, papers: deps },
        { dealId, name, tell, signal },
      );
      if (end.state === 'done') open.deps.emit({ type: 'access:changed', dealId });
      return end;
    },
  });
  return { jobId };
}
