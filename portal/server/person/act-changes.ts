import { changeFactsOf } from '../../../core/changes/facts.ts';
import { factsKnownOf } from '../../../core/changes/known.ts';
import type { ProposedTerm } from '../../../core/changes/request.ts';
import type { ChangeKind } from '../../../core/changes/rules.ts';
import type { Action } from '../../../core/permissions/matrix.ts';
import { may } from '../../../core/permissions/may.ts';
import { err, ok, type Result } from '../../../core/result.ts';
import type { ApiError } from '../../api/values.ts';
import { actHandler, NOT_HERE, type Ready, rowIdOf } from './acting.ts';
import { termsFrom } from './change-terms.ts';
import { askableOf, endOf, extendableOf, OPTIONS } from './home/askable.ts';
import type { Eye } from './home/eye.ts';
import type { PersonHandlers } from './types.ts';

const NOT_ASKED_HERE: ApiError = {
  type: 'not-allowed',
  message: 'That cannot be asked for from here. Write to your coordinator what should change.',
};

/** Asking is agreeing, so it rests on a second step as fresh as an answer does. */
const askChange = actHandler(
  'ask-change',
  (ready, { kind, reason, ...asked }) => {
    const { eye, at } = ready;
    if (!eye.isOver && !askableOf(eye).kinds.includes(kind)) return err(NOT_ASKED_HERE);
    const terms = termsFrom(eye, asked.terms, (part) => rowIdOf(ready, part));
    if (!terms.ok) return terms;
    const args = {
      ...{ changeId: rowIdOf(ready), at, reason, kind: kindOf(kind, terms.value), terms: terms.value },
      facts: factsKnownOf(eye.kept.deal, terms.value),
      expiresAt: null,
      periodEndsAt: periodEndOf(eye, terms.value),
    };
    return ok({ name: 'askChange', args });
  },
  { isFresh: true },
);

/** An option is extended as a contingency is, by a form of its own. */
function kindOf(kind: ChangeKind, terms: readonly ProposedTerm[]): ChangeKind {
  const isOption = terms.every((term) => term.type === 'override' && OPTIONS.has(term.deadlineId));
  return kind === 'contingency-extension' && isOption ? 'option-extension' : kind;
}

/** Both sides agree before the first of the periods ends. */
function periodEndOf(eye: Eye, terms: readonly ProposedTerm[]): string | null {
  const ids = terms.flatMap((term) => (term.type === 'override' ? [term.deadlineId] : []));
  const ends = extendableOf(eye).flatMap((deadline) => (ids.includes(deadline.id) ? (endOf(deadline) ?? []) : []));
  return ends.toSorted()[0] ?? null;
}

const answerChange = actHandler(
  'answer-change',
  (ready, { changeId, as, answer, reason }) => {
    const seen = seenChange(ready, changeId, 'approve');
    if (!seen.ok) return seen;
    const args = { changeId, as, at: ready.at };
    if (answer === 'approve') return ok({ name: 'approveChange', args });
    return ok({ name: 'declineChange', args: { ...args, reason } });
  },
  { isFresh: true },
);

const withdrawChange = actHandler('withdraw-change', (ready, { changeId }) => {
  const seen = seenChange(ready, changeId, 'see');
  return seen.ok ? ok({ name: 'withdrawChange', args: { changeId, at: ready.at } }) : seen;
});

/** A request that is not this person's to know of is told like one that is not there, also when they know its id. */
function seenChange({ eye }: Ready, changeId: string, action: Action): Result<null, ApiError> {
  const { kept, actor, context } = eye;
  const row = kept.deal.changes.find(({ id }) => id === changeId);
  if (row === undefined) return err(NOT_HERE);
  const thing = { type: 'change', change: changeFactsOf(row, kept) } as const;
  if (!may(actor, 'see', thing, context).ok) return err(NOT_HERE);
  const verdict = may(actor, action, thing, context);
  return verdict.ok ? ok(null) : err({ type: 'not-allowed', message: verdict.reason });
}

export const changeActs = {
  'ask-change': askChange,
  'answer-change': answerChange,
  'withdraw-change': withdrawChange,
} satisfies PersonHandlers;
