import { cleanup, configure, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { OwnChange, PersonHome } from '../../api/person-home.ts';
import { type Portal, press, showHome, standInPortal, takeDown } from '../testing.tsx';
import { HOME } from '../testing-home.ts';

// A busy machine takes its time.
configure({ asyncUtilTimeout: 10_000 });

let portal: Portal;
beforeEach(() => {
  portal = standInPortal();
});
afterEach(takeDown);

const ASKABLE: PersonHome['askable'] = {
  ...HOME.askable,
  kinds: ['closing-date', 'repairs', 'contingency-extension', 'replace-document', 'price', 'cancellation'],
  ...{ closingOn: '2026-07-02', priceCents: 73_100_000 },
  deadlines: [{ id: 'loan-contingency', title: 'Loan contingency', on: '2026-06-23' }],
  papers: [{ lineId: 'l-contract', title: 'The contract' }],
  people: [
    { id: 'p-priya', name: 'Priya Raman', role: 'client', isYou: true },
    { id: 'p-daniel', name: 'Daniel Okafor', role: 'co-client', isYou: false },
  ],
};
const CHANGE: OwnChange = {
  ...{ id: 'ch-1', kind: 'closing-date', title: 'A change of the closing date', state: 'open' },
  terms: ['The closing date would move from Thursday, July 2 to Thursday, July 16.'],
  ...{ reason: 'The roofer needs two weeks.', askedBy: 'Daniel Okafor', askedAt: '2026-06-16T17:00:00.000Z' },
  ...{
    approveAs: 'own-principal',
    mayWithdraw: false,
    waitsFor: ['our client Priya Raman', 'the other side'],
    isPartOnly: false,
  },
  log: [{ at: '2026-06-16T17:00:00.000Z', who: 'Daniel Okafor', what: 'Asked to change the closing date.' }],
};
const actId = expect.stringMatching(/^[0-9a-f-]{36}$/);
const at = (id?: string) => ({ screen: 'ask-change', id });
const type = (label: RegExp | string, value: string) =>
  fireEvent.change(screen.getByLabelText(label), { target: { value } });

test('asks for another closing day: the choice, the day, a look at it, and it is sent once', async () => {
  await showHome(portal, { askable: ASKABLE });
  fireEvent.click(await screen.findByRole('button', { name: /Ask for a change/ }));
  fireEvent.click(await screen.findByRole('button', { name: 'Close later or earlier' }));
  await screen.findByText('Now: Thursday, July 2.');
  press('Look it over');
  expect(screen.getAllByRole('alert').map(({ textContent }) => textContent)).toContain('Choose the new day first.');
  await waitFor(() => expect(document.activeElement).toBe(screen.getByLabelText('New day')));
  type('New day', '2026-07-18');
  await screen.findByText(/Saturday, July 18, 16 days later\. Offices and banks are mostly closed that day\./);
  type('New day', '2026-07-16');
  type(/^Why/, 'The roofer needs two weeks.');
  press('Look it over');
  const heading = await screen.findByRole('heading', { level: 1, name: 'Look it over' });
  await waitFor(() => expect(document.activeElement).toBe(heading));
  expect(screen.getByText('Closing: Thursday, July 16 instead of Thursday, July 2.')).toBeTruthy();
  expect(screen.getByText('First we ask: Daniel, and the other side.')).toBeTruthy();
  expect(portal.of('ask-change')).toEqual([]);
  press('Change something');
  expect((await screen.findByLabelText<HTMLInputElement>('New day')).value).toBe('2026-07-16');
  press('Look it over');
  portal.answers['ask-change'] = { done: true };
  press('Send my request');
  await screen.findByRole('heading', { name: 'Your request is on its way' });
  expect(portal.of('ask-change')).toEqual([
    {
      ...{ actId, kind: 'closing-date', reason: 'The roofer needs two weeks.' },
      terms: [{ type: 'anchor', name: 'closing', from: '2026-07-02', to: '2026-07-16' }],
    },
  ]);
  expect(Object.keys(localStorage)).toEqual([]);
  press('See how it stands');
  await screen.findByRole('heading', { name: 'Changes' });
});

test('without a signal the request waits with its words, and counts once when it goes', async () => {
  await showHome(portal, { askable: ASKABLE }, at('price'));
  await screen.findByText('Now: $731,000.');
  type('New price in dollars', '720,000');
  press('Look it over');
  press('Send my request');
  await screen.findByText(/Not sent yet/);
  expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Send my request' }).disabled).toBe(true);
  portal.answers['ask-change'] = { done: true };
  fireEvent(window, new Event('online'));
  await screen.findByRole('heading', { name: 'Your request is on its way' });
  const [first, second] = portal.of('ask-change');
  expect(second).toEqual(first);
});

test('a refusal is a sentence, and what was typed stays for another try and for another visit', async () => {
  await showHome(portal, { askable: ASKABLE }, at('repairs'));
  fireEvent.change(await screen.findByLabelText('Repair 1'), { target: { value: 'Wire 123456789' } });
  press('Add another repair');
  await waitFor(() => expect(document.activeElement).toBe(screen.getByLabelText('Repair 2')));
  press('Look it over');
  portal.answers['ask-change'] = { error: { type: 'refused', message: 'Take the account numbers out.' } };
  press('Send my request');
  await screen.findByText('Take the account numbers out.');
  press('Change something');
  expect((await screen.findByLabelText<HTMLInputElement>('Repair 1')).value).toBe('Wire 123456789');
  press('Back');
  await screen.findByRole('heading', { name: /^Hello/ });
  fireEvent.click(screen.getByRole('button', { name: /Ask for a change/ }));
  fireEvent.click(await screen.findByRole('button', { name: 'Repairs, or money instead' }));
  expect((await screen.findByLabelText<HTMLInputElement>('Repair 1')).value).toBe('Wire 123456789');
});

test('lines of repairs come with Enter and go with their button', async () => {
  await showHome(portal, { askable: ASKABLE }, at('repairs'));
  const first = await screen.findByLabelText('Repair 1');
  fireEvent.keyDown(first, { key: 'Enter' });
  expect(screen.queryByLabelText('Repair 2')).toBeNull();
  fireEvent.change(first, { target: { value: 'Leak under the sink' } });
  fireEvent.keyDown(first, { key: 'Enter' });
  fireEvent.change(screen.getByLabelText('Repair 2'), { target: { value: 'The roof' } });
  press('Remove repair 1');
  expect(screen.getByLabelText<HTMLInputElement>('Repair 1').value).toBe('The roof');
  type(/^Money instead/, '2,500');
  press('Look it over');
  await screen.findByText('Repair: The roof');
  expect(screen.getByText('A credit of $2,500 at closing.')).toBeTruthy();
});

test('to end the deal is asked once more, and Escape keeps it', async () => {
  await showHome(portal, { askable: ASKABLE }, at('cancellation'));
  fireEvent.change(await screen.findByLabelText('Why it should end'), { target: { value: 'The loan fell through.' } });
  press('Look it over');
  press('Send my request');
  const asked = await screen.findByRole('heading', { name: 'End the whole deal?' });
  await waitFor(() => expect(document.activeElement).toBe(asked));
  fireEvent.keyDown(asked, { key: 'Escape' });
  expect(screen.queryByRole('heading', { name: 'End the whole deal?' })).toBeNull();
  expect(portal.of('ask-change')).toEqual([]);
  press('Send my request');
  portal.answers['ask-change'] = { done: true };
  press('Ask to end the deal');
  await screen.findByRole('heading', { name: 'Your request is on its way' });
  expect(portal.of('ask-change')).toMatchObject([{ terms: [{ type: 'cancel', reason: 'The loan fell through.' }] }]);
});

test.each([
  ['contingency-extension', 'Which deadline', 'Loan contingency, now Tuesday, June 23'],
  ['replace-document', 'Which paper', 'The contract'],
])('%s offers what there is', async (choice, label, option) => {
  await showHome(portal, { askable: ASKABLE }, at(choice));
  const field = await screen.findByLabelText<HTMLSelectElement>(label);
  expect([...field.options].map(({ text }) => text)).toEqual(['Choose one', option]);
  press('Look it over');
  await waitFor(() => expect(document.activeElement).toBe(field));
});

test('what may not be asked for any more leads back to the choice', async () => {
  await showHome(portal, { askable: { ...ASKABLE, kinds: ['repairs'] } }, at('cancellation'));
  await screen.findByRole('heading', { name: 'Ask for a change' });
  expect(screen.getAllByRole('button').map(({ textContent }) => textContent)).toEqual([
    ...['Back', 'Repairs, or money instead'],
  ]);
});

test('a request that waits for an answer is agreed to, as the capacity that was asked', async () => {
  await showHome(portal, { changes: [CHANGE] }, { screen: 'change', id: 'ch-1' });
  await screen.findByText('Waits for your answer. Nothing has changed yet.');
  expect(screen.getByText('You')).toBeTruthy();
  expect(screen.getByText('Daniel Okafor: Asked to change the closing date.')).toBeTruthy();
  portal.answers['answer-change'] = { done: true };
  portal.answers.home = { ...HOME, changes: [{ ...CHANGE, state: 'approved', approveAs: null, waitsFor: [] }] };
  press('Agree');
  await screen.findByText(/^Agreed by your side/);
  expect(portal.of('answer-change')).toEqual([
    { actId, changeId: 'ch-1', answer: 'approve', as: 'own-principal', reason: '' },
  ]);
  expect(screen.queryByRole('button', { name: 'Agree' })).toBeNull();
});

test('the reason that was typed for a no is there again after a reload, and not once the request is kept open', async () => {
  const at = { screen: 'change', id: 'ch-1' };
  const reload = async () => {
    cleanup();
    vi.resetModules();
    await showHome(portal, { changes: [CHANGE] }, at);
  };
  await showHome(portal, { changes: [CHANGE] }, at);
  fireEvent.click(await screen.findByRole('button', { name: 'Decline' }));
  type(/^Why \(those/, 'We have moved out.');
  await reload();
  expect(await screen.findByDisplayValue('We have moved out.')).toBeTruthy();
  press('Keep it open');
  await reload();
  await screen.findByRole('button', { name: 'Decline' });
  expect(screen.queryByDisplayValue('We have moved out.')).toBeNull();
});

test('declining is asked once more and takes the reason along; the second step comes in between when it is old', async () => {
  await showHome(portal, { changes: [CHANGE] }, { screen: 'change', id: 'ch-1' });
  fireEvent.click(await screen.findByRole('button', { name: 'Decline' }));
  await screen.findByRole('heading', { name: 'Decline this change?' });
  press('Keep it open');
  fireEvent.click(screen.getByRole('button', { name: 'Decline' }));
  type(/^Why \(those/, 'We have moved out.');
  const second = { step: 'word', sentTo: '' };
  portal.answers['answer-change'] = { error: { type: 'confirm-again', message: '', second } };
  press('Decline this change');
  fireEvent.change(await screen.findByLabelText('The word you agreed on'), { target: { value: 'heron' } });
  portal.answers = { ...portal.answers, confirm: { done: true }, 'answer-change': { done: true } };
  portal.answers.home = { ...HOME, changes: [{ ...CHANGE, state: 'declined', approveAs: null }] };
  press('Go on');
  await screen.findByText('Declined. Nothing has changed.');
  const [first, again] = portal.of('answer-change');
  expect(first).toMatchObject({ answer: 'decline', reason: 'We have moved out.' });
  expect(again).toEqual(first);
});

test('somebody answered first: the portal says so and the request stands as it is now', async () => {
  await showHome(portal, { changes: [CHANGE] }, { screen: 'change', id: 'ch-1' });
  await screen.findByRole('button', { name: 'Agree' });
  portal.answers['answer-change'] = { error: { type: 'refused', message: 'This request was declined.' } };
  portal.answers.home = { ...HOME, changes: [{ ...CHANGE, state: 'declined', approveAs: null, waitsFor: [] }] };
  press('Agree');
  await screen.findByText('This request was declined.');
  await screen.findByText('Declined. Nothing has changed.');
  expect(screen.queryByRole('button', { name: 'Agree' })).toBeNull();
});

test('a request whose time is over says so, and the same can be asked again', async () => {
  const over = { ...CHANGE, state: 'expired' as const, approveAs: null, waitsFor: [] };
  await showHome(portal, { changes: [over], askable: ASKABLE }, { screen: 'change', id: 'ch-1' });
  await screen.findByText('The time to agree is over. Nothing has changed.');
  press('Ask again');
  await screen.findByRole('heading', { name: 'Close later or earlier' });
  takeDown();
  portal = standInPortal();
  await showHome(portal, { changes: [over] }, { screen: 'change', id: 'ch-1' });
  await screen.findByText('The time to agree is over. Nothing has changed.');
  expect(screen.queryByRole('button', { name: 'Ask again' })).toBeNull();
});

test('taking one’s own request back is asked once more', async () => {
  const own = { ...CHANGE, askedBy: 'Priya Raman', approveAs: null, mayWithdraw: true, waitsFor: ['the other side'] };
  await showHome(portal, { changes: [own] }, { screen: 'change', id: 'ch-1' });
  await screen.findByText('Asked by you on June 16.');
  press('Take my request back');
  press('Leave it as it is');
  press('Take my request back');
  portal.answers['withdraw-change'] = { done: true };
  portal.answers.home = { ...HOME, changes: [{ ...own, state: 'withdrawn', mayWithdraw: false }] };
  press('Take it back');
  await screen.findByText('Taken back. Nothing has changed.');
  expect(portal.of('withdraw-change')).toEqual([{ actId, changeId: 'ch-1' }]);
});

test('the list shows what waits for an answer first, what is over last, and terms that are not theirs as hidden', async () => {
  const changes: OwnChange[] = [
    { ...CHANGE, id: 'a', kind: 'price', state: 'executed', approveAs: null },
    { ...CHANGE, id: 'b', kind: 'credit', state: 'approved', approveAs: null },
    { ...CHANGE, id: 'c', kind: 'repairs', terms: [] },
    { ...CHANGE, id: 'd', state: 'expired', approveAs: null },
  ];
  await showHome(portal, { changes }, { screen: 'changes' });
  await screen.findByRole('heading', { name: 'Changes' });
  expect(screen.getAllByRole('heading', { level: 3 }).map(({ textContent }) => textContent)).toEqual([
    ...['Repairs', 'A credit toward costs', 'Another price', 'Another closing day'],
  ]);
  expect(screen.queryByRole('button', { name: 'Ask for a change' })).toBeNull();
  press(/^Look and answer Repairs/);
  await screen.findByText(/^What exactly is asked is not shown here/);
  press('Back');
  await screen.findByRole('heading', { name: 'Being decided' });
});

test('none yet, one that is gone, and a look as somebody else', async () => {
  await showHome(portal, {}, { screen: 'changes' });
  await screen.findByText(/^Nobody has asked you about a change/);
  takeDown();
  portal = standInPortal();
  await showHome(portal, { askable: ASKABLE }, { screen: 'change', id: 'gone' });
  await screen.findByRole('heading', { name: 'This request is not here any more' });
  press('All requests for change');
  await screen.findByText(/^Nobody has asked for a change/);
  takeDown();
  portal = standInPortal();
  const own = { ...CHANGE, mayWithdraw: true };
  await showHome(portal, { changes: [own], askable: ASKABLE, isPreview: true }, { screen: 'change', id: 'ch-1' });
  await screen.findByRole('heading', { name: 'What would change' });
  expect(screen.getAllByRole('button').map(({ textContent }) => textContent)).toEqual(['Back']);
});
