import { chainOf } from '../../../core/commands/version-rules.ts';
import type { PlainDate } from '../../../core/deadlines/plain-date.ts';
import type { Id } from '../../../core/deals/model.ts';
import { nameplateOf } from '../../../core/deals/summarise.ts';
import { buildDealIndex, type DealIndex } from '../../../core/documents/propose/deal-index.ts';
import type { CandidateDeal } from '../../../core/documents/propose/types.ts';
import type { Db } from '../../../db/handles.ts';
import { type PapersOf, readPapersOf } from '../../../db/read/deal.ts';

/** The deals that a file may belong to, with the words that a file may name them by. Kept in step as deals change. */
export interface Candidates {
  /** `needed`: a deal that must be in it, such as one that was opened a moment ago and a file dropped on it. */
  index(needed?: Id): DealIndex;
  /** Reads what `index` needs, a few deals at a time, so that others are answered in between. */
  ready(): Promise<void>;
  /** These deals changed; an empty list means many. */
  forget(dealIds: readonly Id[]): void;
}

/** Closed deals still get their last papers: they stay candidates for so many days. */
const CLOSED_FOR = 120;
/** With many deals an index a few seconds old is good enough; with few it is made anew at once. */
const FEW_DEALS = 500;
const FRESH_MS = 5_000;
/** With very many deals it is made less often, so that it never takes more than a small part of the time. */
const WORTH = 20;
const MOST_MS = 15_000;
/** Deals that are read before others are answered. */
const SLICE = 25;

const DEALS = `SELECT id FROM deal WHERE closed_on IS NULL OR closed_on >= ? ORDER BY id`;

interface CandidatesDeps {
  readonly db: Db;
  /** The first day on which a closed deal still counts, from today. */
  readonly since: (daysAgo: number) => PlainDate;
  /** Milliseconds that only grow. */
  readonly clock: () => number;
  readonly isClosed?: () => boolean;
}

export function createCandidates({ db, since, clock, isClosed = () => false }: CandidatesDeps): Candidates {
  const known = new Map<Id, CandidateDeal>();
  let made: { readonly index: DealIndex; readonly at: number; readonly goodFor: number } | null = null;
  let isStale = true;

  const isFresh = () => made !== null && (!isStale || (known.size > FEW_DEALS && clock() - made.at < made.goodFor));
  const make = (): DealIndex => {
    const deals = ids().flatMap((id) => {
      const kept = known.get(id) ?? read(id);
      if (kept === null) return [];
      known.set(id, kept);
      return [kept];
    });
    return buildDealIndex(deals);
  };
  // Past the cache of whole deals: thousands of them would push out the few that somebody works on.
  const read = (id: Id): CandidateDeal | null => {
    const deal = readPapersOf(db.read, id);
    return deal === null ? null : candidateOf(deal);
  };
  const ids = () => db.read.all<{ id: Id }>(DEALS, since(CLOSED_FOR)).map((row) => row.id);
  const readMissing = async () => {
    const missing = ids().filter((id) => !known.has(id));
    for (let at = 0; at < missing.length; at += SLICE) {
      const deals = missing.slice(at, at + SLICE).flatMap((id) => read(id) ?? []);
      for (const deal of deals) known.set(deal.dealId, deal);
      // What each puts into the index is kept with it, so that making the whole one reads none of them.
      buildDealIndex(deals);
      await new Promise((resolve) => setImmediate(resolve));
      if (isClosed()) return;
    }
  };
  let reading: Promise<void> | null = null;
  return {
    ready: () => {
      if (isFresh()) return Promise.resolve();
      reading ??= readMissing().finally(() => {
        reading = null;
      });
      return reading;
    },
    index: (needed) => {
      const isThere = needed === undefined || made?.index.byId.has(needed) || !isStale;
      if (made !== null && isThere && isFresh()) return made.index;
      const from = clock();
      const index = make();
      const at = clock();
      made = { index, at, goodFor: Math.min(MOST_MS, Math.max(FRESH_MS, (at - from) * WORTH)) };
      isStale = false;
      return made.index;
    },
    forget: (dealIds) => {
      isStale = true;
      if (dealIds.length === 0) known.clear();
      for (const id of dealIds) known.delete(id);
    },
  };
}

function candidateOf(deal: PapersOf): CandidateDeal {
  const { row } = deal;
  const clients = deal.people.filter((person) => person.role === 'client' || person.role === 'co-client');
  return {
    dealId: row.id,
    plate: nameplateOf(deal).plate,
    street: row.street,
    unit: row.unit,
    city: row.city,
    state: row.state,
    zip: row.zip,
    side: row.side,
    clientNames: clients.map((person) => person.name).filter(Boolean),
    people: deal.people.map(({ name, email, role, company }) => ({ name, email, role, company })),
    packId: row.packId,
    packRevision: row.packRevision,
    isActive: row.outcome === null,
    lines: deal.lines.map((line) => {
      const chain = chainOf(deal, line.id);
      const newest = chain.at(-1);
      return {
        lineId: line.id,
        title: line.title,
        clientTitle: line.clientTitle,
        templateLineId: line.templateDocumentId ?? '',
        class: line.class,
        state: line.state,
        versions: chain.length,
        newestSuffix: newest?.suffix ?? null,
        newestReceivedOn: newest?.documentOn ?? null,
      };
    }),
  };
}
