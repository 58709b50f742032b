import { type ChangeContext, capacitiesOf, missingApprovals } from '../../../core/changes/approvals.ts';
import { blockersOf, isLive } from '../../../core/changes/conflicts.ts';
import { CHANGE_RULES } from '../../../core/changes/rules.ts';
import type { ChangeRow } from '../../../core/deals/model.ts';
import type { Actor } from '../../../core/permissions/actor.ts';
import type { ChangePaper, ChangeStepView } from '../../contract/portal-views.ts';

export interface StepOf {
  readonly row: ChangeRow;
  readonly context: ChangeContext;
  readonly papers: readonly ChangePaper[];
  /** The person at this computer. */
  readonly actor: Actor;
}

/**
 * What the team does next about a request; null while it waits for somebody else, or has ended. The first that applies:
 * a call that proves a contact, an older request for the same, a paper that came, our own word, the other side.
 */
export function nextStep({ row, context, papers, actor }: StepOf): ChangeStepView | null {
  if (!isLive(row) || row.openedAt === null) return null;
  const since = row.openedAt;
  if (CHANGE_RULES[row.kind].evidence === 'call-back') {
    return row.callBack === null
      ? { kind: 'call-back', says: 'Call them on a number you had before this request.', since }
      : { kind: 'execute', says: 'The call confirmed it. Put it into effect.', since: row.callBack.at };
  }
  if (blockersOf(row, context.others).length > 0)
    return { kind: 'settle-conflict', says: 'Another request for the same came first. Decide between them.', since };
  const missing = missingApprovals(row, context);
  const paper = papers.find(({ fits }) => fits);
  if (paper !== undefined && !paper.isReviewed)
    return { kind: 'review', says: `${paper.title} looks like its paper. Review it.`, since: paper.receivedAt };
  // The other side agreed by signing it; everybody else says so themselves.
  const isAgreed = missing.every(({ approver }) => approver === 'other-principal');
  if (paper !== undefined && isAgreed)
    return { kind: 'execute', says: `${paper.title} is reviewed. Put it into effect.`, since: paper.receivedAt };
  const mine = capacitiesOf(actor, context);
  if (missing.some(({ approver }) => mine.includes(approver)))
    return { kind: 'decide', says: 'It needs your word before it counts.', since };
  const isTheirs = missing.some(({ approver }) => approver === 'other-principal');
  if (isTheirs && paper === undefined && row.sentToOtherSideAt === null)
    return { kind: 'send', says: 'The other side has not been asked yet. Send it to them.', since };
  return null;
}
