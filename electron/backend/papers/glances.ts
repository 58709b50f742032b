import type { Id } from '../../../core/deals/model.ts';
import type { Db, Read } from '../../../db/handles.ts';
import {
  type DealGlance,
  dealGlance,
  type LineGlance,
  lineGlance,
  newestGlance,
  type VersionGlance,
  versionGlance,
} from '../../../db/read/glance.ts';

/** Deals, documents and files as the inbox names them: read once, and again when their deal has changed. */
export interface Glances {
  deal(dealId: Id | null): DealGlance | null;
  line(dealId: Id, lineId: Id): LineGlance | null;
  newest(dealId: Id, lineId: Id): VersionGlance | null;
  version(dealId: Id, versionId: Id): VersionGlance | null;
  /** These deals changed; an empty list means many. */
  forget(dealIds: readonly Id[]): void;
}

/** A few hundred bytes each: an inbox of 300 files names some hundreds of deals. */
const MOST_DEALS = 4_000;

const all = new WeakMap<Db, Glances>();

/** Those of one opened database. One that is opened again, after a restore too, starts with none. */
export function glancesOf(db: Db): Glances {
  const there = all.get(db);
  if (there !== undefined) return there;
  const made = createGlances(db.read);
  all.set(db, made);
  return made;
}

interface OfDeal {
  readonly deal: DealGlance | null;
  readonly lines: Map<Id, LineGlance | null>;
  readonly newest: Map<Id, VersionGlance | null>;
  readonly versions: Map<Id, VersionGlance | null>;
}

function createGlances(read: Read): Glances {
  const deals = new Map<Id, OfDeal>();
  const of = (dealId: Id): OfDeal => {
    const there = deals.get(dealId);
    if (there !== undefined) return there;
    if (deals.size >= MOST_DEALS) deals.clear();
    const made = { deal: dealGlance(read, dealId), lines: new Map(), newest: new Map(), versions: new Map() };
    deals.set(dealId, made);
    return made;
  };
  return {
    deal: (dealId) => (dealId === null ? null : of(dealId).deal),
    line: (dealId, lineId) => kept(of(dealId).lines, lineId, () => lineGlance(read, dealId, lineId)),
    newest: (dealId, lineId) => kept(of(dealId).newest, lineId, () => newestGlance(read, dealId, lineId)),
    version: (dealId, id) => kept(of(dealId).versions, id, () => versionGlance(read, dealId, id)),
    forget: (dealIds) => {
      if (dealIds.length === 0) deals.clear();
      for (const id of dealIds) deals.delete(id);
    },
  };
}

/** Null is an answer too: it is not there. */
function kept<T>(known: Map<Id, T | null>, id: Id, make: () => T | null): T | null {
  const there = known.get(id);
  if (there !== undefined) return there;
  const made = make();
  known.set(id, made);
  return made;
}
