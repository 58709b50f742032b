import { normaliseAddress, parseStreet } from '../../../core/deals/address.ts';
import { foldText } from '../../../core/deals/fold-text.ts';
import type { PartyRole } from '../../../core/deals/model.ts';
import { NO_ADDRESS } from '../../../core/deals/summary.ts';
import { findByText, type SimilarDeal, similarDeals } from '../../../db/read/find.ts';
import type { CallOutput } from '../../contract/calls.ts';
import type { Found } from '../../contract/values.ts';
import type { ParsedInput } from '../types.ts';
import type { Open } from './context.ts';

/** Deals first, then people; each of them opens its deal. */
export function find(open: Open, { text, limit }: ParsedInput<'search:find'>): Found[] {
  const { deals, people } = findByText(open.db.read, text, limit);
  return [
    ...deals.map((deal): Found => {
      const place = [deal.city, deal.state].filter((part) => part !== '').join(', ');
      const clients = deal.streetName === '' ? 'no address yet' : deal.clientNames;
      const detail = [place, clients, deal.isActive ? '' : 'closed'].filter((part) => part !== '').join(' · ');
      const { dealId, plate, side } = deal;
      return {
        kind: 'deal',
        dealId,
        id: dealId,
        plate,
        side,
        title: deal.streetName || deal.clientNames || NO_ADDRESS,
        detail,
      };
    }),
    ...people.map((person): Found => {
      const { dealId, personId, plate, side, name } = person;
      const detail = [person.streetName, person.company, person.email].filter((part) => part !== '').join(' · ');
      return { kind: 'person', dealId, id: personId, plate, side, title: name, detail };
    }),
  ].slice(0, limit);
}

/** Deals that may be the one being entered: the same address, or the same house number and the same client. */
export function findSimilar(
  open: Open,
  { street, zip, clientName }: ParsedInput<'deals:similar'>,
): CallOutput<'deals:similar'> {
  if (street.trim() === '') return sameClient(open, clientName);
  const { plate } = parseStreet(street);
  const typed = normaliseAddress({ street, zip });
  const name = foldText(clientName);
  const found = similarDeals(open.db.read, { zip: zip.trim(), plate, limit: 200 });
  return found.flatMap((deal) => {
    const there = normaliseAddress(deal);
    const reasons: string[] = [];
    const isHouse = there.number === typed.number && there.street === typed.street;
    if (isHouse && (typed.zip === '' || there.zip === '' || there.zip === typed.zip)) reasons.push('The same address.');
    if (name !== '' && foldText(deal.clientNames).includes(name)) reasons.push('The same client.');
    if (!isHouse && reasons.length < 2 && there.number !== typed.number) return [];
    if (reasons.length === 0) return [];
    if (!deal.isActive) reasons.push('That deal has ended.');
    return [{ dealId: deal.dealId, plate: deal.plate, title: titleOf(deal), reasons }];
  });
}

/** Before there is an address, only the name can tell that somebody is entered twice. */
function sameClient(open: Open, clientName: string): CallOutput<'deals:similar'> {
  const name = foldText(clientName);
  if (!name.includes(' ')) return [];
  const { people } = findByText(open.db.read, name, 50);
  const same = people.filter(({ role, name: other }) => CLIENTS.has(role) && foldText(other) === name);
  return same.map((person) => {
    const title = person.streetName === '' ? person.name : `${person.plate} ${person.streetName}`;
    return { dealId: person.dealId, plate: person.plate, title, reasons: ['The same client.'] };
  });
}

const CLIENTS: ReadonlySet<PartyRole> = new Set(['client', 'co-client']);

function titleOf({ street, city, clientNames }: SimilarDeal): string {
  return [street || clientNames, city].filter((part) => part !== '').join(', ');
}
