import type { OwnChange, OwnTask, PersonHome, WantedPaper } from '../../api/person-home.ts';
import { daysBetween } from '../format.ts';

/** One thing that is needed of this person. `id` is that of the task, line, version, form or change. */
export type Need =
  | { readonly kind: 'task'; readonly id: string; readonly task: OwnTask }
  | { readonly kind: 'paper'; readonly id: string; readonly paper: WantedPaper }
  | { readonly kind: 'read'; readonly id: string; readonly title: string; readonly version: number }
  | {
      readonly kind: 'form';
      readonly id: string;
      readonly title: string;
      readonly count: number;
      /** Why it came back; empty for one that is asked for the first time. */
      readonly reason: string;
    }
  | { readonly kind: 'change'; readonly id: string; readonly of: OwnChange['kind']; readonly terms: readonly string[] };

/** A task due so many days from now goes before what has no day. */
const SOON_DAYS = 3;

/**
 * What is needed of this person, the most urgent first: what is late, what came back or holds others up, what is due soon,
 * then what the coordinator put before this person by hand (readings, questions), the papers of the checklist and the other
 * tasks. Nothing once the deal is over.
 */
export function needsOf(home: PersonHome): readonly Need[] {
  if (home.progress !== null && home.progress.outcome !== null) return [];
  const needs: readonly Need[] = [
    ...home.tasks.map((task) => ({ kind: 'task' as const, id: task.id, task })),
    ...home.wanted.map((paper) => ({ kind: 'paper' as const, id: paper.lineId, paper })),
    ...home.toRead
      .filter(({ acknowledgedAt }) => acknowledgedAt === null)
      .map(({ versionId, title, version }) => ({ kind: 'read' as const, id: versionId, title, version })),
    ...home.forms
      .filter(({ state }) => state === 'asked' || state === 'returned')
      .map(({ id, title, questions, reason }) => ({
        ...{ kind: 'form' as const, id, title, reason },
        count: questions.length,
      })),
    ...home.changes
      .filter(({ approveAs }) => approveAs !== null)
      .map(({ id, kind, terms }) => ({ kind: 'change' as const, id, of: kind, terms })),
  ];
  // What is equally urgent keeps its order: tasks come by their day.
  return needs.toSorted((a, b) => rankOf(a, home.today) - rankOf(b, home.today));
}

function rankOf(need: Need, today: string): number {
  switch (need.kind) {
    case 'task':
      if (need.task.isLate) return 0;
      return need.task.dueOn !== null && daysBetween(today, need.task.dueOn) <= SOON_DAYS ? 4 : 8;
    case 'paper':
      return need.paper.why === 'again' ? 1 : 7;
    case 'change':
      return 2;
    case 'form':
      return need.reason === '' ? 6 : 3;
    case 'read':
      return 5;
  }
}
