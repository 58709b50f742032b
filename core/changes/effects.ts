import { addDays, type PlainDate } from '../deadlines/plain-date.ts';
import type { DueRule, Id, PartyRole } from '../deals/model.ts';
import type { ChangeRequest, ProposedTerm } from './request.ts';
import { CHANGE_RULES } from './rules.ts';

/** How a disclosure reached the buyer. E-delivery counts as long as mail (domain.md section 14, trap 10). */
export type DeliveryMode = 'personal' | 'mail' | 'electronic';
export interface Delivery {
  readonly on: PlainDate;
  readonly mode: DeliveryMode;
}

/** What an executed change does. `documentId` is the document that says so; null for a call-back. */
export type ChangeEffect =
  | {
      readonly type: 'set-anchor';
      readonly name: string;
      readonly from: PlainDate | null;
      readonly on: PlainDate;
      readonly documentId: Id;
    }
  | { readonly type: 'set-price'; readonly fromCents: number | null; readonly toCents: number; readonly documentId: Id }
  | { readonly type: 'set-credit'; readonly fromCents: number; readonly toCents: number; readonly documentId: Id }
  | {
      readonly type: 'set-override';
      readonly deadlineId: string;
      readonly from: PlainDate | null;
      readonly on: PlainDate;
      readonly documentId: Id;
    }
  | {
      readonly type: 'add-task';
      readonly taskId: Id;
      readonly title: string;
      readonly clientTitle: string;
      readonly assigneeRole: PartyRole;
      readonly dueRule: DueRule;
      readonly documentId: Id;
    }
  | RescissionEffect
  | {
      readonly type: 'add-person';
      readonly personId: Id;
      readonly name: string;
      readonly role: PartyRole;
      readonly documentId: Id;
    }
  | { readonly type: 'remove-person'; readonly personId: Id; readonly documentId: Id }
  | {
      readonly type: 'file-paper';
      readonly what: 'power-of-attorney' | 'entity' | 'trust';
      readonly personId: Id;
      readonly documentId: Id;
    }
  | { readonly type: 'add-version'; readonly lineId: Id; readonly documentId: Id }
  | { readonly type: 'cancel-deal'; readonly reason: string; readonly documentId: Id }
  | {
      readonly type: 'set-contact';
      readonly personId: Id;
      readonly field: 'email' | 'phone';
      readonly to: string;
      readonly documentId: null;
    }
  | { readonly type: 'mark-bank-confirmed'; readonly personId: Id; readonly documentId: null }
  | { readonly type: 'notify'; readonly role: 'lender' | 'title'; readonly documentId: Id | null };

/** A buyer's new right to end the contract, counted in calendar days after delivery. */
export interface RescissionEffect {
  readonly type: 'restart-rescission';
  readonly disclosure: 'TDS' | 'NHD';
  readonly lineId: Id;
  readonly deliveredOn: PlainDate;
  readonly mode: DeliveryMode;
  readonly days: number;
  readonly endsOn: PlainDate;
  readonly sources: readonly string[];
  readonly sentence: string;
  readonly documentId: Id;
}

/** California: Civ. 1102.3 and 1103.3 (domain.md section 5 [CA14][CA15][CA16]). */
export const RESCISSION_DAYS: Readonly<Record<DeliveryMode, number>> = { personal: 3, mail: 5, electronic: 5 };
const RESCISSION_SOURCES: readonly string[] = ['CA14', 'CA15', 'CA16'];
/** Repairs are done five days before closing (domain.md section 9). */
export const REPAIRS_DUE: DueRule = { from: 'closing', offset: -5, dayKind: 'calendar' };

/** The right that an amended California disclosure restarts, also after contingencies were removed. */
export function rescissionOf(
  term: Extract<ProposedTerm, { type: 'amended-disclosure' }>,
  delivery: Delivery,
  documentId: Id,
): RescissionEffect {
  const days = RESCISSION_DAYS[delivery.mode];
  const how = { personal: 'handed over', mail: 'sent by mail', electronic: 'sent electronically' }[delivery.mode];
  return {
    type: 'restart-rescission',
    disclosure: term.disclosure,
    lineId: term.lineId,
    deliveredOn: delivery.on,
    mode: delivery.mode,
    days,
    endsOn: addDays(delivery.on, days),
    sources: RESCISSION_SOURCES,
    sentence: `The amended ${term.disclosure} was ${how}, so the buyer may end the contract within ${days} days of that, even with contingencies removed.`,
    documentId,
  };
}

