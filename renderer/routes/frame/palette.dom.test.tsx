import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import { cardOf, dealOf, openApp } from '../../testing/harness.tsx';
import { threadOf } from '../../testing/portal-views.ts';

afterEach(cleanup);

async function openPalette(): Promise<HTMLElement> {
  openApp('/board', { cards: [cardOf({ id: 'd1', stage: 'parties' })] });
  await screen.findByRole('option', { name: /Verbena Ct/ });
  fireEvent.keyDown(document.body, { key: 'k', ctrlKey: true });
  // The part is loaded when it is first asked for, which a busy machine takes its time for.
  return await screen.findByRole('combobox', { name: 'Find or do' }, { timeout: 8_000 });
}

test('Ctrl K opens it, and letters find deals before actions', async () => {
  const field = await openPalette();
  fireEvent.change(field, { target: { value: 'verb' } });
  // The board behind has an option of that name as well.
  await waitFor(() => {
    const first = within(screen.getByRole('listbox', { name: 'Found' })).getAllByRole('option')[0];
    expect(first?.textContent).toContain('Verbena Ct');
    expect(first?.getAttribute('aria-selected')).toBe('true');
  });
});

test('a part of an action is enough, and Enter does it', async () => {
  const field = await openPalette();
  fireEvent.change(field, { target: { value: 'all ke' } });
  await screen.findByRole('option', { name: 'All keys' });
  fireEvent.keyDown(field, { key: 'Enter' });
  expect(await screen.findByRole('dialog', { name: 'All keys' })).toBeTruthy();
  await waitFor(() => expect(screen.queryByRole('combobox')).toBeNull());
});

test('what nothing is called is said, with what to try', async () => {
  const field = await openPalette();
  fireEvent.change(field, { target: { value: 'qqqqq' } });
  expect(await screen.findByText(/No deal, person or task is called "qqqqq"/)).toBeTruthy();
});

test('on a deal it asks for a change of that deal, and writes to its people', async () => {
  const people = [{ id: 'p1', name: 'Priya Raman', role: 'client', company: '', email: '', phone: '' }] as const;
  openApp('/deals/d1', {
    deal: dealOf({ people: [...people] }),
    answers: { 'messages:of': () => [threadOf()], 'papers:lines': () => [] },
  });
  await screen.findByRole('navigation', { name: 'Deal' });
  const find = async (text: string) => {
    fireEvent.keyDown(document.body, { key: 'k', ctrlKey: true });
    const field = await screen.findByRole('combobox', { name: 'Find or do' }, { timeout: 8_000 });
    fireEvent.change(field, { target: { value: text } });
    return field;
  };
  fireEvent.keyDown(await find('write to pri'), { key: 'Enter' });
  expect(await screen.findByRole('region', { name: 'Messages with Priya Raman' })).toBeTruthy();
  fireEvent.keyDown(await find('ask for a ch'), { key: 'Enter' });
  expect(await screen.findByRole('dialog', { name: 'Ask for a change' })).toBeTruthy();
});
