import { type PlainDate, plainDate } from '../../../core/deadlines/plain-date.ts';
import type { IntakeLinkView } from '../../../electron/contract/leads.ts';
import { fullInstant, rowDay } from '../../ui/days.ts';
import type { MarkState } from '../../ui/marks.tsx';

/** What a link is now, with its silhouette. */
export const INTAKE_FACES: Readonly<
  Record<IntakeLinkView['state'], { readonly state: MarkState; readonly shape: string; readonly says: string }>
> = {
  open: { state: 'done', shape: 'link', says: 'Open' },
  used: { state: 'none', shape: 'check', says: 'Used' },
  expired: { state: 'none', shape: 'nn', says: 'Ended' },
  revoked: { state: 'none', shape: 'nn', says: 'Revoked' },
};

export function forWhom({ note }: Pick<IntakeLinkView, 'note'>): string {
  return note === '' ? 'Nobody in particular' : note;
}

/** "Until Sat, Aug 1." */
export function untilWords({ state, expiresAt }: IntakeLinkView, today: PlainDate): string {
  const day = rowDay(plainDate(expiresAt.slice(0, 10)), today);
  if (state === 'open') return `Until ${day}.`;
  return state === 'expired' ? `Ended ${day}.` : '';
}

/** "3 of 25 have sent answers, the last today at 9:14 AM. One is answering." */
export function usedWords({ uses, maxUses, usedAt, answering }: IntakeLinkView, today: PlainDate): string {
  const sent =
    uses === 0
      ? 'Nobody has sent answers yet'
      : maxUses === 1
        ? 'Answers were sent'
        : `${uses} of ${maxUses} ${uses === 1 ? 'has' : 'have'} sent answers`;
  const last = usedAt === null ? '' : `${maxUses === 1 ? '' : ', the last'} ${lower(fullInstant(usedAt, today))}`;
  const now = answering === 0 ? '' : answering === 1 ? ' One is answering.' : ` ${answering} are answering.`;
  return `${sent}${last}.${now}`;
}

export function madeWords({ madeAt, madeByName }: IntakeLinkView, today: PlainDate): string {
  return `Made ${lower(fullInstant(madeAt, today))}${madeByName === '' ? '' : ` by ${madeByName}`}.`;
}

function lower(text: string): string {
  return text.replace(/^(Today|Yesterday)/, (word) => word.toLowerCase());
}
