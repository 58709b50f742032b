import type { ApprovalSlot, ChangeContext } from '../../../core/changes/approvals.ts';
import type { Approval } from '../../../core/changes/request.ts';
import { APPROVER_WORDS } from '../../../core/changes/rules.ts';
import { isAskedOf, mayTakeBack, TELLERS, type Teller } from '../../../core/changes/told.ts';
import type { ChangeRow, Member } from '../../../core/deals/model.ts';
import type { Actor } from '../../../core/permissions/actor.ts';
import type { ChangeView, SlotView } from '../../contract/portal-views.ts';

/** Everybody whose answer is missing and who may say it on the telephone; of a capacity that anybody may fill, each of them. */
export function answerersOf(
  row: ChangeRow,
  missing: readonly ApprovalSlot[],
  context: ChangeContext,
): ChangeView['answerers'] {
  return missing.flatMap(({ approver, personId }) => {
    const as = tellerOf(approver);
    if (as === null) return [];
    return context.deal.people
      .filter((person) => (personId === null || person.id === personId) && isAskedOf(row, as, person, context))
      .map(({ id, name }) => ({ personId: id, as, name, capacity: APPROVER_WORDS[as] }));
  });
}

/** That an agreement was told, to whom, and whether whoever sits here may take it back. */
export function toldView(
  given: Approval | undefined,
  { members, actor }: { readonly members: readonly Member[]; readonly actor: Actor },
): SlotView['told'] {
  const as = given === undefined ? null : tellerOf(given.approver);
  if (given?.told === undefined || as === null) return null;
  const { toId, by } = given.told;
  return {
    ...{ personId: given.byId, as, by },
    to: members.find(({ id }) => id === toId)?.name ?? 'somebody who has left the team',
    mayTakeBack: actor.kind === 'member' && mayTakeBack(actor, toId),
  };
}

function tellerOf(approver: ApprovalSlot['approver']): Teller | null {
  return TELLERS.find((teller) => teller === approver) ?? null;
}
