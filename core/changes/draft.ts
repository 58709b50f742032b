import type { Id, Instant, Side } from '../deals/model.ts';
import { hasLongNumber, scoreWireSuspicion } from '../documents/wire-suspicion.ts';
import type { Actor } from '../permissions/actor.ts';
import { err, ok, type Result } from '../result.ts';
import { type ChangeContext, capacitiesOf } from './approvals.ts';
import type { ChangeRefusal } from './refusals.ts';
import type { ChangeRequest, ProposedTerm } from './request.ts';
import { CHANGE_RULES, type ChangeFactsKnown, type ChangeKind } from './rules.ts';

export interface DraftArgs {
  readonly id: Id;
  readonly kind: ChangeKind;
  readonly terms: readonly ProposedTerm[];
  readonly facts: ChangeFactsKnown;
  readonly reason: string;
  readonly at: Instant;
  readonly expiresAt: Instant | null;
  readonly periodEndsAt: Instant | null;
}

/**
 * A request as a draft: nobody is asked and nothing is blocked yet.
 *
 * Refused by `NotAllowed` (not of our side or team), `WrongTerms` (the terms are not those of its kind, an empty list,
 * an extension without the end of its period) and `BankNumber` (the words carry what looks like bank details).
 */
export function draftChange(args: DraftArgs, by: Actor, context: ChangeContext): Result<ChangeRequest, ChangeRefusal> {
  if (by.kind === 'system' || !mayRequest(by, context))
    return err({
      type: 'NotAllowed',
      sentence: 'Changes are asked for by our client, our agent or the coordinator. Tell your own agent.',
    });
  const wrong = wrongTerms(args, context.deal.row.state);
  if (wrong !== null) return err({ type: 'WrongTerms', sentence: wrong });
  if (carriesBankNumber(args))
    return err({
      type: 'BankNumber',
      sentence: 'Take the account numbers out. They are never kept here; the coordinator will call about them.',
    });
  const byId = by.kind === 'member' ? by.memberId : by.personId;
  const side: Side = context.deal.row.side;
  return ok({
    id: args.id,
    dealId: context.deal.row.id,
    kind: args.kind,
    state: 'draft',
    requestedBy: byId,
    side,
    terms: args.terms,
    facts: args.facts,
    reason: args.reason,
    openedAt: null,
    expiresAt: args.expiresAt,
    periodEndsAt: args.periodEndsAt,
    approvals: [],
    callBack: null,
    executedBy: null,
    log: [{ at: args.at, byId, what: `Drafted a request to change ${CHANGE_RULES[args.kind].words}.` }],
  });
}

function mayRequest(by: Actor, context: ChangeContext): boolean {
  const capacities = capacitiesOf(by, context);
  if (capacities.some((each) => each === 'own-principal' || each === 'own-agent' || each === 'reviewer')) return true;
  return by.kind === 'party' && by.role === 'attorney' && isListed(by.personId, context);
}

function isListed(personId: Id, { deal }: ChangeContext): boolean {
  return deal.people.some(({ id, role }) => id === personId && role === 'attorney');
}

function wrongTerms({ kind, terms, periodEndsAt }: DraftArgs, state: string): string | null {
  const rule = CHANGE_RULES[kind];
  if (terms.length === 0) return `Say what should change about ${rule.words}.`;
  if (!terms.every((term) => rule.terms.includes(term.type)))
    return `This kind of request changes ${rule.words} only. Make a second request for the rest.`;
  if (state !== 'CA' && terms.some(({ type }) => type === 'amended-disclosure'))
    return 'The new right after an amended TDS or NHD is California law. Here, file a new version and ask the agent.';
  const values = terms.flatMap(valueName);
  if (new Set(values).size < values.length)
    return 'Two parts of this request ask for the same thing in two ways. Say it once, or make a second request.';
  const isExtension = kind === 'contingency-extension' || kind === 'option-extension';
  if (isExtension && periodEndsAt === null)
    return 'Say when the period that you extend ends. Both sides agree before that.';
  return terms.map((term) => wrongTerm(kind, term)).find((sentence) => sentence !== null) ?? null;
}

/** What a term sets to one value; nothing for those that add something. */
function valueName(term: ProposedTerm): readonly string[] {
  if (term.type === 'anchor') return [`anchor ${term.name}`];
  if (term.type === 'override') return [`deadline ${term.deadlineId}`];
  if (term.type === 'contact') return [`contact ${term.personId} ${term.field}`];
  return term.type === 'price' || term.type === 'credit' || term.type === 'cancel' ? [term.type] : [];
}

function wrongTerm(kind: ChangeKind, term: ProposedTerm): string | null {
  if (term.type === 'anchor' && kind === 'closing-date' && term.name !== 'closing')
    return 'A request for the closing date moves the closing only.';
  if (term.type === 'anchor' && kind === 'possession-date' && term.name !== 'possession')
    return 'A request for the possession date moves the possession only.';
  if ((term.type === 'price' || term.type === 'credit') && !(Number.isSafeInteger(term.toCents) && term.toCents >= 0))
    return 'Write the amount in whole cents, without a sign.';
  return null;
}

/** In a request about money any long number is refused; elsewhere only words that read like wire instructions. */
function carriesBankNumber({ kind, terms, reason }: DraftArgs): boolean {
  const texts = [reason, ...terms.flatMap(freeTexts)];
  if (kind === 'bank-info' && texts.some(hasLongNumber)) return true;
  return texts.some((text) => scoreWireSuspicion(text).isHeld);
}

function freeTexts(term: ProposedTerm): readonly string[] {
  switch (term.type) {
    case 'repair':
      return [term.title, term.clientTitle];
    case 'cancel':
      return [term.reason];
    case 'contact':
      return [term.to];
    case 'add-party':
      return [term.name];
    default:
      return [];
  }
}
