import type { PlainDate } from '../deadlines/plain-date.ts';
import type { Id, Instant, PartyRole, Side } from '../deals/model.ts';
import type { Approver, ChangeFactsKnown, ChangeKind } from './rules.ts';

export const CHANGE_STATES = ['draft', 'open', 'approved', 'executed', 'declined', 'expired', 'withdrawn'] as const;
export type ChangeState = (typeof CHANGE_STATES)[number];

/** What a request would change. `from` is the value the requester saw, for guarded fields. Money is whole cents. */
export type ProposedTerm =
  | { readonly type: 'anchor'; readonly name: string; readonly from: PlainDate | null; readonly to: PlainDate }
  | { readonly type: 'price'; readonly fromCents: number | null; readonly toCents: number }
  | { readonly type: 'credit'; readonly fromCents: number; readonly toCents: number }
  | { readonly type: 'override'; readonly deadlineId: string; readonly from: PlainDate | null; readonly to: PlainDate }
  | {
      readonly type: 'repair';
      readonly taskId: Id;
      readonly title: string;
      readonly clientTitle: string;
      readonly by: PartyRole;
    }
  | { readonly type: 'add-party'; readonly personId: Id; readonly name: string; readonly role: PartyRole }
  | { readonly type: 'remove-party'; readonly personId: Id }
  | { readonly type: 'paper'; readonly what: 'power-of-attorney' | 'entity' | 'trust'; readonly personId: Id }
  | { readonly type: 'new-version'; readonly lineId: Id }
  | { readonly type: 'amended-disclosure'; readonly lineId: Id; readonly disclosure: 'TDS' | 'NHD' }
  | { readonly type: 'cancel'; readonly reason: string }
  | { readonly type: 'contact'; readonly personId: Id; readonly field: 'email' | 'phone'; readonly to: string }
  /** That it changed, never to what: bank numbers are not kept. */
  | { readonly type: 'bank'; readonly personId: Id };

export interface Approval {
  readonly approver: Approver;
  /** The person (of the deal) or member who gave it, in this capacity and no other. */
  readonly byId: Id;
  /** When they gave it. */
  readonly at: Instant;
  /** They told a member, who wrote it down; absent where they did it themselves. */
  readonly told?: Told;
}

/** How an answer reached the team. */
export const TOLD_BY = ['phone', 'e-mail', 'text', 'in-person'] as const;
export type ToldBy = (typeof TOLD_BY)[number];

export interface Told {
  /** The member who heard it. */
  readonly toId: Id;
  readonly by: ToldBy;
}

/** A call to a number that was known before the request (domain.md section 4, wire fraud [WF1]). */
export interface CallBack {
  readonly byId: Id;
  readonly at: Instant;
}

export interface ChangeLogLine {
  readonly at: Instant;
  /** Null for a job. */
  readonly byId: Id | null;
  readonly what: string;
}

export interface ChangeRequest {
  readonly id: Id;
  readonly dealId: Id;
  readonly kind: ChangeKind;
  readonly state: ChangeState;
  readonly requestedBy: Id;
  readonly side: Side;
  readonly terms: readonly ProposedTerm[];
  readonly facts: ChangeFactsKnown;
  /** Why, in the requester's words. Never bank numbers. */
  readonly reason: string;
  /** Null while a draft. First in blocks. */
  readonly openedAt: Instant | null;
  /** Approvals after this instant do not count; null for no end. */
  readonly expiresAt: Instant | null;
  /** For an extension: when the period that is extended ends. */
  readonly periodEndsAt: Instant | null;
  readonly approvals: readonly Approval[];
  readonly callBack: CallBack | null;
  /** The document whose review made it take effect; null until then, and for call-backs. */
  readonly executedBy: Id | null;
  readonly log: readonly ChangeLogLine[];
}

/** The fields a request touches, as names that two requests may share. */
export function fieldsOf(terms: readonly ProposedTerm[]): readonly string[] {
  return [...new Set(terms.map(fieldOf))];
}

function fieldOf(term: ProposedTerm): string {
  switch (term.type) {
    case 'anchor':
      return `anchor:${term.name}`;
    case 'override':
      return `deadline:${term.deadlineId}`;
    case 'repair':
      return `task:${term.taskId}`;
    case 'new-version':
    case 'amended-disclosure':
      return `document:${term.lineId}`;
    case 'contact':
      return `person:${term.personId}:${term.field}`;
    case 'bank':
      return `person:${term.personId}:bank`;
    case 'add-party':
    case 'remove-party':
    case 'paper':
      return `party:${term.personId}`;
    default:
      return term.type;
  }
}
