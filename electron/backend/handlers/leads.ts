import { renderSVG } from 'uqr';
import { leadTitle } from '../../../core/deals/lead-title.ts';
import { takeInArgs } from '../../../core/deals/merge-lead.ts';
import type { Deal } from '../../../core/deals/model.ts';
import { dealName, nameplateOf } from '../../../core/deals/summarise.ts';
import type { CallOutput } from '../../contract/calls.ts';
import type { LeadView, MergeReply } from '../../contract/leads.ts';
import { dealCacheOf } from '../services/deal-cache.ts';
import { answersOf, sayAnswer } from '../services/lead-answers.ts';
import { duplicatesOf } from '../services/lead-duplicates.ts';
import { askPortal } from '../sync/ask-portal.ts';
import type { ParsedInput } from '../types.ts';
import type { Open } from './context.ts';
import { command } from './deals.ts';

/** Links for people who have no deal yet, kept by the portal; and the deals that came in by one. */

export function listLinks({ sync }: Open): Promise<CallOutput<'leads:links'>> {
  return askPortal(sync, 'intake/links', {});
}

/** The address and its picture are told this once. */
export async function makeIntakeLink(
  { sync }: Open,
  input: ParsedInput<'leads:make-link'>,
): Promise<CallOutput<'leads:make-link'>> {
  const made = await askPortal(sync, 'intake/make-link', input);
  if (made.kind === 'no') return made;
  return { kind: 'ok', value: { ...made.value, qr: renderSVG(made.value.url, { ecc: 'M', border: 2 }) } };
}

export function revokeIntakeLink(
  { sync }: Open,
  input: ParsedInput<'leads:revoke-link'>,
): Promise<CallOutput<'leads:revoke-link'>> {
  return askPortal(sync, 'intake/revoke-link', input);
}

export function getLead(open: Open, { dealId }: ParsedInput<'leads:of'>): LeadView | null {
  const deal = dealIn(open, dealId);
  const lead = deal?.leads[0];
  if (deal === null || lead === undefined) return null;
  const into = lead.intoDealId === null ? null : dealIn(open, lead.intoDealId);
  return {
    ...{ state: lead.state, arrivedAt: lead.arrivedAt, words: lead.words, title: leadTitle(deal) },
    answers: answersOf(open.resources.questions(), deal),
    duplicates: lead.state === 'new' ? duplicatesOf(open, deal) : [],
    decidedByName: nameOf(open, lead.decidedBy),
    decidedAt: lead.decidedAt,
    reason: lead.reason,
    into: into === null ? null : { dealId: into.row.id, title: titleOf(into) },
  };
}

/**
 * Two steps on two deals, so not one: what came in is written into the other deal first, and only then ends this one. A
 * second step that is refused leaves nothing lost, says so, and the same call again finds the first one done.
 */
export function mergeLead(open: Open, { dealId, intoDealId }: ParsedInput<'leads:merge'>): MergeReply {
  const from = dealIn(open, dealId);
  const into = dealIn(open, intoDealId);
  if (from === null || into === null || dealId === intoDealId) return refused(NOT_TWO, false);
  const lead = from.leads[0];
  if (lead?.state === 'merged' && lead.intoDealId === intoDealId)
    return { outcome: 'done', label: 'It is merged into that deal already', steps: [] };
  if (lead?.state !== 'new') return refused(WAS_DECIDED, false);
  const at = open.deps.now().toISOString();
  const today = open.today();
  const args = takeInArgs({
    ...{ from, questions: open.resources.questions(), at, newId: open.newId },
    // One note a merge: by its id a repeat is known to be one.
    noteId: `${dealId}.taken-in.${intoDealId}`.slice(0, 200),
    say: sayAnswer,
  });
  const taken = command(open, { id: open.newId(), dealId: intoDealId, name: 'takeIn', args });
  if (taken.outcome === 'refused') return { ...taken, isTakenIn: false };
  const intoName = titleOf(into).slice(0, 300);
  const ended = command(open, {
    ...{ id: open.newId(), dealId, name: 'mergeLead' },
    args: { at, on: today, intoDealId, intoName },
  });
  if (ended.outcome === 'refused') {
    const { type, message } = ended.refusal;
    return refused(
      { type, message: `What they said is on ${intoName} now, but this one is still open. ${message}` },
      true,
    );
  }
  const steps = [
    { dealId: intoDealId, commandId: taken.commandId, changes: taken.changes },
    { dealId, commandId: ended.commandId, changes: ended.changes },
  ];
  return {
    outcome: 'done',
    label: ended.label,
    // A step that changed nothing has nothing to take back.
    steps: steps.flatMap(({ changes, ...step }) => (changes > 0 ? [step] : [])),
  };
}

const NOT_TWO = {
  type: 'NotTwoDeals',
  message: 'One of the two deals is not here any more. Nothing was changed. Choose another one.',
};
const WAS_DECIDED = {
  type: 'WasDecided',
  message: 'Somebody decided about this already. Nothing was changed. Look at the activity of the deal.',
};

function refused(refusal: { readonly type: string; readonly message: string }, isTakenIn: boolean): MergeReply {
  return { outcome: 'refused', refusal, isTakenIn };
}

function dealIn({ db }: Open, dealId: string): Deal | null {
  return dealCacheOf(db).get(db.read, dealId);
}

/** "12 Oak St", else the clients. */
function titleOf(deal: Deal): string {
  const { plate } = nameplateOf(deal);
  return deal.row.street === '' ? dealName(deal) : `${plate} ${dealName(deal)}`.trim();
}

function nameOf({ office }: Open, memberId: string | null): string {
  return office.members().find(({ id }) => id === memberId)?.name ?? '';
}
