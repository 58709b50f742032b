import type { Change } from '../../core/commands/types.ts';
import type { DealRows, DealTable, Id } from '../../core/deals/model.ts';
import type { Read, Write } from '../handles.ts';
import { entryOf, SEARCH_KINDS, type SearchKind } from './entries.ts';
import { indexText } from './words.ts';

/** What the index lacks and what it holds too much of, in rows. Both 0 when it is whole. */
export interface SearchGaps {
  readonly missing: number;
  readonly extra: number;
}

/** Row numbers of each kind lie in a band of their own, so one kind is one range of the index; newest last. */
const BAND = 2 ** 40;

/** First and last row number of a kind. */
export function bandOf(kind: SearchKind): { readonly from: number; readonly to: number } {
  const from = SEARCH_KINDS.indexOf(kind) * BAND + 1;
  return { from, to: from + BAND - 2 };
}

export function kindOf(id: number): SearchKind {
  const kind = SEARCH_KINDS[Math.floor((id - 1) / BAND)];
  if (kind === undefined) throw new Error('an entry of no kind');
  return kind;
}

/**
 * The word that all entries of one deal have and nobody can type: a private character, which is no letter to `wordsOf`.
 * Not unique for ids of any shape; the entry's own deal id says which it is.
 */
export function dealWord(dealId: Id): string {
  return `\uE000${dealId.replace(/[^A-Za-z0-9]/g, '').toLowerCase()}`;
}

/** Pinned by search.db.test.ts: each walks one index. */
export const INDEX_SQL = {
  known: 'SELECT id FROM search_entry WHERE ref_id = ? AND kind = ?',
  last: 'SELECT max(id) AS id FROM search_entry WHERE id BETWEEN ? AND ?',
  ofDeal: 'SELECT id, kind, ref_id AS refId FROM search_entry WHERE deal_id = ?',
  people: 'SELECT id FROM person WHERE deal_id = ? ORDER BY position, id',
  notes: 'SELECT id FROM note WHERE deal_id = ? ORDER BY written_at, id',
  documents: 'SELECT id FROM version WHERE deal_id = ? ORDER BY line_id, number, id',
  ofLine: 'SELECT id FROM version WHERE deal_id = ? AND line_id = ?',
  ofFile: 'SELECT id FROM version WHERE sha256 = ?',
} as const;

/**
 * Brings the index in step with changes that are written already, in the same transaction. Most commands (a tick, a
 * move, a date) touch no word and cost nothing here. A new address is the dear one: it stands in every entry of its deal.
 */
export function indexChanges(
  write: Write,
  { dealId, changes }: { readonly dealId: Id; readonly changes: readonly Change[] },
): void {
  const stale = new Map<string, Ref>();
  const add = (ref: Ref) => stale.set(`${ref.kind} ${ref.id}`, ref);
  for (const change of changes) {
    if (change.table === 'deal' && change.op === 'delete') removeDealFromSearch(write, dealId);
    if (isChanged(change, 'deal', ADDRESS)) for (const ref of refsOf(write, dealId)) add(ref);
    for (const ref of staleBy(write, dealId, change)) add(ref);
  }
  for (const { kind, id } of stale.values()) put(write, kind, id);
}

/** After the text inside a file was read, or read anew: every version of that content gets it. Returns how many. */
export function indexFileText(write: Write, sha256: string): number {
  const versions = write.all<{ id: Id }>(INDEX_SQL.ofFile, sha256);
  for (const { id } of versions) put(write, 'document', id);
  return versions.length;
}

/** Takes all entries of a deal out of the index. */
export function removeDealFromSearch(write: Write, dealId: Id): void {
  for (const { id } of write.all<{ id: number }>(INDEX_SQL.ofDeal, dealId)) drop(write, id);
}

/**
 * Makes the index again in slices: of up to `limit` deals after `after` (null: from the first, which empties it before).
 * Returns the last id it came to, or null when none was left and the index is whole. Commands may run between slices.
 */
export function rebuildSearch(
  write: Write,
  { after, limit }: { readonly after: Id | null; readonly limit: number },
): Id | null {
  if (after === null) {
    write.run("INSERT INTO search_title (search_title) VALUES ('delete-all')");
    write.run("INSERT INTO search_text (search_text) VALUES ('delete-all')");
  }
  const deals = write.all<{ id: Id }>('SELECT id FROM deal WHERE id > ? ORDER BY id LIMIT ?', after ?? '', limit);
  for (const { id } of deals) for (const ref of refsOf(write, id)) put(write, ref.kind, ref.id);
  const last = deals.at(-1);
  if (last !== undefined) return last.id;
  const gone = 'SELECT DISTINCT deal_id AS id FROM search_entry WHERE deal_id NOT IN (SELECT id FROM deal)';
  for (const { id } of write.all<{ id: Id }>(gone)) removeDealFromSearch(write, id);
  return null;
}

