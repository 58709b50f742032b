import type { PlainDate } from '../deadlines/plain-date.ts';
import type { Id, PartyRole } from './model.ts';

/** What stands where the street would, when neither it nor a client is known. */
export const NO_ADDRESS = 'No address yet';

/**
 * What a board shows of one deal, derived from its rows and written in the same transaction as a change.
 * Holds days, never "late" or "due": whether something is late today is a question with `now`, so nothing goes
 * stale at midnight. Never synced, never patched by hand; rebuilding all of them gives the same rows.
 */
export interface SummaryRow {
  readonly dealId: Id;
  /** The house number; without an address the initials of the client. */
  readonly plate: string;
  /** Empty while there is no address. */
  readonly streetName: string;
  readonly clientNames: string;
  readonly closingOn: PlainDate | null;
  readonly nextTaskId: Id | null;
  readonly nextTitle: string;
  readonly nextOn: PlainDate | null;
  readonly nextRole: PartyRole | null;
  readonly nextAssigneeId: Id | null;
  /** `blocked`: it waits for another open task; `waiting`: somebody outside the team has it. */
  readonly nextState: 'open' | 'blocked' | 'waiting' | 'review' | null;
  /** What the definition of done of the present stage still needs. */
  readonly missing: number;
  readonly done: number;
  readonly total: number;
  /** Lower case, without accents: address, people, e-mails, companies. */
  readonly searchText: string;
}
