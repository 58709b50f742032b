import { CALIFORNIA } from './california.ts';
import { FEDERAL_SOURCE, federal } from './federal.ts';
import type { HolidayRule } from './holiday-rule.ts';
import { COLORADO, NEW_JERSEY, WASHINGTON } from './states.ts';

export const HOLIDAY_SETS = ['us-federal', 'us-ca', 'us-wa', 'us-co', 'us-nj', 'us-trid'] as const;
export type HolidaySetId = (typeof HOLIDAY_SETS)[number];

export interface HolidaySet {
  readonly id: HolidaySetId;
  readonly title: string;
  readonly source: string;
  /** ISO weekdays that are never business days. */
  readonly weekend: readonly number[];
  readonly rules: readonly HolidayRule[];
  /** A sentence for every date that a holiday of this set touched, when the list itself is not confirmed. */
  readonly unconfirmed: string | null;
}

export const SETS: Readonly<Record<HolidaySetId, HolidaySet>> = {
  'us-federal': {
    id: 'us-federal',
    title: 'Federal holidays',
    source: FEDERAL_SOURCE,
    weekend: [6, 7],
    rules: federal('both'),
    unconfirmed: null,
  },
  'us-ca': {
    id: 'us-ca',
    title: 'California holidays',
    source: 'Gov. Code 6700, 6701; Civ. Code 7, 7.1 [CA5][CA7][CA8]',
    weekend: [6, 7],
    rules: CALIFORNIA,
    unconfirmed: null,
  },
  'us-wa': {
    id: 'us-wa',
    title: 'Washington holidays',
    source: 'RCW 1.16.050 [WA1][WA2]',
    weekend: [6, 7],
    rules: WASHINGTON,
    unconfirmed: null,
  },
  'us-co': {
    id: 'us-co',
    title: 'Federal and Colorado holidays',
    source: '[CO1]; list UNCONFIRMED',
    weekend: [6, 7],
    rules: COLORADO,
    unconfirmed: 'The list of Colorado holidays used here is not confirmed. Check the day against the state list.',
  },
  'us-nj': {
    id: 'us-nj',
    title: 'New Jersey holidays',
    source: 'State list; UNCONFIRMED where it differs from the federal one',
    weekend: [6, 7],
    rules: NEW_JERSEY,
    unconfirmed: 'The list of New Jersey holidays used here is not confirmed where it differs from the federal one.',
  },
  'us-trid': {
    id: 'us-trid',
    title: 'Specific business days of the closing disclosure rule',
    source: 'All days but Sundays and the 5 USC 6103(a) holidays on their own dates [TR1][TR2][TR3]',
    weekend: [7],
    rules: federal('none'),
    unconfirmed: null,
  },
};

/** The named switches of a set: a day whose standing no source settles. */
export function switchesOf(
  setId: HolidaySetId,
): readonly { id: string; name: string; isOn: boolean; warning: string }[] {
  return SETS[setId].rules
    .filter((rule) => rule.isSwitch)
    .map((rule) => ({ id: rule.id, name: rule.name, isOn: rule.isOn ?? false, warning: rule.warning ?? '' }));
}
