import type { Id } from '../../../core/deals/model.ts';
import { mirrorHead } from '../../../core/sync/audit-head.ts';
import type { OutboxEntry } from '../../../core/sync/outbox.ts';
import { type Rebased, rebaseUnit, type Switch } from '../../../core/sync/rebase.ts';
import type { AuditHead } from '../../../core/sync/wire.ts';
import type { Write } from '../../../db/handles.ts';
import { noteAttention, noteOverwrites } from '../../../db/sync/attention.ts';
import { loadUnit, UNIT_SQL } from '../../../db/sync/load-unit.ts';
import { dropEntry, leaveOutbox, outboxOf, writeEntry } from '../../../db/sync/outbox.ts';
import { writeUnit } from '../../../db/sync/write-unit.ts';
import { dealCacheOf } from '../services/deal-cache.ts';
import type { SyncGround } from './ground.ts';

export interface Switched {
  /** The server's version that the unit stands at now; null when nothing of it is left. */
  readonly version: number | null;
  /** Whether rows that a person sees differ. */
  readonly isChanged: boolean;
}

/**
 * Decides one unit again: the one place where the rows of a unit and its outbox change together. In the caller's
 * transaction, through `inStep`.
 */
export function switchUnit(
  own: SyncGround,
  write: Write,
  { unitId, to, audit = null }: { readonly unitId: Id; readonly to: Switch; readonly audit?: AuditHead | null },
): Switched {
  const cache = dealCacheOf(own.db);
  const before = loadUnit(write, unitId, cache.get(write, unitId));
  const waiting = outboxOf(write, unitId);
  const result = rebaseUnit(before, waiting, { to, ground: own.ground() });
  if (result.unit === before) return { version: before.version, isChanged: false };
  const { changes, deal } = writeUnit(write, {
    ...{ before, after: result.unit, summarise: own.summarise },
    follow: own.follow,
  });
  writeOutbox(own, write, waiting, result);
  keepAuditHead(own, write, { unitId, told: audit, isAnew: before.isStale });
  cache.put(unitId, deal);
  return { version: result.unit?.version ?? null, isChanged: changes.length > 0 };
}

/** The furthest end of the trail that was told stays here, so that nobody can write the trail anew unseen. */
function keepAuditHead(
  own: SyncGround,
  write: Write,
  { unitId, told, isAnew }: { readonly unitId: Id; readonly told: AuditHead | null; readonly isAnew: boolean },
): void {
  if (told === null) return;
  const kept = isAnew ? undefined : write.get<AuditHead>(UNIT_SQL.auditOf, unitId);
  const { head, isTampered } = mirrorHead(kept === undefined || kept.count === 0 ? null : kept, told);
  if (isTampered) own.db.log.warn('the trail of a deal was written anew', { dealId: unitId, count: told.count });
  if (head !== null) write.run(UNIT_SQL.audit, head.count, head.hash, unitId);
}

/** What waited, as the rebase left it: it waits on, it is shown by the server's rows, or a person is told. */
function writeOutbox(own: SyncGround, write: Write, before: readonly OutboxEntry[], result: Rebased): void {
  const waiting = new Map(result.outbox.map((entry) => [entry.order, entry]));
  const done = new Map(result.done.map((entry) => [entry.order, entry]));
  for (const entry of before) {
    const after = waiting.get(entry.order);
    const left = done.get(entry.order);
    if (after !== undefined) writeEntry(write, entry, after);
    else if (left !== undefined) leaveOutbox(write, left);
    else dropEntry(write, entry);
  }
  for (const attention of result.attention) noteAttention(write, attention, own);
  for (const { command } of result.done) {
    const overwrites = result.overwrites.filter((each) => each.commandId === command.id);
    if (overwrites.length > 0) noteOverwrites(write, { command, overwrites }, own);
  }
}
