import type { Deal, Id, PartyRole } from '../deals/model.ts';
import type { DocumentFacts } from '../documents/document.ts';
import { type Actor, isTaskOfMember, isTaskOfParty, sideOfRole } from './actor.ts';
import { askedAs, mayKnowTerms } from './asked-terms.ts';
import { type Consent, isConsented } from './consent.ts';
import type { Thing } from './things.ts';
import type { RefusalCode } from './verdict.ts';

/** One deal and what was agreed about it: all that a permission depends on. */
export interface DealContext {
  readonly deal: Pick<Deal, 'row' | 'people'>;
  /** Members who are on the deal; admins are on every deal. */
  readonly teamIds: readonly Id[];
  readonly consents: readonly Consent[];
  /** A fully executed, approved contract is on file. */
  readonly isContractExecuted: boolean;
  /** False by default and on an embedded portal: income and identity papers go to the lender. */
  readonly takesNpi: boolean;
  /** Persons whose link shows but does not hand out files. */
  readonly downloadsOffFor: readonly Id[];
}

export interface ConditionRule {
  readonly holds: (thing: Thing, actor: Actor, context: DealContext) => boolean;
  readonly code: RefusalCode;
  /** To the person who was refused. */
  readonly reason: string;
  /** Completes "sees the inspection reports ..."; empty where the column itself already says it. */
  readonly words: string;
}

const PROFESSIONALS: readonly PartyRole[] = ['agent', 'tc', 'admin', 'lender', 'title', 'attorney', 'other-agent'];

