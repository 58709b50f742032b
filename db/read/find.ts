import { foldText } from '../../core/deals/fold-text.ts';
import type { Id, PartyRole, Side } from '../../core/deals/model.ts';
import type { Read } from '../handles.ts';

export interface FoundDeal {
  readonly dealId: Id;
  readonly plate: string;
  readonly streetName: string;
  readonly side: Side;
  readonly city: string;
  readonly state: string;
  readonly clientNames: string;
  readonly isActive: boolean;
}

export interface FoundPerson {
  readonly personId: Id;
  readonly dealId: Id;
  readonly name: string;
  readonly role: PartyRole;
  readonly company: string;
  readonly email: string;
  readonly plate: string;
  readonly streetName: string;
  readonly side: Side;
}

export interface FoundByText {
  readonly deals: readonly FoundDeal[];
  readonly people: readonly FoundPerson[];
}

/** A deal that may be at the address being typed; the rules of core judge whether it is. */
export interface SimilarDeal {
  readonly dealId: Id;
  readonly plate: string;
  readonly street: string;
  readonly unit: string;
  readonly city: string;
  readonly state: string;
  readonly zip: string;
  readonly clientNames: string;
  readonly isActive: boolean;
}

/** Pinned by board.db.test.ts: texts are walked in their index alone, the table is not touched. */
export const FIND_SQL = {
  walk: (words: number) => `SELECT deal_id AS dealId, search_text AS searchText, is_active AS isActive
    FROM summary WHERE ${Array.from({ length: words }, () => 'instr(search_text, ?) > 0').join(' AND ')}`,
  deal: `SELECT s.deal_id AS dealId, s.plate, s.street_name AS streetName, s.side, d.city, s.state,
    s.client_names AS clientNames, s.is_active AS isActive
    FROM summary AS s CROSS JOIN deal AS d ON d.id = s.deal_id WHERE s.deal_id = ?`,
  people: `SELECT id AS personId, deal_id AS dealId, name, role, company, email FROM person WHERE deal_id = ?
    ORDER BY position, id`,
  similar: `SELECT d.id AS dealId, s.plate, d.street, d.unit, d.city, d.state, d.zip, s.client_names AS clientNames,
    s.is_active AS isActive FROM deal AS d CROSS JOIN summary AS s ON s.deal_id = d.id WHERE d.zip = ? LIMIT ?`,
  similarPlate: `SELECT d.id AS dealId, s.plate, d.street, d.unit, d.city, d.state, d.zip,
    s.client_names AS clientNames, s.is_active AS isActive
    FROM summary AS s CROSS JOIN deal AS d ON d.id = s.deal_id WHERE s.plate = ? LIMIT ?`,
} as const;

/** More words than this say no more. */
const MOST_WORDS = 8;

interface Walked {
  readonly dealId: Id;
  readonly searchText: string;
  readonly isActive: 0 | 1;
}

/**
 * Deals whose address or people hold every word, and the people who do, best first: the text begins so, then a word
 * begins so, then anywhere; active deals before closed ones. Case and accents do not matter, and `%` and `_` are
 * letters like any other. Nothing for an empty text.
 */
export function findByText(read: Read, text: string, limit: number): FoundByText {
  const folded = foldText(text);
  const words = [...new Set(folded.split(' ').filter(Boolean))].slice(0, MOST_WORDS);
  if (words.length === 0) return { deals: [], people: [] };
  const best = read
    .all<Walked>(FIND_SQL.walk(words.length), ...words)
    .map((row) => ({ ...row, rank: rankOf(row.searchText, folded, words) + (row.isActive === 1 ? 0 : 3) }))
    .toSorted((a, b) => a.rank - b.rank || (a.searchText < b.searchText ? -1 : 1))
    .slice(0, limit);
  const deals = best.flatMap(({ dealId }) => {
    const row = read.get<Omit<FoundDeal, 'isActive'> & { isActive: 0 | 1 }>(FIND_SQL.deal, dealId);
    return row ? [{ ...row, isActive: row.isActive === 1 }] : [];
  });
  return { deals, people: deals.flatMap((deal) => peopleOf(read, deal, words)).slice(0, limit) };
}

/** Deals with the ZIP code or the house number of an address; at most `limit` of each. Empty texts match nothing. */
export function similarDeals(
  read: Read,
  { zip, plate, limit }: { readonly zip: string; readonly plate: string; readonly limit: number },
): readonly SimilarDeal[] {
  type Stored = Omit<SimilarDeal, 'isActive'> & { isActive: 0 | 1 };
  const found = new Map<Id, SimilarDeal>();
  for (const [sql, value] of [
    [FIND_SQL.similarPlate, plate],
    [FIND_SQL.similar, zip],
  ] as const) {
    if (value === '') continue;
    for (const row of read.all<Stored>(sql, value, limit)) {
      found.set(row.dealId, { ...row, isActive: row.isActive === 1 });
    }
  }
  return [...found.values()];
}

function peopleOf(read: Read, deal: FoundDeal, words: readonly string[]): readonly FoundPerson[] {
  const { plate, streetName, side } = deal;
  return read
    .all<Omit<FoundPerson, 'plate' | 'streetName' | 'side'>>(FIND_SQL.people, deal.dealId)
    .filter((person) => {
      const text = foldText(`${person.name} ${person.company} ${person.email}`);
      return words.every((word) => text.includes(word));
    })
    .map((person) => ({ ...person, plate, streetName, side }));
}

function rankOf(searchText: string, folded: string, words: readonly string[]): 0 | 1 | 2 {
  if (searchText.startsWith(folded)) return 0;
  return words.every((word) => searchText.startsWith(word) || searchText.includes(` ${word}`)) ? 1 : 2;
}
