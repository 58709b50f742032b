import { cleanup, configure, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type Portal, press, show, standInPortal, takeDown } from './testing.tsx';
import { HOME } from './testing-home.ts';

// A busy machine takes its time.
configure({ asyncUtilTimeout: 10_000 });

const TOKEN = 'T'.repeat(43);
let portal: Portal;

beforeEach(() => {
  portal = standInPortal();
});
afterEach(takeDown);

const names = () => portal.asked.map(({ name }) => name);

test('a link waits for the button, leaves the address at once, and a code goes out with it', async () => {
  portal.answers = {
    open: { step: 'code', sentTo: 'p•••@m•••.example' },
    'send-code': { sentTo: 'p', expiresAt: 'x' },
  };
  await show(`#/open/${TOKEN}`);
  expect(location.hash).toBe('');
  expect(portal.asked).toEqual([]);
  press('Open my closing');
  const field = await screen.findByLabelText(/The code from the/);
  expect(portal.asked).toEqual([
    { name: 'open', input: { token: TOKEN } },
    { name: 'send-code', input: {} },
  ]);
  await waitFor(() => expect(document.activeElement).toBe(field));
  fireEvent.change(field, { target: { value: 'Your code: 1234-5678' } });
  expect((field as HTMLInputElement).value).toBe('1234 5678');
  portal.answers = { ...portal.answers, confirm: { error: { type: 'wrong-answer', message: '', triesLeft: 4 } } };
  press('Open my page');
  expect((await screen.findByRole('alert')).textContent).toContain('4 more tries');
  portal.answers = { ...portal.answers, confirm: { done: true }, home: HOME };
  press('Open my page');
  await screen.findByRole('heading', { name: 'Hello Priya, 15 days to go' });
  expect(portal.asked.filter(({ name }) => name === 'confirm').at(-1)?.input).toEqual({ answer: '12345678' });
});

test('too short a code is said without asking, and a new one is sent on request', async () => {
  portal.answers = { where: { at: 'second-step', second: { step: 'code', sentTo: 'p•••@m•••.example' } } };
  await show();
  const send = await screen.findByRole('button', { name: 'Send me the code' });
  expect(names()).toEqual(['where']);
  portal.answers['send-code'] = { error: { type: 'too-often', message: '', retryAfter: 1800 } };
  fireEvent.click(send);
  await waitFor(() => expect(screen.getByRole('alert').textContent).toContain('30 minutes'));
  portal.answers['send-code'] = { sentTo: 'p', expiresAt: 'x' };
  press('Send me the code');
  fireEvent.change(await screen.findByLabelText(/The code from the/), { target: { value: '123' } });
  press('Open my page');
  expect(screen.getByRole('alert').textContent).toBe('The code has 8 digits.');
  expect(names()).toEqual(['where', 'send-code', 'send-code']);
  press('Send a new code');
  await waitFor(() => expect(names()).toHaveLength(4));
});

test('when no new code goes out, the one before can still be typed', async () => {
  const second = { step: 'code', sentTo: 'p•••@m•••.example' };
  portal.answers = { open: second, 'send-code': { sentTo: 'p', expiresAt: 'x' }, confirm: { done: true }, home: HOME };
  await show(`#/open/${TOKEN}`);
  press('Open my closing');
  await screen.findByLabelText(/The code from the/);
  portal.answers['send-code'] = { error: { type: 'too-often', message: '', retryAfter: 1800 } };
  press('Send a new code');
  await waitFor(() => expect(screen.getByRole('alert').textContent).toContain('30 minutes'));
  fireEvent.change(screen.getByLabelText(/The code from the/), { target: { value: '12345678' } });
  press('Open my page');
  await screen.findByRole('heading', { name: 'Hello Priya, 15 days to go' });
});