/** Every condition a grant may carry. A thing that a condition does not speak of never meets it. */
export const CONDITIONS = {
  'team-member': {
    holds: (_thing, actor) => actor.kind === 'member',
    code: 'NotYourRole',
    reason: 'The team keeps this to itself. Ask the coordinator for what you need from it.',
    words: '',
  },
  'contract-executed': {
    holds: (_thing, _actor, context) => context.isContractExecuted,
    code: 'NotShared',
    reason: 'There is no fully signed contract yet. You will see this when there is.',
    words: 'once the contract is fully signed',
  },
  'own-side': {
    holds: (thing, actor, context) => isOwnSide(thing, actor, context),
    code: 'OtherSide',
    reason: 'Each side sees its own. Ask the agent of that side.',
    words: 'of their own side',
  },
  'own-figures': {
    holds: (thing, actor, context) => documentOf(thing)?.side === sideOf(actor, context),
    code: 'OtherSide',
    reason: 'Each side sees its own figures. Ask title or escrow for the statement of your side alone.',
    words: 'with the figures of their own side alone',
  },
  'own-side-person': {
    holds: (_thing, actor, context) => sideOf(actor, context) === context.deal.row.side,
    code: 'OtherSide',
    reason: 'This belongs to the other side of the deal. Ask their agent.',
    words: '',
  },
  'own-task': {
    holds: (thing, actor) => isOwnTask(thing, actor),
    code: 'NotYours',
    reason: 'That task is not on your list. Ask your coordinator if you expected it here.',
    words: 'that are theirs',
  },
  'client-worded': {
    holds: (thing) => thing.type === 'closing-step' && thing.task.clientTitle !== '',
    code: 'NotYourRole',
    reason: 'That step is the team’s own. Ask your coordinator what closing is waiting for.',
    words: 'in the words written for clients',
  },
  'own-upload': {
    holds: (thing, actor) => documentOf(thing)?.uploadedBy === idOf(actor),
    code: 'NotYours',
    reason: 'You see the private papers that you sent yourself. Ask the lender about the others.',
    words: 'that they sent themselves',
  },
  'not-the-spouses': {
    holds: (thing, actor) => documentOf(thing)?.aboutPersonIds.every((id) => id === idOf(actor)) ?? false,
    code: 'NotYours',
    reason: 'This shows somebody else. Each person sees their own private papers only.',
    words: 'that show nobody else',
  },
  'portal-takes-npi': {
    holds: (_thing, _actor, context) => context.takesNpi,
    code: 'NotShared',
    reason: 'Send this to your lender. Income, bank and identity papers are not kept here.',
    words: 'if the office takes them',
  },
  consented: {
    holds: (thing, actor, context) => isConsentedFor(thing, actor, context),
    code: 'NeedsConsent',
    reason: 'The client has not agreed that you see this. Ask the coordinator to have their consent logged.',
    words: 'only with the logged consent of everybody whose figures it shows',
  },
  'shared-by-closer': {
    holds: (thing) => (documentOf(thing)?.sharedBy ?? null) !== null,
    code: 'NotShared',
    reason: 'The lender keeps this one. You will see that it was received.',
    words: 'if lender or title shares it',
  },
  'financing-or-closing': {
    holds: (thing) => thing.type === 'date' && thing.date.group !== 'other',
    code: 'NotYourRole',
    reason: 'You see the financing and closing dates. Ask the coordinator about others.',
    words: 'of financing and closing',
  },
  'shared-date': {
    holds: (thing) => thing.type === 'date' && thing.date.isShared,
    code: 'NotShared',
    reason: 'That date is not among those both sides share. Ask the agent of the other side.',
    words: 'that both sides share',
  },
  'shared-document': {
    holds: (thing) => documentOf(thing)?.sharedWithOtherSide ?? false,
    code: 'NotShared',
    reason: 'This has not been sent to your side. Ask the agent of the other side.',
    words: 'once sent to their side',
  },
  'paying-side': {
    holds: (thing, actor, context) => {
      const payer = documentOf(thing)?.paidBySide ?? null;
      return payer !== null && payer === sideOf(actor, context);
    },
    code: 'OtherSide',
    reason: 'The report belongs to the side that paid for it. You see it when it comes with a request.',
    words: 'that their side paid for',
  },
  'required-by-lender': {
    holds: (thing) => documentOf(thing)?.requiredByLender ?? false,
    code: 'NotShared',
    reason: 'This is not marked as needed for the loan. Ask the coordinator if you require it.',
    words: 'if the loan requires it',
  },
  'sent-with-request': {
    holds: (thing) => (documentOf(thing)?.sentWithRequestId ?? null) !== null,
    code: 'NotShared',
    reason: 'The report belongs to the side that paid for it. You see it when it comes with a request.',
    words: 'sent with a request',
  },
  'own-commission': {
    holds: (thing, actor) => isOwnCommission(thing, actor),
    code: 'NotYours',
    reason: 'You see your own commission. Ask your broker about others.',
    words: 'that is their own',
  },
  'disbursement-authorization': {
    holds: (thing) => documentOf(thing)?.isDisbursementAuthorization ?? false,
    code: 'NotYourRole',
    reason: 'You see the disbursement authorization when it is issued. Ask the coordinator for it.',
    words: 'as the disbursement authorization',
  },
  'own-action': {
    holds: (thing, actor) => thing.type === 'audit' && thing.byId !== null && thing.byId === idOf(actor),
    code: 'NotYours',
    reason: 'You see what you did yourself. Ask the coordinator about the rest.',
    words: 'by themselves',
  },
  professional: {
    holds: (thing) => isPerson(thing) && PROFESSIONALS.includes(thing.person.role),
    code: 'NotShared',
    reason: 'That person is reached through their agent. Ask the coordinator.',
    words: 'of the professionals',
  },
  'same-side-person': {
    holds: (thing, actor, context) =>
      isPerson(thing) && sideOfRole(thing.person.role, context.deal.row.side) === sideOf(actor, context),
    code: 'OtherSide',
    reason: 'That person is reached through their agent. Ask the coordinator.',
    words: 'of people of the same side',
  },
  self: {
    holds: (thing, actor) => isPerson(thing) && thing.person.id === idOf(actor),
    code: 'NotYours',
    reason: 'That person is reached through their agent. Ask the coordinator.',
    words: 'of themselves',
  },
  notified: {
    holds: (thing, actor) => {
      const role = actor.kind === 'party' ? actor.role : null;
      return isChange(thing) && thing.change.notifiedRoles.some((notified) => notified === role);
    },
    code: 'NotShared',
    reason: 'You were not asked about this change. Ask the coordinator if you should be.',
    words: 'that they were told of',
  },
  asked: {
    holds: (thing, actor) => {
      const as = askedAs(actor);
      return isChange(thing) && as !== null && thing.change.askedOf.includes(as);
    },
    code: 'NotShared',
    reason: 'You are not asked to agree to this. Ask the coordinator if you should be.',
    words: 'that they are asked to agree to',
  },
  'agreed-by-our-side': {
    holds: (thing) => isChange(thing) && thing.change.isAgreedByUs,
    code: 'NotShared',
    reason: 'This is not agreed on its own side yet. You will see what it asks for when it is.',
    words: 'once our side has agreed',
  },
  'fit-terms': {
    holds: (thing, actor, context) => {
      const as = askedAs(actor);
      return isChange(thing) && as !== null && mayKnowTerms(as, thing.change.termTypes, context);
    },
    code: 'NotShared',
    reason: 'Part of what it asks for is not yours to read. Ask the coordinator about it.',
    words: 'as far as it names nothing that is kept from them',
  },
  'sent-to-other-side': {
    holds: (thing) => isChange(thing) && thing.change.sentToOtherSide,
    code: 'NotShared',
    reason: 'That request has not been sent to your side. Ask the agent of the other side.',
    words: 'once sent to them',
  },
} as const satisfies Readonly<Record<string, ConditionRule>>;
export type Condition = keyof typeof CONDITIONS;

