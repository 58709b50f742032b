import { expect, test } from 'vitest';
import type { OwnChange, PersonHome } from '../../api/person-home.ts';
import { en } from '../messages.ts';
import { HOME } from '../testing-home.ts';
import { aboutNeed, placeOfNeed, wordsOfNeed } from './need-words.ts';
import { needsOf } from './needs.ts';

const task = (id: string, dueOn: string | null, isLate = false) => ({ id, title: id, dueOn, isLate });
const CHANGE: OwnChange = {
  ...{ id: 'change', kind: 'closing-date', title: 'Closing day', state: 'open', terms: ['Closing moves to July 9.'] },
  ...{
    reason: '',
    askedBy: '',
    askedAt: null,
    approveAs: 'own-principal',
    mayWithdraw: false,
    waitsFor: [],
    log: [],
    isPartOnly: false,
  },
};
const EVERYTHING: Partial<PersonHome> = {
  tasks: [
    task('late', '2026-06-16', true),
    task('soon', '2026-06-20'),
    task('far', '2026-06-21'),
    task('some day', null),
  ],
  wanted: [
    { lineId: 'asked', title: 'asked', why: 'asked', reason: '' },
    { lineId: 'again', title: 'again', why: 'again', reason: 'The second page is cut off.' },
  ],
  toRead: [
    { versionId: 'read', title: 'read', version: 2, askedAt: '2026-06-16T17:00:00.000Z', acknowledgedAt: null },
    { versionId: 'was-read', title: '', version: 1, askedAt: '', acknowledgedAt: '2026-06-16T17:00:00.000Z' },
  ],
  forms: (['asked', 'returned', 'sent', 'taken'] as const).map((state) => ({
    ...{ id: `form ${state}`, title: state, state, reason: state === 'returned' ? 'Which year?' : '' },
    ...{ questions: [], answers: {} },
  })),
  changes: [CHANGE, { ...CHANGE, id: 'answered', approveAs: null }],
};
const idsOf = (more: Partial<PersonHome>) => needsOf({ ...HOME, ...more }).map(({ id }) => id);

test('the most urgent comes first, and only what this person can do is there', () => {
  expect(idsOf(EVERYTHING)).toEqual([
    ...['late', 'again', 'change', 'form returned', 'soon', 'read', 'form asked', 'asked', 'far', 'some day'],
  ]);
});

test('a deal that is over needs nothing; one without a stage for this role still can', () => {
  const progress = { stage: 'closing', closedOn: '2026-06-10', outcome: 'closed' } as const;
  expect(idsOf({ ...EVERYTHING, progress })).toEqual([]);
  expect(idsOf({ ...EVERYTHING, progress: null })).toHaveLength(10);
});

test('each says what to do and why, leads to where it is done, and names what a message is about', () => {
  const said = needsOf({ ...HOME, ...EVERYTHING }).map((need) => {
    const { title, text, by } = wordsOfNeed(need, en, HOME.today);
    return [title, text, by?.text ?? '', placeOfNeed(need)?.screen ?? '', aboutNeed(need).also];
  });
  expect(said.slice(0, 8)).toEqual([
    ['late', '', 'This was due Tuesday, June 16. Call today.', '', 'task'],
    [
      'Send us once more: again',
      'What came could not be used: “The second page is cut off.”',
      '',
      'upload',
      'document',
    ],
    ['Agree or decline: Another closing day', 'Closing moves to July 9.', '', 'change', 'change'],
    ['Answer: returned', 'Your answers came back: “Which year?”', '', 'form', 'deal'],
    ['soon', '', 'By Saturday, June 20.', '', 'task'],
    ['Read: read', 'You are asked to read it here, and to say that you did.', '', 'read', 'document'],
    ['Answer: asked', '0 questions. You can stop, and go on later.', '', 'form', 'deal'],
    expect.arrayContaining(['Send us: asked', 'A PDF is fine, or a photo of each page.']),
  ]);
});
