import type { Id, Side } from '../../core/deals/model.ts';
import type { Param, Read } from '../handles.ts';
import type { SearchKind } from './entries.ts';
import { type Found, type Hit, STAGES, type Stage } from './found.ts';
import { bandOf, dealWord } from './index-deal.ts';
import { readFound } from './read-found.ts';
import { matchOf, parseQuery, type SearchWord } from './words.ts';

export interface SearchQuery {
  readonly text: string;
  /** All when left out. */
  readonly kinds?: readonly SearchKind[] | undefined;
  readonly dealId?: Id | undefined;
  readonly onlyActive?: boolean | undefined;
  readonly side?: Side | undefined;
  /** Results in all. Each kind that has enough gets an equal part of it at least. */
  readonly limit: number;
}

/** Deals first, notes last, where two are found equally well. */
const SHOWN: readonly SearchKind[] = ['deal', 'person', 'document', 'note'];
/** Newest entries of a kind that are looked at, of which the best are shown; with a filter more, since most may drop out. */
const POOL = 200;
const FILTERED_POOL = 5_000;
/** A word that stands in more entries than this says little, and weighing it would mean to count them all. */
const RARE = 2_000;
const MAX_LIMIT = 200;

/** Pinned by search.db.test.ts: a range of the word index, then keys; nothing is sorted that has no end. */
export const SEARCH_SQL = {
  hits: (table: 'search_title' | 'search_text', { order, filters }: HitsShape) =>
    `SELECT e.id, e.ref_id AS refId, e.deal_id AS dealId, s.plate, s.street_name AS streetName, s.side,
      s.is_active AS isActive, f.weight
    FROM (SELECT rowid AS id, ${order === 'rank' ? 'rank' : '0'} AS weight FROM ${table} WHERE ${table} MATCH ? AND rowid BETWEEN ? AND ?
      ORDER BY ${order} LIMIT ?) AS f
    CROSS JOIN search_entry AS e ON e.id = f.id CROSS JOIN summary AS s ON s.deal_id = e.deal_id
    ${filters === '' ? '' : `WHERE ${filters}`} LIMIT ?`,
  rare: 'SELECT count(*) AS n FROM (SELECT 1 FROM search_text WHERE search_text MATCH ? LIMIT ?)',
} as const;

interface HitsShape {
  readonly order: 'rowid DESC' | 'rank';
  readonly filters: string;
}

/**
 * Entries that hold every word, best first: the title begins so, then the words are in the title, then in the text;
 * within these active deals first. Texts are weighed (bm25) when all words are rare and the last has three letters;
 * else the newest come first, of the newest 200 of a kind (5,000 with a filter). A last letter by itself is the
 * beginning of a word in titles and a whole word in texts ("schedule B"); behind a mark ("642,0") texts pass over it;
 * alone it finds titles only. Empty for no words.
 */
export function searchAll(read: Read, query: SearchQuery): readonly Found[] {
  const words = parseQuery(query.text);
  const limit = Math.min(query.limit, MAX_LIMIT);
  if (words.length === 0 || limit < 1) return [];
  const kinds = SHOWN.filter((kind) => query.kinds?.includes(kind) ?? true);
  const order = textOrderOf(read, words);
  const lists = kinds.map((kind) => hitsOf(read, { kind, query, words, order, limit }));
  return readFound(read, share(lists, limit), words);
}

interface KindQuery {
  readonly kind: SearchKind;
  readonly query: SearchQuery;
  readonly words: readonly SearchWord[];
  readonly order: () => HitsShape['order'];
  readonly limit: number;
}

/** The best of one kind, best first, at most `limit`. A later stage is asked only while there is room. */
function hitsOf(read: Read, { kind, query, words, order, limit }: KindQuery): readonly Hit[] {
  const found = new Map<number, Hit>();
  for (const stage of STAGES) {
    const match = matchFor(stage, kind, words);
    if (match === null || found.size >= limit) continue;
    const asked = { kind, stage, match, order: stage === 'text' ? order() : 'rowid DESC' } as const;
    for (const hit of askIndex(read, asked, query)) if (!found.has(hit.id)) found.set(hit.id, hit);
  }
  return [...found.values()].slice(0, limit);
}

