import { act, cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import { plainDate } from '../../../core/deadlines/plain-date.ts';
import type { CallInput } from '../../../electron/contract/calls.ts';
import type { ImpactView, PreviewReply } from '../../../electron/contract/impact.ts';
import type { DateView } from '../../../electron/contract/values.ts';
import { dealOf, openApp, type Scene } from '../../testing/harness.tsx';
import { impactWith, rowOf } from '../../testing/impact.ts';

afterEach(cleanup);

const day = plainDate;
const CLOSING = {
  kind: 'anchor',
  id: 'closing',
  title: 'Closing',
  from: day('2026-07-02'),
  to: day('2026-07-10'),
} as const;

const MOVED = impactWith({
  said: [CLOSING],
  dates: [
    rowOf('funds', 'Loan funds', '2026-07-01', '2026-07-09', { days: 8, why: '1 business day before Fri, July 10.' }),
    rowOf('closing', 'Closing', '2026-07-02', '2026-07-10', { days: 8, isSaid: true, why: 'The day asked for.' }),
  ],
  stays: [{ because: 'counted from Acceptance', titles: ['Deposit', 'Appraisal contingency'] }],
  tasks: Array.from({ length: 9 }, (_, at) => rowOf(`t${at}`, `Task ${at}`, '2026-06-25', '2026-07-03')),
  tasksThatStay: 4,
  finishedTasks: 2,
  conflicts: [{ kind: 'closed-day', id: 'closing', title: 'Fri, July 10 is on a weekend', sentence: 'Ask.' }],
});

const deposit: DateView = {
  ...{ id: 'deposit', title: 'Deposit', on: day('2026-06-05'), at: '23:59', state: 'none', waitsFor: '' },
  ...{
    sentence: '3 business days.',
    clause: '3D',
    steps: [],
    from: null,
    raw: null,
    isCritical: false,
    closedDays: [],
  },
  ...{ ifMissed: '', warnings: [], formDays: 3, asks: '', override: null },
  mark: { state: 'open', on: null, reason: '' },
};

const deal = dealOf({
  anchors: [{ name: 'closing', title: 'Closing', on: day('2026-07-02'), evidence: 'Contract' }],
  dates: [deposit],
});

interface Opened {
  readonly scene: Scene;
  readonly asked: CallInput<'deals:preview'>[];
}

function openDates(answer: () => PreviewReply): Opened {
  const asked: CallInput<'deals:preview'>[] = [];
  const scene = openApp('/deals/d1?tab=dates', {
    deal,
    answers: {
      'papers:lines': () => [],
      'deals:preview': (input) => {
        asked.push(input);
        return answer();
      },
    },
  });
  return { scene, asked };
}

const showing = (impact: ImpactView) => () => ({ outcome: 'impact', impact, label: 'Set closing' }) as const;
const press = (key: string, more: object = {}) =>
  fireEvent.keyDown(document.activeElement ?? document.body, { key, ...more });
const button = (name: string | RegExp) => screen.getByRole('button', { name });

async function typeDay(text: string): Promise<void> {
  fireEvent.click(await screen.findByRole('option', { name: /Closing/ }, { timeout: 8_000 }));
  const field = await screen.findByRole('textbox', { name: 'Day' });
  act(() => field.focus());
  fireEvent.change(field, { target: { value: text } });
}

async function look(): Promise<HTMLElement> {
  await typeDay('7/10');
  fireEvent.click(button('See what moves…'));
  return await screen.findByRole('dialog', { name: 'Move closing, Thu, Jul 2 to Fri, Jul 10' });
}

test('an edit of a day is shown with its dates, reasons, tasks and conflicts, and nothing is sent', async () => {
  const { scene, asked } = openDates(showing(MOVED));
  const dialog = within(await look());
  expect(asked[0]).toEqual({
    dealId: 'd1',
    name: 'setAnchor',
    args: { name: 'closing', on: '2026-07-10', evidence: 'Contract', expected: '2026-07-02' },
  });
  const dates = within(dialog.getByRole('table', { name: '2 dates move 8 days later' }));
  expect(
    dates.getByRole('row', { name: 'Loan funds Wed, Jul 1 becomes Thu, Jul 9 1 business day before Fri, July 10.' }),
  );
  expect(dialog.getByText('2 stay where they are:').parentElement?.textContent).toContain(
    'Deposit, Appraisal contingency (counted from Acceptance).',
  );
  expect(dialog.getByText('One conflict')).toBeTruthy();
  expect(dialog.getByText('Fri, July 10 is on a weekend')).toBeTruthy();
  expect(dialog.getByText(/move only with the document that everybody signed/)).toBeTruthy();
  expect(dialog.getByText('Nothing has changed yet.')).toBeTruthy();
  expect(scene.sent).toEqual([]);
});

test('of many tasks the first stand there, and the rest on demand', async () => {
  openDates(showing(MOVED));
  const dialog = within(await look());
  const tasks = () => within(dialog.getByRole('table', { name: /tasks move with them/ })).getAllByRole('row');
  expect(tasks()).toHaveLength(6);
  expect(dialog.getByText(/4 open ones stay, 2 finished ones are not touched/)).toBeTruthy();
  fireEvent.click(dialog.getByRole('button', { name: '3 more' }));
  expect(tasks()).toHaveLength(9);
});

test('Esc keeps the day; Ctrl Enter moves it, once', async () => {
  const { scene } = openDates(showing(MOVED));
  await look();
  press('Escape');
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  expect(scene.sent).toEqual([]);
  fireEvent.click(button('See what moves…'));
  await screen.findByRole('dialog');
  press('Enter', { ctrlKey: true });
  press('Enter', { ctrlKey: true });
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  expect(scene.sent.map(({ name, args }) => [name, args.on])).toEqual([['setAnchor', '2026-07-10']]);
});

test('a step that is refused says why where it was asked for, and no dialog opens', async () => {
  const message = 'A colleague changed the closing date meanwhile.';
  openDates(() => ({ outcome: 'refused', refusal: { type: 'Moved', message } }));
  await typeDay('7/10');
  fireEvent.click(button('See what moves…'));
  expect(await screen.findByText(message)).toBeTruthy();
  expect(screen.queryByRole('dialog')).toBeNull();
});

test('what changes while it is looked at is shown, and a step that cannot be taken any more is not sent', async () => {
  let reply: PreviewReply = showing(MOVED)();
  const { scene } = openDates(() => reply);
  const dialog = within(await look());
  reply = showing({ ...MOVED, conflicts: [] })();
  act(() => scene.emit({ type: 'deals:changed', dealIds: ['d1'] }));
  expect(await dialog.findByText('No conflicts')).toBeTruthy();
  reply = { outcome: 'refused', refusal: { type: 'Moved', message: 'It is another day by now.' } };
  act(() => scene.emit({ type: 'deals:changed', dealIds: ['d1'] }));
  expect(await dialog.findByText('It is another day by now.')).toBeTruthy();
  press('Enter', { ctrlKey: true });
  expect(scene.sent).toEqual([]);
});

test('a refusal of the step itself stays in the dialog', async () => {
  const { scene } = openDates(showing(MOVED));
  scene.answer = () => ({ outcome: 'refused', refusal: { type: 'Full', message: 'The disk is full.' } });
  const dialog = within(await look());
  press('Enter', { ctrlKey: true });
  expect(await dialog.findByText('The disk is full.')).toBeTruthy();
});

test('words on how we know move no date and are saved at once', async () => {
  const { scene, asked } = openDates(showing(MOVED));
  await typeDay('7/2');
  fireEvent.change(screen.getByRole('textbox', { name: 'How we know' }), { target: { value: 'Signed copy' } });
  fireEvent.click(button('Save the words'));
  await waitFor(() => expect(scene.sent.map(({ args }) => args.evidence)).toEqual(['Signed copy']));
  expect(asked).toEqual([]);
});

test('the count of a date is looked at before it counts', async () => {
  const said = {
    kind: 'date',
    id: 'deposit',
    title: 'Deposit',
    from: day('2026-06-05'),
    to: day('2026-06-10'),
  } as const;
  const row = rowOf('deposit', 'Deposit', '2026-06-05', '2026-06-10', { isSaid: true });
  const { scene, asked } = openDates(showing(impactWith({ said: [said], dates: [row] })));
  fireEvent.click(await screen.findByRole('option', { name: /Deposit/ }, { timeout: 8_000 }));
  fireEvent.click(await screen.findByRole('button', { name: 'Change…' }));
  fireEvent.change(await screen.findByRole('textbox', { name: /Days, or a day/ }), { target: { value: '8' } });
  fireEvent.change(screen.getByRole('textbox', { name: /What says so/ }), { target: { value: 'Box 3D' } });
  fireEvent.click(button(/^See what moves/));
  const dialog = within(await screen.findByRole('dialog', { name: /^Move deposit/ }));
  expect(dialog.getByText('Nothing else moves with it.')).toBeTruthy();
  expect(scene.sent).toEqual([]);
  fireEvent.click(dialog.getByRole('button', { name: /^Move it to Jun 10/ }));
  await waitFor(() => expect(scene.sent).toHaveLength(1));
  expect(scene.sent[0]?.args).toEqual(asked[0]?.args);
});

async function drop(): Promise<void> {
  fireEvent.click(await screen.findByRole('option', { name: /Deposit/ }, { timeout: 8_000 }));
  fireEvent.click(await screen.findByRole('button', { name: /Not needed here/ }));
  fireEvent.change(await screen.findByRole('textbox', { name: 'Why' }), { target: { value: 'None is paid' } });
  fireEvent.click(button('Not needed'));
}

test('a date that is not needed goes at once when nothing counts from it, and is looked at first when something does', async () => {
  const closes = rowOf('deposit', 'Deposit', '2026-06-05', '2026-06-05', { kind: 'closes', isSaid: true });
  let impact = impactWith({ dates: [closes], tasks: [rowOf('t1', 'Check it', '2026-06-05', null)] });
  const { scene } = openDates(() => showing(impact)());
  await drop();
  const dialog = await screen.findByRole('dialog', { name: 'Not needed: deposit' });
  expect(within(dialog).getByText('1 task loses its day')).toBeTruthy();
  press('Escape');
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  expect(scene.sent).toEqual([]);
  impact = impactWith({ dates: [closes] });
  await drop();
  await waitFor(() => expect(scene.sent.map(({ name }) => name)).toEqual(['markDeadline']));
  expect(screen.queryByRole('dialog')).toBeNull();
});
