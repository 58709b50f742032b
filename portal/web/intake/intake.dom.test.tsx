import { act, cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { IntakeCallName, IntakeDraft } from '../../api/intake-calls.ts';
import type { FormQuestion } from '../../api/person-home.ts';

const TOKEN = 'a'.repeat(43);
const question = (id: string, kind: FormQuestion['kind'], more: Partial<FormQuestion> = {}): FormQuestion => ({
  ...{ id, kind, ask: `About ${id}?`, help: '', options: [], isRequired: true, allowUnknown: false },
  ...more,
});
const SELL = question('scenario', 'choice', {
  options: [
    { value: 'buy', label: 'Buy a home' },
    { value: 'sell', label: 'Sell a home' },
  ],
});
const NAME = question('clientName', 'text');
const YEAR = question('yearBuilt', 'year', { allowUnknown: true });
const UNIT = question('unit', 'text', { isRequired: false });
const LOAN = question('financing', 'yes-no');
const draftOf = (questions: readonly FormQuestion[], answers: IntakeDraft['answers'] = {}): IntakeDraft => ({
  ...{ at: 'draft', office: 'Fennimore Realty', askedBy: 'Noor Haddad', canMail: false },
  ...{ questions: [...questions], answers, endsAt: '2026-07-17T16:00:00.000Z' },
});
const SENT = {
  ...{ at: 'sent', office: 'Fennimore Realty', owner: 'Noor Haddad', sentAt: '2026-06-17T16:00:00.000Z' },
  ...{ scenario: 'sell', side: 'seller', reach: 'phone' },
};

type Reply = unknown | ((input: Record<string, unknown>) => unknown);
let answers: Partial<Record<IntakeCallName, Reply>>;
let asked: { name: string; input: Record<string, unknown> }[];

beforeEach(() => {
  answers = { where: { at: 'nobody' }, look: { office: 'Fennimore Realty', askedBy: 'Noor Haddad', hasBegun: false } };
  asked = [];
  vi.resetModules();
  vi.stubGlobal('scrollTo', () => {});
  vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
    const name = url.slice('/api/intake/'.length) as IntakeCallName;
    const input = JSON.parse(String(init.body)) as Record<string, unknown>;
    asked.push({ name, input });
    const reply = answers[name];
    const given = typeof reply === 'function' ? (reply as (of: unknown) => unknown)(input) : reply;
    if (given === undefined) throw new TypeError('no connection');
    const isError = typeof given === 'object' && given !== null && 'error' in given;
    return new Response(JSON.stringify(isError ? { ok: false, ...given } : { ok: true, value: given }));
  });
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  sessionStorage.clear();
  history.replaceState(null, '', location.pathname);
});

async function show(hash = ''): Promise<void> {
  location.hash = hash;
  const { IntakeApp } = await import('./intake-app.tsx');
  render(<IntakeApp />);
}
const press = (name: RegExp | string) => fireEvent.click(screen.getByRole('button', { name }));
const title = (name: string | RegExp) => screen.findByRole('heading', { level: 1, name });
const field = () => screen.getByRole<HTMLInputElement>('textbox');
const sent = (name: IntakeCallName) => asked.filter((each) => each.name === name).map(({ input }) => input);

test('the link says who asks, leaves the address bar at once, and begins nothing by itself', async () => {
  answers.open = draftOf([SELL, NAME]);
  await show(`#/start/${TOKEN}`);
  await title('Tell us what you are planning');
  expect(screen.getByText('Noor Haddad of Fennimore Realty asked you to this page.')).toBeTruthy();
  expect(location.href).not.toContain(TOKEN);
  expect(asked.map(({ name }) => name)).toEqual(['look']);
  press('Begin');
  await title('About scenario?');
  expect(sent('open')).toEqual([{ token: TOKEN }]);
});

test('a choice is one press, a typed answer waits for Continue, and the review comes when nothing is open', async () => {
  answers.where = draftOf([SELL, NAME, UNIT]);
  answers.answer = ({ questionId, value }: Record<string, string>) => {
    const held = (answers.where as IntakeDraft).answers;
    answers.where = draftOf([SELL, NAME, UNIT], { ...held, [questionId ?? '']: value ?? null });
    return answers.where;
  };
  await show();
  await title('About scenario?');
  press('Sell a home');
  await title('About clientName?');
  press('Continue');
  expect(screen.getByRole('alert').textContent).toContain('Answer this first.');
  expect(field().getAttribute('aria-invalid')).toBe('true');
  fireEvent.change(field(), { target: { value: 'Maria Ortiz' } });
  press('Continue');
  await title('About unit?');
  press('Skip this question');
  await title('Look over your answers');
  expect(sent('answer')).toEqual([
    { questionId: 'scenario', value: 'sell' },
    { questionId: 'clientName', value: 'Maria Ortiz' },
    { questionId: 'unit', value: null },
  ]);
  expect(screen.getByText('Left out')).toBeTruthy();
});

