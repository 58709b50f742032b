import { chainOf } from '../../../core/commands/version-rules.ts';
import type { PlainDate } from '../../../core/deadlines/plain-date.ts';
import type { Deal, Id } from '../../../core/deals/model.ts';
import { nameplateOf } from '../../../core/deals/summarise.ts';
import { buildDealIndex, type DealIndex } from '../../../core/documents/propose/deal-index.ts';
import type { CandidateDeal } from '../../../core/documents/propose/types.ts';
import type { Db } from '../../../db/handles.ts';
import { dealCacheOf } from '../services/deal-cache.ts';

/** The deals that a file may belong to, with the words that a file may name them by. Kept in step as deals change. */
export interface Candidates {
  index(): DealIndex;
  /** These deals changed; an empty list means many. */
  forget(dealIds: readonly Id[]): void;
}

/** Closed deals still get their last papers: they stay candidates for so many days. */
const CLOSED_FOR = 120;
/** With many deals an index a few seconds old is good enough; with few it is made anew at once. */
const FEW_DEALS = 500;
const FRESH_MS = 5_000;

const DEALS = `SELECT id FROM deal WHERE closed_on IS NULL OR closed_on >= ? ORDER BY id`;

interface CandidatesDeps {
  readonly db: Db;
  /** The first day on which a closed deal still counts, from today. */
  readonly since: (daysAgo: number) => PlainDate;
  /** Milliseconds that only grow. */
  readonly clock: () => number;
}

export function createCandidates({ db, since, clock }: CandidatesDeps): Candidates {
  const known = new Map<Id, CandidateDeal>();
  let made: { readonly index: DealIndex; readonly at: number } | null = null;
  let isStale = true;

  const make = (): DealIndex => {
    const ids = db.read.all<{ id: Id }>(DEALS, since(CLOSED_FOR)).map((row) => row.id);
    const deals = ids.flatMap((id) => {
      const kept = known.get(id) ?? read(id);
      if (kept === null) return [];
      known.set(id, kept);
      return [kept];
    });
    return buildDealIndex(deals);
  };
  const read = (id: Id): CandidateDeal | null => {
    const deal = dealCacheOf(db).get(db.read, id);
    return deal === null ? null : candidateOf(deal);
  };
  return {
    index: () => {
      const isGood = made !== null && (!isStale || (known.size > FEW_DEALS && clock() - made.at < FRESH_MS));
      if (made !== null && isGood) return made.index;
      made = { index: make(), at: clock() };
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

export function candidateOf(deal: Deal): CandidateDeal {
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
