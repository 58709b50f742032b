import { INK, type Ink } from './sheet.ts';

/** The states of a checklist line as printed: each with a shape of its own, since colour never speaks alone. */
export const CHECK_STATES = ['done', 'needed', 'late', 'to-review', 'waiting', 'asked-again', 'not-needed'] as const;
export type CheckState = (typeof CHECK_STATES)[number];

interface Mark {
  readonly ink: Ink;
  readonly words: string;
  /** Operators in a box of 10 points, stroke and fill already in the state's colour. */
  readonly shape: string;
}

const DISC = disc(5, 5, 4.6);

export const MARKS: Readonly<Record<CheckState, Mark>> = {
  done: { ink: INK.done, words: 'Done', shape: `${DISC} f 1 1 1 RG 1.2 w 2.7 5 m 4.4 3.3 l 7.4 6.6 l S` },
  needed: { ink: INK.soft, words: 'Needed', shape: `[1.6 1.4] 0 d ${DISC} S` },
  late: { ink: INK.late, words: 'Late', shape: '5 9.6 m 9.8 0.8 l 0.2 0.8 l h f' },
  'to-review': {
    ink: INK.review,
    words: 'We are checking it',
    shape: `0.4 5 m 2 8.4 8 8.4 9.6 5 c 8 1.6 2 1.6 0.4 5 c h S ${disc(5, 5, 1.5)} f`,
  },
  waiting: {
    ink: INK.waiting,
    words: 'With someone else',
    shape: '1.6 9.4 m 8.4 9.4 l 1.6 0.6 l 8.4 0.6 l h S',
  },
  'asked-again': {
    ink: INK.due,
    words: 'Asked again',
    shape:
      '2.6 9 m 0.6 6.8 l 2.6 4.6 l S 0.6 6.8 m 6.4 6.8 l 8.4 6.8 9.4 5.6 9.4 4 c 9.4 2.4 8.4 1.2 6.4 1.2 c 3.4 1.2 l S',
  },
  'not-needed': { ink: INK.faint, words: 'Not needed', shape: `${DISC} S 1.8 1.8 m 8.2 8.2 l S` },
};

export function markOperators(state: CheckState): string {
  const { ink, shape } = MARKS[state];
  return `${ink} rg ${ink} RG 1 w 1 J 1 j\n${shape}`;
}

/** A circle of four curves. */
function disc(x: number, y: number, r: number): string {
  const k = r * 0.5523;
  return [
    `${x + r} ${y} m`,
    `${x + r} ${y + k} ${x + k} ${y + r} ${x} ${y + r} c`,
    `${x - k} ${y + r} ${x - r} ${y + k} ${x - r} ${y} c`,
    `${x - r} ${y - k} ${x - k} ${y - r} ${x} ${y - r} c`,
    `${x + k} ${y - r} ${x + r} ${y - k} ${x + r} ${y} c h`,
  ].join(' ');
}
