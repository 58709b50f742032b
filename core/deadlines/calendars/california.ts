import { federal, fixed, pick } from './federal.ts';
import type { HolidayRule } from './holiday-rule.ts';

/** Gov. Code 6701 as read names Jan 1, Feb 12, Mar 31, Jul 4, Sep 9, Nov 11 and Dec 25; the two newer days came later. */
const CALIFORNIA_NEWER =
  'The list of California days that move from Sunday to Monday is older than this holiday. Ask before you rely on the extra day.';

export const CALIFORNIA: readonly HolidayRule[] = (() => {
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
        'Good Friday is a California holiday only from noon to 3 PM, and whether the contract counts it as one is not confirmed.',
    },
    {
      id: 'day-after-thanksgiving',
      name: 'Day after Thanksgiving',
      when: { kind: 'day-after-thanksgiving' },
      shift: 'none',
      isSwitch: true,
      isOn: false,
      source,
      warning:
        'Whether the day after Thanksgiving counts as a holiday under this California contract is not confirmed.',
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
