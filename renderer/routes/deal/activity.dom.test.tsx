import { act, cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import type { CallInput } from '../../../electron/contract/calls.ts';
import type { HostApi } from '../../../electron/contract/host-api.ts';
import type { TrailEntry, TrailPage } from '../../../electron/contract/sync.ts';
import { dealOf, openApp } from '../../testing/harness.tsx';

afterEach(cleanup);

function entryOf(n: number, change: Partial<TrailEntry> = {}): TrailEntry {
  return {
    ...{ n, at: '2026-06-17T09:00:00.000Z', group: 'command', who: 'Noor', actor: 'member:me', sentence: `Step ${n}` },
    ...{ commandId: `c${n}`, isUndone: false, canUndo: false },
    ...change,
  };
}

const pageOf = (entries: TrailEntry[], change: Partial<TrailPage> = {}): TrailPage => ({
  ...{ entries, before: null, isFromPortal: true, note: '' },
  actors: [
    { actor: 'member:me', name: 'Noor Haddad' },
    { actor: 'party:p1', name: 'Priya Raman' },
  ],
  ...change,
});

function open(answer: (asked: CallInput<'trail:list'>) => TrailPage) {
  const asked: CallInput<'trail:list'>[] = [];
  const scene = openApp('/deals/d1?tab=activity', {
    deal: dealOf(),
    answers: {
      'papers:lines': () => [],
      'trail:list': (input) => {
        asked.push(input);
        return answer(input);
      },
      'trail:export': () => ({ jobId: 'j1' }),
    },
  });
  return { asked, scene };
}

const press = (key: string) => fireEvent.keyDown(document.activeElement ?? document.body, { key });
const found = (text: string | RegExp) => screen.findByText(text, {}, { timeout: 8_000 });

test('what was denied or refused says so in words and with the octagon; a view does not', async () => {
  open(() =>
    pageOf([
      entryOf(3, { group: 'denied', sentence: 'Kwame tried to open the inspection report', commandId: null }),
      entryOf(2, { group: 'refused', sentence: 'Theo wanted to close the deal' }),
      entryOf(1, { group: 'view', sentence: 'Priya opened the portal', commandId: null }),
    ]),
  );
  await found('Kwame tried to open the inspection report');
  const [denied, refused, view] = screen.getAllByRole('listitem');
  expect(denied?.textContent).toContain('Denied.');
  expect(refused?.textContent).toContain('Refused.');
  for (const row of [denied, refused]) expect(row?.querySelector('use')?.getAttribute('href')).toBe('#i-blocked');
  expect(view?.querySelector('use')?.getAttribute('href')).toBe('#i-review');
});

test('chips and the person picker ask for just that, and none asks for all', async () => {
  const { asked } = open((input) => pageOf(input.groups.length > 0 && input.actor !== '' ? [] : [entryOf(1)]));
  await found('Step 1');
  fireEvent.click(screen.getByRole('button', { name: 'Denied or refused' }));
  await waitFor(() => expect(asked.at(-1)?.groups).toEqual(['denied', 'refused']));
  fireEvent.click(screen.getByRole('button', { name: /everybody/ }));
  fireEvent.click(await screen.findByRole('menuitemradio', { name: 'Priya Raman' }));
  await waitFor(() => expect(asked.at(-1)?.actor).toBe('party:p1'));
  await found(/Nothing of this kind/);
  fireEvent.click(screen.getByRole('button', { name: 'Show everything' }));
  await found('Step 1');
  expect(screen.getByRole('button', { name: 'Denied or refused' }).getAttribute('aria-pressed')).toBe('false');
});

test('earlier pages are added below, and one that fails can be asked for again', async () => {
  let fails = true;
  const { asked } = open((input) => {
    if (input.before === null) return pageOf([entryOf(60)], { before: 60 });
    if (fails) throw new Error('no');
    return pageOf([entryOf(59)]);
  });
  await found('Step 60');
  fireEvent.click(screen.getByRole('button', { name: 'Show earlier' }));
  await found(/^The earlier part could not be read\./);
  fails = false;
  fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
  await found('Step 59');
  expect(asked.at(-1)?.before).toBe(60);
  expect(screen.getAllByRole('listitem')).toHaveLength(2);
  expect(screen.queryByRole('button', { name: 'Show earlier' })).toBeNull();
});

test('a list that the portal began waits for it, and says so, instead of ending early', async () => {
  const note = 'The portal cannot be reached.';
  open(({ before }) =>
    before === null ? pageOf([entryOf(60)], { before: 60 }) : pageOf([], { before, note, actors: [] }),
  );
  await found('Step 60');
  fireEvent.click(screen.getByRole('button', { name: 'Show earlier' }));
  await found(/The portal cannot be reached\./);
  expect(screen.getByRole('button', { name: 'Try again' })).toBeTruthy();
  expect(document.querySelector('.banner.late')).toBeNull();
});

test('J and K go from line to line, and U takes back the one that can be', async () => {
  const { scene } = open(() => pageOf([entryOf(2), entryOf(1, { canUndo: true, sentence: 'Moved the walk-through' })]));
  await found('Step 2');
  press('j');
  press('u');
  press('j');
  await waitFor(() => expect(document.activeElement?.textContent).toContain('Moved the walk-through'));
  press('u');
  await waitFor(() => expect(scene.sent.map(({ name, args }) => [name, args.commandId])).toEqual([['undo', 'c1']]));
});

test('what this computer alone knows is said quietly, a chain that does not match loudly', async () => {
  let page = pageOf([entryOf(1), entryOf(0, { n: null, sentence: 'Not sent yet' })], {
    isFromPortal: false,
    note: 'The portal cannot be reached. This is what this computer knows.',
  });
  const { scene } = open(() => page);
  const quiet = await found(/This is what this computer knows/);
  expect(quiet.closest('[role="alert"]')).toBeNull();
  expect(screen.queryByText(/Only here so far/)).toBeNull();
  page = pageOf([entryOf(1), entryOf(0, { n: null, sentence: 'Not sent yet' })], {
    note: 'Entry 41 was changed after it was written.',
  });
  act(() => scene.emit({ type: 'access:changed', dealId: 'd1' }));
  const loud = await found('Entry 41 was changed after it was written.');
  expect(loud.closest('[role="alert"]')).not.toBeNull();
  expect(screen.getByText(/Only here so far/).closest('li')?.textContent).toContain('Not sent yet');
});

test('the export runs with a count, can be stopped, and is saved under its name', async () => {
  const { scene } = open(() => pageOf([entryOf(1)]));
  const saved: unknown[] = [];
  const api = window.closeboard as HostApi;
  window.closeboard = {
    ...api,
    saveFile: async (file) => {
      saved.push(file);
      return { ok: true, value: { isSaved: true } };
    },
  };
  await found('Step 1');
  press('e');
  const job = { type: 'job:progress', jobId: 'j1', title: 'Exporting 1847 Marlowe Ave', sentence: '' } as const;
  await screen.findByText('Putting the deal into one file');
  act(() => scene.emit({ ...job, done: 3, total: 12, state: 'running' }));
  await found('3 of 12');
  const made = { sha256: 'a'.repeat(64), name: '1847-Marlowe-Ave.zip' };
  act(() => scene.emit({ ...job, done: 12, total: 12, state: 'done', sentence: 'The export is ready.', made }));
  fireEvent.click(await screen.findByRole('button', { name: 'Save it' }));
  await waitFor(() => expect(saved).toEqual([made]));
});

test('an export that fails says why, and can be started again', async () => {
  const { scene } = open(() => pageOf([entryOf(1)]));
  await found('Step 1');
  press('e');
  await screen.findByText('Putting the deal into one file');
  const sentence = 'The portal cannot be reached. Nothing was exported.';
  const job = { type: 'job:progress', jobId: 'j1', title: 'Exporting', done: 0, total: 1, state: 'failed' } as const;
  act(() => scene.emit({ ...job, sentence }));
  await found(sentence);
  expect(screen.getByRole('button', { name: /Export with trail/ })).toBeTruthy();
});

test('nothing yet is said, and what cannot be read offers to try again', async () => {
  open(() => pageOf([]));
  await found('Nothing has happened here yet.');
  cleanup();
  open(() => {
    throw new Error('no');
  });
  expect(await screen.findByRole('button', { name: 'Try again' }, { timeout: 8_000 })).toBeTruthy();
});
