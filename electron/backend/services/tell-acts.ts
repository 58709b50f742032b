import type { Change } from '../../../core/commands/types.ts';
import type { PlainDate } from '../../../core/deadlines/plain-date.ts';
import type { Deal, Id } from '../../../core/deals/model.ts';
import { dealName, nameplateOf } from '../../../core/deals/summarise.ts';
import type { HostEvent } from '../../contract/events.ts';
import type { PersonAct } from '../../contract/portal-views.ts';
import type { DealDates } from './deal-dates.ts';
import { personActs } from './person-acts.ts';
import { termNames } from './term-names.ts';

export interface TellActsDeps {
  readonly dealOf: (dealId: Id) => Deal | null;
  readonly datesOf: (deal: Deal) => DealDates;
  readonly today: () => PlainDate;
  readonly emit: (event: HostEvent) => void;
}

/**
 * Tells the window what people did, as it comes from the portal. `note` hears rows inside of a step of sync, which may
 * still be rolled back; `tell` runs after the step is on disk, and only then is anything said.
 */
export interface TellActs {
  note(changes: readonly Change[]): void;
  tell(dealIds: readonly Id[]): void;
}

/** More than this is a desktop that comes back after long: what waits stands in Today, and nobody reads a hundred lines. */
const MOST = 50;

export function createTellActs({ dealOf, datesOf, today, emit }: TellActsDeps): TellActs {
  let noted: readonly Change[] = [];
  return {
    note: (changes) => {
      noted = [...noted, ...changes];
    },
    tell: (dealIds) => {
      const changes = noted;
      noted = [];
      if (changes.length === 0) return;
      const acts = dealIds.flatMap((dealId) => {
        const deal = dealOf(dealId);
        return deal === null ? [] : actsOf(deal, changes, termNames(deal, datesOf(deal), today()));
      });
      if (acts.length > 0) emit({ type: 'people:acted', acts: acts.slice(0, MOST) });
    },
  };
}

function actsOf(deal: Deal, changes: readonly Change[], names: ReturnType<typeof termNames>): readonly PersonAct[] {
  const { plate } = nameplateOf(deal);
  const mark = { dealId: deal.row.id, plate, street: dealName(deal) };
  const own = changes.filter((change) => isOf(deal.row.id, change));
  return personActs(deal, own, names).map(({ personId, ...act }) => {
    const person = deal.people.find(({ id }) => id === personId)?.name ?? 'Somebody';
    return { ...mark, person, ...act };
  });
}

/** An update names its row only: it belongs wherever that row is found. */
function isOf(dealId: Id, change: Change): boolean {
  if (change.op !== 'insert') return true;
  return change.table === 'deal' ? change.row.id === dealId : change.row.dealId === dealId;
}
