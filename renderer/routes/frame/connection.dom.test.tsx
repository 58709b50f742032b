import { act, cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import type { SyncState, WaitingStep } from '../../../electron/contract/sync.ts';
import { cardOf, openApp } from '../../testing/harness.tsx';
import { syncOf } from '../../testing/sync.ts';

afterEach(cleanup);

const OFFLINE = syncOf({
  ...{ kind: 'shared', workspaceName: 'Fennimore Realty', url: 'https://portal.example', status: 'offline' },
  ...{ short: 'Offline', waiting: 2, offlineSince: '2026-06-17T09:41:00.000Z' },
  sentence: 'No connection since 9:41 AM. Keep working, all of it is kept on this computer.',
});
const STEPS: WaitingStep[] = [
  { commandId: 'c1', dealId: 'd1', plate: '1847', side: 'buyer', street: 'Marlowe Ave', ...said('TDS approved') },
  {
    commandId: 'c2',
    dealId: 'd2',
    plate: '2210',
    side: 'seller',
    street: 'Quillfeather Ln',
    ...said('SPQ asked again'),
  },
];

function said(sentence: string) {
  return { sentence, at: '2026-06-17T09:44:00.000Z' };
}

async function open(first: SyncState, steps: readonly WaitingStep[] = []) {
  const stage = { state: first, steps, asked: [] as unknown[] };
  const scene = openApp('/board', {
    cards: [cardOf({ id: 'd1', stage: 'parties' })],
    answers: {
      'sync:state': () => stage.state,
      'sync:waiting': () => [...stage.steps],
      'sync:try-now': () => {
        stage.asked.push('try-now');
        return stage.state;
      },
      'sync:files': (change) => {
        stage.asked.push(change);
        const files = { ...stage.state.files, ...change };
        stage.state = { ...stage.state, files };
        return stage.state;
      },
    },
  });
  await screen.findByRole('option', { name: /Verbena Ct/ });
  const tell = (state: SyncState) => {
    stage.state = state;
    act(() => scene.emit({ type: 'sync:changed', state }));
  };
  return { ...stage, tell, stage };
}

const foot = (name: RegExp) => screen.findByRole('button', { name });
const openPane = async () => {
  fireEvent.keyDown(document.body, { key: 'y' });
  return within(await screen.findByRole('dialog', { name: 'Connection' }));
};

test('the portal of this computer says that it keeps everything here, and claims no team', async () => {
  await open(syncOf());
  const button = await foot(/Everything saved/);
  expect(button.textContent).toContain('Kept on this computer');
  fireEvent.click(button);
  const pane = within(await screen.findByRole('dialog', { name: 'Connection' }));
  expect(pane.queryByRole('button', { name: 'Try now' })).toBeNull();
  expect(pane.queryByText(/team\./)).toBeNull();
});

test('offline is said at the foot, over the screens and once to the ear, with what goes out when it is back', async () => {
  const { tell } = await open(syncOf({ ...OFFLINE, status: 'current', short: 'Up to date', waiting: 0 }), STEPS);
  await foot(/Shared with your team/);
  tell(OFFLINE);
  expect((await foot(/^Offline/)).textContent).toContain('2 things wait to go out');
  expect(screen.getByTestId('spoken').textContent).toBe(OFFLINE.sentence);
  // Offline for hours already: the banner stands at once.
  expect((await screen.findByText('No connection since 9:41 AM.')).closest('aside')?.textContent).toContain(
    'Keep working',
  );
  const pane = await openPane();
  expect(await pane.findByText('2 things go out when it is back')).toBeTruthy();
  expect(pane.getAllByRole('listitem').map((row) => row.textContent)).toEqual([
    expect.stringContaining('TDS approved'),
    expect.stringContaining('SPQ asked again'),
  ]);
});

test('coming back is said once, and what only passes changes nothing at the foot', async () => {
  const { tell } = await open(OFFLINE, STEPS);
  await foot(/^Offline/);
  tell({ ...OFFLINE, status: 'syncing', short: 'Syncing 2', offlineSince: null });
  tell({ ...OFFLINE, status: 'current', short: 'Up to date', waiting: 0, offlineSince: null });
  expect(screen.queryByRole('button', { name: /Syncing/ })).toBeNull();
  await foot(/Shared with your team/);
  expect(screen.getByTestId('spoken').textContent).toBe('Connected again.');
  await waitFor(() => expect(screen.queryByText('No connection since 9:41 AM.')).toBeNull());
});

test('trying now, pausing files and a limit are asked of the backend', async () => {
  const files = { ...OFFLINE.files, up: 1, down: 2, bytesLeft: 9_000_000 };
  const { stage } = await open({ ...OFFLINE, files }, STEPS);
  const pane = await openPane();
  fireEvent.click(await pane.findByRole('button', { name: 'Try now' }));
  expect(await pane.findByText('1 file to send, 2 files to fetch, 9.0 MB')).toBeTruthy();
  fireEvent.click(pane.getByRole('button', { name: 'Pause files' }));
  expect(await pane.findByRole('button', { name: 'Go on with files' })).toBeTruthy();
  fireEvent.click(pane.getByRole('button', { name: /At most/ }));
  fireEvent.click(await screen.findByRole('option', { name: '256 KB a second' }));
  await waitFor(() => expect(stage.asked).toEqual(['try-now', { isPaused: true }, { cap: 256 }]));
});

test('a file that moves, a file that cannot, a wrong clock and a key that is not kept are all said', async () => {
  const current = { name: 'contract.pdf', done: 3_400_000, bytes: 12_000_000, way: 'down' as const };
  await open({
    ...OFFLINE,
    ...{ status: 'syncing', short: 'Syncing 2', clockOff: -17, keyProblem: 'You sign in again after each restart.' },
    files: { ...OFFLINE.files, down: 3, current, problem: 'There is no room on the portal for 1 file.' },
  });
  const pane = await openPane();
  expect(pane.getByText('Fetching contract.pdf')).toBeTruthy();
  expect(pane.getByText('3.4 MB of 12 MB')).toBeTruthy();
  expect(pane.getByText('There is no room on the portal for 1 file.')).toBeTruthy();
  expect(pane.getByText(/off by 17 minutes/).textContent).not.toContain('today');
  expect(pane.getByText('You sign in again after each restart.')).toBeTruthy();
});

test('signed out leads to the settings', async () => {
  await open({ ...OFFLINE, status: 'signed-out', short: 'Signed out', sentence: 'This computer is signed out.' });
  const pane = await openPane();
  fireEvent.click(pane.getByRole('link', { name: 'Sign in again' }));
  expect(await screen.findByRole('form', { name: 'Sign in again' }, { timeout: 8_000 })).toBeTruthy();
});

test('the rail counts what needs attention only while something does', async () => {
  const { tell } = await open(syncOf());
  await foot(/Everything saved/);
  expect(screen.queryByRole('link', { name: /Needs attention/ })).toBeNull();
  tell(syncOf({ attention: 2 }));
  expect((await screen.findByRole('link', { name: /Needs attention/ })).textContent).toContain('2');
});

const stateOf = (now: 'restarting' | 'ready') => ({ type: 'backend:state', state: now, sentence: 'Said.' }) as const;

async function openBoard() {
  const scene = openApp('/board', { cards: [cardOf({ id: 'd1', stage: 'parties' })] });
  await screen.findByRole('option', { name: /Verbena Ct/ });
  return scene;
}

test('that the records were started again is said when they are there, however short it was', async () => {
  const scene = await openBoard();
  act(() => {
    scene.emit(stateOf('restarting'));
    scene.emit(stateOf('ready'));
  });
  await screen.findByText(/started its records again/);
});

test('a first start, and a window that only lost its host for a moment, say nothing', async () => {
  const scene = await openBoard();
  act(() => scene.emit(stateOf('ready')));
  expect(screen.queryByText(/started its records again/)).toBeNull();
});
