import type { TermNames } from '../../../core/changes/words.ts';
import type { PlainDate } from '../../../core/deadlines/plain-date.ts';
import type { Deal } from '../../../core/deals/model.ts';
import type { DealDates } from './deal-dates.ts';

/** How the form and the checklist of a deal call what a request or a message names. Nothing is counted until it is asked. */
export function termNames(deal: Deal, dates: DealDates, today: PlainDate): TermNames {
  let anchors: ReadonlyMap<string, string> | null = null;
  let deadlines: ReadonlyMap<string, string> | null = null;
  return {
    anchor: (name) => {
      anchors ??= new Map(dates.anchors().map((anchor) => [anchor.name, anchor.title]));
      return anchors.get(name) ?? '';
    },
    deadline: (id) => {
      deadlines ??= new Map(dates.dates(today).map((date) => [date.id, date.title]));
      return deadlines.get(id) ?? '';
    },
    person: (id) => deal.people.find((person) => person.id === id)?.name ?? '',
    line: (id) => deal.lines.find((line) => line.id === id)?.title ?? '',
  };
}
