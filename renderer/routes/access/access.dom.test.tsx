import { act, cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import type { CallInput, CallName } from '../../../electron/contract/calls.ts';
import type { AccessView, Answered } from '../../../electron/contract/sync.ts';
import type { DealView } from '../../../electron/contract/values.ts';
import { accessOf, entryOf, linkOf, memberOf } from '../../testing/access.ts';
import { dealOf, openApp } from '../../testing/harness.tsx';
import { syncOf } from '../../testing/sync.ts';

afterEach(cleanup);

const OK = { kind: 'ok', value: { done: true } } as const;
const URL = 'https://portal.example/p/1#k=abc';

function open(first: Answered<AccessView>, deal: Partial<DealView> = {}) {
  const stage = { answer: first, asked: [] as { name: CallName; input: unknown }[] };
  const done = (name: CallName) => (input: unknown) => {
    stage.asked.push({ name, input });
    return OK;
  };
  const scene = openApp('/deals/d1?tab=people&view=access', {
    deal: dealOf(deal),
    answers: {
      'papers:lines': () => [],
      'access:get': () => stage.answer as never,
      'access:revoke-link': done('access:revoke-link'),
      'access:set-download': done('access:set-download'),
      'access:set-member': done('access:set-member'),
      'access:preview': () => ({ kind: 'ok', value: { url: 'http://portal.localhost:1/look#k' } }),
      'host:open-link': ({ url }) => {
        stage.asked.push({ name: 'host:open-link', input: url });
        return { done: true };
      },
      'access:make-link': (input: CallInput<'access:make-link'>) => {
        stage.asked.push({ name: 'access:make-link', input });
        return { kind: 'ok', value: { link: linkOf(), url: URL, qr: '<svg xmlns="http://www.w3.org/2000/svg"/>' } };
      },
    },
  });
  return { stage, scene };
}

const ok = (view: AccessView): Answered<AccessView> => ({ kind: 'ok', value: view });
const pane = (name: string) => screen.findByRole('region', { name }, { timeout: 8_000 });
const press = (key: string) => fireEvent.keyDown(document.body, { key });

test('a calendar feed says what it is, and is ended by itself', async () => {
  const feed = linkOf({ id: 'l2', kind: 'calendar', secondStep: 'none', address: '', madeByName: 'Priya Raman' });
  const { stage } = open(ok(accessOf([entryOf({ links: [linkOf(), feed] })])));
  const card = within(await pane('Priya Raman'));
  expect(card.getByText('Calendar feed, open')).toBeTruthy();
  expect(
    card.getByText(/Dates and short titles, for whoever has its address. Not read yet. .*by Priya Raman/),
  ).toBeTruthy();
  // Only the link hands out files.
  expect(card.getAllByRole('switch')).toHaveLength(1);
  fireEvent.click(card.getByRole('button', { name: 'End now' }));
  const dialog = within(await screen.findByRole('dialog', { name: 'End Priya Raman’s calendar feed?' }));
  fireEvent.click(dialog.getByRole('button', { name: 'End it now' }));
  await waitFor(() =>
    expect(stage.asked).toEqual([{ name: 'access:revoke-link', input: { dealId: 'd1', linkId: 'l2' } }]),
  );
});

test('each person and member stands with one line, and opens the whole of it', async () => {
  open(ok(accessOf([memberOf(), entryOf({ links: [linkOf(), linkOf({ id: 'l2', state: 'revoked' })] })])));
  const card = within(await pane('Priya Raman'));
  expect(screen.getAllByRole('option').map((row) => row.textContent)).toEqual([
    expect.stringContaining('Own papers and dates'),
    expect.stringContaining('All but pay stubs'),
  ]);
  expect(card.getByText('Priya Raman is the client on this deal.')).toBeTruthy();
  expect(card.getAllByText(/A code by e-mail, to priya@raman\.example\. Not opened yet/)).toHaveLength(2);
  // The revoked one has nothing left to do.
  expect(card.getAllByRole('button', { name: 'Revoke now' })).toHaveLength(1);
  expect(card.getAllByRole('switch')).toHaveLength(1);
});

test('revoking is asked once, names what goes and what stays, and is told to the portal', async () => {
  const { stage } = open(ok(accessOf([entryOf({ links: [linkOf()] })])));
  await pane('Priya Raman');
  fireEvent.click(screen.getByRole('button', { name: 'Revoke now' }));
  const dialog = within(await screen.findByRole('dialog', { name: 'Revoke Priya Raman’s link?' }));
  expect(dialog.getByText(/stops working at once.*downloaded stays/)).toBeTruthy();
  fireEvent.click(dialog.getByRole('button', { name: /Revoke it now/ }));
  await waitFor(() =>
    expect(stage.asked).toEqual([{ name: 'access:revoke-link', input: { dealId: 'd1', linkId: 'l1' } }]),
  );
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
});

test('a link is made with a code, shown once with its picture, and copied', async () => {
  const { stage } = open(ok(accessOf([entryOf()])), { closingOn: '2026-07-02' as DealView['closingOn'] });
  await pane('Priya Raman');
  press('l');
  const dialog = await screen.findByRole('dialog', { name: 'Make a link for Priya Raman' });
  fireEvent.click(within(dialog).getByRole('switch', { name: 'May download files' }));
  fireEvent.click(within(dialog).getByRole('button', { name: /Make the link/ }));
  const made = within(await screen.findByRole('dialog', { name: 'The link for Priya Raman' }));
  expect(stage.asked[0]?.input).toEqual({
    ...{ dealId: 'd1', personId: 'p1', secondStep: 'code', word: '', mayDownload: false, expiresOn: null },
  });
  expect((made.getByRole('textbox', { name: 'Address' }) as HTMLInputElement).value).toBe(URL);
  expect(made.getByRole('img').getAttribute('src')).toMatch(/^data:image\/svg\+xml/);
  const copied: string[] = [];
  Object.defineProperty(navigator, 'clipboard', {
    configurable: true,
    value: { writeText: async (text: string) => void copied.push(text) },
  });
  fireEvent.click(made.getByRole('button', { name: 'Copy the address' }));
  await made.findByText('Copied.');
  expect(copied).toEqual([URL]);
});

test('without mail the second step is a word, which must be one, and is told by phone', async () => {
  const { stage } = open(ok(accessOf([entryOf()], { canMail: false })));
  await pane('Priya Raman');
  press('l');
  const dialog = within(await screen.findByRole('dialog', { name: 'Make a link for Priya Raman' }));
  expect((dialog.getByRole('radio', { name: /A code by e-mail/ }) as HTMLInputElement).disabled).toBe(true);
  fireEvent.click(dialog.getByRole('radio', { name: 'A day' }));
  fireEvent.change(dialog.getByRole('textbox', { name: 'Last day' }), { target: { value: 'Jun 1' } });
  fireEvent.click(dialog.getByRole('button', { name: /Make the link/ }));
  expect(await dialog.findByText('Write a word of six letters or more.')).toBeTruthy();
  expect(dialog.getByText(/This day is over/)).toBeTruthy();
  expect(stage.asked).toEqual([]);
  fireEvent.change(dialog.getByRole('textbox', { name: 'Last day' }), { target: { value: 'Aug 1' } });
  fireEvent.click(dialog.getByRole('button', { name: 'Suggest one' }));
  const word = (dialog.getByRole('textbox', { name: 'The word' }) as HTMLInputElement).value;
  fireEvent.click(dialog.getByRole('button', { name: /Make the link/ }));
  const made = within(await screen.findByRole('dialog', { name: 'The link for Priya Raman' }));
  expect(made.getByText(word)).toBeTruthy();
  expect(stage.asked[0]?.input).toMatchObject({ secondStep: 'word', word, expiresOn: '2026-08-01' });
});

test('the portal of this computer says that its links are not for sending, and offers nothing to send', async () => {
  open(ok(accessOf([entryOf()], { isShared: false })), { closingOn: '2026-07-02' as DealView['closingOn'] });
  await pane('Priya Raman');
  press('l');
  const dialog = await screen.findByRole('dialog', { name: 'Make a link for Priya Raman' });
  expect(dialog.textContent).toContain('It opens on this computer only.');
  fireEvent.click(within(dialog).getByRole('button', { name: /Make the link/ }));
  const made = await screen.findByRole('dialog', { name: 'The link for Priya Raman' });
  expect(made.textContent).toContain('It opens on this computer only.');
  expect(within(made).getByRole('button', { name: 'Open it here' })).toBeTruthy();
  expect(within(made).queryByRole('img')).toBeNull();
  expect(document.body.textContent).not.toMatch(/\bsend (it|the link|to)\b/i);
});

test('one key shows the portal as that person', async () => {
  const { stage } = open(ok(accessOf([entryOf()])));
  await pane('Priya Raman');
  press('s');
  await waitFor(() =>
    expect(stage.asked).toEqual([{ name: 'host:open-link', input: 'http://portal.localhost:1/look#k' }]),
  );
});

test('an agent is taken off the deal after a question, and put on without one', async () => {
  const { stage } = open(ok(accessOf([entryOf(), memberOf()])));
  await pane('Priya Raman');
  press('j');
  await pane('Marisol Quintero');
  fireEvent.click(screen.getByRole('switch', { name: 'On this deal' }));
  expect(stage.asked).toEqual([]);
  fireEvent.click(within(await screen.findByRole('dialog')).getByRole('button', { name: /Take off the deal/ }));
  await waitFor(() =>
    expect(stage.asked).toEqual([{ name: 'access:set-member', input: { dealId: 'd1', memberId: 'm1', isOn: false } }]),
  );
});

test('a person who gets no link is told why, and a sample deal stays here', async () => {
  open(ok(accessOf([entryOf({ canHaveLink: false, whyNot: 'The lender works in a portal of its own.' })])));
  const card = within(await pane('Priya Raman'));
  expect(card.getByText('The lender works in a portal of its own.')).toBeTruthy();
  expect(card.queryByRole('button', { name: /link/i })).toBeNull();
  cleanup();
  open(ok(accessOf([entryOf()])), { isSample: true });
  const sample = within(await pane('Priya Raman'));
  expect(sample.getByText(/Sample deals stay on this computer/)).toBeTruthy();
  expect(sample.queryByRole('button', { name: /link/i })).toBeNull();
});

test('an agent sees who sees what, and changes none of it', async () => {
  const { scene } = open(ok(accessOf([entryOf({ links: [linkOf()] }), memberOf()])));
  await pane('Priya Raman');
  act(() => scene.emit({ type: 'sync:changed', state: syncOf({ kind: 'shared', role: 'agent' }) }));
  expect(await screen.findByText(/Links are made and revoked by a coordinator/)).toBeTruthy();
  expect(screen.queryByRole('button', { name: 'Revoke now' })).toBeNull();
  expect(screen.queryByRole('button', { name: /Make/ })).toBeNull();
  expect(screen.queryByRole('switch')).toBeNull();
});

test('offline is a sentence with a way to try again, never a list in which nobody is', async () => {
  const { stage, scene } = open({ kind: 'no', type: 'offline', sentence: 'The portal cannot be reached.' });
  expect(await screen.findByText('The portal cannot be reached.', {}, { timeout: 8_000 })).toBeTruthy();
  expect(screen.queryByText(/Nobody/)).toBeNull();
  stage.answer = ok(accessOf([entryOf()]));
  fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
  await pane('Priya Raman');
  stage.answer = ok(accessOf([entryOf({ short: 'Shared dates only' })]));
  act(() => scene.emit({ type: 'access:changed', dealId: 'd1' }));
  await waitFor(() => expect(screen.getAllByText('Shared dates only').length).toBeGreaterThan(0));
});

test('sixty people are one list with one tab stop', async () => {
  const many = Array.from({ length: 60 }, (_, index) => entryOf({ id: `p${index}`, name: `Person ${index}` }));
  open(ok(accessOf(many)));
  await pane('Person 0');
  const rows = screen.getAllByRole('option');
  expect(rows.filter((row) => row.tabIndex === 0)).toHaveLength(1);
  expect(rows[0]?.getAttribute('aria-setsize')).toBe('60');
});

test('V turns from the people to who sees what, and back', async () => {
  open(ok(accessOf([entryOf()])));
  await pane('Priya Raman');
  press('v');
  expect(await screen.findByText('Nobody is on this deal yet.')).toBeTruthy();
  press('v');
  await pane('Priya Raman');
});