/** What FTS5 is asked, or null when this stage has nothing to say about these words. */
function matchFor(stage: Stage, kind: SearchKind, words: readonly SearchWord[]): string | null {
  // Notes have no title, and nobody looks for a paper by the first letters of its line alone.
  if (stage === 'begins') return kind === 'deal' || kind === 'person' ? `^${words.map(matchOf).join(' AND ')}` : null;
  if (stage === 'title') return kind === 'note' ? null : words.map(matchOf).join(' AND ');
  const last = words.at(-1);
  if (last === undefined || !isOneLetter(last)) return words.map(matchOf).join(' AND ');
  // There is no index of first letters over the texts: nearly every text holds nearly every one.
  if (words.length === 1 && last.tokens.length === 1) return null;
  const glued = last.tokens.length > 1 ? last.tokens.slice(0, -1) : last.tokens;
  return [...words.slice(0, -1), { tokens: glued, isPrefix: false }].map(matchOf).join(' AND ');
}

function isOneLetter({ tokens, isPrefix }: SearchWord): boolean {
  return isPrefix && [...(tokens.at(-1) ?? '')].length === 1;
}

interface Asked {
  readonly kind: SearchKind;
  readonly stage: Stage;
  readonly match: string;
  readonly order: HitsShape['order'];
}

/** The newest that match, or the best by weight; active deals before the others, else as the index gave them. */
function askIndex(read: Read, { kind, stage, match, order }: Asked, query: SearchQuery): readonly Hit[] {
  const { from, to } = bandOf(kind);
  const { filters, params } = filtersOf(query);
  const sql = SEARCH_SQL.hits(stage === 'text' ? 'search_text' : 'search_title', { order, filters });
  const scoped = query.dealId === undefined ? match : `${match} AND "${dealWord(query.dealId)}"`;
  const pool = filters === '' ? POOL : FILTERED_POOL;
  // Weights are negative: the more so, the better.
  type Stored = Omit<Hit, 'isActive' | 'stage' | 'kind'> & { readonly isActive: 0 | 1; readonly weight: number };
  return read
    .all<Stored>(sql, scoped, from, to, pool, ...params, POOL)
    .toSorted((a, b) => b.isActive - a.isActive || a.weight - b.weight || b.id - a.id)
    .map(({ weight: _, ...hit }) => ({ ...hit, kind, stage, isActive: hit.isActive === 1 }));
}

function filtersOf({ dealId, onlyActive, side }: SearchQuery): {
  readonly filters: string;
  readonly params: readonly Param[];
} {
  const filters: string[] = [];
  const params: Param[] = [];
  if (onlyActive === true) filters.push('s.is_active = 1');
  if (side !== undefined) {
    filters.push('s.side = ?');
    params.push(side);
  }
  if (dealId !== undefined) {
    filters.push('e.deal_id = ?');
    params.push(dealId);
  }
  return { filters: filters.join(' AND '), params };
}

/** Asked once and only when texts are searched: FTS5 counts every entry with a word before it weighs one of them. */
function textOrderOf(read: Read, words: readonly SearchWord[]): KindQuery['order'] {
  let order: HitsShape['order'] | null = null;
  const isRare = (word: SearchWord) =>
    (read.get<{ n: number }>(SEARCH_SQL.rare, matchOf(word), RARE + 1)?.n ?? 0) <= RARE;
  return () => {
    const last = words.at(-1)?.tokens.at(-1) ?? '';
    order ??= [...last].length >= 3 && words.every(isRare) ? 'rank' : 'rowid DESC';
    return order;
  };
}

/** An equal part for each kind, the rest to the best of what is left; in the order of stage and kind. */
function share(lists: readonly (readonly Hit[])[], limit: number): readonly Hit[] {
  const part = Math.max(1, Math.floor(limit / Math.max(1, lists.length)));
  const sure = byStage(lists.flatMap((list) => list.slice(0, part))).slice(0, limit);
  const rest = byStage(lists.flatMap((list) => list.slice(part))).slice(0, limit - sure.length);
  const chosen = new Set([...sure, ...rest]);
  return byStage(lists.flat()).filter((hit) => chosen.has(hit));
}

function byStage(hits: readonly Hit[]): readonly Hit[] {
  return hits.toSorted((a, b) => STAGES.indexOf(a.stage) - STAGES.indexOf(b.stage));
}
