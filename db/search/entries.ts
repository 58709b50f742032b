import type { PlainDate } from '../../core/deadlines/plain-date.ts';
import type { Facts, Id, PartyRole } from '../../core/deals/model.ts';
import { type DocumentClass, isMetadataOnly, type VersionSuffix } from '../../core/documents/document.ts';
import { fileNameFor } from '../../core/documents/file-name.ts';
import type { Read } from '../handles.ts';

/** What can be found. A document is one version of a line. The place in the list is the band of its row numbers. */
export const SEARCH_KINDS = ['document', 'note', 'person', 'deal'] as const;
export type SearchKind = (typeof SEARCH_KINDS)[number];

/** What is indexed of one row, as people wrote it. */
export interface EntryText {
  readonly dealId: Id;
  /** What it is called: found first, and from its first letter on. */
  readonly title: string;
  readonly body: string;
}

/** Goes up when what is indexed of a row changes: the index is then made again (`rebuildSearch`). */
export const SEARCH_RULE = 1;
/** Characters of one file that are indexed: some 300 close pages. */
const MAX_FILE_TEXT = 1_000_000;

/** Pinned by search.db.test.ts: each finds its row by its key. */
export const ENTRY_SQL = {
  deal: `SELECT id AS dealId, street, unit, city, state, zip, price_cents AS priceCents, facts FROM deal WHERE id = ?`,
  people: 'SELECT name, role FROM person WHERE deal_id = ? ORDER BY position, id',
  person: `SELECT p.deal_id AS dealId, p.name, p.company, p.email, p.phone, p.role, d.street, d.unit
    FROM person AS p CROSS JOIN deal AS d ON d.id = p.deal_id WHERE p.id = ?`,
  note: `SELECT n.deal_id AS dealId, n.body, d.street, d.unit
    FROM note AS n CROSS JOIN deal AS d ON d.id = n.deal_id WHERE n.id = ?`,
  document: `SELECT v.deal_id AS dealId, v.number, v.suffix, v.sha256, v.extension, v.original_name AS originalName,
    v.document_on AS documentOn, v.sent_by AS sentBy, v.is_held AS isHeld, l.title, l.class AS documentClass,
    d.street, d.unit
    FROM version AS v CROSS JOIN line AS l ON l.id = v.line_id CROSS JOIN deal AS d ON d.id = v.deal_id
    WHERE v.id = ?`,
  fileText: 'SELECT substr(text, 1, ?) AS text FROM file_text WHERE sha256 = ?',
} as const;

/** What the index must hold of one row, or null when the row is not there. */
export function entryOf(read: Read, kind: SearchKind, id: Id): EntryText | null {
  switch (kind) {
    case 'deal':
      return dealEntry(read, id);
    case 'person':
      return personEntry(read, id);
    case 'note':
      return noteEntry(read, id);
    case 'document':
      return documentEntry(read, id);
  }
}

/**
 * Whether the words inside a file may be found and shown: not while it is held as wire instructions, and not of papers
 * of which the team has the name alone (core/documents/document.ts).
 */
export function mayReadText(file: { readonly isHeld: boolean; readonly documentClass: DocumentClass }): boolean {
  return !file.isHeld && file.documentClass !== 'wire-suspect' && !isMetadataOnly(file.documentClass);
}

/** The name that a version is filed under. */
export function filedName(version: FiledVersion): string {
  const { documentOn, street, title, suffix, number, extension } = version;
  return fileNameFor({ on: documentOn, street, category: title, suffix, version: number, extension });
}

export interface FiledVersion {
  readonly documentOn: PlainDate;
  readonly street: string;
  readonly title: string;
  readonly suffix: VersionSuffix | null;
  readonly number: number;
  readonly extension: string;
}

interface StoredDocument extends FiledVersion {
  readonly dealId: Id;
  readonly sha256: string;
  readonly originalName: string;
  readonly sentBy: string;
  readonly isHeld: 0 | 1;
  readonly documentClass: DocumentClass;
  readonly unit: string;
}