test('a link that is over, a session that is over, nobody, and no connection: each says what to do', async () => {
  portal.answers = { open: { error: { type: 'not-available', message: '' } } };
  await show(`#/open/${TOKEN}`);
  press('Open my closing');
  expect((await screen.findByRole('heading', { name: 'This link does not work' })).tabIndex).toBe(-1);
  cleanup();
  vi.resetModules();
  portal.answers = { where: { at: 'nobody' } };
  await show();
  await screen.findByRole('heading', { name: 'Open your link again' });
  cleanup();
  vi.resetModules();
  portal.answers = {};
  await show();
  await screen.findByRole('heading', { name: 'The page cannot be reached' });
  portal.answers = { where: { at: 'home' }, home: { error: { type: 'not-signed-in', message: '' } } };
  press('Try again');
  await screen.findByRole('heading', { name: 'You are signed out' });
});

test('another link in the same window starts over', async () => {
  await show();
  await screen.findByRole('heading', { name: 'Open your link again' });
  location.hash = `#/open/${TOKEN}`;
  fireEvent(window, new HashChangeEvent('hashchange'));
  await screen.findByRole('button', { name: 'Open my closing' });
  expect(location.hash).toBe('');
});

test('home shows what is there, whom to call and nothing that does nothing', async () => {
  portal.answers = { where: { at: 'home' }, home: HOME };
  await show();
  await screen.findByRole('heading', { name: 'Send us the binder' });
  expect(screen.getByText('This was due Tuesday, June 16. Call today.')).toBeTruthy();
  expect(screen.getAllByRole('link', { name: /Call Noor/ }).map((link) => link.getAttribute('href'))).toEqual([
    ...['tel:9165550117', 'tel:9165550117'],
  ]);
  expect(screen.getByText('Appraisal decision until 5:00 PM')).toBeTruthy();
  expect(screen.getAllByText('17 days after.')).toHaveLength(1);
  expect(screen.queryByText('Wen Zhao')).toBeNull();
  expect(
    screen.getAllByRole('button').map((button) => button.getAttribute('aria-label') ?? button.textContent),
  ).toEqual([
    ...['Sign out', 'It is done: Send us the binder', 'Ask Noor about this: Send us the binder'],
    ...['Add to my calendar', 'Papers 2 papers', 'Messages Write to us'],
    ...['What you have to do 1 to do, 1 done', 'Send something else Photos or a file, for your coordinator'],
    ...['People on this deal 3 people', 'Never pay from an e‑mail. Call first.'],
  ]);
  press('Sign out');
  await screen.findByRole('heading', { name: 'You are signed out' });
});

test('a lost line leaves what was there, with its time; a preview says so and offers no way to act', async () => {
  portal.answers = { where: { at: 'home' }, home: HOME };
  await show();
  await screen.findByRole('heading', { name: 'Send us the binder' });
  portal.answers = {};
  fireEvent(window, new Event('online'));
  await screen.findByText(/No connection. This is how it was at/);
  expect(screen.getByRole('heading', { name: 'Send us the binder' })).toBeTruthy();
  cleanup();
  vi.resetModules();
  portal.answers = { where: { at: 'home' }, home: { ...HOME, isPreview: true } };
  await show();
  await screen.findByText('You see this as Priya Raman does. Nothing can be changed here.');
  expect(screen.queryByRole('button', { name: /Download/ })).toBeNull();
});

test.each([
  [{ progress: { stage: 'closing', closedOn: '2026-07-02', outcome: 'closed' } }, 'Hello Priya, it is closed'],
  [
    { progress: { stage: 'closing', closedOn: '2026-07-02', outcome: 'withdrawn' } },
    'Hello Priya, this deal has ended',
  ],
  [{ closingOn: '2026-06-17' }, 'Hello Priya, closing is today'],
  [{ closingOn: '2026-06-18' }, 'Hello Priya, 1 day to go'],
  [{ closingOn: '2026-06-10' }, 'Hello Priya'],
  [{ closingOn: null, tasks: [], dates: [], people: [], documents: [] }, 'Hello Priya'],
  [{ closingOn: null, place: { ...HOME.place, side: 'tenant' } }, 'Hello Priya'],
  [{ progress: null, tasks: [], mayDownload: false }, 'Hello Priya, 15 days to go'],
] as const)('home in another state: %o', async (more, heading) => {
  portal.answers = { where: { at: 'home' }, home: { ...HOME, ...more } };
  await show();
  expect((await screen.findByRole('heading', { level: 1 })).textContent).toBe(heading);
});
