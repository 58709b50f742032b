import type { PlainDate } from '../../../core/deadlines/plain-date.ts';
import type { ChangeView } from '../../../electron/contract/portal-views.ts';
import { parseDayText } from '../../ui/day-text.ts';
import { instantOf, parseHour, type Read } from './execute-draft.ts';

/** What somebody said, as it is written down. */
export interface ToldDraft {
  /** "p2 own-principal": somebody with two capacities answers in each. */
  readonly who: string;
  readonly answer: '' | 'yes' | 'no';
  readonly by: string;
  readonly day: string;
  readonly hour: string;
  readonly reason: string;
}

export const NO_ANSWER: ToldDraft = { who: '', answer: '', by: 'phone', day: 'today', hour: '', reason: '' };

type Answerer = ChangeView['answerers'][number];

export function whoOf({ personId, as }: Answerer): string {
  return `${personId} ${as}`;
}

/** The step, or the sentence that says what is still to be written. */
export function toldArgs(
  draft: ToldDraft,
  change: Pick<ChangeView, 'id' | 'openedAt' | 'answerers'>,
  { today, now }: { readonly today: PlainDate; readonly now: string },
): Read {
  const answerer = change.answerers.find((one) => whoOf(one) === draft.who);
  if (answerer === undefined) return { sentence: 'Say who answered.' };
  if (draft.answer === '') return { sentence: 'Say what they said: yes or no.' };
  const said = parseDayText(draft.day, today);
  if (said.kind !== 'day')
    return { sentence: said.kind === 'wrong' ? said.sentence : 'Say on which day they said it.' };
  const minutes = draft.hour.trim() === '' ? null : parseHour(draft.hour);
  if (draft.hour.trim() !== '' && minutes === null)
    return { sentence: 'Write the hour like 5:00 PM, or leave it empty.' };
  const { personId, as } = answerer;
  return {
    args: {
      ...{ changeId: change.id, at: now, personId, as, answer: draft.answer, by: draft.by },
      saidAt: minutes === null ? sometimeOn(said.day, change, { today, now }) : instantOf(said.day, minutes),
      reason: draft.answer === 'no' ? draft.reason.trim() : '',
    },
  };
}

/** An hour that nobody named: now for today; else noon, and not before it was asked that day. */
function sometimeOn(
  day: PlainDate,
  { openedAt }: Pick<ChangeView, 'openedAt'>,
  { today, now }: { readonly today: PlainDate; readonly now: string },
): string {
  if (day === today) return now;
  const [noon, end] = [instantOf(day, 12 * 60), instantOf(day, 24 * 60 - 1)];
  return noon < openedAt && openedAt <= end ? openedAt : noon;
}
