import type { HolidayRule, Shift, When } from './holiday-rule.ts';

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

const FEDERAL_SOURCE = '5 USC 6103(a) [TR3][TR2]';

function fixed(month: number, day: number): When {
  return { kind: 'fixed', month, day };
}

function monday(month: number, nth: 1 | 2 | 3 | 4): When {
  return { kind: 'nth', month, weekday: 1, nth };
}

/** The eleven days of 5 USC 6103(a). Juneteenth is law since June 17, 2021. */
function federal(shift: Shift): readonly HolidayRule[] {
  const source = FEDERAL_SOURCE;
  return [
    { id: 'new-year', name: "New Year's Day", when: fixed(1, 1), shift, source },
    { id: 'mlk', name: 'Birthday of Martin Luther King, Jr.', when: monday(1, 3), shift, source },
    { id: 'presidents', name: "Washington's Birthday", when: monday(2, 3), shift, source },
    { id: 'memorial', name: 'Memorial Day', when: { kind: 'last', month: 5, weekday: 1 }, shift, source },
    { id: 'juneteenth', name: 'Juneteenth', when: fixed(6, 19), shift, since: 2021, source },
    { id: 'independence', name: 'Independence Day', when: fixed(7, 4), shift, source },
    { id: 'labor', name: 'Labor Day', when: monday(9, 1), shift, source },
    { id: 'columbus', name: 'Columbus Day', when: monday(10, 2), shift, source },
    { id: 'veterans', name: 'Veterans Day', when: fixed(11, 11), shift, source },
    {
      id: 'thanksgiving',
      name: 'Thanksgiving Day',
      when: { kind: 'nth', month: 11, weekday: 4, nth: 4 },
      shift,
      source,
    },
    { id: 'christmas', name: 'Christmas Day', when: fixed(12, 25), shift, source },
  ];
}

function pick(...ids: readonly string[]): (rule: HolidayRule) => boolean {
  return (rule) => ids.includes(rule.id);
}

/** Gov. Code 6701 as read names Jan 1, Feb 12, Mar 31, Jul 4, Sep 9, Nov 11 and Dec 25; the two newer days came later. */
const CALIFORNIA_NEWER =
  'The list of California days that move from Sunday to Monday was read in a text older than this holiday. Ask before you rely on the extra day.';

const CALIFORNIA: readonly HolidayRule[] = (() => {
  const source = 'Gov. Code 6700, 6701 [CA7][CA8]';
  const keep = federal('monday').map((rule) => ({ ...rule, source }));
  return [
    ...keep.filter(pick('new-year', 'mlk')),
    {
      id: 'lunar-new-year',
      name: 'Lunar New Year',
      when: { kind: 'lunar-new-year' },
      shift: 'none',
      since: 2023,
      source: 'Gov. Code 6700(a)(4), AB 2596 of 2022 [CA7]',
    },
    { id: 'lincoln', name: 'Lincoln Day', when: fixed(2, 12), shift: 'monday', source },
    ...keep.filter(pick('presidents')),
    {
      id: 'cesar-chavez',
      name: 'Cesar Chavez Day',
      when: fixed(3, 31),
      shift: 'monday',
      source,
      warning:
        'Courts may keep Cesar Chavez Day on another day (Gov. Code 6701). The contract is counted with March 31; ask if the days before it are tight.',
    },
    {
      id: 'genocide-remembrance',
      name: 'Genocide Remembrance Day',
      when: fixed(4, 24),
      shift: 'monday',
      since: 2023,
      source: 'Gov. Code 6700(a)(8), AB 1801 of 2022 [CA7]; effective year UNCONFIRMED',
      shiftWarning: CALIFORNIA_NEWER,
    },
    ...keep.filter(pick('memorial')),
    {
      id: 'juneteenth',
      name: 'Juneteenth',
      when: fixed(6, 19),
      shift: 'monday',
      since: 2023,
      source: 'Gov. Code 6700(a)(10) [CA7]; effective year UNCONFIRMED',
      shiftWarning: CALIFORNIA_NEWER,
    },
    ...keep.filter(pick('independence', 'labor')),
    { id: 'admission', name: 'Admission Day', when: fixed(9, 9), shift: 'monday', source },
    {
      id: 'native-american',
      name: 'Native American Day',
      when: { kind: 'nth', month: 9, weekday: 5, nth: 4 },
      shift: 'none',
      source,
    },
    ...keep.filter(pick('columbus')),
    { id: 'veterans', name: 'Veterans Day', when: fixed(11, 11), shift: 'both', source },
    ...keep.filter(pick('thanksgiving', 'christmas')),
    {
      id: 'good-friday',
      name: 'Good Friday, noon to 3 PM',
      when: { kind: 'good-friday' },
      shift: 'none',
      isSwitch: true,
      isOn: false,
      source,
      warning:
        'Good Friday is a California holiday only from noon to 3 PM, and no page says whether the contract counts it as one.',
    },
    {
      id: 'day-after-thanksgiving',
      name: 'Day after Thanksgiving',
      when: { kind: 'day-after-thanksgiving' },
      shift: 'none',
      isSwitch: true,
      isOn: false,
      source,
      warning: 'No page says whether the day after Thanksgiving counts as a holiday under this California contract.',
    },
    {
      id: 'diwali',
      name: 'Diwali',
      when: { kind: 'listed', days: ['2026-11-08', '2027-10-29'] },
      shift: 'none',
      since: 2026,
      isSwitch: true,
      isOn: false,
      source: 'AB 268, effective 2026: UNCONFIRMED; days known here for 2026 and 2027 only',
      warning: 'Diwali as a California holiday (AB 268, from 2026) is not confirmed.',
    },
  ];
})();

