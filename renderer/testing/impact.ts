import { plainDate } from '../../core/deadlines/plain-date.ts';
import type { ImpactView } from '../../electron/contract/impact.ts';

/** A step that moves nothing, but for what a test says. */
export function impactWith(change: Partial<ImpactView> = {}): ImpactView {
  return {
    ...{ said: [], dates: [], stays: [], tasks: [], tasksThatStay: 0, finishedTasks: 0, conflicts: [] },
    isTermOfContract: true,
    ...change,
  };
}

type Row = ImpactView['dates'][number];

/** A row that moves between two days; one of them may be missing. */
export function rowOf(id: string, title: string, from: string | null, to: string | null, more: Partial<Row> = {}): Row {
  const day = (text: string | null) => (text === null ? null : plainDate(text));
  const kind = from === null ? 'gets' : to === null ? 'loses' : 'moves';
  return { id, title, from: day(from), to: day(to), kind, days: null, why: '', isSaid: false, ...more };
}
