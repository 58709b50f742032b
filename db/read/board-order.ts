import { foldText } from '../../core/deals/fold-text.ts';
import type { SummaryRow } from '../../core/deals/summary.ts';

/** Sorts after every day. */
const NO_DAY = '~';

/** What a column of the board is ordered by, as stored: the next day (none comes last), street, house number. */
export function boardOrderOf(row: Pick<SummaryRow, 'nextOn' | 'streetName' | 'plate'>): {
  readonly sortOn: string;
  readonly sortStreet: string;
} {
  // Padded, since 9 comes before 12 in a street.
  return { sortOn: row.nextOn ?? NO_DAY, sortStreet: `${foldText(row.streetName)} ${row.plate.padStart(8, '0')}` };
}
