import { expect, test } from 'vitest';
import { plainDate } from '../../../core/deadlines/plain-date.ts';
import { SYNC_STATUSES } from '../../../electron/contract/sync.ts';
import { syncOf } from '../../testing/sync.ts';
import { capChoices, connectionFace, firstSentence } from './connection-words.ts';

const TODAY = plainDate('2026-06-17');

test('the first sentence ends before the next one, not at a full stop within a time', () => {
  expect(firstSentence('No connection since 9:41 AM. Keep working.')).toEqual([
    'No connection since 9:41 AM.',
    'Keep working.',
  ]);
  expect(firstSentence('No connection since 9.41 yet')).toEqual(['No connection since 9.41 yet', '']);
});

test('the portal of this computer never says that anything is shared', () => {
  for (const status of SYNC_STATUSES) {
    const { detail } = connectionFace(syncOf({ status, short: 'Short' }), TODAY);
    expect(detail).toBe('Kept on this computer');
  }
});

test('each standing of a shared portal has words and a drawing of its own', () => {
  const face = (status: (typeof SYNC_STATUSES)[number]) =>
    connectionFace(syncOf({ kind: 'shared', status, short: 'Short', waiting: 0 }), TODAY);
  expect(face('offline')).toEqual({ icon: 'offline', title: 'Short', detail: 'Kept on this computer' });
  expect(face('signed-out').icon).toBe('lock');
  expect(face('too-old').icon).toBe('due');
  expect(face('current').detail).toMatch(/^Shared with your team (at|on) /);
  expect(connectionFace(syncOf({ kind: 'shared', currentAt: null }), TODAY).detail).toBe('Shared with your team');
});

test('a limit that another version set is among the choices', () => {
  expect(capChoices(null).map(({ cap }) => cap)).toContain(null);
  expect(capChoices(77).at(-1)).toEqual({ id: '77', title: '77 KB a second', cap: 77 });
});
