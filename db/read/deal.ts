import type { Deal, DealRows, DealTable, Id } from '../../core/deals/model.ts';
import type { Read } from '../handles.ts';
import { decodeRow, tableMap } from '../rows.ts';

/** Pinned by board.db.test.ts: each walks one index, none sorts. */
export const DEAL_SQL = {
  deal: `SELECT ${tableMap('deal').select} FROM deal WHERE id = ?`,
  task: `SELECT ${tableMap('task').select} FROM task WHERE deal_id = ? ORDER BY position, id`,
  person: `SELECT ${tableMap('person').select} FROM person WHERE deal_id = ? ORDER BY position, id`,
  note: `SELECT ${tableMap('note').select} FROM note WHERE deal_id = ? ORDER BY written_at, id`,
  anchor: `SELECT ${tableMap('anchor').select} FROM anchor WHERE deal_id = ? ORDER BY id`,
  milestone: `SELECT ${tableMap('milestone').select} FROM milestone WHERE deal_id = ? ORDER BY id`,
  line: `SELECT ${tableMap('line').select} FROM line WHERE deal_id = ? ORDER BY position, id`,
  version: `SELECT ${tableMap('version').select} FROM version WHERE deal_id = ? ORDER BY line_id, number, id`,
  paper: `SELECT ${tableMap('paper').select} FROM paper WHERE deal_id = ? ORDER BY id`,
  change: `SELECT ${tableMap('change').select} FROM change WHERE deal_id = ? ORDER BY id`,
  message: `SELECT ${tableMap('message').select} FROM message WHERE deal_id = ? ORDER BY written_at, id`,
  reading: `SELECT ${tableMap('reading').select} FROM reading WHERE deal_id = ? ORDER BY id`,
  proposal: `SELECT ${tableMap('proposal').select} FROM proposal WHERE deal_id = ? ORDER BY id`,
  form: `SELECT ${tableMap('form').select} FROM form WHERE deal_id = ? ORDER BY id`,
  lead: `SELECT ${tableMap('lead').select} FROM lead WHERE deal_id = ? ORDER BY id`,
  consent: `SELECT ${tableMap('consent').select} FROM consent WHERE deal_id = ? ORDER BY id`,
} as const satisfies Record<DealTable, string>;

/** Everything of one deal, or null when it is not here. Tasks and people by position, notes by when they were written. */
export function readDeal(read: Read, dealId: Id): Deal | null {
  const row = rowsOf(read, 'deal', dealId)[0];
  if (row === undefined) return null;
  return {
    row,
    tasks: rowsOf(read, 'task', dealId),
    people: rowsOf(read, 'person', dealId),
    notes: rowsOf(read, 'note', dealId),
    anchors: rowsOf(read, 'anchor', dealId),
    milestones: rowsOf(read, 'milestone', dealId),
    lines: rowsOf(read, 'line', dealId),
    versions: rowsOf(read, 'version', dealId),
    papers: rowsOf(read, 'paper', dealId),
    changes: rowsOf(read, 'change', dealId),
    messages: rowsOf(read, 'message', dealId),
    readings: rowsOf(read, 'reading', dealId),
    proposals: rowsOf(read, 'proposal', dealId),
    forms: rowsOf(read, 'form', dealId),
    leads: rowsOf(read, 'lead', dealId),
    consents: rowsOf(read, 'consent', dealId),
  };
}

/** What tells one deal's papers from another's: its people, lines and versions. */
export type PapersOf = Pick<Deal, 'row' | 'people' | 'lines' | 'versions'>;

export function readPapersOf(read: Read, dealId: Id): PapersOf | null {
  const row = rowsOf(read, 'deal', dealId)[0];
  if (row === undefined) return null;
  const people = rowsOf(read, 'person', dealId);
  return { row, people, lines: rowsOf(read, 'line', dealId), versions: rowsOf(read, 'version', dealId) };
}

function rowsOf<T extends DealTable>(read: Read, table: T, dealId: Id): readonly DealRows[T][] {
  return read.all<Record<string, unknown>>(DEAL_SQL[table], dealId).map((stored) => decodeRow(table, stored));
}