/** Compares the index with the rows, without looking into the texts. Walks every row: for the doctor, not for a screen. */
export function searchGaps(read: Read): SearchGaps {
  let [missing, extra] = [0, 0];
  for (const kind of SEARCH_KINDS) {
    const table = TABLE_OF[kind];
    missing += countOf(
      read,
      `SELECT count(*) AS n FROM ${table} AS r WHERE NOT EXISTS (SELECT 1 FROM search_entry AS e
        CROSS JOIN search_title_docsize AS t ON t.id = e.id CROSS JOIN search_text_docsize AS x ON x.id = e.id
        WHERE e.ref_id = r.id AND e.kind = '${kind}')`,
    );
    extra += countOf(
      read,
      `SELECT count(*) AS n FROM search_entry AS e
        WHERE e.kind = '${kind}' AND NOT EXISTS (SELECT 1 FROM ${table} AS r WHERE r.id = e.ref_id)`,
    );
  }
  const loose = 'SELECT count(*) AS n FROM search_text_docsize WHERE id NOT IN (SELECT id FROM search_entry)';
  return { missing, extra: extra + countOf(read, loose) };
}

interface Ref {
  readonly kind: SearchKind;
  readonly id: Id;
}

const TABLE_OF = { document: 'version', note: 'note', person: 'person', deal: 'deal' } as const;

/** Columns whose words are in the index (entries.ts). */
const ADDRESS = ['street', 'unit'] as const;
const OF_DEAL = ['city', 'state', 'zip', 'priceCents', 'facts'] as const;
const OF_PERSON = ['name', 'company', 'email', 'phone', 'role', 'position'] as const;
const OF_LINE = ['title', 'class'] as const;
const OF_VERSION = [
  ...(['lineId', 'number', 'suffix', 'sha256', 'extension', 'originalName', 'documentOn', 'sentBy', 'isHeld'] as const),
];

/** The entries that one change leaves out of date; those of a new address apart. */
function staleBy(read: Read, dealId: Id, change: Change): readonly Ref[] {
  if (isChanged(change, 'deal', OF_DEAL)) return [{ kind: 'deal', id: dealId }];
  const id = change.op === 'insert' ? change.row.id : change.id;
  // The deal is also found by the names of its people.
  if (isChanged(change, 'person', OF_PERSON)) {
    return [
      { kind: 'person', id },
      { kind: 'deal', id: dealId },
    ];
  }
  if (isChanged(change, 'note', ['body'])) return [{ kind: 'note', id }];
  if (isChanged(change, 'version', OF_VERSION)) return [{ kind: 'document', id }];
  if (change.op === 'update' && isChanged(change, 'line', OF_LINE)) {
    return read.all<{ id: Id }>(INDEX_SQL.ofLine, dealId, id).map((version) => ({ kind: 'document', id: version.id }));
  }
  return [];
}

/** Whether the change puts a row of this table there, takes it away, or sets one of these columns. */
function isChanged<T extends DealTable>(
  change: Change,
  table: T,
  columns: readonly (keyof DealRows[T] & string)[],
): boolean {
  if (change.table !== table) return false;
  return change.op !== 'update' || columns.some((column) => column in change.set);
}

function refsOf(read: Read, dealId: Id): readonly Ref[] {
  const of = (kind: SearchKind, sql: string) => read.all<{ id: Id }>(sql, dealId).map(({ id }): Ref => ({ kind, id }));
  return [
    { kind: 'deal', id: dealId },
    ...of('person', INDEX_SQL.people),
    ...of('note', INDEX_SQL.notes),
    ...of('document', INDEX_SQL.documents),
  ];
}

/** Writes what the row says now, under the number it had; takes it out when the row is gone. */
function put(write: Write, kind: SearchKind, refId: Id): void {
  const known = write.get<{ id: number }>(INDEX_SQL.known, refId, kind)?.id;
  const entry = entryOf(write, kind, refId);
  if (entry === null) {
    if (known !== undefined) drop(write, known);
    return;
  }
  const id = known ?? add(write, { kind, refId, dealId: entry.dealId });
  const word = dealWord(entry.dealId);
  const title = indexText(entry.title);
  // The deal's word stands between: no phrase begins in the title and ends in the text.
  write.run('INSERT OR REPLACE INTO search_title (rowid, text) VALUES (?, ?)', id, `${title} ${word}`);
  const text = `${title} ${word} ${indexText(entry.body)}`;
  write.run('INSERT OR REPLACE INTO search_text (rowid, text) VALUES (?, ?)', id, text);
}

function add(
  write: Write,
  { kind, refId, dealId }: { readonly kind: SearchKind; readonly refId: Id; readonly dealId: Id },
): number {
  const { from, to } = bandOf(kind);
  const last = write.get<{ id: number | null }>(INDEX_SQL.last, from, to)?.id ?? from - 1;
  write.run('INSERT INTO search_entry (id, kind, ref_id, deal_id) VALUES (?, ?, ?, ?)', last + 1, kind, refId, dealId);
  return last + 1;
}

function drop(write: Write, id: number): void {
  write.run('DELETE FROM search_title WHERE rowid = ?', id);
  write.run('DELETE FROM search_text WHERE rowid = ?', id);
  write.run('DELETE FROM search_entry WHERE id = ?', id);
}

function countOf(read: Read, sql: string): number {
  return read.get<{ n: number }>(sql)?.n ?? 0;
}