/** Everything that the terms of a request do once a document says so. */
export function effectsByDocument(
  request: ChangeRequest,
  documentId: Id,
  delivery: Delivery | null,
): readonly ChangeEffect[] {
  return [...request.terms.flatMap((term) => effectsOf(term, documentId, delivery)), ...notices(request, documentId)];
}

/** The effects of a call-back: a contact, or that the new bank details are the person's. No number is ever among them. */
export function effectsByCall(request: ChangeRequest): readonly ChangeEffect[] {
  return request.terms.flatMap((term): readonly ChangeEffect[] => {
    if (term.type === 'contact')
      return [{ type: 'set-contact', personId: term.personId, field: term.field, to: term.to, documentId: null }];
    return term.type === 'bank' ? [{ type: 'mark-bank-confirmed', personId: term.personId, documentId: null }] : [];
  });
}

function effectsOf(term: ProposedTerm, documentId: Id, delivery: Delivery | null): readonly ChangeEffect[] {
  switch (term.type) {
    case 'anchor':
      return [{ type: 'set-anchor', name: term.name, from: term.from, on: term.to, documentId }];
    case 'price':
      return [{ type: 'set-price', fromCents: term.fromCents, toCents: term.toCents, documentId }];
    case 'credit':
      return [{ type: 'set-credit', fromCents: term.fromCents, toCents: term.toCents, documentId }];
    case 'override':
      return [{ type: 'set-override', deadlineId: term.deadlineId, from: term.from, on: term.to, documentId }];
    case 'repair':
      return [repairTask(term, documentId)];
    case 'new-version':
      return [{ type: 'add-version', lineId: term.lineId, documentId }];
    case 'amended-disclosure':
      return amendedDisclosure(term, documentId, delivery);
    case 'cancel':
      return [{ type: 'cancel-deal', reason: term.reason, documentId }];
    default:
      return partyEffects(term, documentId);
  }
}

function partyEffects(term: ProposedTerm, documentId: Id): readonly ChangeEffect[] {
  switch (term.type) {
    case 'add-party':
      return [{ type: 'add-person', personId: term.personId, name: term.name, role: term.role, documentId }];
    case 'remove-party':
      return [{ type: 'remove-person', personId: term.personId, documentId }];
    case 'paper':
      return [{ type: 'file-paper', what: term.what, personId: term.personId, documentId }];
    default:
      return [];
  }
}

function repairTask(term: Extract<ProposedTerm, { type: 'repair' }>, documentId: Id): ChangeEffect {
  const { taskId, title, clientTitle, by } = term;
  return { type: 'add-task', taskId, title, clientTitle, assigneeRole: by, dueRule: REPAIRS_DUE, documentId };
}

function amendedDisclosure(
  term: Extract<ProposedTerm, { type: 'amended-disclosure' }>,
  documentId: Id,
  delivery: Delivery | null,
): readonly ChangeEffect[] {
  const version: ChangeEffect = { type: 'add-version', lineId: term.lineId, documentId };
  return delivery === null ? [version] : [version, rescissionOf(term, delivery, documentId)];
}

function notices(request: ChangeRequest, documentId: Id): readonly ChangeEffect[] {
  return noticeRoles(request).map((role) => ({ type: 'notify', role, documentId }));
}

/** Whom an executed change is told to; a deal known to be without a loan has no lender to tell. */
export function noticeRoles(request: ChangeRequest): readonly ('lender' | 'title')[] {
  const hasNewLoanCost = request.kind === 'repairs' && request.facts.hasCostOrCredit !== false;
  const roles = hasNewLoanCost ? (['lender'] as const) : CHANGE_RULES[request.kind].notify;
  return roles.filter((role) => role === 'title' || request.facts.isFinanced !== false);
}
