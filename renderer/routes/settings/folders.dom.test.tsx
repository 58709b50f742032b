import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import type { CallInput } from '../../../electron/contract/calls.ts';
import type { WatchedFolder } from '../../../electron/contract/papers.ts';
import { cardOf, openApp } from '../../testing/harness.tsx';

afterEach(cleanup);

const SCANS: WatchedFolder = {
  id: 'f1',
  path: '/home/noor/Scans',
  policy: 'leave',
  isPaused: false,
  mayFileAlone: false,
  mayHydrate: false,
  rules: [],
  state: { kind: 'ready', files: 214, waiting: 3, sentence: '', lastScanAt: null },
};

/** Settings over watched folders in memory, which answer like the backend. */
function openFolders(before: readonly WatchedFolder[], refusal = '') {
  let folders = [...before];
  const saved: CallInput<'folders:save'>[] = [];
  const added: string[] = [];
  const scene = openApp('/settings', {
    cards: [cardOf({ id: 'd1', stage: 'parties' })],
    answers: {
      'deals:get': () => null,
      'folders:list': () => folders,
      'folders:add': ({ path }) => {
        added.push(path);
        if (refusal !== '') return { folder: null, sentence: refusal };
        const folder = { ...SCANS, id: `f${folders.length + 1}`, path };
        folders = [...folders, folder];
        return { folder, sentence: '' };
      },
      'folders:save': (wanted) => {
        saved.push(wanted);
        folders = folders.map((folder) => (folder.id === wanted.id ? { ...folder, ...wanted } : folder));
        return folders;
      },
      'folders:remove': ({ id }) => {
        folders = folders.filter((folder) => folder.id !== id);
        return folders;
      },
    },
  });
  const change = (how: (folder: WatchedFolder) => WatchedFolder) => {
    folders = folders.map(how);
    scene.emit({ type: 'folders:changed' });
  };
  return { saved, added, change };
}

const theFolder = () => screen.findByRole('region', { name: 'Folder /home/noor/Scans' }, { timeout: 8_000 });

async function typePath(path: string): Promise<HTMLElement> {
  const field = await screen.findByRole('textbox', { name: 'Folder to watch' }, { timeout: 8_000 });
  fireEvent.change(field, { target: { value: path } });
  fireEvent.click(screen.getByRole('button', { name: 'Watch this folder' }));
  return field;
}

test('a typed folder is watched, and what lies in it is said to be left alone', async () => {
  const { added } = openFolders([]);
  await typePath(' "/home/noor/Scans" ');
  await theFolder();
  expect(added).toEqual(['/home/noor/Scans']);
  expect(screen.getByTestId('spoken').textContent).toContain('left alone');
});

test('a refusal stands at the field and keeps what was typed', async () => {
  openFolders([SCANS], 'It lies in /home/noor/Scans, which is watched already.');
  const field = await typePath('/home/noor/Scans/old');
  await screen.findByText('It lies in /home/noor/Scans, which is watched already.');
  expect(field.getAttribute('aria-invalid')).toBe('true');
  expect((field as HTMLInputElement).value).toBe('/home/noor/Scans/old');
  fireEvent.change(field, { target: { value: '/home/noor/Other' } });
  expect(field.getAttribute('aria-invalid')).toBeNull();
});

test('half a path is not sent at all', async () => {
  const { added } = openFolders([]);
  await typePath('Scans');
  await screen.findByText(/Write the whole path/);
  expect(added).toEqual([]);
});

test('no dialog is offered where the host has none', async () => {
  openFolders([SCANS]);
  await theFolder();
  expect(screen.queryByRole('button', { name: 'Choose a folder' })).toBeNull();
});

test('two switches right after each other are both kept', async () => {
  const { saved } = openFolders([SCANS]);
  const folder = within(await theFolder());
  fireEvent.click(folder.getByRole('switch', { name: 'Move files out of the way once they are in' }));
  fireEvent.click(folder.getByRole('switch', { name: 'Pause' }));
  await waitFor(() => expect(saved).toHaveLength(2));
  expect(saved[0]).toMatchObject({ policy: 'move', isPaused: false });
  expect(saved[1]).toMatchObject({ policy: 'move', isPaused: true });
  await folder.findByText(/moved to "Taken by Closeboard"/);
});

test('how a folder stands is followed', async () => {
  const { change } = openFolders([SCANS]);
  const folder = within(await theFolder());
  expect(folder.getByText('3 files wait to be taken in')).toBeTruthy();
  change((one) => ({ ...one, state: { ...one.state, kind: 'missing', sentence: 'This folder is not there now.' } }));
  await folder.findByText('This folder is not there now.');
});

test('a rule is added, refused where it says nothing, and kept', async () => {
  const { saved } = openFolders([SCANS]);
  const folder = within(await theFolder());
  fireEvent.click(folder.getByRole('button', { name: 'Add a rule' }));
  const dialog = within(await screen.findByRole('dialog', { name: 'Add a rule' }));
  const from = dialog.getByRole('textbox', { name: 'From' });
  fireEvent.change(from, { target: { value: 'lender.com' } });
  fireEvent.click(dialog.getByRole('button', { name: 'Add the rule' }));
  fireEvent.click(await dialog.findByRole('button', { name: '*@lender.com' }));
  expect((from as HTMLInputElement).value).toBe('*@lender.com');
  fireEvent.click(dialog.getByRole('button', { name: 'Add the rule' }));
  expect((await dialog.findByRole('alert')).textContent).toMatch(/Say what to do/);
  expect(saved).toEqual([]);
  fireEvent.change(dialog.getByRole('textbox', { name: 'Document' }), { target: { value: 'Appraisal report' } });
  fireEvent.click(dialog.getByRole('button', { name: 'Add the rule' }));
  await folder.findByText('From *@lender.com');
  expect(saved[0]?.rules).toMatchObject([{ from: '*@lender.com', lineTitle: 'Appraisal report', dealId: null }]);
});

test('a deal is picked for a rule by a part of its name', async () => {
  const { saved } = openFolders([SCANS]);
  fireEvent.click(within(await theFolder()).getByRole('button', { name: 'Add a rule' }));
  const dialog = within(await screen.findByRole('dialog', { name: 'Add a rule' }));
  const deal = dialog.getByRole('combobox', { name: 'Deal' });
  deal.focus();
  fireEvent.change(deal, { target: { value: 'verb' } });
  fireEvent.click(await screen.findByRole('option', { name: /78 Verbena Ct/ }));
  fireEvent.click(screen.getByRole('button', { name: 'Add the rule', hidden: true }));
  await waitFor(() => expect(saved[0]?.rules).toMatchObject([{ dealId: 'd1' }]));
});

test('a folder is watched no more only after it was asked', async () => {
  openFolders([SCANS]);
  fireEvent.click(within(await theFolder()).getByRole('button', { name: 'Stop watching' }));
  const ask = within(await screen.findByRole('dialog', { name: 'Stop watching Scans?' }));
  expect(ask.getByText(/Nothing in the folder is touched/)).toBeTruthy();
  fireEvent.click(ask.getByRole('button', { name: 'Stop watching' }));
  await screen.findByText(/No folder is watched yet/);
});
