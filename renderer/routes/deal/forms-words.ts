import type { FormView } from '../../../electron/contract/portal-rows.ts';
import { countWord } from '../../data/words.ts';
import type { MarkState } from '../../ui/marks.tsx';

/** What a form says of itself: silhouette, colour and word. */
export const FORM_FACES: Readonly<
  Record<FormView['state'], { readonly state: MarkState; readonly shape: string; readonly says: string }>
> = {
  asked: { state: 'waiting', shape: 'waiting', says: 'Asked' },
  sent: { state: 'review', shape: 'review', says: 'Answered' },
  taken: { state: 'done', shape: 'done', says: 'Taken' },
  returned: { state: 'waiting', shape: 'back', says: 'Sent back' },
  withdrawn: { state: 'none', shape: 'nn', says: 'Taken back' },
};

interface Rows {
  readonly tasks: readonly { readonly kind: string }[];
  readonly dates: readonly unknown[];
}

/** "Taking these adds three tasks and takes one away." */
export function takingText({ tasks, dates }: Rows): string {
  const count = (kind: string) => tasks.filter((row) => row.kind === kind).length;
  const parts = [
    ...(count('new') > 0 ? [`adds ${tasksText(count('new'))}`] : []),
    ...(count('dropped') > 0 ? [`takes ${tasksText(count('dropped'))} away`] : []),
    ...(dates.length > 0 ? [`moves ${dates.length === 1 ? 'one date' : `${countWord(dates.length)} dates`}`] : []),
  ];
  if (parts.length === 0) return 'Taking these adds no task and moves no date. They are kept as what is known.';
  return `Taking these ${parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`}.`;
}

function tasksText(count: number): string {
  return count === 1 ? 'one task' : `${countWord(count)} tasks`;
}
