import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import type { TodayItem } from '../../../electron/contract/values.ts';
import { cardOf, dealOf, openApp } from '../../testing/harness.tsx';
import { changeOf, threadOf } from '../../testing/portal-views.ts';

afterEach(cleanup);

const SINCE = '2026-06-16T15:20:00.000Z';
const mark = { dealId: 'd1', plate: '1847', side: 'buyer', street: 'Marlowe Ave', on: null } as const;
const message: TodayItem = {
  ...{ ...mark, taskId: 'messages:d1:p1', title: 'Answer Priya Raman', state: 'blocked' },
  detail: 'Marlowe Ave. “When do we get the keys?”',
  about: {
    kind: 'messages',
    id: 'p1',
    who: 'Priya Raman',
    since: SINCE,
    says: 'When do we get the keys?',
    verb: 'Answer',
  },
};
const request: TodayItem = {
  ...{ ...mark, taskId: 'change:d1:r1', title: 'Send on: Move close of escrow', state: 'blocked' },
  detail: 'Marlowe Ave. Priya Raman asked.',
  about: {
    ...{ kind: 'change', id: 'r1', who: 'Priya Raman', since: SINCE, verb: 'Look at the request' },
    says: 'The other side has not been asked yet. Send it to them.',
  },
};

function open(items: readonly TodayItem[]) {
  const people = [{ id: 'p1', name: 'Priya Raman', role: 'client', company: '', email: '', phone: '' }] as const;
  return openApp('/today', {
    cards: [cardOf({ id: 'd1', stage: 'parties' })],
    deal: dealOf({ people: [...people] }),
    answers: {
      'today:list': () => ({ items: [...items], quietDeals: 0 }),
      'inbox:count': () => ({ open: 0, toReview: 0 }),
      'messages:of': () => [threadOf()],
      'changes:of': () => [changeOf({ id: 'r0', title: 'Change the price', value: null }), changeOf()],
    },
  });
}
const pane = () => screen.findByRole('article', { name: 'Selected thing' }, { timeout: 8_000 });

test('a message that waits is read and answered in Today', async () => {
  const scene = open([message]);
  const shown = within(await pane());
  expect(screen.getByRole('option', { name: /Answer Priya Raman/ }).textContent).toContain('Tue');
  expect(shown.getByText('When do we get the keys?')).toBeTruthy();
  const field = await shown.findByLabelText('Answer Priya');
  fireEvent.change(field, { target: { value: 'On July 2.' } });
  fireEvent.click(shown.getByRole('button', { name: /Send/ }));
  await waitFor(() => expect(scene.sent).toMatchObject([{ name: 'writeMessage', args: { personId: 'p1' } }]));
});

test('a message that needs no answer is put away from Today', async () => {
  const scene = open([message]);
  await pane();
  fireEvent.keyDown(document.body, { key: 'x' });
  await waitFor(() => expect(scene.sent).toMatchObject([{ name: 'settleMessages', args: { personId: 'p1' } }]));
});

test('Enter leads from a request in Today to that very request', async () => {
  open([request]);
  const shown = within(await pane());
  expect(shown.getByText(/has not been asked yet/)).toBeTruthy();
  fireEvent.keyDown(document.body, { key: 'Enter' });
  const there = await screen.findByRole('article', { name: 'Selected request' });
  expect(there.textContent).toContain('Move close of escrow');
});
