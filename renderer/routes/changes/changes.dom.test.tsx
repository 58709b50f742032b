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
    value: null,
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

const day = (to: string) => ({ type: 'day', from: null, to: plainDate(to) }) as const;

test('of two requests one is kept with a reason', async () => {
  const conflicts = [
    { changeId: 'r2', title: 'Move close of escrow', askedBy: 'Noor Haddad', openedAt: '2026-06-16T15:00:00.000Z' },
  ].map((other) => ({ ...other, value: day('2026-07-15'), cameFirst: true }));
  const scene = open([changeOf({ conflicts, next: null })]);
  const shown = within(await pane());
  expect(shown.getByText(/so this one waits until you decide between the two/)).toBeTruthy();
  fireEvent.click(shown.getByRole('button', { name: 'Keep this one…' }));
  const dialog = within(await screen.findByRole('dialog', { name: 'Keep this request?' }));
  expect(dialog.getByText(/This declines the other one/).textContent).toContain(
    'asked by Noor Haddad: Move close of escrow to Wed, Jul 15.',
  );
  fireEvent.change(dialog.getByLabelText('Why this one'), { target: { value: 'The lender gave this day.' } });
  fireEvent.click(dialog.getByRole('button', { name: /Keep this one/ }));
  await waitFor(() => expect(scene.sent).toHaveLength(1));
  expect(scene.sent[0]).toMatchObject({
    name: 'keepChange',
    args: { changeId: 'r1', overId: 'r2', reason: 'The lender gave this day.' },
  });
});

test('an agent does not decide between two', async () => {
  const other = { changeId: 'r2', title: 'Move possession', askedBy: 'Noor Haddad', cameFirst: true };
  const conflicts = [{ ...other, value: null, openedAt: '2026-06-16T15:00:00.000Z' }];
  open([changeOf({ conflicts, can: { ...changeOf().can, keep: false } })]);
  const shown = within(await pane());
  expect(shown.getByRole('button', { name: 'Look at the other' })).toBeTruthy();
  expect(shown.queryByRole('button', { name: 'Keep this one…' })).toBeNull();
});

test('an answer that came by phone is written down, with who, what, how and when', async () => {
  const scene = open([changeOf()]);
  await pane();
  press('w');
  const dialog = within(await screen.findByRole('dialog', { name: 'Write down an answer' }));
  fireEvent.click(dialog.getByRole('button', { name: /Write it down/ }));
  expect(await dialog.findByText('Say who answered.')).toBeTruthy();
  await choose(/Who answered/, /Gloria/);
  await choose(/What they said/, /say no/);
  expect(dialog.getByText(/Their no ends the request for everybody/)).toBeTruthy();
  await choose(/How/, /By e-mail/);
  fireEvent.change(dialog.getByLabelText('Why, if they said so'), { target: { value: 'Their lease ends.' } });
  // The focus is still on the choice made last, which opens its list by Enter alone.
  fireEvent.keyDown(dialog.getByRole('button', { name: /How/ }), { key: 'Enter', ctrlKey: true });
  await waitFor(() => expect(scene.sent).toHaveLength(1));
  expect(scene.sent[0]).toMatchObject({
    name: 'recordAnswer',
    args: {
      changeId: 'r1',
      personId: 'p3',
      as: 'other-principal',
      answer: 'no',
      by: 'e-mail',
      reason: 'Their lease ends.',
    },
  });
});

test('what was told says so, and whoever wrote it down takes it back', async () => {
  const told = { personId: 'p2', as: 'own-principal', to: 'Noor Haddad', by: 'phone', mayTakeBack: true } as const;
  const at = '2026-06-17T16:00:00.000Z';
  const slots = changeOf().slots.map((slot) =>
    slot.personId === 'p2' ? { ...slot, state: 'agreed' as const, at, told } : slot,
  );
  const scene = open([changeOf({ slots })]);
  const shown = within(await pane());
  expect(shown.getByText(/told to/).textContent).toBe('told to Noor Haddad by phone');
  fireEvent.click(shown.getByRole('button', { name: /Take back what Daniel Achterberg said/ }));
  await waitFor(() => expect(scene.sent).toHaveLength(1));
  expect(scene.sent[0]).toMatchObject({
    name: 'takeBackAnswer',
    args: { changeId: 'r1', personId: 'p2', as: 'own-principal' },
  });
});

test('one whose time ran out says when, and can be asked again with what it asked', async () => {
  const can = { ...changeOf().can, send: false, withdraw: false, keep: false, askAgain: true };
  const scene = open([
    changeOf({ state: 'expired', expiresAt: '2026-06-16T19:00:00.000Z', next: null, answerers: [], can }),
  ]);
  const shown = within(await pane());
  expect(shown.getByText(/The time to agree was over/).textContent).toContain('can still put it into effect');
  press('Enter');
  const dialog = within(await screen.findByRole('dialog', { name: 'Ask for a change' }));
  fireEvent.click(dialog.getByRole('button', { name: /Ask for it/ }));
  await waitFor(() => expect(scene.sent).toHaveLength(1));
  expect(scene.sent[0]).toMatchObject({
    name: 'askChange',
    args: {
      kind: 'closing-date',
      terms: [{ to: '2026-07-10' }],
      reason: 'The loan needs a week more.',
      expiresAt: null,
    },
  });
});

test('before a paper counts it is said what else it may carry', async () => {
  const papers = [paperOf({ carried: ['Change the price'] })];
  open([changeOf({ papers, alsoOpen: ['Give a credit'] })]);
  await pane();
  press('e');
  await screen.findByRole('dialog', { name: 'Put it into effect' });
  fireEvent.click(screen.getByRole('button', { name: /See what moves/ }));
  const dialog = within(await screen.findByRole('dialog', { name: /Move close of escrow/ }));
  expect(dialog.getByText(/This document already put “Change the price” into effect/)).toBeTruthy();
  expect(dialog.getByText(/“Give a credit” is still open on this deal/)).toBeTruthy();
  expect(dialog.getByRole('button', { name: /Put into effect/ })).toBeTruthy();
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
