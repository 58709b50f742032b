import { z } from 'zod';
import type { Deal, LineRow, VersionRow } from '../deals/model.ts';
import { isMetadataOnly, LINE_STATES, type LineState } from '../documents/document.ts';
import { type LineRefusal, moveLine } from '../documents/line.ts';
import { err, ok, type Result } from '../result.ts';
import { update } from './changes.ts';
import { moved, needsReason } from './refusals.ts';
import { DayArg, IdArg, InstantArg, OptionalLine } from './schemas.ts';
import type { Change, Refusal } from './types.ts';
import { chainOf, lineStateOf } from './version-rules.ts';

/** The steps of a review: what each says of a document, and when it is refused. */

const REVIEW_ACTS = ['submit', 'approve', 'reject', 'waive', 'ask-again', 'let-go', 'elsewhere'] as const;
export const ReviewArgs = z.strictObject({
  lineId: IdArg,
  act: z.enum(REVIEW_ACTS),
  /** The newest version that the person saw; null for none. */
  versionId: IdArg.nullable(),
  reason: OptionalLine,
  on: DayArg,
  /** Where the document stood when the person looked. A step of before there was this has none. */
  expected: z.enum(LINE_STATES).optional(),
  /** When it was said. A step of before there was this has the day only. */
  at: InstantArg.optional(),
});
export type ReviewAct = (typeof REVIEW_ACTS)[number];

export const REVIEWED: Readonly<Record<ReviewAct, string>> = {
  submit: 'Sent to review:',
  approve: 'Approved',
  reject: 'Sent back',
  waive: 'Marked as not needed:',
  'ask-again': 'Asked again for',
  'let-go': 'Let go after a call:',
  elsewhere: 'Noted as with whoever needs it:',
};

/** Where each act leads; letting go keeps the state. */
export const LEADS_TO: Readonly<Record<ReviewAct, LineState | null>> = {
  submit: 'needs-review',
  approve: 'approved',
  reject: 'rejected',
  waive: 'waived',
  'ask-again': 'requested',
  'let-go': null,
  elsewhere: 'approved',
};

export const STANDS: Readonly<Record<LineState, string>> = {
  requested: 'asked for',
  received: 'received',
  'needs-review': 'in review',
  approved: 'approved',
  rejected: 'sent back',
  waived: 'not needed',
};

/**
 * One step of a review. It names the version that the person looked at: a newer one that came meanwhile was seen by
 * nobody, so a verdict on the old one is refused.
 */
export function decideReview(
  deal: Deal,
  line: LineRow,
  args: z.infer<typeof ReviewArgs>,
): Result<readonly Change[], Refusal> {
  const { act, reason, on } = args;
  const chain = chainOf(deal, line.id);
  const newest = chain.at(-1);
  if ((newest?.id ?? null) !== args.versionId)
    return err(moved('the newest version of this document', 'an older one', `version ${newest?.number ?? 0}`));
  if (args.expected !== undefined && line.state !== args.expected) {
    if (isAgreed(line, args)) return ok([]);
    return err(moved('where this document stands', STANDS[args.expected], STANDS[line.state]));
  }
  if (act === 'elsewhere') return noteElsewhere(line, reason);
  if (act === 'let-go' && reason === '')
    return err(needsReason('whom you called, on which number you knew before, and that it is real'));
  const isSaid = act === 'reject' || act === 'waive';
  const step = moveLine(lineStateOf(line, chain), isSaid ? { type: act, reason } : { type: act });
  if (!step.ok) {
    const isThere = line.state === (act === 'approve' ? 'approved' : act === 'submit' ? 'needs-review' : null);
    return isThere ? ok([]) : err(refusalOf(step.error));
  }
  const verdict = act === 'approve' ? 'approved' : act === 'reject' ? 'rejected' : null;
  const judged =
    verdict === null ? {} : { verdict, verdictReason: verdict === 'rejected' ? reason : '', verdictOn: on };
  const isHeld = step.value.versions.at(-1)?.isHeld ?? false;
  return ok([
    ...(newest === undefined ? [] : update('version', newest, { ...judged, isHeld } as Partial<VersionRow>)),
    ...update('line', line, { state: step.value.state, reason: step.value.reason }),
  ]);
}

/** Another hand brought the document where this one wants it, for the same reason. */
function isAgreed(line: LineRow, { act, reason }: Pick<z.infer<typeof ReviewArgs>, 'act' | 'reason'>): boolean {
  const isSaid = act === 'reject' || act === 'waive' || act === 'elsewhere';
  return line.state === LEADS_TO[act] && (!isSaid || line.reason === reason);
}

/** For papers that are never kept here: whoever needs them has them. */
function noteElsewhere(line: LineRow, reason: string): Result<readonly Change[], Refusal> {
  if (!isMetadataOnly(line.class))
    return err({ type: 'KeptHere', message: 'This document is kept here. File it, then review it.' });
  if (reason === '') return err(needsReason('who has this paper'));
  return ok(update('line', line, { state: 'approved', reason }));
}

export function refusalOf(refusal: LineRefusal): Refusal {
  return { type: refusal.type, message: refusal.sentence };
}
