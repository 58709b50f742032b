import { FEDERAL_SOURCE, federal, fixed, monday, pick } from './federal.ts';
import type { HolidayRule } from './holiday-rule.ts';

export const WASHINGTON: readonly HolidayRule[] = (() => {
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

const COLORADO_OBSERVED = 'The Colorado list is not confirmed; ask whether the contract counts that day as a holiday.';

export const COLORADO: readonly HolidayRule[] = (() => {
  const rules = federal('both').map((rule) => withShiftWarning(rule, COLORADO_OBSERVED));
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

const NEW_JERSEY_OBSERVED = 'That a New Jersey contract counts that day as a holiday is not confirmed.';

export const NEW_JERSEY: readonly HolidayRule[] = (() => {
  const source = 'New Jersey state list; UNCONFIRMED where it differs from the federal one';
  const differs = 'is on the New Jersey state list but not on the federal one, and that difference is not confirmed.';
  const rules = federal('both').map((rule) => withShiftWarning({ ...rule, source }, NEW_JERSEY_OBSERVED));
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
      name: 'Juneteenth, third Friday in June',
      when: { kind: 'nth', month: 6, weekday: 5, nth: 3 },
      shift: 'none',
      since: 2021,
      source,
      warning:
        'New Jersey keeps Juneteenth on the third Friday in June, the federal list on June 19; which one the contract means is not confirmed.',
    },
    {
      id: 'june-19',
      name: 'Juneteenth, federal day',
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

function withShiftWarning(rule: HolidayRule, shiftWarning: string): HolidayRule {
  return rule.shift === 'none' ? rule : { ...rule, shiftWarning };
}
