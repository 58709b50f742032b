import { act, cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import { cardOf, openApp } from '../../testing/harness.tsx';

afterEach(cleanup);

const verbena = () => cardOf({ id: 'd1', stage: 'parties' });
const marlowe = () => cardOf({ id: 'd2', stage: 'milestones', plate: '1847', street: 'Marlowe Ave', missing: 2 });
const column = (name: RegExp) => screen.getByRole('region', { name });
async function stand(name: RegExp): Promise<void> {
  const card = await screen.findByRole('option', { name });
  act(() => card.focus());
}
const press = (key: string, more: object = {}) =>
  fireEvent.keyDown(document.activeElement ?? document.body, { key, ...more });

test('a card is carried with M and the arrows, lands at once, and is read out', async () => {
  const scene = openApp('/board', { cards: [verbena(), marlowe()] });
  scene.answer = (command) => {
    scene.cards = [marlowe(), { ...verbena(), stage: 'disclosures' }];
    return { outcome: 'done', label: 'Moved to Disclosures', changes: 1, commandId: command.id };
  };
  await stand(/Verbena Ct/);
  press('m');
  press('ArrowRight');
  expect(within(column(/Disclosures/)).getByText('Drop here for Disclosures')).toBeTruthy();
  expect(screen.getByTestId('spoken').textContent).toContain('Over Disclosures');
  press('Enter');
  expect(await within(column(/Disclosures/)).findByRole('option', { name: /Verbena Ct/ })).toBeTruthy();
  expect(within(column(/Parties/)).queryByRole('option')).toBeNull();
  expect(scene.sent[0]).toMatchObject({
    dealId: 'd1',
    name: 'moveStage',
    args: { to: 'disclosures', expected: 'parties' },
  });
  await waitFor(() => expect(screen.getByTestId('spoken').textContent).toContain('is in Disclosures now'));
});

test('Esc puts a carried card back and sends nothing', async () => {
  const scene = openApp('/board', { cards: [verbena()] });
  await stand(/Verbena Ct/);
  press('m');
  press('ArrowRight');
  press('Escape');
  expect(screen.queryByText('Drop here for Disclosures')).toBeNull();
  expect(scene.sent).toEqual([]);
});

test('arrows go to the card at the same height in the next column that has any', async () => {
  openApp('/board', { cards: [verbena(), marlowe()] });
  await stand(/Verbena Ct/);
  press('ArrowRight');
  await waitFor(() => expect(document.activeElement?.textContent).toContain('Marlowe Ave'));
});

test('a refused move says what is missing and who has it; leaving it keeps the card where it was', async () => {
  const scene = openApp('/board', { cards: [marlowe()] });
  scene.answer = () => ({
    outcome: 'refused',
    refusal: {
      type: 'StageNotDone',
      message: 'Not ready for Changes. Milestones is done when these two are in.',
      missing: [
        { kind: 'task', id: 't1', what: 'Appraisal report', who: 'Lender', state: 'waiting', detail: '2026-06-15' },
        { kind: 'task', id: 't2', what: 'Insurance binder', who: '', state: 'none', detail: 'Nobody has asked for it' },
      ],
    },
  });
  await stand(/Marlowe Ave/);
  press('m');
  press('ArrowRight');
  expect(within(column(/Changes/)).getByText(/Not yet for 1847 Marlowe Ave. Two things are missing/)).toBeTruthy();
  press('Enter');
  const panel = await screen.findByRole('alertdialog', { name: 'Not ready for Changes' });
  expect(within(panel).getByText('Milestones is done when these two are in.')).toBeTruthy();
  expect(within(panel).getByText('Lender, was due Mon, Jun 15')).toBeTruthy();
  await waitFor(() => expect(document.activeElement?.textContent).toContain('Leave it'));
  fireEvent.click(within(panel).getByRole('button', { name: /Leave it/ }));
  await waitFor(() => expect(screen.queryByRole('alertdialog')).toBeNull());
  expect(within(column(/Milestones/)).getByRole('option', { name: /Marlowe Ave/ })).toBeTruthy();
});

test('moving anyway needs a reason and sends it', async () => {
  const scene = openApp('/board', { cards: [marlowe()] });
  const refusal = { type: 'StageNotDone', message: 'Not ready for Changes. Two are missing.', missing: [] };
  scene.answer = (command) =>
    command.args.anyway === undefined
      ? { outcome: 'refused', refusal }
      : { outcome: 'done', label: 'Moved to Changes', changes: 1, commandId: command.id };
  await stand(/Marlowe Ave/);
  press('m');
  press('ArrowRight');
  press('Enter');
  fireEvent.click(await screen.findByRole('button', { name: 'Move anyway…' }));
  fireEvent.click(screen.getByRole('button', { name: 'Move to Changes' }));
  expect(screen.getByText(/Say in a few words why/)).toBeTruthy();
  fireEvent.change(screen.getByLabelText('Why it moves on without them'), {
    target: { value: 'The lender confirmed by phone' },
  });
  fireEvent.click(screen.getByRole('button', { name: 'Move to Changes' }));
  await waitFor(() => expect(screen.queryByRole('alertdialog')).toBeNull());
  expect(scene.sent.at(-1)?.args).toMatchObject({ to: 'changes', anyway: 'The lender confirmed by phone' });
});

test('an optimistic move that is refused after all goes back', async () => {
  const scene = openApp('/board', { cards: [verbena()] });
  scene.answer = () => ({
    outcome: 'refused',
    refusal: { type: 'StageMoved', message: 'Theo moved it to Closing meanwhile.' },
  });
  await stand(/Verbena Ct/);
  press('m');
  press('ArrowRight');
  press('Enter');
  expect(await screen.findByText('Theo moved it to Closing meanwhile.')).toBeTruthy();
  expect(document.querySelector('[data-stage="parties"] [data-deal="d1"]')).toBeTruthy();
});

test('the line at the foot undoes what was done, and Ctrl Z the one before', async () => {
  const scene = openApp('/board', { cards: [verbena()] });
  scene.answer = (command) => ({ outcome: 'done', label: `${command.name} done`, changes: 1, commandId: command.id });
  await stand(/Verbena Ct/);
  for (const way of ['ArrowRight', 'ArrowRight']) {
    press('m');
    press(way);
    press('Enter');
    await screen.findByText('moveStage done');
  }
  const [first, second] = scene.sent;
  fireEvent.click(await screen.findByRole('button', { name: /Undo/ }));
  expect(await screen.findByText('undo done')).toBeTruthy();
  expect(scene.sent.at(-1)).toMatchObject({ name: 'undo', args: { commandId: second?.id } });
  press('z', { ctrlKey: true });
  await waitFor(() => expect(scene.sent.at(-1)).toMatchObject({ name: 'undo', args: { commandId: first?.id } }));
});

test('a card of a deal on which people wait says so, and the others do not', async () => {
  openApp('/board', {
    cards: [{ ...verbena(), waits: 1 }, { ...marlowe(), waits: 3 }, cardOf({ id: 'd3', stage: 'closing' })],
  });
  expect((await screen.findByRole('option', { name: /Verbena Ct One thing waits for you/ })).title).toBe('');
  expect(screen.getByTitle('3 things wait for you').textContent).toBe('3 things wait for you');
  expect(screen.getAllByTitle(/waits? for you/)).toHaveLength(2);
});
