import type { PlainDate } from '../../../core/deadlines/plain-date.ts';
import type { ChangeView } from '../../../electron/contract/portal-views.ts';
import { parseDayText } from '../../ui/day-text.ts';

/** What a person writes down of the document that carries a change. */
export interface EffectDraft {
  readonly versionId: string;
  readonly day: string;
  /** Empty: nobody needs it. */
  readonly hour: string;
  readonly deliveredOn: string;
  readonly mode: 'electronic' | 'mail' | 'personal';
}

export type Read = { readonly args: Readonly<Record<string, unknown>> } | { readonly sentence: string };

/** The step, or the sentence that says what is still to be written. Whether it may be taken is core's to say. */
export function executeArgs(
  draft: EffectDraft,
  change: ChangeView,
  { today, now }: { readonly today: PlainDate; readonly now: string },
): Read {
  if (draft.versionId === '')
    return { sentence: 'Nothing has changed yet. Bring the signed document first, then put it into effect.' };
  const signed = parseDayText(draft.day, today);
  if (signed.kind !== 'day')
    return { sentence: signed.kind === 'wrong' ? signed.sentence : 'Say on which day the last signature was given.' };
  const hour = parseHour(draft.hour);
  if (hour === null) return { sentence: 'Write the hour like 5:00 PM, or leave it empty.' };
  const delivered = parseDayText(draft.deliveredOn, today);
  if (change.needsDelivery && delivered.kind !== 'day')
    return {
      sentence:
        delivered.kind === 'wrong'
          ? delivered.sentence
          : 'Say when and how the buyer got the amended disclosure: their right to end the contract counts from that.',
    };
  return {
    args: {
      ...{ changeId: change.id, at: now, versionId: draft.versionId, on: today },
      executedAt: instantOf(signed.day, hour),
      delivery: change.needsDelivery && delivered.kind === 'day' ? { on: delivered.day, mode: draft.mode } : null,
    },
  };
}

/** Minutes of a day as written: "5 PM", "5:30 pm", "17:30"; noon for nothing; null for what is no hour. */
export function parseHour(text: string): number | null {
  const words = text.trim().toLowerCase();
  if (words === '') return 12 * 60;
  const found = /^(\d{1,2})(?::(\d{2}))?\s*([ap])?\.?\s*m?\.?$/.exec(words);
  if (found === null) return null;
  const [hours, minutes] = [Number(found[1]), Number(found[2] ?? 0)];
  const half = found[3];
  if (minutes > 59 || hours > 23 || (half !== undefined && (hours === 0 || hours > 12))) return null;
  const full = half === undefined ? hours : (hours % 12) + (half === 'p' ? 12 : 0);
  return full * 60 + minutes;
}

/** The instant of a day and a minute of it, by this computer's clock. */
export function instantOf(day: PlainDate, minutes: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  return new Date(year, month - 1, date, Math.floor(minutes / 60), minutes % 60).toISOString();
}