const WASHINGTON: readonly HolidayRule[] = (() => {
  const source = 'RCW 1.16.050 [WA1][WA2]';
  const rules = federal('both')
    .filter((rule) => rule.id !== 'columbus')
    .map((rule) => ({ ...rule, source }));
  const juneteenth = 'RCW 1.16.050 [WA1][WA2]; first kept in 2022: effective year UNCONFIRMED';
  return [
    ...rules
      .filter((rule) => rule.id !== 'christmas')
      .map((rule) => (rule.id === 'juneteenth' ? { ...rule, since: 2022, source: juneteenth } : rule)),
    {
      id: 'native-american-heritage',
      name: 'Native American Heritage Day',
      when: { kind: 'day-after-thanksgiving' },
      shift: 'none',
      source,
    },
    ...rules.filter(pick('christmas')),
  ];
})();

const COLORADO_OBSERVED =
  'This is the day on which a holiday of the weekend is observed. The Colorado list is not confirmed; ask whether the contract counts it.';

const COLORADO: readonly HolidayRule[] = (() => {
  const rules = federal('both').map((rule) => ({ ...rule, shiftWarning: COLORADO_OBSERVED }));
  return [
    ...rules.slice(0, 7),
    {
      id: 'cabrini',
      name: 'Frances Xavier Cabrini Day',
      when: monday(10, 1),
      shift: 'none',
      since: 2020,
      isSwitch: true,
      isOn: true,
      source: 'Colorado state holidays [CO1]; list UNCONFIRMED',
      warning: 'Frances Xavier Cabrini Day is on the Colorado state list, which is not confirmed.',
    },
    ...rules.slice(7),
  ];
})();

const NEW_JERSEY: readonly HolidayRule[] = (() => {
  const source = 'New Jersey state list; UNCONFIRMED where it differs from the federal one';
  const differs = 'is on the New Jersey state list but not on the federal one, and that difference is not confirmed.';
  const rules = federal('both').map((rule) => ({
    ...rule,
    source,
    shiftWarning:
      'This is the day on which a holiday of the weekend is observed; not confirmed for New Jersey contracts.',
  }));
  return [
    ...rules.slice(0, 3),
    {
      id: 'good-friday',
      name: 'Good Friday',
      when: { kind: 'good-friday' },
      shift: 'none',
      isSwitch: true,
      isOn: true,
      source,
      warning: `Good Friday ${differs}`,
    },
    ...rules.filter(pick('memorial')),
    {
      id: 'juneteenth',
      name: 'Juneteenth (third Friday in June)',
      when: { kind: 'nth', month: 6, weekday: 5, nth: 3 },
      shift: 'none',
      since: 2021,
      source,
      warning:
        'New Jersey keeps Juneteenth on the third Friday in June, the federal list on June 19; which one the contract means is not confirmed.',
    },
    {
      id: 'june-19',
      name: 'Juneteenth on June 19 (federal)',
      when: fixed(6, 19),
      shift: 'none',
      since: 2021,
      isSwitch: true,
      isOn: false,
      source: FEDERAL_SOURCE,
      warning:
        'June 19 is the federal Juneteenth; New Jersey keeps the third Friday in June, and which one counts is not confirmed.',
    },
    ...rules.filter(pick('independence', 'labor', 'columbus')),
    {
      id: 'election-day',
      name: 'General Election Day',
      when: { kind: 'election-day' },
      shift: 'none',
      isSwitch: true,
      isOn: true,
      source,
      warning: `General Election Day ${differs}`,
    },
    ...rules.filter(pick('veterans', 'thanksgiving', 'christmas')),
  ];
})();

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

/** The named switches of a set: a day whose standing no page settles. */
export function switchesOf(
  setId: HolidaySetId,
): readonly { id: string; name: string; isOn: boolean; warning: string }[] {
  return SETS[setId].rules
    .filter((rule) => rule.isSwitch)
    .map((rule) => ({ id: rule.id, name: rule.name, isOn: rule.isOn ?? false, warning: rule.warning ?? '' }));
}
