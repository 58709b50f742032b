import { configure, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { FormQuestion, OwnForm } from '../../api/person-home.ts';
import { type Portal, press, showHome, standInPortal, takeDown } from '../testing.tsx';

configure({ asyncUtilTimeout: 10_000 });

let portal: Portal;
beforeEach(() => {
  portal = standInPortal();
});
afterEach(takeDown);

const question = (id: string, kind: FormQuestion['kind'], more: Partial<FormQuestion> = {}): FormQuestion => ({
  ...{ id, kind, ask: `Question ${id}?`, help: '', options: [], isRequired: true, allowUnknown: false },
  ...more,
});
const FORM: OwnForm = {
  ...{ id: 'f1', title: 'About your home', state: 'asked', reason: '', answers: {} },
  questions: [
    question('heating', 'choice', {
      options: [
        { value: 'gas', label: 'Gas' },
        { value: 'oil', label: 'Oil' },
      ],
    }),
    question('pool', 'yes-no', { allowUnknown: true }),
    question('built', 'year', { allowUnknown: true, help: 'It is on the deed.' }),
    question('dues', 'money', { isRequired: false }),
  ],
};
const AT = { screen: 'form', id: 'f1' };
const open = (more: Partial<OwnForm> = {}) => showHome(portal, { forms: [{ ...FORM, ...more }] }, AT);
const type = (label: string, value: string) => fireEvent.change(screen.getByLabelText(label), { target: { value } });

test('answers are checked, sent once, and shown as they were sent', async () => {
  portal.answers = { 'send-form': { done: true } };
  await open();
  await screen.findByRole('heading', { level: 1, name: 'About your home' });
  type('Question built?', '19');
  press('Send my answers');
  screen.getByText('3 answers need another look. Nothing is sent yet.');
  screen.getByText('Please answer this one, or say that you do not know.');
  screen.getByText('Write the year with four digits, like 1987.');
  await waitFor(() => expect(document.activeElement).toBe(screen.getByLabelText('Gas')));
  fireEvent.click(screen.getByLabelText('Oil'));
  fireEvent.click(screen.getAllByLabelText('I do not know')[0] as HTMLElement);
  type('Question built?', '1987');
  type('Question dues?', ' 1,450.50 ');
  const answers = { heating: 'oil', pool: 'unknown', built: '1987', dues: '1,450.50' };
  portal.answers.home = {
    ...(portal.answers.home as object),
    forms: [{ ...FORM, state: 'sent', answers: { ...answers, built: 1987, dues: '1450.50' } }],
  };
  press('Send my answers');
  await screen.findByText('Your answers are sent. Your coordinator is looking at them.');
  expect(portal.of('send-form')).toMatchObject([{ formId: 'f1', answers }]);
  expect(screen.getAllByRole('definition').map((each) => each.textContent)).toEqual([
    ...['Oil', 'I do not know', '1987', '$1,450.50'],
  ]);
  expect(Object.keys(localStorage)).toEqual([]);
});

test('what was typed is there again after the tab was closed', async () => {
  await open();
  await screen.findByRole('heading', { level: 1, name: 'About your home' });
  type('Question dues?', '20');
  fireEvent.click(screen.getByLabelText('Gas'));
  takeDownPage();
  await open();
  await screen.findByRole('heading', { level: 1, name: 'About your home' });
  expect(screen.getByLabelText('Question dues?')).toHaveProperty('value', '20');
  expect(screen.getByLabelText('Gas')).toHaveProperty('checked', true);
});

test('a draft of another form of the questions is not believed', async () => {
  localStorage.setItem('draft form f1', JSON.stringify({ dues: 7, other: 'x', built: '1990' }));
  await open();
  await screen.findByRole('heading', { level: 1, name: 'About your home' });
  expect(screen.getByLabelText('Question dues?')).toHaveProperty('value', '');
  expect(screen.getByLabelText('Question built?')).toHaveProperty('value', '1990');
});

test('a form that came back says why and has its answers; what the portal refuses stands at its question', async () => {
  await open({ state: 'returned', reason: 'Which year?', answers: { heating: 'gas', pool: false, dues: '650000' } });
  await screen.findByText(/“Which year\?”/);
  expect(screen.getByLabelText('Question dues?')).toHaveProperty('value', '650,000');
  expect(screen.getByLabelText('No')).toHaveProperty('checked', true);
  type('Question built?', '2200');
  portal.answers['send-form'] = {
    error: { type: 'bad-request', message: 'Write a year up to 2028.', questionId: 'built' },
  };
  press('Send my answers');
  await screen.findByText('Write a year up to 2028.');
  const field = screen.getByLabelText('Question built?');
  await waitFor(() => expect(document.activeElement).toBe(field));
  expect(field.getAttribute('aria-invalid')).toBe('true');
  type('Question built?', '2020');
  expect(screen.queryByText('Write a year up to 2028.')).toBeNull();
});

test('without a line nothing is lost: it says so, and keeps what was typed', async () => {
  await open({ questions: [question('built', 'year')] });
  await screen.findByRole('heading', { level: 1, name: 'About your home' });
  type('Question built?', '1987');
  press('Send my answers');
  await screen.findByText('Not sent yet. It will be tried again when you are back.');
  expect(localStorage.getItem('draft form f1')).toBe('{"built":"1987"}');
});

test('questions that are not there any more, and those of a preview', async () => {
  await showHome(portal, { forms: [] }, AT);
  await screen.findByRole('heading', { name: 'These questions are not here any more' });
  takeDown();
  portal = standInPortal();
  await showHome(portal, { forms: [FORM], isPreview: true }, AT);
  await screen.findByText('Waiting for your answers.');
  expect(screen.queryByRole('button', { name: 'Send my answers' })).toBeNull();
});

test('the list of forms leads to each', async () => {
  await showHome(
    portal,
    { forms: [FORM, { ...FORM, id: 'f2', title: 'Another', state: 'taken' }] },
    { screen: 'forms' },
  );
  await screen.findByText('Your answers are taken over. Thank you.');
  press(/^About your home/);
  await screen.findByRole('button', { name: 'Send my answers' });
});

/** Closes the page and leaves what the browser keeps. */
function takeDownPage(): void {
  const kept = { ...localStorage };
  takeDown();
  for (const [key, value] of Object.entries(kept)) localStorage.setItem(key, value as string);
  portal = standInPortal();
}

test('each answer that the portal could take is looked at alike', async () => {
  const { readAnswer } = await import('../../../core/deals/intake-answers.ts');
  const { looksRight } = await import('./looks-right.ts');
  const today = '2026-06-17' as Parameters<typeof readAnswer>[2];
  const tries = ['1987', '$1,450.50', '650000', 'a@b.example', '(916) 555-0123', 'California', 'CA', '95816-1234'];
  for (const kind of ['year', 'money', 'text', 'email', 'phone', 'state', 'zip', 'day', 'yes-no'] as const)
    for (const text of [...tries, '2026-02-28', 'yes', '+44 20 7946 0958']) {
      const rule = { ...question('q', kind), required: true, target: 'fact' as const };
      if (readAnswer(rule, text, today).ok) expect([kind, text, looksRight(rule, text)]).toEqual([kind, text, true]);
    }
});