/** The id by which rows name this actor; null for a job. */
export function idOf(actor: Actor): Id | null {
  if (actor.kind === 'system') return null;
  return actor.kind === 'member' ? actor.memberId : actor.personId;
}

export function documentOf(thing: Thing): DocumentFacts | null {
  return thing.type === 'document' ? thing.document : null;
}

function sideOf(actor: Actor, context: DealContext): string {
  return actor.kind === 'party' ? actor.side : context.deal.row.side;
}

function isOwnSide(thing: Thing, actor: Actor, context: DealContext): boolean {
  const side = sideOfThing(thing);
  return side !== null && (side === 'both' || side === sideOf(actor, context));
}

function sideOfThing(thing: Thing): string | null {
  if (thing.type === 'date') return thing.date.side;
  if (thing.type === 'document') return thing.document.side;
  return isChange(thing) ? thing.change.side : null;
}

function isOwnTask(thing: Thing, actor: Actor): boolean {
  if (thing.type !== 'task' && thing.type !== 'task-wording') return false;
  if (actor.kind === 'member') return isTaskOfMember(actor, thing.task);
  return actor.kind === 'party' && isTaskOfParty(actor, thing.task);
}

function isConsentedFor(thing: Thing, actor: Actor, context: DealContext): boolean {
  const document = documentOf(thing);
  const toId = idOf(actor);
  if (document === null || toId === null) return false;
  if (document.class !== 'closing-disclosure' && document.class !== 'settlement') return false;
  return isConsented(context.consents, document.aboutPersonIds, toId, document.class);
}

function isOwnCommission(thing: Thing, actor: Actor): boolean {
  const id = idOf(actor);
  if (id === null) return false;
  if (thing.type === 'commission') return thing.agentId === id;
  const about = documentOf(thing)?.aboutPersonIds ?? [];
  return about.length > 0 && about.every((personId) => personId === id);
}

function isPerson(thing: Thing): thing is Extract<Thing, { type: 'people-card' | 'people-contact' }> {
  return thing.type === 'people-card' || thing.type === 'people-contact';
}

function isChange(thing: Thing): thing is Extract<Thing, { type: 'change' | 'change-terms' | 'change-course' }> {
  return thing.type === 'change' || thing.type === 'change-terms' || thing.type === 'change-course';
}
