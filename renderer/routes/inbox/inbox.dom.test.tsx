import { act, cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import type { CallInput } from '../../../electron/contract/calls.ts';
import type { InboxView } from '../../../electron/contract/papers.ts';
import type { CommandReply } from '../../../electron/contract/values.ts';
import { openApp } from '../../testing/harness.tsx';
import { answerCalls, itemOf, MARLOWE, proposalOf, viewOf } from './testing.ts';

afterEach(cleanup);

type Sent = { readonly name: string; readonly input: Record<string, unknown> };
const doneWith = (label: string): CommandReply => ({ outcome: 'done', label, changes: 1, commandId: label });

/** The inbox over rows in memory; what was filed or set aside goes to `done`, as the records would have it. */
async function openInbox(start: InboxView, answers: { readonly file?: () => CommandReply | Error } = {}) {
  const sent: Sent[] = [];
  let view = start;
  const decide = (id: string, state: 'filed' | 'set-aside') => {
    const waits = [...view.held, ...view.toConfirm, ...view.noIdea, ...view.refused];
    const without = (items: InboxView['held']) => items.filter((item) => item.id !== id);
    const item = waits.find((one) => one.id === id);
    view = viewOf({
      held: without(view.held),
      toConfirm: without(view.toConfirm),
      noIdea: without(view.noIdea),
      refused: without(view.refused),
      done: [...(item ? [{ ...item, state, canUndo: true }] : []), ...view.done],
    });
  };
  const keep = (name: string) => (input: unknown) => void sent.push({ name, input: input as Record<string, unknown> });
  answerCalls({
    'inbox:list': () => view,
    'inbox:count': () => ({ open: view.open, toReview: 0 }),
    'deals:get': () => null,
    'papers:lines': () => [],
    'inbox:cuts': () => ({ pages: 9, cuts: [{ from: 1, to: 4, title: 'Listing agreement', reason: '' }] }),
    'inbox:file': (input: CallInput<'inbox:file'>) => {
      keep('file')(input);
      const reply = answers.file?.() ?? doneWith('Filed it');
      if (!(reply instanceof Error) && reply.outcome === 'done') decide(input.arrivalId, 'filed');
      return reply;
    },
    'inbox:set-aside': (input: CallInput<'inbox:set-aside'>) => {
      keep('set-aside')(input);
      decide(input.arrivalId, 'set-aside');
      return doneWith('Set it aside');
    },
    'inbox:undo': (input) => {
      keep('undo')(input);
      view = { ...start };
      return doneWith('Took it back');
    },
    'inbox:verdict-on-held': (input) => {
      keep('verdict')(input);
      return { outcome: 'refused', refusal: { type: 'NeedsReason', message: 'Say whom you called.' } };
    },
    'inbox:password': (input) => {
      keep('password')(input);
      return { outcome: 'refused', refusal: { type: 'WrongPassword', message: 'That password did not open it.' } };
    },
    'inbox:split': (input) => {
      keep('split')(input);
      return { jobId: 'j' };
    },
    'inbox:join-photos': (input) => {
      keep('join')(input);
      return { jobId: 'j' };
    },
  });
  openApp('/inbox');
  // The screen is loaded when it is first asked for, which a busy machine takes its time for.
  await waitFor(() => expect(document.documentElement.dataset.ready).toBe('inbox'), { timeout: 8_000 });
  return sent;
}

const row = (name: RegExp) => screen.getByRole('option', { name });
const press = (key: string, more: object = {}) =>
  fireEvent.keyDown(document.activeElement ?? document.body, { key, ...more });
const selected = () => document.querySelector('[role="option"][tabindex="0"]')?.getAttribute('data-row');
const names = (sent: readonly Sent[]) => sent.map(({ name }) => name);

test('Enter files what is proposed, the next file comes up with the focus, and U takes it back', async () => {
  const sent = await openInbox(viewOf({ toConfirm: [itemOf('a'), itemOf('b')], noIdea: [itemOf('c')] }));
  act(() => row(/a\.pdf/).focus());
  press('Enter');
  await screen.findByText('Filed it');
  expect(sent[0]?.input).toMatchObject({ arrivalId: 'a', dealId: 'd1', lineId: 'tds', suffix: 'SS', toReview: true });
  await waitFor(() => expect(document.activeElement?.getAttribute('data-row')).toBe('b'));
  press('u');
  await waitFor(() => expect(sent.at(-1)).toEqual({ name: 'undo', input: { arrivalId: 'a' } }));
  await waitFor(() => expect(selected()).toBe('a'));
});

test('Ctrl Z and the line at the foot take setting aside back, through the inbox', async () => {
  const sent = await openInbox(viewOf({ toConfirm: [itemOf('a'), itemOf('b')] }));
  press('x');
  await screen.findByText('Set it aside');
  press('z', { ctrlKey: true });
  await waitFor(() => expect(sent.at(-1)).toEqual({ name: 'undo', input: { arrivalId: 'a' } }));
  await screen.findByRole('option', { name: /^To confirm: a\.pdf/ });
  await waitFor(() => expect(selected()).toBe('a'));
  press('x');
  fireEvent.click(await screen.findByRole('button', { name: 'Undo' }));
  await waitFor(() => expect(names(sent)).toEqual(['set-aside', 'undo', 'set-aside', 'undo']));
});

test('a refusal stays beside the buttons and the file stays selected', async () => {
  const refusal = { type: 'SameContent', message: 'This very file is version 1 already.' };
  await openInbox(viewOf({ toConfirm: [itemOf('a'), itemOf('b')] }), { file: () => ({ outcome: 'refused', refusal }) });
  fireEvent.click(screen.getByRole('button', { name: 'File it' }));
  expect((await screen.findByRole('alert')).textContent).toBe(refusal.message);
  expect(selected()).toBe('a');
  press('j');
  await waitFor(() => expect(screen.queryByText(refusal.message)).toBeNull());
});

test('a call that is not answered is said like a refusal', async () => {
  await openInbox(viewOf({ toConfirm: [itemOf('a')] }), { file: () => new Error('The disk is full. Make room.') });
  press('Enter');
  expect((await screen.findByRole('alert')).textContent).toBe('The disk is full. Make room.');
});

test('keys rest in fields and dialogs', async () => {
  const sent = await openInbox(viewOf({ toConfirm: [itemOf('a'), itemOf('b')] }));
  press('d');
  const field = await screen.findByRole('combobox');
  for (const key of ['x', 'j', 'u', 's', ' ']) fireEvent.keyDown(field, { key });
  expect([names(sent), selected()]).toEqual([[], 'a']);
  expect(screen.getByRole('dialog', { name: 'Which deal is it of?' })).toBeTruthy();
});

test('with no deal Enter asks for it instead of filing', async () => {
  const unknown = itemOf('c', { proposal: proposalOf({ deal: null, lineId: null, lineTitle: '', certainty: 'none' }) });
  const sent = await openInbox(viewOf({ noIdea: [unknown] }));
  expect(screen.getByText('Choose the deal first.')).toBeTruthy();
  press('Enter');
  expect(await screen.findByRole('dialog', { name: 'Which deal is it of?' })).toBeTruthy();
  expect(names(sent)).toEqual([]);
});

test('a held file is neither filed nor set aside by key, and is let go only with words', async () => {
  const held = itemOf('h', { state: 'held', sentence: 'Looks like wire instructions.', proposal: null });
  const callFirst = { name: 'Josué Tavares', phone: '(916) 555-0164' };
  const sent = await openInbox(viewOf({ held: [{ ...held, callFirst }] }));
  const banner = screen.getByRole('region', { name: 'Why one file is held' });
  expect(banner.textContent).toContain('Call Josué Tavares on (916) 555-0164');
  for (const key of ['Enter', 'x', 'c', 'd', 'l', 's']) press(key);
  expect(names(sent)).toEqual([]);
  fireEvent.click(within(banner).getByRole('button', { name: 'I called, it is real' }));
  fireEvent.click(await screen.findByRole('button', { name: 'Let it go' }));
  expect((await screen.findByRole('alert')).textContent).toBe('Say whom you called.');
});

test('Undo all takes back what filed itself, and not what the person filed', async () => {
  const filed = (id: string, byRule: boolean) =>
    itemOf(id, {
      state: 'filed',
      canUndo: true,
      filed: { deal: MARLOWE, lineId: 'tds', lineTitle: 'TDS', versionId: id, version: 1, byRule },
    });
  const sent = await openInbox(viewOf({ done: [filed('r1', true), filed('mine', false), filed('r2', true)] }));
  fireEvent.click(screen.getByRole('button', { name: 'Undo all' }));
  expect(await screen.findByText('2 files wait in the inbox again.')).toBeTruthy();
  expect(sent.map(({ input }) => input.arrivalId)).toEqual(['r1', 'r2']);
});

test('a bundle is split only by ranges that hold', async () => {
  const sent = await openInbox(viewOf({ toConfirm: [itemOf('a')] }));
  press('s');
  const last = await screen.findByLabelText('Last page of part 1');
  fireEvent.change(last, { target: { value: '12' } });
  expect(screen.getByText('This file has pages 1 to 9.')).toBeTruthy();
  fireEvent.click(screen.getByRole('button', { name: 'Make 1 part' }));
  expect((await screen.findByRole('alert')).textContent).toBe('This file has pages 1 to 9.');
  expect(names(sent)).toEqual([]);
  fireEvent.change(last, { target: { value: '4' } });
  fireEvent.click(screen.getByRole('button', { name: 'Another part' }));
  fireEvent.click(screen.getByRole('button', { name: 'Make 2 parts' }));
  await waitFor(() => expect(names(sent)).toEqual(['split']));
  expect(sent[0]?.input.cuts).toMatchObject([
    { from: 1, to: 4, title: 'Listing agreement' },
    { from: 5, to: 9 },
  ]);
});

test('photos chosen together become one file, in the order of their names', async () => {
  const photos = ['IMG_10', 'IMG_9', 'IMG_8'].map((id) => itemOf(id));
  const sent = await openInbox(viewOf({ toConfirm: photos }));
  act(() => row(/IMG_10/).focus());
  press('ArrowDown', { shiftKey: true });
  await screen.findByText('2 files chosen.');
  press('ArrowDown', { shiftKey: true });
  fireEvent.click(await screen.findByRole('button', { name: 'Make one file' }));
  await waitFor(() => expect(sent[0]?.input.arrivalIds).toEqual(['IMG_8', 'IMG_9', 'IMG_10']));
  await waitFor(() => expect(screen.queryByText(/files chosen/)).toBeNull());
});

test('a PDF behind a password asks for it, and says when it did not open', async () => {
  const sent = await openInbox(viewOf({ noIdea: [itemOf('p', { needsPassword: true })] }));
  // As narrow as a test page is, the file stands under its own tab.
  fireEvent.click(screen.getByRole('button', { name: 'The file' }));
  fireEvent.change(screen.getByLabelText(/opens with a password/), { target: { value: 'guess' } });
  fireEvent.click(screen.getByRole('button', { name: 'Open it' }));
  expect(await screen.findByText('That password did not open it.')).toBeTruthy();
  expect(sent[0]?.input).toEqual({ arrivalId: 'p', password: 'guess' });
});

test('three hundred files draw only the rows in sight, and K and End reach all of them', async () => {
  const many = Array.from({ length: 300 }, (_, at) => itemOf(`f${String(at).padStart(3, '0')}`));
  await openInbox(viewOf({ toConfirm: many }));
  expect(screen.getAllByRole('option').length).toBeLessThan(60);
  act(() => row(/f000/).focus());
  press('End');
  await waitFor(() => expect(document.activeElement?.getAttribute('data-row')).toBe('f299'));
  press('k');
  await waitFor(() => expect(selected()).toBe('f298'));
});

test('what stands in for a file that left the list stays selected while others come in above it', async () => {
  let view = viewOf({ noIdea: [itemOf('gone'), itemOf('next')] });
  answerCalls({ 'inbox:list': () => view, 'deals:get': () => null, 'papers:lines': () => [] });
  const { emit } = openApp('/inbox');
  await waitFor(() => expect(selected()).toBe('gone'), { timeout: 8_000 });
  const come = async (...ids: readonly string[]) => {
    view = viewOf({ noIdea: ids.map((id) => itemOf(id)) });
    act(() => emit({ type: 'inbox:changed', open: 3 }));
    await waitFor(() => expect(screen.getAllByRole('option')).toHaveLength(ids.length));
  };
  await come('next');
  expect(selected()).toBe('next');
  await come('newer', 'next');
  expect(selected()).toBe('next');
  await come('newest', 'newer', 'next');
  expect(selected()).toBe('next');
});

test('a copy can be saved of what is not drawn here', async () => {
  await openInbox(viewOf({ noIdea: [itemOf('letter', { extension: 'docx' })] }));
  fireEvent.click(screen.getByRole('button', { name: 'The file' }));
  expect(await screen.findByRole('button', { name: 'Save a copy' })).toBeTruthy();
});

test('no copy is offered of what nobody gets', async () => {
  await openInbox(viewOf({ noIdea: [itemOf('wire', { sha256: null })] }));
  fireEvent.click(screen.getByRole('button', { name: 'The file' }));
  expect(await screen.findByText(/does not draw this kind of file/)).toBeTruthy();
  expect(screen.queryByRole('button', { name: 'Save a copy' })).toBeNull();
});

test('an empty inbox says how files come', async () => {
  await openInbox(viewOf({}));
  expect(screen.getByRole('heading', { name: 'Nothing has come in' })).toBeTruthy();
});

test('what can not be read says so and is asked for again', async () => {
  let isBroken = true;
  answerCalls({ 'inbox:list': () => (isBroken ? new Error('The records are busy.') : viewOf({})) });
  openApp('/inbox');
  expect(await screen.findByText('The records are busy.')).toBeTruthy();
  isBroken = false;
  fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
  expect(await screen.findByRole('heading', { name: 'Nothing has come in' })).toBeTruthy();
});
