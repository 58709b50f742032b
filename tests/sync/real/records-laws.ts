import { applyToDeal } from '../../../core/commands/apply.ts';
import { isSame } from '../../../core/commands/changes.ts';
import type { Change } from '../../../core/commands/types.ts';
import type { Deal } from '../../../core/deals/model.ts';
import type { SummaryRow } from '../../../core/deals/summary.ts';
import { dealOfRows, type JournalRow, type Rows } from '../../../core/sync/rows.ts';
import { examine } from '../../../db/doctor.ts';
import { type Db, inRead } from '../../../db/handles.ts';
import { loadUnit } from '../../../db/sync/load-unit.ts';
import type { CommandRow } from '../../../portal/server/store/areas/commands.ts';
import type { ServerDump, ServerUnit } from './read-server.ts';

/** The laws that records alone show, whoever made them. Each tells what is broken by adding to `found`. */

/** The records of one desktop. */
export interface Records {
  readonly name: string;
  readonly db: Db;
}

/** The doctor looks at these; room, place and backups are the computer's. */
const LOOKED_AT = new Set(['integrity', 'links', 'summaries', 'search', 'schema', 'mode']);

export interface Replayed {
  readonly row: CommandRow;
  readonly before: Deal | null;
}

/** Each deal from nothing through its log: versions without gaps, each command in once, and the rows that are kept. */
export function replay({ units, log }: ServerDump, found: string[]): readonly Replayed[] {
  const deals = new Map<string, { deal: Deal | null; version: number }>();
  const steps: Replayed[] = [];
  for (const row of log) {
    if (row.outcome === 'defect') found.push(`no defect: ${row.name} threw at the server`);
    if (row.outcome !== 'accepted' || row.unitVersion === null) continue;
    const { deal, version } = deals.get(row.unitId) ?? { deal: null, version: 0 };
    if (row.unitVersion !== version + 1)
      found.push(`once: ${row.commandId} made version ${row.unitVersion} of ${row.unitId} after ${version}`);
    steps.push({ row, before: deal });
    deals.set(row.unitId, { deal: applyToDeal(deal, row.changes as readonly Change[]), version: row.unitVersion });
  }
  for (const [unitId, unit] of units) {
    const { deal, version } = deals.get(unitId) ?? { deal: null, version: 0 };
    if (version !== unit.version) found.push(`once: ${unitId} is at ${unit.version} and its log at ${version}`);
    if (!isSame(byId(deal), byId(dealOfRows(unit.live)))) found.push(`once: ${unitId} is not what its log adds up to`);
    journalIsLog(unitId, unit, log, found);
  }
  return steps;
}

function journalIsLog(unitId: string, { live }: ServerUnit, log: readonly CommandRow[], found: string[]): void {
  const journal = [...live.values()]
    .filter((row) => row.table === 'journal')
    .map((row) => row.row as unknown as JournalRow);
  const done = log.filter((row) => row.unitId === unitId && row.unitVersion !== null && row.outcome === 'accepted');
  const names = (rows: readonly { readonly commandId: string; readonly n: number | null }[]) =>
    rows.map(({ commandId, n }) => `${n} ${commandId}`).toSorted();
  const journalNames = names(journal.map(({ commandId, number }) => ({ commandId, n: number })));
  const logNames = names(done.map(({ commandId, unitVersion }) => ({ commandId, n: unitVersion })));
  if (!isSame(journalNames, logNames)) found.push(`once: the journal of ${unitId} is not its log`);
}

function byId(deal: Deal | null): unknown {
  if (deal === null) return null;
  const { row, ...tables } = deal;
  const sorted = Object.entries(tables).map(([table, rows]) => [
    table,
    rows.toSorted((a, b) => (a.id < b.id ? -1 : 1)),
  ]);
  return JSON.parse(JSON.stringify({ row, ...Object.fromEntries(sorted) }));
}

/** What is derived is as if it were built anew, and the file is whole. */
export function derived({ name, db }: Records, summarise: (deal: Deal) => SummaryRow, found: string[]): void {
  for (const { check, isGood, sentence } of examine(db, { summarise }))
    if (!isGood && LOOKED_AT.has(check)) found.push(`derived: ${name}: ${sentence}`);
}

/** A desktop has one deal as the server has it, and keeps the end of its trail. */
export function levelUnit({ name, db }: Records, unitId: string, unit: ServerUnit, found: string[]): void {
  const held = inRead(db, (read) => loadUnit(read, unitId));
  const difference = differs(held.shown, unit.live);
  if (difference !== null) found.push(`equal: ${name} shows ${unitId} with another ${difference}`);
  if (held.version !== unit.version) found.push(`equal: ${name} has ${unitId} at ${held.version}, not ${unit.version}`);
  if (held.copies.size > 0)
    found.push(
      `equal: ${name} keeps ${held.copies.size} copies of ${unitId} for nothing: ${[...held.copies]
        .slice(0, 2)
        .map(([key, copy]) => `${key} ${copy.version} ${JSON.stringify(copy.row)?.slice(0, 120)}`)
        .join('; ')}`,
    );
  const head = db.raw
    .prepare('SELECT audit_count AS count, audit_hash AS hash FROM sync_unit WHERE unit_id = ?')
    .get(unitId) as { count: number; hash: string } | undefined;
  if (head === undefined || head.count === 0 || unit.trail[head.count - 1] !== head.hash)
    found.push(`audit: ${name} keeps row ${head?.count} of ${unitId}, which is not of the server's trail`);
}

function differs(ours: Rows, theirs: Rows): string | null {
  for (const [key, { row }] of theirs) {
    const own = ours.get(key)?.row;
    if (own === undefined) return `${key} (missing)`;
    if (!isSame(plain(own), plain(row))) return `${key}: ${JSON.stringify(own)} for ${JSON.stringify(row)}`;
  }
  for (const key of ours.keys()) if (!theirs.has(key)) return `${key} (too many)`;
  return null;
}

function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}