test('Back goes to the question before with what was answered there', async () => {
  answers.where = draftOf([SELL, NAME], { scenario: 'sell' });
  await show();
  await title('About clientName?');
  expect(screen.queryByRole('button', { name: 'Back' })).toBeNull();
  answers.answer = draftOf([SELL, NAME], { scenario: 'sell', clientName: 'Maria' });
  fireEvent.change(field(), { target: { value: 'Maria' } });
  press('Continue');
  await title('Look over your answers');
  press('Back');
  await title('About clientName?');
  expect(field().value).toBe('Maria');
});

test('a changed branch asks what it leads to, says so, and comes back to the review', async () => {
  answers.where = draftOf([SELL, NAME], { scenario: 'sell', clientName: 'Maria' });
  await show();
  await title('Look over your answers');
  answers.answer = draftOf([SELL, NAME, LOAN], { scenario: 'buy', clientName: 'Maria' });
  press('Change the answer to: About scenario?');
  await title('About scenario?');
  expect(screen.getByRole('button', { name: 'Sell a home' }).getAttribute('aria-pressed')).toBe('true');
  press('Buy a home');
  await title('About financing?');
  expect(screen.getByText('This leads to one more question.')).toBeTruthy();
  answers.answer = draftOf([SELL, NAME, LOAN], { scenario: 'buy', clientName: 'Maria', financing: true });
  press('Yes');
  await title('Look over your answers');
});

test('without a signal what was typed stays, and it is sent by itself when there is one', async () => {
  answers.where = draftOf([YEAR]);
  await show();
  await title('About yearBuilt?');
  fireEvent.change(field(), { target: { value: '1986' } });
  press('Continue');
  await waitFor(() => expect(screen.getByRole('alert').textContent).toContain('No signal.'));
  expect(field().value).toBe('1986');
  answers.answer = draftOf([YEAR], { yearBuilt: 1986 });
  act(() => void dispatchEvent(new Event('online')));
  await title('Look over your answers');
  expect(sent('answer')).toEqual([
    { questionId: 'yearBuilt', value: '1986' },
    { questionId: 'yearBuilt', value: '1986' },
  ]);
});

test('what is wrong is said at the field in the words of the portal', async () => {
  answers.where = draftOf([YEAR]);
  answers.answer = { error: { type: 'wrong-answer', message: 'Write the year with four digits.' } };
  await show();
  await title('About yearBuilt?');
  fireEvent.change(field(), { target: { value: '86' } });
  press('Continue');
  await waitFor(() => expect(screen.getByRole('alert').textContent).toContain('Write the year with four digits.'));
  expect(field().getAttribute('aria-describedby')).toContain('wrong');
  fireEvent.change(field(), { target: { value: '1986' } });
  expect(screen.getByRole('alert').textContent).toBe('');
});

test('pressed twice it is sent once, and what was written beside the answers is forgotten here', async () => {
  answers.where = draftOf([NAME], { clientName: 'Maria' });
  answers.send = SENT;
  await show();
  await title('Look over your answers');
  fireEvent.change(field(), { target: { value: ' Call after six. ' } });
  const send = screen.getByRole('button', { name: 'Send my answers' });
  fireEvent.click(send);
  fireEvent.click(send);
  await title('Your answers are in');
  expect(sent('send')).toEqual([{ words: 'Call after six.' }]);
  expect(sessionStorage).toHaveLength(0);
  expect(screen.getByText(/You get a call on the number you gave/)).toBeTruthy();
});

test('a link that ended while somebody answered says so', async () => {
  answers.where = draftOf([SELL, NAME]);
  answers.answer = { error: { type: 'not-signed-in', message: 'Your answers are not here.' } };
  await show();
  await title('About scenario?');
  press('Buy a home');
  await title('This link does not work');
});

test('stopping says until when, makes a link for another device, and deletes only when asked twice', async () => {
  answers.where = { ...draftOf([SELL, NAME], { clientEmail: 'm@x.example' }), canMail: true };
  answers.continue = { url: 'https://portal.office.example/begin#/resume/xyz' };
  answers['mail-link'] = { sentTo: 'm•••@x•••.example' };
  answers.clear = { done: true };
  await show();
  await title('About scenario?');
  press('Stop and go on later');
  await title('Stop, and go on later');
  expect(screen.getByText(/kept until July 17/)).toBeTruthy();
  press('Make a link');
  expect((await screen.findByRole<HTMLInputElement>('textbox', { name: 'The link to your answers' })).value).toContain(
    '#/resume/',
  );
  press('E‑mail it to me');
  await screen.findByText(/m•••@x•••\.example/);
  press('Delete my answers');
  press('Keep my answers');
  expect(sent('clear')).toEqual([]);
  press('Delete my answers');
  press('Yes, delete them');
  await title('Your answers are deleted');
});

test('an unknown link, no link and no signal each say what to do', async () => {
  answers.look = { error: { type: 'not-available', message: 'no' } };
  await show(`#/start/${TOKEN}`);
  await title('This link does not work');
  cleanup();
  vi.resetModules();
  await show();
  await title('Open your link again');
  cleanup();
  vi.resetModules();
  delete answers.where;
  await show();
  await title('The page cannot be reached');
  answers.where = SENT;
  press('Try again');
  await title('Your answers are in');
});
