import { expect, test } from 'vitest';
import { syncOf } from '../testing/sync.ts';
import { wayOf } from './on-its-way.ts';

const file = { isHere: false, isHeld: false, fileName: '2026_TDS_v2.pdf', originalName: 'scan.pdf', bytes: 2_000_000 };
const shared = syncOf({ kind: 'shared' });
const files = { ...shared.files, down: 3 };

test('a file that is here, or held, is on no way', () => {
  expect(wayOf({ ...file, isHere: true }, shared)).toBeNull();
  expect(wayOf({ ...file, isHeld: true }, shared)).toBeNull();
});

test('the portal of this computer has nothing that could still come', () => {
  expect(wayOf(file, syncOf())?.short).toBe('Not on this computer');
  expect(wayOf(file, undefined)?.sentence).not.toContain('portal');
});

test('it is on its way only while the portal answers and files go on', () => {
  expect(wayOf(file, { ...shared, files })?.short).toBe('On its way from the portal');
  expect(wayOf(file, { ...shared, status: 'offline' })?.sentence).toContain('when the connection is back');
  expect(wayOf(file, { ...shared, files: { ...files, isPaused: true } })?.short).toBe('Files are paused');
});

test('the one that moves now says how far it is, by either of its names, and not for one that is sent', () => {
  const current = { name: 'scan.pdf', done: 500_000, bytes: 2_000_000, way: 'down' as const };
  const moving = (change: object) =>
    wayOf(file, { ...shared, files: { ...files, current: { ...current, ...change } } });
  expect(moving({})).toMatchObject({ short: 'Coming, 500 KB of 2.0 MB', moving: { done: 500_000, bytes: 2_000_000 } });
  expect(moving({ name: '2026_TDS_v2.pdf' })?.moving).not.toBeNull();
  expect(moving({ way: 'up' })?.moving).toBeNull();
  expect(moving({ name: 'other.pdf' })?.moving).toBeNull();
});
