import type { Id, Side } from '../../core/deals/model.ts';
import type { Param, Read } from '../handles.ts';
import type { SearchKind } from './entries.ts';
import { type Found, type Hit, STAGES, type Stage } from './found.ts';
import { bandOf, dealWord, kindOf } from './index-deal.ts';
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

/**
 * Pinned by search.db.test.ts: a range of the word index, then keys; nothing is sorted. The last row is no entry: its
 * `weight` is how many were looked at, its `lowest` the last of these.
 */
export const SEARCH_SQL = {
  hits: (table: 'search_title' | 'search_text', { order, filters }: HitsShape) =>
    `WITH f (id, weight) AS MATERIALIZED (SELECT rowid, ${order === 'rank' ? 'rank' : '0'} FROM ${table}
      WHERE ${table} MATCH ? AND rowid BETWEEN ? AND ? ORDER BY ${order} LIMIT ?)
    SELECT * FROM (SELECT e.id, e.ref_id AS refId, e.deal_id AS dealId, s.plate, s.street_name AS streetName, s.side,
      s.is_active AS isActive, f.weight, NULL AS lowest
      FROM f CROSS JOIN search_entry AS e ON e.id = f.id CROSS JOIN summary AS s ON s.deal_id = e.deal_id
      ${filters === '' ? '' : `WHERE ${filters}`} LIMIT ?)
    UNION ALL SELECT NULL, NULL, NULL, NULL, NULL, NULL, NULL, count(*), min(id) FROM f`,
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
  const lists = kinds.map((kind) => ({ kind, hits: new Map<number, Hit>() }));
  for (const stage of STAGES) {
    const open = lists.filter(({ kind, hits }) => STAGED[stage].includes(kind) && hits.size < limit);
    for (const hit of hitsOf(read, { stage, words, kinds: open.map(({ kind }) => kind), query })) {
      const list = open.find(({ kind }) => kind === hit.kind)?.hits;
      if (list !== undefined && !list.has(hit.id)) list.set(hit.id, hit);
    }
  }
  const best = lists.map(({ hits }) => [...hits.values()].slice(0, limit));
  return readFound(read, share(best, limit), words);
}

/** Notes have no title, and nobody looks for a paper by the first letters of its line alone. */
const STAGED: Readonly<Record<Stage, readonly SearchKind[]>> = {
  begins: ['deal', 'person'],
  title: ['deal', 'person', 'document'],
  text: SHOWN,
};

/** What FTS5 is asked, or null when this stage has nothing to say about these words. */
function matchFor(stage: Stage, words: readonly SearchWord[]): string | null {
  const every = words.map(matchOf).join(' AND ');
  if (stage === 'begins') return `^${every}`;
  const last = words.at(-1);
  if (stage === 'title' || last === undefined || !isOneLetter(last)) return every;
  // There is no index of first letters over the texts: nearly every text holds nearly every one.
  if (words.length === 1 && last.tokens.length === 1) return null;
  const glued = last.tokens.length > 1 ? last.tokens.slice(0, -1) : last.tokens;
  return [...words.slice(0, -1), { tokens: glued, isPrefix: false }].map(matchOf).join(' AND ');
}

function isOneLetter({ tokens, isPrefix }: SearchWord): boolean {
  return isPrefix && [...(tokens.at(-1) ?? '')].length === 1;
}

interface Asked {
  readonly stage: Stage;
  readonly words: readonly SearchWord[];
  readonly kinds: readonly SearchKind[];
  readonly query: SearchQuery;
}

interface StoredHit extends Omit<Hit, 'isActive' | 'stage' | 'kind'> {
  readonly isActive: 0 | 1;
  /** Negative: the more so, the better. */
  readonly weight: number;
}

/** Of each kind the newest that match, or all by weight when they are few; active deals before the others. */
function hitsOf(read: Read, { stage, words, kinds, query }: Asked): readonly Hit[] {
  const match = matchFor(stage, words);
  if (match === null || kinds.length === 0) return [];
  const order = stage === 'text' && areRare(read, words) ? 'rank' : 'rowid DESC';
  const scoped = query.dealId === undefined ? match : `${match} AND "${dealWord(query.dealId)}"`;
  const bands = kinds.map(bandOf);
  const from = Math.min(...bands.map((band) => band.from));
  const found: StoredHit[] = [];
  // All kinds at once: an index that is asked for a kind without a match walks through all kinds below it in vain.
  for (let to: number | null = Math.max(...bands.map((band) => band.to)); to !== null; ) {
    const { hits, stoppedAt } = askIndex(read, { stage, order, match: scoped, from, to }, query);
    found.push(...hits);
    const below = stoppedAt === null ? 0 : bandOf(kindOf(stoppedAt)).from - 1;
    to = below < from ? null : below;
  }
  return found
    .toSorted((a, b) => b.isActive - a.isActive || a.weight - b.weight || b.id - a.id)
    .map(({ weight: _, isActive, ...hit }) => ({ ...hit, kind: kindOf(hit.id), stage, isActive: isActive === 1 }));
}

interface IndexQuestion {
  readonly stage: Stage;
  readonly order: HitsShape['order'];
  readonly match: string;
  readonly from: number;
  readonly to: number;
}

/** `stoppedAt` is the entry where the pool was full: its kind has enough, those below were not reached. */
function askIndex(
  read: Read,
  { stage, order, match, from, to }: IndexQuestion,
  query: SearchQuery,
): { readonly hits: readonly StoredHit[]; readonly stoppedAt: number | null } {
  const { filters, params } = filtersOf(query);
  const sql = SEARCH_SQL.hits(stage === 'text' ? 'search_text' : 'search_title', { order, filters });
  const looks = order === 'rank' ? RARE + 1 : filters === '' ? POOL : FILTERED_POOL;
  const most = order === 'rank' ? RARE + 1 : POOL;
  const rows = read.all<StoredHit & { readonly lowest: number | null }>(sql, match, from, to, looks, ...params, most);
  const hits = rows.slice(0, -1);
  const looked = rows.at(-1);
  if (order === 'rank' || looked === undefined) return { hits, stoppedAt: null };
  if (hits.length === most) return { hits, stoppedAt: hits.at(-1)?.id ?? null };
  return { hits, stoppedAt: looked.weight === looks ? looked.lowest : null };
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

/**
 * FTS5 counts every entry with a word before it weighs one of them, and reads every place of the words of a phrase:
 * only done where all of them are few.
 */
function areRare(read: Read, words: readonly SearchWord[]): boolean {
  if ([...(words.at(-1)?.tokens.at(-1) ?? '')].length < 3) return false;
  return words.every(({ tokens, isPrefix }) =>
    tokens.every((token, at) => {
      const match = matchOf({ tokens: [token], isPrefix: isPrefix && at === tokens.length - 1 });
      return (read.get<{ n: number }>(SEARCH_SQL.rare, match, RARE + 1)?.n ?? 0) <= RARE;
    }),
  );
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
