import type { Side } from '../deals/model.ts';
import type { DateGroup } from '../permissions/things.ts';
import type { PackDeadline } from './pack-schema.ts';

// Which deadlines of the rule packs belong to whom. Ids mean the same in every pack; the test finds each in one of them.

/** About the loan: a lender sees these and closing only. */
const FINANCING: ReadonlySet<string> = new Set([
  'pre-approval',
  'appraisal-contingency',
  'loan-contingency',
  'notice-to-perform-earliest-loan',
  'loan-funds',
  'loan-commitment',
  'appraisal',
  'loan-approval',
  'third-party-financing',
  'clear-to-close',
  'cd-deemed-received',
  'closing-disclosure',
  'closing-disclosure-latest',
]);

const CLOSING: ReadonlySet<string> = new Set(['close-of-escrow', 'closing-day']);

/** What somebody may do at the earliest is the team's to watch; a client's page shows the days that bind. */
const EARLIEST: ReadonlySet<string> = new Set([
  'notice-to-perform-earliest',
  'notice-to-perform-earliest-loan',
  'demand-to-close-earliest',
]);

/** Deadlines whose words for clients speak to one side ("Send your deposit"); the other reads their plain title. */
const WORDED_FOR: Readonly<Record<'buyer' | 'seller', ReadonlySet<string>>> = {
  buyer: new Set([
    ...['deposit', 'earnest-money', 'option-fee', 'option-period', 'pre-approval', 'investigation-contingency'],
    ...['disclosure-contingency', 'loan-funds', 'clear-to-close', 'cd-deemed-received', 'closing-disclosure'],
    ...['closing-disclosure-latest', 'possession', 'disclosure-termination-in-person', 'disclosure-termination-mailed'],
  ]),
  seller: new Set(['seller-signs-deed']),
};

/** Every id that is named here. */
export const NAMED_DEADLINES: readonly string[] = [
  ...[FINANCING, CLOSING, EARLIEST, WORDED_FOR.buyer, WORDED_FOR.seller].flatMap((ids) => [...ids]),
];

/** Whether the day still binds once the deal has closed: keys may change hands days after. */
export function isAfterClosing(id: string): boolean {
  return id === 'possession';
}

export function deadlineGroup(id: string): DateGroup {
  if (CLOSING.has(id)) return 'closing';
  return FINANCING.has(id) ? 'financing' : 'other';
}

/** What a client of that side reads for a deadline; null for one that is not shown to clients. */
export function clientTitleOf(
  { id, title, clientTitle }: Pick<PackDeadline, 'id' | 'title' | 'clientTitle'>,
  side: Side,
): string | null {
  if (EARLIEST.has(id)) return null;
  return isWordedFor(id, side) ? clientTitle : title;
}

function isWordedFor(id: string, side: Side): boolean {
  if (WORDED_FOR.buyer.has(id)) return side === 'buyer';
  return !WORDED_FOR.seller.has(id) || side === 'seller';
}
