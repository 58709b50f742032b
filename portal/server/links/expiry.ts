import { addDays, type PlainDate, parsePlainDate, plainDate } from '../../../core/deadlines/plain-date.ts';
import { linkEndsOn } from '../../../core/permissions/explain.ts';
import type { StoredRow } from '../store/areas/rows.ts';
import type { Tx } from '../store/types.ts';

/** Days that a link lasts while no closing date is set. */
export const DAYS_WITHOUT_CLOSING = 90;
const DAY_MS = 86_400_000;
const HALF_DAY_MS = DAY_MS / 2;

/**
 * When a link that follows the closing date ends: with the 30th day after it, wherever in the country that day ends last
 * (12:00 UTC of the day after, past midnight in Hawaii). Without a closing date 90 days from `now`.
 */
export function expiryFor(closingOn: PlainDate | null, now: Date): string {
  const last = linkEndsOn(closingOn);
  if (last === null) return new Date(now.getTime() + DAYS_WITHOUT_CLOSING * DAY_MS).toISOString();
  return `${addDays(last, 1)}T12:00:00.000Z`;
}

/** The last day on which a link works, as people count it. */
export function lastDayOf(expiresAt: string): PlainDate {
  return plainDate(new Date(Date.parse(expiresAt) - HALF_DAY_MS - 1).toISOString().slice(0, 10));
}

/** The closing date among the rows of a deal; null while none is set. */
export function closingOf(rows: readonly Pick<StoredRow, 'table' | 'row'>[]): PlainDate | null {
  const anchor = rows.find(({ table, row }) => table === 'anchor' && row?.name === 'closing');
  return parsePlainDate(String(anchor?.row?.on ?? ''));
}

/**
 * Moves the links of a deal that follow its closing date to where they end now; how many. To be called in the transaction
 * that set, moved or took away the `closing` anchor.
 */
export async function moveLinksWithClosing(
  tx: Tx,
  deal: { readonly workspaceId: string; readonly dealId: string },
  closingOn: PlainDate | null,
  now: Date,
): Promise<number> {
  return tx.links.setExpiry(deal.workspaceId, deal.dealId, expiryFor(closingOn, now));
}
