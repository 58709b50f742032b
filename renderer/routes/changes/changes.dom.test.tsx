import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import { plainDate } from '../../../core/deadlines/plain-date.ts';
import type { ChangeView } from '../../../electron/contract/portal-views.ts';
import { dealOf, openApp, type SentCommand } from '../../testing/harness.tsx';
import { impactWith, rowOf } from '../../testing/impact.ts';
import { changeOf, newPhoneOf, paperOf } from '../../testing/portal-views.ts';

afterEach(cleanup);

const PEOPLE = [{ id: 'p1', name: 'Priya Raman', role: 'client', company: '', email: '', phone: '' }] as const;
const ANCHORS = [{ name: 'closing', title: 'Close of escrow', on: plainDate('2026-07-02'), evidence: '' }];

const MOVES = impactWith({ dates: [rowOf('funds', 'Loan funds', '2026-07-01', '2026-07-09')] });

function open(changes: readonly ChangeView[], more: Parameters<typeof dealOf>[0] = {}, refusal = '') {
  const scene = openApp('/deals/d1?tab=changes', {
    deal: dealOf({ people: [...PEOPLE], anchors: ANCHORS, ...more }),
    answers: {
      'changes:of': () => [...changes],
      'papers:lines': () => [],
      'deals:preview': () => ({ outcome: 'impact', impact: MOVES, label: '' }),
    },
  });
  if (refusal !== '') scene.answer = () => ({ outcome: 'refused', refusal: { type: 'No', message: refusal } });
  return scene;
}
const pane = () => screen.findByRole('article', { name: 'Selected request' });
const press = (key: string, more = {}) => fireEvent.keyDown(document.body, { key, ...more });
const sent = (scene: { sent: readonly SentCommand[] }) => scene.sent.map(({ name, args }) => [name, args] as const);
async function choose(label: RegExp, option: RegExp): Promise<void> {
  fireEvent.click(await screen.findByRole('button', { name: label }));
  fireEvent.click(await screen.findByRole('option', { name: option }));
}

test('a request says what it would do, who asked, and who has agreed', async () => {
  open([changeOf()]);
  const shown = within(await pane());
  expect(shown.getByRole('heading', { level: 2 }).textContent).toBe(
    'Move close of escrow from Thu, Jul 2 to Fri, Jul 10',
  );
  expect(shown.getByText('The loan needs a week more.')).toBeTruthy();
  const agree = within(shown.getByRole('region', { name: 'Must agree before it counts' }));
  expect(agree.getAllByRole('listitem').map((item) => item.textContent)).toEqual([
    expect.stringMatching(/Priya Raman.*agreed/),
    expect.stringMatching(/Daniel Achterberg.*no answer yet/),
    expect.stringMatching(/Gloria Estévez.*not asked/),
  ]);
  expect(agree.getByText('Aiko Bergström and title are told once it counts.')).toBeTruthy();
});

test('what moves stands beside it, and all of it behind a key', async () => {
  open([changeOf()]);
  await pane();
  const moves = await screen.findByRole('table', { name: 'Dates that would move' });
  expect(moves.textContent).toContain('Loan funds');
  press('v');
  const dialog = within(await screen.findByRole('dialog', { name: /Move close of escrow/ }));
  expect(dialog.getByText(/Nothing has changed yet\./)).toBeTruthy();
  expect(dialog.getByRole('region', { name: 'Must agree before it counts' })).toBeTruthy();
});

test('the obvious next thing has Enter; a refusal stands where it was asked for', async () => {
  const scene = open([changeOf()], {}, 'This request was withdrawn and nothing changed. Make a new one.');
  await pane();
  press('Enter');
  await screen.findByText('This request was withdrawn and nothing changed. Make a new one.');
  expect(sent(scene)).toEqual([['sendChange', { changeId: 'r1', at: expect.any(String) }]]);
});

test('nobody asked for anything: the list says so and how it is done', async () => {
  open([]);
  expect(await screen.findByText('Nobody has asked for a change.')).toBeTruthy();
  press('a');
  expect(await screen.findByRole('dialog', { name: 'Ask for a change' })).toBeTruthy();
});

test('another closing day is asked for with the day that it is now', async () => {
  const scene = open([]);
  fireEvent.click(await screen.findByRole('button', { name: /Ask for a change/ }));
  await choose(/What should change/, /Another closing day/);
  const day = await screen.findByLabelText('The day, now Thu, Jul 2');
  fireEvent.change(day, { target: { value: 'Jul 10' } });
  press('Enter');
  fireEvent.click(screen.getByRole('button', { name: /Ask for it/ }));
  await waitFor(() => expect(scene.sent).toHaveLength(1));
  expect(scene.sent[0]).toMatchObject({
    name: 'askChange',
    args: {
      kind: 'closing-date',
      terms: [{ type: 'anchor', name: 'closing', from: '2026-07-02', to: '2026-07-10' }],
      periodEndsAt: null,
      expiresAt: null,
    },
  });
});

