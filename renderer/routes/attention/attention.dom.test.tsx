import { act, cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import type { CallInput } from '../../../electron/contract/calls.ts';
import type { AttentionItem } from '../../../electron/contract/sync.ts';
import type { CommandReply } from '../../../electron/contract/values.ts';
import { conflictOf, overwriteOf, refusedOf } from '../../testing/attention.ts';
import { cardOf, dealOf, openApp } from '../../testing/harness.tsx';
import { syncOf } from '../../testing/sync.ts';

afterEach(cleanup);

function open(path: string, start: readonly AttentionItem[], refusal = '') {
  const stage = { items: [...start], answered: [] as CallInput<'attention:answer'>[] };
  const scene = openApp(path, {
    cards: [cardOf({ id: 'd1', stage: 'parties' })],
    deal: dealOf(),
    answers: {
      'sync:state': () => syncOf({ kind: 'shared', attention: stage.items.length }),
      'attention:list': () => [...stage.items],
      'inbox:count': () => ({ open: 0, toReview: 0 }),
      'papers:lines': () => [],
      'attention:answer': (answer): CommandReply => {
        stage.answered.push(answer);
        if (refusal !== '') return { outcome: 'refused', refusal: { type: 'No', message: refusal } };
        stage.items = stage.items.filter(({ id }) => id !== answer.id);
        return { outcome: 'done', label: 'Kept Wed, July 1', changes: 1, commandId: 'c9' };
      },
    },
  });
  return { stage, scene };
}

const pane = (name: string) => screen.findByRole('region', { name }, { timeout: 8_000 });
const press = (key: string) => fireEvent.keyDown(document.body, { key });

test('a conflict shows both values with who and when, what it was before, and fills no button', async () => {
  open('/attention', [conflictOf()]);
  const card = within(await pane('Two people moved the walk-through'));
  expect(card.getByText('Wed, July 1')).toBeTruthy();
  expect(card.getByText('Thu, July 2')).toBeTruthy();
  expect(card.getByText(/Yours, on this computer/)).toBeTruthy();
  expect(card.getByText(/It was Tue, June 30\./)).toBeTruthy();
  expect(card.getByText('Both stay in the activity.')).toBeTruthy();
  expect(document.querySelector('.btn.go')).toBeNull();
});

test.each([
  ['1', { keep: 'mine' }],
  ['2', { keep: 'theirs' }],
])(
  'the key %s answers a conflict, the row stays until the hand moves on, and the answer can be undone',
  async (key, choice) => {
    const { stage, scene } = open('/attention', [conflictOf(), refusedOf()]);
    await pane('Two people moved the walk-through');
    press(key);
    await screen.findByText(/Answered/);
    expect(stage.answered).toEqual([{ id: 'a1', choice }]);
    expect(screen.getAllByRole('option')).toHaveLength(2);
    fireEvent.click(screen.getByRole('button', { name: /Undo/ }));
    await waitFor(() => expect(scene.sent).toMatchObject([{ name: 'undo', args: { commandId: 'c9' } }]));
    press('j');
    await pane('The deal is closed by now');
    expect(screen.getAllByRole('option')).toHaveLength(1);
  },
);

test('a third day is written, and one that no calendar has is not sent', async () => {
  const { stage } = open('/attention', [conflictOf()]);
  await pane('Two people moved the walk-through');
  press('3');
  const field = await screen.findByRole('textbox', { name: 'Walk-through' });
  fireEvent.change(field, { target: { value: 'June 31' } });
  fireEvent.click(screen.getByRole('button', { name: 'Keep this one' }));
  expect(screen.getByText(/June has 30 days/)).toBeTruthy();
  fireEvent.change(field, { target: { value: 'Jul 3' } });
  fireEvent.click(screen.getByRole('button', { name: 'Keep this one' }));
  await screen.findByText(/Answered/);
  expect(stage.answered).toEqual([{ id: 'a1', choice: { keep: 'third', value: '2026-07-03' } }]);
});

test('money, a count of days and a choice each have their own field', async () => {
  const options = [
    { value: 'cash', label: 'Cash' },
    { value: 'fha', label: 'FHA loan' },
  ];
  const { stage } = open('/attention', [
    conflictOf({ field: 'Price', input: 'money' }, { id: 'm', title: 'Price' }),
    conflictOf({ field: 'Loan contingency', input: 'days-or-day' }, { id: 'd', title: 'Loan contingency' }),
    conflictOf({ field: 'How the buyer pays', input: 'choice', options }, { id: 'c', title: 'How the buyer pays' }),
    conflictOf({ input: 'none' }, { id: 'n', title: 'A stage' }),
  ]);
  await pane('Price');
  press('3');
  fireEvent.change(await screen.findByRole('textbox', { name: 'Price' }), { target: { value: '642k' } });
  fireEvent.click(screen.getByRole('button', { name: 'Keep this one' }));
  await screen.findByText(/Answered/);
  press('j');
  await pane('Loan contingency');
  press('3');
  fireEvent.change(await screen.findByRole('textbox', { name: 'Loan contingency' }), { target: { value: '21' } });
  fireEvent.click(screen.getByRole('button', { name: 'Keep this one' }));
  await screen.findByText(/Answered/);
  press('j');
  await pane('How the buyer pays');
  press('3');
  fireEvent.click(await screen.findByRole('button', { name: /How the buyer pays/ }));
  fireEvent.click(await screen.findByRole('option', { name: 'FHA loan' }));
  fireEvent.click(screen.getByRole('button', { name: 'Keep this one' }));
  await screen.findByText(/Answered/);
  expect(stage.answered.map(({ choice }) => choice)).toEqual([
    { keep: 'third', value: 64_200_000 },
    { keep: 'third', value: { days: 21, on: null } },
    { keep: 'third', value: 'fha' },
  ]);
  press('j');
  await pane('A stage');
  expect(screen.queryByRole('button', { name: /Write a third/ })).toBeNull();
});

test('a conflict on a deal that is not here any more can only be put away', async () => {
  const { stage } = open('/attention', [conflictOf({}, { side: null, plate: '', street: '' })]);
  await pane('Two people moved the walk-through');
  expect(screen.queryByRole('button', { name: /Keep mine/ })).toBeNull();
  press('x');
  await screen.findByText(/Answered/);
  expect(stage.answered).toEqual([{ id: 'a1', choice: { keep: 'put-away' } }]);
});

test('two that agree by now leave nothing to choose', async () => {
  const { stage } = open('/attention', [conflictOf({ isAgreed: true })]);
  await pane('Two people moved the walk-through');
  expect(screen.queryByRole('button', { name: /Keep mine/ })).toBeNull();
  press('x');
  await screen.findByText(/Answered/);
  expect(stage.answered).toEqual([{ id: 'a1', choice: { keep: 'put-away' } }]);
});

test('what was sent back says what was done and why not, and is done again or put away', async () => {
  const { stage } = open('/attention', [refusedOf()]);
  const card = within(await pane('The deal is closed by now'));
  expect(card.getByText(/closed it while you were offline/)).toBeTruthy();
  expect(card.getByText('Marked “Order the HOA documents” done')).toBeTruthy();
  press('r');
  await screen.findByText(/Answered/);
  expect(stage.answered).toEqual([{ id: 'a2', choice: { keep: 'again' } }]);
});

test('what cannot be done again offers only to put it away', async () => {
  const { stage } = open('/attention', [refusedOf({ can: [] })]);
  await pane('The deal is closed by now');
  expect(screen.queryByRole('button', { name: /Do it again/ })).toBeNull();
  press('r');
  expect(stage.answered).toEqual([]);
  press('x');
  await screen.findByText(/Answered/);
});

test('replaced words stand beside those that replaced them, and can be restored', async () => {
  const { stage } = open('/attention', [overwriteOf()]);
  const card = within(await pane('Your words replaced those of a colleague'));
  const [theirs, mine] = card.getAllByRole('definition');
  expect(theirs?.textContent).toBe('Theirs, replacedMoved to Wednesday.');
  expect(mine?.textContent).toBe('Yours, stands there nowKey is with the neighbour.');
  fireEvent.click(card.getByRole('button', { name: /Restore theirs/ }));
  await screen.findByText(/Answered/);
  expect(stage.answered).toEqual([{ id: 'a3', choice: { keep: 'restore' } }]);
});

test('an answer that is refused says why, and nothing leaves', async () => {
  open('/attention', [conflictOf()], 'This day was changed once more. Look at both again.');
  await pane('Two people moved the walk-through');
  press('1');
  expect((await screen.findByRole('alert')).textContent).toContain('changed once more');
  expect(screen.getByRole('button', { name: /Keep mine/ })).toBeTruthy();
});

test('it is the top of Today, and its keys work there', async () => {
  const { stage } = open('/today', [conflictOf()]);
  await pane('Two people moved the walk-through');
  expect(screen.getAllByRole('option')[0]?.textContent).toContain('Two people moved the walk-through');
  press('2');
  await screen.findByText(/Answered/);
  expect(stage.answered).toHaveLength(1);
});

test('a deal says quietly that something came back, and leads to it', async () => {
  open('/deals/d1?tab=notes', [conflictOf()]);
  fireEvent.click(await screen.findByRole('link', { name: 'Look at it' }, { timeout: 8_000 }));
  await pane('Two people moved the walk-through');
});

test('nothing to answer is said, and a list that cannot be read offers to try again', async () => {
  const { scene } = open('/attention', []);
  expect(await screen.findByText('Nothing needs your attention', {}, { timeout: 8_000 })).toBeTruthy();
  scene.answers['attention:list'] = () => Promise.reject(new Error('no'));
  act(() => scene.emit({ type: 'sync:changed', state: syncOf({ attention: 1 }) }));
  expect(await screen.findByRole('button', { name: 'Try again' })).toBeTruthy();
});
