import { act, configure, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type Portal, press, showHome, standInPortal, takeDown } from '../testing.tsx';

configure({ asyncUtilTimeout: 10_000 });

let portal: Portal;
beforeEach(() => {
  portal = standInPortal();
});
afterEach(() => {
  takeDown();
  vi.doUnmock('../tasks/tasks-screen.tsx');
});

const TASKS = { screen: 'tasks' };
const second = { step: 'word', sentTo: '' };

test('a reload comes back to the screen it was on, and Back leads home when nothing lies before', async () => {
  await showHome(portal, {}, TASKS);
  const heading = await screen.findByRole('heading', { level: 1, name: 'What you have to do' });
  await waitFor(() => expect(document.activeElement).toBe(heading));
  expect(document.title).toBe('What you have to do - Your closing');
  press('Back');
  await screen.findByRole('heading', { name: /^Hello Priya/ });
  expect(location.hash + location.search).toBe('');
});

test('what history kept of another page is not believed', async () => {
  await showHome(portal, {}, { screen: 'no-such-screen' });
  await screen.findByRole('heading', { name: /^Hello Priya/ });
});

test('a screen that does not load says so, and comes when the signal is back', async () => {
  let isThere = false;
  vi.doMock('../tasks/tasks-screen.tsx', async (original) => {
    if (!isThere) throw new TypeError('no connection');
    return original();
  });
  await showHome(portal, {}, TASKS);
  await screen.findByRole('heading', { name: 'This part did not load' });
  expect(screen.getByRole('alert').textContent).toContain('Nothing is lost');
  isThere = true;
  fireEvent(window, new Event('online'));
  await screen.findByRole('heading', { name: 'What you have to do' });
});

test('an act that finds no line waits on every screen, and is sent with the same id when the signal is back', async () => {
  await showHome(portal, {}, TASKS);
  const button = await screen.findByRole('button', { name: 'It is done: Send us the binder' });
  fireEvent.click(button);
  await screen.findByText('Not sent yet. It will be tried again when you are back.');
  expect(button).toHaveProperty('disabled', true);
  press('Back');
  await screen.findByRole('heading', { name: /^Hello Priya/ });
  screen.getByText(/^One thing is not sent yet/);
  portal.answers = { ...portal.answers, 'complete-task': { done: true } };
  fireEvent(window, new Event('online'));
  await waitFor(() => expect(screen.queryByText(/^One thing is not sent yet/)).toBeNull());
  const [first, again] = portal.of('complete-task') as { readonly actId: string }[];
  expect(first).toMatchObject({ taskId: 'task-1', isDone: true });
  expect(again).toEqual(first);
});

test('an act that needs the second step anew asks for it in place and goes out again', async () => {
  portal.answers = { 'complete-task': { error: { type: 'confirm-again', message: 'Again.', second } } };
  await showHome(portal, {}, TASKS);
  fireEvent.click(await screen.findByRole('button', { name: 'It is done: Send us the binder' }));
  const heading = await screen.findByRole('heading', { name: 'Check once more that it is you' });
  await waitFor(() => expect(document.activeElement).toBe(heading));
  portal.answers = { ...portal.answers, confirm: { error: { type: 'wrong-answer', message: '' } } };
  fireEvent.change(screen.getByLabelText('The word you agreed on'), { target: { value: 'goose' } });
  press('Go on');
  await screen.findByText(/not the word you agreed on/);
  portal.answers = { ...portal.answers, confirm: { done: true }, 'complete-task': { done: true } };
  press('Go on');
  await waitFor(() => expect(screen.queryByRole('heading', { name: 'Check once more that it is you' })).toBeNull());
  const [first, again] = portal.of('complete-task');
  expect(again).toEqual(first);
});

test('a refusal is said where it was pressed; a session that is over ends the page', async () => {
  portal.answers = { 'complete-task': { error: { type: 'not-allowed', message: 'This task is done already.' } } };
  await showHome(portal, {}, TASKS);
  fireEvent.click(await screen.findByRole('button', { name: /It is done/ }));
  await screen.findByText('This task is done already.');
  portal.answers['complete-task'] = { error: { type: 'not-signed-in', message: '' } };
  press(/It is done/);
  await screen.findByRole('heading', { name: 'You are signed out' });
});

test('the Back of a phone goes one screen back, and the page stands where it stood', async () => {
  await showHome(portal, {}, TASKS);
  await screen.findByRole('heading', { name: 'What you have to do' });
  const scrolled: number[] = [];
  vi.stubGlobal('scrollTo', (_x: number, y: number) => scrolled.push(y));
  const state = (at: object, key: string, depth: number) => ({ state: { at, key, depth } });
  Object.defineProperty(window, 'scrollY', { value: 480, configurable: true });
  act(() => void window.dispatchEvent(new PopStateEvent('popstate', state({ screen: 'home' }, 'before', 0))));
  await screen.findByRole('heading', { name: /^Hello Priya/ });
  act(() => void window.dispatchEvent(new PopStateEvent('popstate', state(TASKS, 'test', 1))));
  await screen.findByRole('heading', { name: 'What you have to do' });
  expect(scrolled).toEqual([0, 480]);
});

test('signing out leaves no words behind on the device', async () => {
  localStorage.setItem('draft form x', '"half"');
  localStorage.setItem('other', '1');
  portal.answers = { 'sign-out': { done: true } };
  await showHome(portal);
  await screen.findByRole('heading', { name: /^Hello Priya/ });
  press('Sign out');
  await screen.findByRole('heading', { name: 'You are signed out' });
  expect(Object.keys(localStorage)).toEqual(['other']);
});
