import type { Id, Instant } from '../deals/model.ts';
import type { DocumentFacts } from '../documents/document.ts';
import type { Actor } from '../permissions/actor.ts';
import { err, ok, type Result } from '../result.ts';
import { type ChangeContext, missingApprovals } from './approvals.ts';
import { isLive, log } from './conflicts.ts';
import { type ChangeEffect, type Delivery, effectsByCall, effectsByDocument } from './effects.ts';
import type { ChangeRefusal } from './refusals.ts';
import type { ChangeRequest } from './request.ts';
import { CHANGE_RULES } from './rules.ts';
import { blocked, isReviewer, periodOver, wrongState } from './step.ts';

/** The document that a reviewer read and attached to this request. */
export interface Evidenced {
  readonly document: Pick<DocumentFacts, 'id' | 'class' | 'suffix' | 'state'>;
  /** The request it was attached to: the original contract is executed too, and evidences nothing new. */
  readonly requestId: Id;
  /** The last signature on it, or its review when it carries none. */
  readonly executedAt: Instant;
  /** For an amended disclosure: how and when the buyer got it. */
  readonly delivery: Delivery | null;
}

export interface ExecuteArgs {
  readonly at: Instant;
  /** Null for a change that a call-back confirms. */
  readonly evidence: Evidenced | null;
}

export interface Executed {
  readonly request: ChangeRequest;
  readonly effects: readonly ChangeEffect[];
}

/**
 * The only place where a change takes effect. A reviewer executes it with the document that carries it: fully executed
 * where the form is signed, and then it also evidences the other side's consent, which nobody else here can give.
 *
 * Refused, with a sentence, while anything is missing: approvals of our side, the review, a signature, the delivery of
 * an amended disclosure, a call-back, or an earlier request for the same field.
 */
export function executeChange(
  request: ChangeRequest,
  args: ExecuteArgs,
  by: Actor,
  context: ChangeContext,
): Result<Executed, ChangeRefusal> {
  if (!isLive(request)) return err(wrongState(request.state));
  if (by.kind !== 'member' || !isReviewer(by, context))
    return err({
      type: 'NotAllowed',
      sentence: 'The coordinator reviews the document and puts the change into effect.',
    });
  const held = blocked(request, args.at, context);
  if (held !== null) return err(held);
  const rule = CHANGE_RULES[request.kind];
  if (rule.evidence === 'call-back') return executeByCall(request, args.at, by.memberId);
  const refusal = refusalOf(request, args.evidence) ?? refusalOfApprovals(request, args.evidence, context);
  if (refusal !== null) return err(refusal);
  if (args.evidence === null) return err(noDocument());
  const { document, delivery } = args.evidence;
  const executed: ChangeRequest = { ...request, state: 'executed', executedBy: document.id };
  const what = `In effect: document ${document.id} was reviewed and changes ${rule.words}.`;
  return ok({
    request: log(executed, { at: args.at, byId: by.memberId, what }),
    effects: effectsByDocument(request, document.id, delivery),
  });
}

function executeByCall(request: ChangeRequest, at: Instant, byId: Id): Result<Executed, ChangeRefusal> {
  if (request.state !== 'approved' || request.callBack === null)
    return err({
      type: 'CallBackMissing',
      sentence: 'Call the person on a known number first, and note the call here.',
    });
  const what = `In effect after a call: ${CHANGE_RULES[request.kind].words}.`;
  const executed = log({ ...request, state: 'executed' }, { at, byId, what });
  return ok({ request: executed, effects: effectsByCall(request) });
}

function refusalOf(request: ChangeRequest, evidence: Evidenced | null): ChangeRefusal | null {
  if (evidence === null) return noDocument();
  const { document } = evidence;
  if (evidence.requestId !== request.id || document.class === 'wire-suspect' || !isRightClass(request, document.class))
    return {
      type: 'WrongDocument',
      sentence: 'That document does not carry this change. Attach the one that was made for this request.',
    };
  if (document.state !== 'approved')
    return { type: 'NotReviewed', sentence: 'Review the document first. Nothing has changed yet.' };
  if (needsSignatures(request) && document.suffix !== 'FE')
    return {
      type: 'NotFullyExecuted',
      sentence: 'Nothing has changed yet. Dates and terms move when this is fully signed by both sides.',
    };
  if (request.periodEndsAt !== null && evidence.executedAt > request.periodEndsAt) return periodOver();
  if (request.state === 'open' && request.expiresAt !== null && evidence.executedAt > request.expiresAt)
    return {
      type: 'Expired',
      sentence: 'The time to agree on this request was over when this was signed. Make a new one.',
    };
  const isAmended = request.terms.some((term) => term.type === 'amended-disclosure');
  if (isAmended && evidence.delivery === null)
    return {
      type: 'NoDelivery',
      sentence:
        'Say when and how the buyer got the amended disclosure: their right to end the contract counts from that.',
    };
  return null;
}

/** Only the other side may be missing, and only when both sides' signatures are on the document. */
function refusalOfApprovals(
  request: ChangeRequest,
  evidence: Evidenced | null,
  context: ChangeContext,
): ChangeRefusal | null {
  const isSignedByAll = evidence?.document.suffix === 'FE';
  const missing = missingApprovals(request, context).filter(
    (slot) => !(isSignedByAll && slot.approver === 'other-principal'),
  );
  if (missing.length === 0) return null;
  const words = missing.map((slot) => slot.words);
  return {
    type: 'ApprovalsMissing',
    missing: words,
    sentence: `Nothing has changed yet. Still to approve: ${words.join(', ')}.`,
  };
}

function isRightClass(request: ChangeRequest, documentClass: DocumentFacts['class']): boolean {
  return CHANGE_RULES[request.kind].evidence === 'reviewed-document' || documentClass === 'contract';
}

/** Pages that were signed are signed again; whether they were is asked when nobody knows, so unknown means yes. */
function needsSignatures(request: ChangeRequest): boolean {
  const { evidence } = CHANGE_RULES[request.kind];
  if (evidence === 'executed-contract') return true;
  return request.kind === 'power-of-attorney' || request.kind === 'entity' ? false : request.facts.wasSigned !== false;
}

const noDocument = (): ChangeRefusal => ({
  type: 'NoDocument',
  sentence: 'Nothing has changed yet. Attach the signed document and review it.',
});
