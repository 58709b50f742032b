import { configure, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { OwnForm, WantedPaper } from '../../api/person-home.ts';
import { type Portal, press, showHome, standInPortal, takeDown } from '../testing.tsx';
import { HOME } from '../testing-home.ts';

configure({ asyncUtilTimeout: 10_000 });

let portal: Portal;
beforeEach(() => {
  portal = standInPortal();
});
afterEach(takeDown);

const paper = (at: number): WantedPaper => ({ lineId: `l${at}`, title: `Paper ${at}`, why: 'asked', reason: '' });
const rows = () => screen.getAllByRole('button', { name: /^Send us: / });

test('the most urgent leads straight to doing it, and a long list is folded', async () => {
  await showHome(portal, { wanted: [1, 2, 3, 4, 5, 6, 7].map(paper) });
  const first = await screen.findByRole('heading', { level: 2, name: 'Send us the binder' });
  expect(first.parentElement?.textContent).toContain('Your next step');
  expect(rows()).toHaveLength(5);
  press('Show all 7');
  expect(rows()).toHaveLength(7);
  press('Show fewer');
  expect(rows()).toHaveLength(5);
});

test('what is to be answered or read opens from its button', async () => {
  const form: OwnForm = { id: 'f1', title: 'About you', state: 'asked', reason: '', questions: [], answers: {} };
  await showHome(portal, { tasks: [], forms: [form] });
  await screen.findByRole('heading', { level: 2, name: 'Answer: About you' });
  press('Answer the questions');
  await screen.findByRole('heading', { level: 1, name: 'About you' });
});

test('a task is marked where it stands, and what was done can be taken back', async () => {
  portal.answers = { 'complete-task': { done: true } };
  await showHome(portal);
  const button = await screen.findByRole('button', { name: 'It is done: Send us the binder' });
  portal.answers.home = { ...HOME, tasks: [] };
  button.click();
  await screen.findByText('Marked as done: Send us the binder');
  screen.getByRole('heading', { name: 'Nothing for you to do right now' });
  screen.getByRole('button', { name: 'It is not done after all: Send us the binder' });
});

test('without anybody to ask, it says whom to call; in a preview nothing can be done', async () => {
  await showHome(portal, { people: [] });
  await screen.findByText('Questions? Call your coordinator on a number you know.');
  takeDown();
  portal = standInPortal();
  await showHome(portal, { isPreview: true });
  await screen.findByRole('heading', { name: 'Send us the binder' });
  expect(screen.queryByRole('button', { name: /It is done|Ask/ })).toBeNull();
});
