import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import { cardOf, openApp } from '../../testing/harness.tsx';

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
