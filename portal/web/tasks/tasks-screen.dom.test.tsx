import { configure, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Portal, press, showHome, standInPortal, takeDown } from '../testing.tsx';
import { HOME } from '../testing-home.ts';

configure({ asyncUtilTimeout: 10_000 });

let portal: Portal;
beforeEach(() => {
  portal = standInPortal();
});
afterEach(takeDown);

const AT = { screen: 'tasks' };
const LATER = { id: 'task-2', title: 'Choose a mover', dueOn: '2026-06-25', isLate: false };

test('each task says until when, and can be asked about', async () => {
  await showHome(portal, { tasks: [...HOME.tasks, LATER] }, AT);
  await screen.findByText('By Thursday, June 25.');
  screen.getByText('One is done.');
  screen.getByText('This was due Tuesday, June 16. Call today.');
  press('Ask Noor about this: Choose a mover');
  await screen.findByText('About: Choose a mover');
});

test('what is marked as done by mistake is taken back', async () => {
  portal.answers = { 'complete-task': { done: true } };
  await showHome(portal, { tasks: [...HOME.tasks, LATER] }, AT);
  const done = await screen.findByRole('button', { name: 'It is done: Choose a mover' });
  portal.answers.home = HOME;
  done.focus();
  done.click();
  const said = await screen.findByText('Marked as done: Choose a mover');
  await waitFor(() => expect(screen.queryByRole('heading', { name: 'Choose a mover' })).toBeNull());
  // The button is gone; whoever listens or goes by keyboard is not sent to the top.
  await waitFor(() => expect(document.activeElement).toBe(said));
  press('It is not done after all: Choose a mover');
  await waitFor(() => expect(screen.queryByText('Marked as done: Choose a mover')).toBeNull());
  expect(portal.of('complete-task')).toMatchObject([
    { taskId: 'task-2', isDone: true },
    { taskId: 'task-2', isDone: false },
  ]);
});

test('nothing to do is said, and a preview can do nothing', async () => {
  await showHome(portal, { tasks: [], tasksDone: 0 }, AT);
  await screen.findByText('Nothing for you to do right now.');
  takeDown();
  portal = standInPortal();
  await showHome(portal, { isPreview: true }, AT);
  await screen.findByRole('heading', { name: 'Send us the binder' });
  expect(screen.queryByRole('button', { name: /It is done|Ask/ })).toBeNull();
});
