import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import type { ThreadView } from '../../../electron/contract/portal-views.ts';
import { dealOf, openApp } from '../../testing/harness.tsx';
import { threadOf } from '../../testing/portal-views.ts';

afterEach(cleanup);

const PEOPLE = [
  { id: 'p1', name: 'Priya Raman', role: 'client', company: '', email: '', phone: '' },
  { id: 'p4', name: 'Aiko Bergström', role: 'lender', company: '', email: '', phone: '' },
] as const;
const quiet = threadOf({
  personId: 'p4',
  name: 'Aiko Bergström',
  role: 'lender',
  open: 0,
  openSince: null,
  lastAt: null,
  messages: [],
});

function open(threads: readonly ThreadView[], more: Parameters<typeof dealOf>[0] = {}) {
  return openApp('/deals/d1?tab=messages', {
    deal: dealOf({ people: [...PEOPLE], ...more }),
    answers: { 'messages:of': () => [...threads], 'papers:lines': () => [] },
  });
}
const press = (key: string) => fireEvent.keyDown(document.body, { key });
const pane = () => screen.findByRole('region', { name: 'Messages with Priya Raman' });

test('who waits is on top, and the conversation says what it is about', async () => {
  open([threadOf(), quiet]);
  const shown = within(await pane());
  expect(shown.getByText('When do we get the keys?')).toBeTruthy();
  expect(shown.getByRole('button', { name: 'About: Close of escrow' })).toBeTruthy();
  expect(screen.getByText('one waits for an answer')).toBeTruthy();
  expect(screen.getAllByRole('option').map((row) => row.textContent)).toEqual([
    expect.stringMatching(/Priya Raman.*waits for an answer/),
    expect.stringMatching(/Aiko Bergström.*No messages yet/),
  ]);
});

test('an answer goes out about the same thing, and the field is empty again', async () => {
  const scene = open([threadOf(), quiet]);
  await pane();
  const field = await screen.findByLabelText('Answer Priya');
  fireEvent.change(field, { target: { value: '  On July 2, after recording.  ' } });
  fireEvent.keyDown(field, { key: 'Enter', ctrlKey: true });
  await waitFor(() => expect(scene.sent).toHaveLength(1));
  expect(scene.sent[0]).toMatchObject({
    name: 'writeMessage',
    args: { personId: 'p1', body: 'On July 2, after recording.', aboutType: 'date', aboutId: 'closing' },
  });
  await waitFor(() => expect((field as HTMLTextAreaElement).value).toBe(''));
});

test('account numbers are refused beside the field, and what was written stays', async () => {
  const scene = open([threadOf(), quiet]);
  scene.answer = () => ({
    outcome: 'refused',
    refusal: { type: 'BankNumber', message: 'Take the account numbers out.' },
  });
  await pane();
  const field = await screen.findByLabelText('Answer Priya');
  fireEvent.change(field, { target: { value: 'Wire to account 123456789012' } });
  fireEvent.click(screen.getByRole('button', { name: /Send/ }));
  expect(await screen.findByText('Take the account numbers out.')).toBeTruthy();
  expect((field as HTMLTextAreaElement).value).toBe('Wire to account 123456789012');
});

test('nothing written is not sent', async () => {
  const scene = open([threadOf(), quiet]);
  await pane();
  fireEvent.click(screen.getByRole('button', { name: /Send/ }));
  expect(await screen.findByText('Write something first.')).toBeTruthy();
  expect(scene.sent).toEqual([]);
});

test('what needs no answer is put away by key', async () => {
  const scene = open([threadOf(), quiet]);
  await pane();
  press('x');
  await waitFor(() => expect(scene.sent).toMatchObject([{ name: 'settleMessages', args: { personId: 'p1' } }]));
});

test('a person without a link is said not to read it yet', async () => {
  openApp('/deals/d1?tab=messages', {
    deal: dealOf({ people: [...PEOPLE] }),
    answers: {
      'messages:of': () => [threadOf()],
      'papers:lines': () => [],
      'access:get': () => ({
        kind: 'ok',
        value: {
          ...{ dealId: 'd1', isShared: true, canMail: true },
          entries: [
            {
              ...{ id: 'p1', kind: 'person', name: 'Priya Raman', role: 'client', short: '', sentences: [], links: [] },
              ...{ canHaveLink: true, whyNot: '', email: '', isOn: null },
            },
          ],
        },
      }),
    },
  });
  expect(await screen.findByText(/They have no link to this deal/)).toBeTruthy();
});

test('a closed deal is read and not answered', async () => {
  open([threadOf()], { closedOn: '2026-06-01' as never, outcome: 'closed' });
  await pane();
  expect(screen.getByText(/can be read and not answered/)).toBeTruthy();
  expect(screen.queryByRole('textbox')).toBeNull();
});

test('nobody is on the deal', async () => {
  open([], { people: [] });
  expect(await screen.findByText(/there is nobody to write to/)).toBeTruthy();
});
