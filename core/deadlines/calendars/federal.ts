import type { HolidayRule, Shift, When } from './holiday-rule.ts';

export const FEDERAL_SOURCE = '5 USC 6103(a) [TR3][TR2]';

export function fixed(month: number, day: number): When {
  return { kind: 'fixed', month, day };
}

export function monday(month: number, nth: 1 | 2 | 3 | 4): When {
  return { kind: 'nth', month, weekday: 1, nth };
}

/** The eleven days of 5 USC 6103(a). Juneteenth is law since June 17, 2021. */
export function federal(shift: Shift): readonly HolidayRule[] {
  const source = FEDERAL_SOURCE;
  return [
    { id: 'new-year', name: "New Year's Day", when: fixed(1, 1), shift, source },
    { id: 'mlk', name: 'Birthday of Martin Luther King, Jr.', when: monday(1, 3), shift: 'none', source },
    { id: 'presidents', name: "Washington's Birthday", when: monday(2, 3), shift: 'none', source },
    { id: 'memorial', name: 'Memorial Day', when: { kind: 'last', month: 5, weekday: 1 }, shift: 'none', source },
    { id: 'juneteenth', name: 'Juneteenth', when: fixed(6, 19), shift, since: 2021, source },
    { id: 'independence', name: 'Independence Day', when: fixed(7, 4), shift, source },
    { id: 'labor', name: 'Labor Day', when: monday(9, 1), shift: 'none', source },
    { id: 'columbus', name: 'Columbus Day', when: monday(10, 2), shift: 'none', source },
    { id: 'veterans', name: 'Veterans Day', when: fixed(11, 11), shift, source },
    {
      id: 'thanksgiving',
      name: 'Thanksgiving Day',
      when: { kind: 'nth', month: 11, weekday: 4, nth: 4 },
      shift: 'none',
      source,
    },
    { id: 'christmas', name: 'Christmas Day', when: fixed(12, 25), shift, source },
  ];
}

export function pick(...ids: readonly string[]): (rule: HolidayRule) => boolean {
  return (rule) => ids.includes(rule.id);
}