interface StoredDeal {
  readonly dealId: Id;
  readonly street: string;
  readonly unit: string;
  readonly city: string;
  readonly state: string;
  readonly zip: string;
  readonly priceCents: number | null;
  readonly facts: string;
}

interface StoredPerson {
  readonly dealId: Id;
  readonly name: string;
  readonly company: string;
  readonly email: string;
  readonly phone: string;
  readonly role: PartyRole;
  readonly street: string;
  readonly unit: string;
}

/** How people name the marks of who has signed. */
const SUFFIX_WORDS: Readonly<Record<VersionSuffix, string>> = {
  BS: 'BS buyer-signed',
  SS: 'SS seller-signed',
  FE: 'FE fully executed',
};

function dealEntry(read: Read, id: Id): EntryText | null {
  const row = read.get<StoredDeal>(ENTRY_SQL.deal, id);
  if (row === undefined) return null;
  const people = read.all<{ name: string; role: PartyRole }>(ENTRY_SQL.people, id);
  const [clients, others] = [people.filter(isClient), people.filter((person) => !isClient(person))].map((some) =>
    some.map(({ name }) => name),
  ) as [string[], string[]];
  const price = row.priceCents === null ? [] : [Math.round(row.priceCents / 100).toLocaleString('en-US')];
  return {
    dealId: id,
    title: lines(row.street, row.unit, row.city, row.state, row.zip, ...clients),
    body: lines(...others, ...price, ...wordsOfFacts(JSON.parse(row.facts) as Facts)),
  };
}

function personEntry(read: Read, id: Id): EntryText | null {
  const row = read.get<StoredPerson>(ENTRY_SQL.person, id);
  if (row === undefined) return null;
  return {
    dealId: row.dealId,
    title: lines(row.name, row.company, row.email, ...phoneForms(row.phone)),
    body: lines(row.role, row.street, row.unit),
  };
}

function noteEntry(read: Read, id: Id): EntryText | null {
  const row = read.get<{ dealId: Id; body: string; street: string; unit: string }>(ENTRY_SQL.note, id);
  return row === undefined ? null : { dealId: row.dealId, title: '', body: lines(row.body, row.street, row.unit) };
}

function documentEntry(read: Read, id: Id): EntryText | null {
  const row = read.get<StoredDocument>(ENTRY_SQL.document, id);
  if (row === undefined) return null;
  const mayRead = mayReadText({ isHeld: row.isHeld === 1, documentClass: row.documentClass });
  const text = mayRead ? read.get<{ text: string }>(ENTRY_SQL.fileText, MAX_FILE_TEXT, row.sha256)?.text : undefined;
  return {
    dealId: row.dealId,
    title: lines(row.title, row.originalName, row.sentBy, row.suffix === null ? '' : SUFFIX_WORDS[row.suffix]),
    // The address is no title here: it would bring up sixty papers before the deal itself.
    body: lines(filedName(row), row.street, row.unit, text ?? ''),
  };
}

function isClient({ role }: { readonly role: PartyRole }): boolean {
  return role === 'client' || role === 'co-client';
}

/** What somebody wrote down of the property: an escrow number, a listing number. Ticks and counts are not words. */
function wordsOfFacts(facts: Facts): readonly string[] {
  return Object.values(facts).filter((value) => typeof value === 'string');
}

/** "+15125550148" also as 5125550148 and as 512 555 0148, which is how it is typed. */
function phoneForms(phone: string): readonly string[] {
  const national = /^\+1(\d{3})(\d{3})(\d{4})/.exec(phone);
  return national === null ? [phone] : [phone, national.slice(1).join(''), national.slice(1).join(' ')];
}

/** One part to a line: the words of two parts are no phrase to the eye, and few type them as one. */
function lines(...parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join('\n');
}
