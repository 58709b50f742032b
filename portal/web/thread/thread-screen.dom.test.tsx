import { configure, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { OwnMessage } from '../../api/person-home.ts';
import { type Portal, press, showHome, standInPortal, takeDown } from '../testing.tsx';
import { HOME } from '../testing-home.ts';

configure({ asyncUtilTimeout: 10_000 });

let portal: Portal;
beforeEach(() => {
  portal = standInPortal();
});
afterEach(takeDown);

const MESSAGE: OwnMessage = {
  ...{ id: 'm1', aboutType: 'task', aboutId: 'task-1', aboutTitle: 'Send us the binder', body: 'Which binder?\nThis?' },
  ...{ isMine: true, authorName: 'Priya Raman', writtenAt: '2026-06-16T18:00:00.000Z' },
};
const AT = { screen: 'messages' };
const field = () => screen.findByLabelText('Write to Noor');
const say = async (text: string) => fireEvent.change(await field(), { target: { value: text } });

test('a thread says who wrote what, when and about what', async () => {
  const answer = { ...MESSAGE, id: 'm2', isMine: false, authorName: 'Noor Haddad', aboutTitle: '', body: 'Yes.' };
  await showHome(portal, { messages: [MESSAGE, answer] }, AT);
  await screen.findByRole('heading', { name: 'Messages with Noor' });
  const rows = screen.getByRole('list', { name: 'Messages, oldest first' }).querySelectorAll('li');
  expect([...rows].map((row) => row.textContent)).toEqual([
    expect.stringMatching(/^You June 16.*About: Send us the binderWhich binder\?\nThis\?$/),
    expect.stringMatching(/^Noor Haddad June 16.*Yes\.$/),
  ]);
});

test('a message about an item is sent with what it is about, and the field is empty after it', async () => {
  portal.answers = { 'write-message': { done: true } };
  await showHome(portal, {}, { ...AT, also: 'task', id: 'task-1' });
  await screen.findByText('About: Send us the binder');
  press('Send');
  screen.getByText('Write something first.');
  await say('  Which one?  ');
  press('Send');
  await screen.findByText('Sent.');
  expect(await field()).toHaveProperty('value', '');
  expect(portal.of('write-message')).toMatchObject([{ aboutType: 'task', aboutId: 'task-1', body: 'Which one?' }]);
  expect(localStorage.length).toBe(0);
  press('About something else');
  await waitFor(() => expect(screen.queryByText('About: Send us the binder')).toBeNull());
});

test('what is not theirs or not there is not what a message is about', async () => {
  await showHome(portal, {}, { ...AT, also: 'document', id: 'of-somebody-else' });
  await field();
  expect(screen.queryByText(/^About:/)).toBeNull();
});

test('without a line the message waits, and its words are kept', async () => {
  await showHome(portal, {}, AT);
  await say('Hello');
  press('Send');
  await screen.findByText('Not sent yet. It will be tried again when you are back.');
  expect(localStorage.getItem('draft message page-1 deal ')).toBe('"Hello"');
  portal.answers = { ...portal.answers, 'write-message': { done: true } };
  fireEvent(window, new Event('online'));
  await screen.findByText('Sent.');
  const [first, again] = portal.of('write-message');
  expect(again).toEqual(first);
});

test('what the rules refuse is said, and the words stay', async () => {
  const message = 'Take the account numbers out.';
  portal.answers = { 'write-message': { error: { type: 'refused', message } } };
  await showHome(portal, {}, AT);
  await say('My account is 123');
  press('Send');
  await screen.findByText(message);
  expect(await field()).toHaveProperty('value', 'My account is 123');
});

test('a preview reads and does not write; without a coordinator it is said whom to ask', async () => {
  await showHome(portal, { isPreview: true, messages: [MESSAGE] }, AT);
  await screen.findByText(/Which binder/);
  expect(screen.queryByRole('button', { name: 'Send' })).toBeNull();
  takeDown();
  portal = standInPortal();
  await showHome(portal, { people: HOME.people.filter(({ role }) => role !== 'tc') }, AT);
  await screen.findByRole('heading', { name: 'Messages with your coordinator' });
});