test('a change of a phone number is shut behind a call on a number of before', async () => {
  const scene = open([newPhoneOf()]);
  const shown = within(await pane());
  expect(shown.getByRole('note').textContent).toContain('(916) 555-0199');
  expect(shown.queryByRole('button', { name: /Put into effect/ })).toBeNull();
  press('Enter');
  fireEvent.click(await screen.findByRole('button', { name: /They confirmed it/ }));
  expect(await screen.findByText('Say which number you called.')).toBeTruthy();
  await choose(/Which number/, /had before/);
  fireEvent.click(screen.getByRole('button', { name: /They confirmed it/ }));
  await waitFor(() => expect(scene.sent).toHaveLength(1));
  expect(scene.sent[0]).toMatchObject({
    name: 'callBackChange',
    args: { changeId: 'r2', channel: 'phone', number: 'known-before' },
  });
});

test('a reviewed paper is put into effect only after what moves was seen', async () => {
  const next = {
    kind: 'execute',
    says: 'It is reviewed. Put it into effect.',
    since: '2026-06-17T18:00:00.000Z',
  } as const;
  const scene = open([changeOf({ papers: [paperOf()], next })]);
  const shown = within(await pane());
  expect(shown.getByText(/looks like the paper for this request of Priya Raman/)).toBeTruthy();
  press('Enter');
  await screen.findByRole('dialog', { name: 'Put it into effect' });
  fireEvent.click(screen.getByRole('button', { name: /See what moves/ }));
  const dialog = within(await screen.findByRole('dialog', { name: /Move close of escrow/ }));
  expect(scene.sent).toEqual([]);
  expect(dialog.getByRole('button', { name: /Keep Jul 2/ })).toBeTruthy();
  fireEvent.click(dialog.getByRole('button', { name: /Put into effect/ }));
  await waitFor(() => expect(scene.sent).toHaveLength(1));
  expect(scene.sent[0]).toMatchObject({
    name: 'executeChange',
    args: { changeId: 'r1', versionId: 'v1', delivery: null },
  });
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
});

test('without the signed document the dialog says what to bring', async () => {
  const scene = open([changeOf()]);
  await pane();
  press('e');
  expect(await screen.findByText(/No such document is here yet/)).toBeTruthy();
  fireEvent.click(screen.getByRole('button', { name: /See what moves/ }));
  expect(await screen.findByText(/Bring the signed document first/)).toBeTruthy();
  expect(scene.sent).toEqual([]);
});

test('a conflict leads to the other request', async () => {
  const other = {
    changeId: 'r2',
    title: 'Move possession',
    askedBy: 'Gloria Estévez',
    openedAt: '2026-06-16T15:00:00.000Z',
  };
  open([
    changeOf({ conflicts: [{ ...other, cameFirst: true }] }),
    changeOf({ id: 'r2', title: 'Move possession', reason: 'We move out later.' }),
  ]);
  const shown = within(await pane());
  fireEvent.click(shown.getByRole('button', { name: 'Look at the other' }));
  expect(await screen.findByText('We move out later.')).toBeTruthy();
});

test('what has ended can be read and not changed', async () => {
  open([
    changeOf({
      ...{ state: 'executed', next: null, executedBy: 'Extension of time, fully executed' },
      standing: { state: 'done', says: 'In effect' },
    }),
  ]);
  const shown = within(await pane());
  expect(shown.queryByRole('button', { name: /Withdraw|Put into effect|Send/ })).toBeNull();
  expect(shown.getByText('What it asked for')).toBeTruthy();
});

test('withdrawing asks first and says what stays', async () => {
  const scene = open([changeOf()]);
  await pane();
  press('x');
  fireEvent.click(await screen.findByRole('button', { name: /Withdraw it/ }));
  await waitFor(() => expect(sent(scene)).toEqual([['withdrawChange', { changeId: 'r1', at: expect.any(String) }]]));
});

test('the tab says how many are open and that there is something to do', async () => {
  open([changeOf(), changeOf({ id: 'r9', state: 'declined', next: null })]);
  expect(await screen.findByRole('link', { name: /^Changes 1 ?, something to do/ })).toBeTruthy();
});
