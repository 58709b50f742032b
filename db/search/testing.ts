import type { Change } from '../../core/commands/types.ts';
import type { Deal, Id } from '../../core/deals/model.ts';
import { type Db, inWrite } from '../handles.ts';
import { AT, insertsOf, summarise } from '../testing.ts';
import { applyChanges } from '../write/apply-changes.ts';
import { indexFileText } from './index-deal.ts';

/** Shared by the tests of this folder and the bench. */

let commands = 0;

/** Rows, summary and index, as a command writes them. `after` is the deal afterwards, null when it is gone. */
export function write(db: Db, changes: readonly Change[], { dealId, after }: { dealId: Id; after: Deal | null }): void {
  commands += 1;
  const command = { id: `c-${commands}`, dealId, name: 'edit', args: {}, actorId: 'm-noor', at: AT, label: 'Edited' };
  const summary = after === null ? null : summarise(after);
  inWrite(db, (handle) => applyChanges(handle, { command, changes, summary }));
}

export function open(db: Db, deal: Deal): void {
  write(db, insertsOf(deal), { dealId: deal.row.id, after: deal });
}

/** What a reader of files does when it has read one. */
export function putText(db: Db, sha256: string, text: string): number {
  return inWrite(db, (handle) => {
    handle.run('INSERT OR REPLACE INTO file_text (sha256, text) VALUES (?, ?)', sha256, text);
    return indexFileText(handle, sha256);
  });
}

/** Every word of the index at its place, by the row it is of: equal when two indexes hold the same. */
export function contents(db: Db): readonly string[] {
  return ['search_title', 'search_text'].flatMap((table) => {
    db.raw.exec(`CREATE VIRTUAL TABLE IF NOT EXISTS temp.words_of_${table} USING fts5vocab(main, ${table}, instance)`);
    const sql = `SELECT e.kind || ' ' || e.ref_id || ' ' || v.offset || ' ' || v.term FROM words_of_${table} AS v
      LEFT JOIN search_entry AS e ON e.id = v.doc`;
    const words = db.raw.prepare(sql).pluck().all() as (string | null)[];
    return words.map((word) => `${table} ${word ?? 'of nothing'}`).toSorted();
  });
}
