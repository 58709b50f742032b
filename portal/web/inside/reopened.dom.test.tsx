import { cleanup, configure, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { PersonHome } from '../../api/person-home.ts';
import { type Portal, press, show, showHome, standInPortal, takeDown } from '../testing.tsx';

/** What somebody did waits for a signal while the page is loaded again, or closed and opened later. */

configure({ asyncUtilTimeout: 10_000 });

let portal: Portal;
beforeEach(() => {
  portal = standInPortal();
});
afterEach(takeDown);

/** Whatever day this is run on, the link is not over. */
const LASTING = { endsOn: '2999-08-01' };
const TASKS = { screen: 'tasks' };
const TICK = 'It is done: Send us the binder';
const kept = () => Object.keys(localStorage).filter((name) => name.startsWith('act '));
const ticks = () => portal.of('complete-task') as readonly { readonly actId: string }[];

/** Presses "done" where there is no line, and closes the page. */
async function tickAndClose(): Promise<void> {
  await showHome(portal, LASTING, TASKS);
  fireEvent.click(await screen.findByRole('button', { name: TICK }));
  await screen.findByText('Not sent yet. It will be tried again when you are back.');
  close();
}

function close(): void {
  cleanup();
  vi.resetModules();
  history.replaceState(null, '');
}

async function openHome(more: Partial<PersonHome> = {}): Promise<void> {
  await showHome(portal, { ...LASTING, ...more });
  await screen.findByRole('heading', { name: /^Hello/ });
}

test('it still waits where it was done, and goes out as the same act when the signal is back', async () => {
  await tickAndClose();
  await showHome(portal, LASTING, TASKS);
  const button = await screen.findByRole('button', { name: TICK });
  await screen.findByText('Not sent yet. It will be tried again when you are back.');
  expect(button).toHaveProperty('disabled', true);
  screen.getByText(/^One thing is not sent yet.*You can close this page/);
  portal.answers = { ...portal.answers, 'complete-task': { done: true } };
  fireEvent(window, new Event('online'));
  await waitFor(() => expect(screen.queryByText(/not sent yet/i)).toBeNull());
  const [first, ...again] = ticks();
  expect(again).toEqual([first, first]);
  expect(kept()).toEqual([]);
});

test('it goes out by itself when the page is opened, on whatever screen, and its words go with it', async () => {
  await showHome(portal, LASTING, { screen: 'messages' });
  fireEvent.change(await screen.findByRole('textbox'), { target: { value: 'Is the roof in it?' } });
  press('Send');
  await screen.findByText('Not sent yet. It will be tried again when you are back.');
  close();
  expect(Object.keys(localStorage).filter((name) => name.startsWith('draft '))).toHaveLength(1);
  portal.answers = { ...portal.answers, 'write-message': { done: true } };
  await openHome();
  await waitFor(() => expect(portal.of('write-message')).toHaveLength(2));
  await waitFor(() => expect(localStorage.length).toBe(0));
  expect(portal.of('write-message')[1]).toEqual(portal.of('write-message')[0]);
});

test('a refusal is said on whatever screen it comes, with its sentence, until it is seen', async () => {
  await tickAndClose();
  const message = 'This task is done already.';
  portal.answers = { ...portal.answers, 'complete-task': { error: { type: 'not-allowed', message } } };
  await openHome({ tasks: [] });
  const said = await screen.findByText(message);
  expect(said.textContent).toBe('The task that you marked did not go through. This task is done already.');
  expect([ticks().length, kept()]).toEqual([2, []]);
  press('All right');
  expect(screen.queryByText(message)).toBeNull();
});

test('the second step is asked for on whatever screen, and then the same act goes out', async () => {
  await tickAndClose();
  const again = { error: { type: 'confirm-again', message: 'Again.', second: { step: 'word', sentTo: '' } } };
  portal.answers = { ...portal.answers, 'complete-task': again };
  await openHome({ tasks: [] });
  await screen.findByRole('heading', { name: 'Check once more that it is you' });
  screen.getByText('The task that you marked is not sent yet.');
  portal.answers = { ...portal.answers, confirm: { done: true }, 'complete-task': { done: true } };
  fireEvent.change(screen.getByLabelText('The word you agreed on'), { target: { value: 'heron' } });
  press('Go on');
  await waitFor(() => expect(ticks()).toHaveLength(3));
  expect(new Set(ticks().map(({ actId }) => actId)).size).toBe(1);
});

test('it is never sent for another deal, nor from a look as that person, and waits for its own', async () => {
  await tickAndClose();
  portal.answers = { ...portal.answers, 'complete-task': { done: true } };
  await openHome({ pageId: 'page-2' });
  expect(screen.queryByText(/not sent yet/i)).toBeNull();
  close();
  await openHome({ isPreview: true });
  expect([ticks().length, kept().length]).toEqual([1, 1]);
  close();
  await openHome();
  await waitFor(() => expect(ticks()).toHaveLength(2));
  await waitFor(() => expect(kept()).toEqual([]));
});

test('whoever signs out leaves nothing of it behind', async () => {
  await tickAndClose();
  await openHome();
  await screen.findByText(/^One thing is not sent yet/);
  portal.answers = { ...portal.answers, 'sign-out': { done: true } };
  press('Sign out');
  await screen.findByRole('heading', { name: 'You are signed out' });
  expect(kept()).toEqual([]);
  expect(screen.queryByText(/not sent yet/)).toBeNull();
});

test('a session that is over, nobody and no signal: each says that it is kept, and not what it is', async () => {
  await tickAndClose();
  portal.answers = { ...portal.answers, 'complete-task': { error: { type: 'not-signed-in', message: '' } } };
  await showHome(portal, LASTING);
  await screen.findByRole('heading', { name: 'You are signed out' });
  const sentence =
    'One thing you did here is not sent yet. It is kept on this device and sent when you open your page again.';
  screen.getByText(sentence);
  close();
  portal.answers = { where: { at: 'nobody' } };
  await show();
  await screen.findByRole('heading', { name: 'Open your link again' });
  screen.getByText(sentence);
  close();
  portal.answers = {};
  await show();
  await screen.findByRole('heading', { name: 'The page cannot be reached' });
  screen.getByText(sentence);
  // The page opens by itself when the signal is back.
  portal.answers = { where: { at: 'nobody' } };
  fireEvent(window, new Event('online'));
  await screen.findByRole('heading', { name: 'Open your link again' });
});
