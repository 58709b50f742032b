import { addDays, type PlainDate } from '../../../core/deadlines/plain-date.ts';
import { roleWords } from '../../../core/deals/definition-of-done.ts';
import type { Member } from '../../../core/deals/model.ts';
import type { BoardRow } from '../../../db/read/board.ts';
import type { Card } from '../../contract/values.ts';
import { DUE_SOON_DAYS, itemState } from './item-state.ts';

/** A board row as the card shows it on a day. */
export function cardOf(row: BoardRow, members: readonly Member[], today: PlainDate): Card {
  const days = { today, soon: addDays(today, DUE_SOON_DAYS) };
  const named = members.find((member) => member.id === row.nextAssigneeId)?.name;
  const who = row.nextRole === null ? '' : (named ?? roleWords(row.nextRole));
  return {
    id: row.dealId,
    plate: row.plate,
    street: row.streetName,
    unit: row.unit,
    city: row.city,
    state: row.state,
    side: row.side,
    stage: row.stage,
    clientNames: row.clientNames,
    ownerId: row.ownerId,
    ownerName: members.find((member) => member.id === row.ownerId)?.name ?? 'nobody',
    isSample: row.isSample,
    next:
      row.nextState === null
        ? null
        : { title: row.nextTitle, on: row.nextOn, state: itemState(row.nextState, row.nextOn, days), who },
    missing: row.missing,
    done: row.done,
    total: row.total,
    closingOn: row.closingOn,
  };
}
