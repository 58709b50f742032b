import { act, cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import { addDays, type PlainDate, plainDate } from '../../../core/deadlines/plain-date.ts';
import type { CallInput } from '../../../electron/contract/calls.ts';
import type { DateView } from '../../../electron/contract/values.ts';
import { cardOf, openApp, type Scene } from '../../testing/harness.tsx';

afterEach(cleanup);

const press = (key: string, more: object = {}) =>
  fireEvent.keyDown(document.activeElement ?? document.body, { key, ...more });
const field = (name: string | RegExp) => screen.getByRole<HTMLInputElement>('textbox', { name });
const write = (name: string | RegExp, value: string) => fireEvent.change(field(name), { target: { value } });
const choose = (name: string) => fireEvent.click(screen.getByRole('radio', { name }));

async function openNewDeal(answers: Scene['answers'] = {}): Promise<Scene> {
  const scene = openApp('/board', { cards: [cardOf({ id: 'd1', stage: 'parties' })], answers });
  await screen.findByRole('option', { name: /Verbena Ct/ });
  press('n');
  // The part is loaded when it is first asked for, which a busy machine takes its time for.
  await screen.findByRole('dialog', { name: 'New deal' }, { timeout: 8_000 });
  return scene;
}

function ctrlEnter(): void {
  act(() => field('State').focus());
  press('Enter', { ctrlKey: true });
}

async function sent(scene: Scene): Promise<Record<string, unknown>> {
  ctrlEnter();
  await waitFor(() => expect(scene.sent).toHaveLength(1));
  return scene.sent[0]?.args ?? {};
}

test('a signed contract is asked for its form and its days', async () => {
  const scene = await openNewDeal();
  expect(screen.getByRole('group', { name: 'Where does it stand?' })).toBeTruthy();
  write('House number and street', '1847 Marlowe Ave');
  write('State', 'CA');
  write('Acceptance', '6/2');
  expect(await sent(scene)).toMatchObject({
    workflow: 'contract-to-close',
    packId: 'ca',
    anchors: [{ name: 'acceptance', on: '2026-06-02' }],
  });
});

test('a buyer without a contract is asked for no address, no form and no contract day, only for a name', async () => {
  const scene = await openNewDeal();
  choose('No contract yet');
  write('State', 'CA');
  for (const name of ['Acceptance', 'Year built']) expect(screen.queryByRole('textbox', { name })).toBeNull();
  expect(screen.queryByRole('button', { name: /Form/ })).toBeNull();
  ctrlEnter();
  expect(await screen.findByText('Without an address the deal goes by its client. Write the name.')).toBeTruthy();
  expect(scene.sent).toEqual([]);
  write('Name', 'Priya Raman');
  expect(await sent(scene)).toMatchObject({ workflow: 'buyer-intake', street: '', anchors: [] });
});

test('a seller without a contract is asked for the days of the listing, a rental for its first day', async () => {
  await openNewDeal();
  choose('Selling');
  choose('No contract yet');
  expect(field('Listing agreement signed')).toBeTruthy();
  expect(field('List price in dollars')).toBeTruthy();
  choose('Renting');
  expect(screen.queryByRole('group', { name: 'Where does it stand?' })).toBeNull();
  expect(field('Lease starts')).toBeTruthy();
  expect(field('Rent in dollars')).toBeTruthy();
});

test('of the two revisions of Texas the chosen one is sent', async () => {
  const scene = await openNewDeal();
  write('House number and street', '56 Juniper Hollow Rd');
  write('State', 'TX');
  const button = screen.getByRole('button', { name: /TREC 20-19.*Form/ });
  act(() => button.focus());
  fireEvent.keyDown(button, { key: 'ArrowDown' });
  fireEvent.keyUp(button, { key: 'ArrowDown' });
  fireEvent.click(await screen.findByRole('option', { name: /TREC 20-18/ }));
  await screen.findByRole('button', { name: /TREC 20-18.*Form/ });
  expect(await sent(scene)).toMatchObject({ packId: 'tx', packRevision: '20-18' });
});

test('Esc asks before what was typed goes, and Esc again keeps it', async () => {
  await openNewDeal();
  write('House number and street', '1 A');
  press('Escape');
  const keep = await screen.findByRole('button', { name: 'Keep writing' });
  await waitFor(() => expect(document.activeElement).toBe(keep));
  press('Escape');
  await waitFor(() => expect(screen.queryByRole('button', { name: 'Keep writing' })).toBeNull());
  expect(field('House number and street').value).toBe('1 A');
  await waitFor(() => expect(document.activeElement).toBe(field('House number and street')));
});

test('every date stands there with its reason before the deal is created, and what it waits for', async () => {
  const asked: CallInput<'deals:preview-new'>[] = [];
  const scene = await openNewDeal({
    'deals:preview-new': (input) => {
      asked.push(input);
      const acceptance = input.anchors.find(({ name }) => name === 'acceptance')?.on ?? null;
      const on = acceptance === null ? null : addDays(plainDate(acceptance), 3);
      return { outcome: 'dates', dates: [dateOf(on)], tasks: 38, documents: 1 };
    },
  });
  const dates = within(screen.getByRole('region', { name: /^Dates/ }));
  expect(dates.getByText(/Write the state/)).toBeTruthy();
  write('State', 'CA');
  expect(await dates.findByText('Waits for the acceptance date.')).toBeTruthy();
  expect(dates.getByText('1 waits')).toBeTruthy();
  write('Acceptance', '6/2');
  expect(await dates.findByText('Fri, Jun 5')).toBeTruthy();
  expect(dates.getByText('3 days after Tue, June 2.')).toBeTruthy();
  expect(screen.getByText(/It opens with 38 tasks and 1 document to ask for/)).toBeTruthy();
  const before = asked.length;
  write('Name', 'Priya Raman');
  write('House number and street', '1847 Marlowe Ave');
  expect(await sent(scene)).toMatchObject({ anchors: [{ name: 'acceptance', on: '2026-06-02' }] });
  expect(asked.length).toBe(before);
});

test('a form that is not known here is said, and the deal can still be written', async () => {
  await openNewDeal({
    'deals:preview-new': () => ({ outcome: 'refused', refusal: { type: 'NoForm', message: 'Choose another form.' } }),
  });
  write('State', 'CA');
  expect(await screen.findByText('Choose another form.')).toBeTruthy();
  choose('No contract yet');
  expect(field('Name')).toBeTruthy();
});

function dateOf(on: PlainDate | null): DateView {
  return {
    ...{ id: 'deposit', title: 'Deposit', on, at: '', state: 'none', clause: '', steps: [], from: null, raw: null },
    ...{ sentence: on === null ? '' : '3 days after Tue, June 2.', isCritical: false, closedDays: [], ifMissed: '' },
    ...{ waitsFor: on === null ? 'Waits for the acceptance date.' : '', warnings: [], formDays: 3, asks: '' },
    ...{ override: null, mark: { state: 'open', on: null, reason: '' } },
  };
}
