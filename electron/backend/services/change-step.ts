import {
  type ApprovalSlot,
  type ChangeContext,
  capacitiesOf,
  missingApprovals,
} from '../../../core/changes/approvals.ts';
import { blockersOf, hasRunOut, isLive } from '../../../core/changes/conflicts.ts';
import { CHANGE_RULES } from '../../../core/changes/rules.ts';
import type { ChangeRow, Instant } from '../../../core/deals/model.ts';
import type { Actor } from '../../../core/permissions/actor.ts';
import type { ChangePaper, ChangeStepView } from '../../contract/portal-views.ts';

export interface StepOf {
  readonly row: ChangeRow;
  readonly context: ChangeContext;
  readonly papers: readonly ChangePaper[];
  /** The person at this computer. */
  readonly actor: Actor;
  readonly now: Instant;
}

/**
 * What the team does next about a request; null while it waits for somebody else, or has ended. The first that applies:
 * a call that proves a contact, an older request for the same, a paper that came, our own word, the other side.
 */
export function nextStep({ row, context, papers, actor, now }: StepOf): ChangeStepView | null {
  if (!isLive(row) || row.openedAt === null) return null;
  const since = row.openedAt;
  if (CHANGE_RULES[row.kind].evidence === 'call-back') {
    return row.callBack === null
      ? { kind: 'call-back', says: 'Call them on a number you had before this request.', since }
      : { kind: 'execute', says: 'The call confirmed it. Put it into effect.', since: row.callBack.at };
  }
  if (!hasRunOut(row, now) && blockersOf(row, context.others, now).length > 0)
    return { kind: 'settle-conflict', says: 'Another request for the same came first. Decide between them.', since };
  const missing = missingApprovals(row, context);
  const byPaper = paperStep(papers, missing);
  // Nobody can agree any more; a paper that was signed in time still counts.
  if (byPaper !== null || hasRunOut(row, now)) return byPaper;
  const mine = capacitiesOf(actor, context);
  if (missing.some(({ approver }) => mine.includes(approver)))
    return { kind: 'decide', says: 'It needs your word before it counts.', since };
  const isTheirs = missing.some(({ approver }) => approver === 'other-principal');
  if (isTheirs && !papers.some(({ fits }) => fits) && row.sentToOtherSideAt === null)
    return {
      kind: 'send',
      says: 'The other side has not been asked yet. Send it to them: they read what it asks for once our side has agreed.',
      since,
    };
  return null;
}

/** What a paper that came asks for; null without one, or while our side has not agreed. */
function paperStep(papers: readonly ChangePaper[], missing: readonly ApprovalSlot[]): ChangeStepView | null {
  const paper = papers.find(({ fits }) => fits);
  if (paper === undefined) return null;
  const since = paper.receivedAt;
  if (!paper.isReviewed) return { kind: 'review', says: `${paper.title} looks like its paper. Review it.`, since };
  // The other side agreed by signing it; everybody else says so themselves.
  const isAgreed = missing.every(({ approver }) => approver === 'other-principal');
  return isAgreed ? { kind: 'execute', says: `${paper.title} is reviewed. Put it into effect.`, since } : null;
}
