import { parseStreet } from '../../../core/deals/address.ts';
import {
  compareSubjects,
  LIKELY_DUPLICATE,
  MAYBE_DUPLICATE,
  normaliseSubject,
  subjectOf,
} from '../../../core/deals/duplicates.ts';
import type { Deal, Id } from '../../../core/deals/model.ts';
import { clientNames, dealName, nameplateOf } from '../../../core/deals/summarise.ts';
import type { Db, Read } from '../../../db/handles.ts';
import { findByText, similarDeals } from '../../../db/read/find.ts';
import { dealsWithPhone } from '../../../db/read/leads.ts';
import type { PossibleDuplicate } from '../../contract/leads.ts';
import { dealCacheOf } from './deal-cache.ts';
import type { Office } from './office.ts';

/** So many are shown: more would not be read. */
const SHOWN = 5;
/** Deals of one house number, ZIP code or name that are looked at. */
const LOOKED_AT = 200;

/** Deals that may be the one that came in, by core's rule, the likeliest first. Made-up deals are nobody's. */
export function duplicatesOf(
  { db, office }: { readonly db: Db; readonly office: Pick<Office, 'members' | 'profile'> },
  deal: Deal,
): PossibleDuplicate[] {
  const subject = normaliseSubject(subjectOf(deal));
  const matches = candidatesOf(db.read, deal).flatMap((id) => {
    const other = dealCacheOf(db).get(db.read, id);
    if (other === null || other.row.isSample) return [];
    const { score, reasons } = compareSubjects(subject, normaliseSubject(subjectOf(other)));
    return score >= MAYBE_DUPLICATE ? [{ other, score, reasons }] : [];
  });
  return matches
    .toSorted((one, next) => next.score - one.score || (one.other.row.id < next.other.row.id ? -1 : 1))
    .slice(0, SHOWN)
    .map(({ other, score, reasons }) => viewOf(other, { score, reasons, office }));
}

/** Whoever shares a house number, a ZIP code, an e-mail address, a phone number or a name with it. */
function candidatesOf(read: Read, { row, people }: Deal): readonly Id[] {
  const plate = row.street === '' ? '' : parseStreet(row.street).plate;
  const clients = people.filter(({ role }) => role === 'client' || role === 'co-client');
  const ids = [
    ...similarDeals(read, { zip: row.zip, plate, limit: LOOKED_AT }).map(({ dealId }) => dealId),
    ...clients.flatMap(({ name, email, phone }) => [
      ...[name, email].flatMap((text) => findByText(read, text, LOOKED_AT).deals.map(({ dealId }) => dealId)),
      ...dealsWithPhone(read, phone),
    ]),
  ];
  return [...new Set(ids)].filter((id) => id !== row.id);
}

interface Found {
  readonly score: number;
  readonly reasons: readonly string[];
  readonly office: Pick<Office, 'members' | 'profile'>;
}

function viewOf(deal: Deal, { score, reasons, office }: Found): PossibleDuplicate {
  const { row } = deal;
  const { plate } = nameplateOf(deal);
  const place = row.street === '' ? dealName(deal) : [`${plate} ${dealName(deal)}`.trim(), row.unit].join(' ').trim();
  const owner = office.members().find(({ id }) => id === row.ownerId)?.name ?? 'Nobody';
  const whose = row.ownerId === office.profile().memberId ? 'You have it.' : `${owner} has it.`;
  const isOpen = row.closedOn === null;
  const clients = clientNames(deal);
  return {
    ...{ dealId: row.id, plate, side: row.side, title: [place, row.city].filter((part) => part !== '').join(', ') },
    detail: [clients === '' ? '' : `${clients}.`, isOpen ? whose : 'That deal has ended.']
      .filter((part) => part !== '')
      .join(' '),
    ...{ isOpen, isLikely: score >= LIKELY_DUPLICATE, reasons: [...reasons] },
  };
}
