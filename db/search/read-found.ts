import type { Id, Instant } from '../../core/deals/model.ts';
import { NO_ADDRESS } from '../../core/deals/summary.ts';
import type { DocumentClass } from '../../core/documents/document.ts';
import type { Read } from '../handles.ts';
import { entryOf, type FiledVersion, filedName, mayReadText } from './entries.ts';
import type { Found, Hit } from './found.ts';
import { type SnippetPart, snippetOf } from './snippet.ts';
import type { SearchWord } from './words.ts';

/** Characters of files that snippets of one search are looked for in, of one file and of all. */
const TEXT_OF_ONE = 200_000;
const TEXT_OF_ALL = 1_000_000;
const MAX_TITLE = 80;

/** Pinned by search.db.test.ts: each finds its row by its key. */
export const FOUND_SQL = {
  deal: `SELECT d.street, d.unit, d.city, d.state, d.zip, d.opened_at AS at, s.client_names AS clientNames
    FROM deal AS d CROSS JOIN summary AS s ON s.deal_id = d.id WHERE d.id = ?`,
  person: `SELECT p.name, p.company, p.email, d.opened_at AS at
    FROM person AS p CROSS JOIN deal AS d ON d.id = p.deal_id WHERE p.id = ?`,
  note: 'SELECT body, written_at AS at FROM note WHERE id = ?',
  document: `SELECT v.line_id AS lineId, v.number, v.suffix, v.sha256, v.extension, v.document_on AS documentOn,
    v.received_at AS at, v.is_held AS isHeld, l.title, l.class AS documentClass, d.street
    FROM version AS v CROSS JOIN line AS l ON l.id = v.line_id CROSS JOIN deal AS d ON d.id = v.deal_id
    WHERE v.id = ?`,
  text: 'SELECT substr(text, 1, ?) AS text FROM file_text WHERE sha256 = ?',
} as const;

/** Hits as they are shown, from the rows as they are now. One whose row is gone is left out. */
export function readFound(read: Read, hits: readonly Hit[], words: readonly SearchWord[]): readonly Found[] {
  const budget = { left: TEXT_OF_ALL };
  return hits.flatMap((hit) => {
    const shown = READERS[hit.kind](read, hit, { words, budget });
    if (shown === null) return [];
    const { kind, refId, dealId, plate, streetName, side, isActive } = hit;
    return [{ kind, refId, dealId, plate, streetName, side, isActive, ...shown }];
  });
}

interface Around {
  readonly words: readonly SearchWord[];
  /** Characters of files that may still be read. */
  readonly budget: { left: number };
}

type Shown = Pick<Found, 'title' | 'detail' | 'snippet' | 'at' | 'lineId'>;
type Reader = (read: Read, hit: Hit, around: Around) => Shown | null;

const READERS: Readonly<Record<Hit['kind'], Reader>> = {
  deal: readDealShown,
  person: readPersonShown,
  note: readNoteShown,
  document: readDocumentShown,
};

interface DealShown {
  readonly street: string;
  readonly unit: string;
  readonly city: string;
  readonly state: string;
  readonly zip: string;
  readonly at: Instant;
  readonly clientNames: string;
}

function readDealShown(read: Read, { refId, stage }: Hit, { words }: Around): Shown | null {
  const row = read.get<DealShown>(FOUND_SQL.deal, refId);
  if (row === undefined) return null;
  const town = [row.city, `${row.state} ${row.zip}`.trim()].filter(Boolean).join(', ');
  return {
    title: [row.street || NO_ADDRESS, row.unit].filter(Boolean).join(', '),
    detail: [town, row.clientNames].filter(Boolean).join(' · '),
    snippet: stage === 'text' ? snippetOf(entryOf(read, 'deal', refId)?.body ?? '', words) : [],
    at: row.at,
    lineId: null,
  };
}

function readPersonShown(read: Read, { refId }: Hit): Shown | null {
  const row = read.get<{ name: string; company: string; email: string; at: Instant }>(FOUND_SQL.person, refId);
  if (row === undefined) return null;
  const detail = [row.company, row.email].filter(Boolean).join(' · ');
  return { title: row.name, detail, snippet: [], at: row.at, lineId: null };
}

function readNoteShown(read: Read, { refId }: Hit, { words }: Around): Shown | null {
  const row = read.get<{ body: string; at: Instant }>(FOUND_SQL.note, refId);
  if (row === undefined) return null;
  const first = row.body.trim().split('\n', 1)[0] ?? '';
  const title = first.length > MAX_TITLE ? `${first.slice(0, MAX_TITLE).toWellFormed()}…` : first;
  return { title, detail: '', snippet: snippetOf(row.body, words), at: row.at, lineId: null };
}

interface DocumentShown extends FiledVersion {
  readonly lineId: Id;
  readonly sha256: string;
  readonly at: Instant;
  readonly isHeld: 0 | 1;
  readonly documentClass: DocumentClass;
}

function readDocumentShown(read: Read, { refId, stage }: Hit, { words, budget }: Around): Shown | null {
  const row = read.get<DocumentShown>(FOUND_SQL.document, refId);
  if (row === undefined) return null;
  // Asked again, whatever the index says: it may be behind what somebody held a moment ago.
  const mayRead = mayReadText({ isHeld: row.isHeld === 1, documentClass: row.documentClass });
  const snippet = stage === 'text' && mayRead ? fileSnippet(read, row.sha256, { words, budget }) : [];
  return { title: row.title, detail: filedName(row), snippet, at: row.at, lineId: row.lineId };
}

/** Empty also when the words stand further in than a search has time to look. */
function fileSnippet(read: Read, sha256: string, { words, budget }: Around): readonly SnippetPart[] {
  const most = Math.min(budget.left, TEXT_OF_ONE);
  if (most === 0) return [];
  const text = read.get<{ text: string }>(FOUND_SQL.text, most, sha256)?.text ?? '';
  budget.left -= Math.min(text.length, most);
  return snippetOf(text, words);
}
