import type { PlainDate } from '../../../core/deadlines/plain-date.ts';
import type { AttentionItem } from '../../../electron/contract/sync.ts';
import { parseDayText } from '../../ui/day-text.ts';
import type { MarkState } from '../../ui/marks.tsx';
import { parseMoney } from '../../ui/money.ts';
import { readChange } from '../deal/read-change.ts';

type Kind = AttentionItem['kind'];
export type ConflictInput = NonNullable<AttentionItem['conflict']>['input'];

/** What each kind is called, with its silhouette. */
export const KIND_FACES: Readonly<
  Record<Kind, { readonly state: MarkState; readonly shape: string; readonly says: string }>
> = {
  conflict: { state: 'due', shape: 'split', says: 'Two people changed the same thing' },
  refused: { state: 'blocked', shape: 'blocked', says: 'Sent back' },
  overwrite: { state: 'none', shape: 'back', says: 'Words that were replaced' },
};

const ORDER: readonly Kind[] = ['conflict', 'refused', 'overwrite'];

/** Choices first, then what was sent back, then what can be restored; within one as the records have them. */
export function inKinds(items: readonly AttentionItem[]): readonly AttentionItem[] {
  return ORDER.flatMap((kind) => items.filter((item) => item.kind === kind));
}

/** "Keep Theo's"; "Keep theirs" when nobody is named. */
export function keepTheirs(who: string): string {
  const first = who.trim().split(/\s+/)[0] ?? '';
  if (/^you\b/i.test(who)) return 'Keep the other one';
  if (first === '' || /^(a|somebody|someone|the)$/i.test(first)) return 'Keep theirs';
  return `Keep ${first}${first.endsWith('s') ? '’' : '’s'}`;
}

export type Third =
  | { readonly kind: 'value'; readonly value: unknown }
  | { readonly kind: 'empty'; readonly sentence: string }
  | { readonly kind: 'wrong'; readonly sentence: string; readonly instead: readonly PlainDate[] };

/** What was typed as a third value, as the conflict asks for it. */
export function readThird(input: ConflictInput, text: string, today: PlainDate): Third {
  if (text.trim() === '') return { kind: 'empty', sentence: EMPTY[input] };
  switch (input) {
    case 'day': {
      const read = parseDayText(text, today);
      if (read.kind === 'wrong') return read;
      return read.kind === 'day' ? { kind: 'value', value: read.day } : { kind: 'empty', sentence: EMPTY.day };
    }
    case 'money': {
      const read = parseMoney(text);
      if (read.kind === 'wrong') return { ...read, instead: [] };
      return read.kind === 'cents' ? { kind: 'value', value: read.cents } : { kind: 'empty', sentence: EMPTY.money };
    }
    case 'days-or-day': {
      const read = readChange(text, today);
      return 'sentence' in read ? { kind: 'wrong', ...read } : { kind: 'value', value: read };
    }
    case 'choice':
      return { kind: 'value', value: text };
    case 'none':
      return { kind: 'empty', sentence: EMPTY.none };
  }
}

const EMPTY: Readonly<Record<ConflictInput, string>> = {
  day: 'Write the day, like Jun 2.',
  money: 'Write the amount in dollars.',
  choice: 'Choose one.',
  'days-or-day': 'Write how many days, or a day.',
  none: 'Keep one of the two.',
};
