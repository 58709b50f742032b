import { join } from 'node:path';
import { expect, test } from 'vitest';
import { chooseFolders } from './data-folder.ts';

const places = { userData: join('/u', 'Closeboard'), cwd: '/here' };
const choose = (args: string[], env = {}) => chooseFolders(['electron', '.', ...args], env, places);

test('without a choice the records lie beside the window’s own files', () => {
  expect(choose([])).toEqual({ data: join('/u', 'Closeboard', 'data'), profile: null });
});

test('a chosen folder has a profile of its own, always the same one', () => {
  const chosen = choose(['--data', '/d/one']);
  expect(chosen.data).toBe('/d/one');
  expect(chosen.profile).toContain(join('/u', 'Closeboard', 'profiles'));
  expect(choose(['--data=/d/one'])).toEqual(chosen);
  expect(choose([], { CLOSEBOARD_DATA: '/d/one' })).toEqual(chosen);
  expect(choose(['--data', '/d/two']).profile).not.toBe(chosen.profile);
});

test('the option goes before the variable, and a profile that was given stays', () => {
  expect(choose(['--data', '/d/one'], { CLOSEBOARD_DATA: '/d/two' }).data).toBe('/d/one');
  expect(choose(['--data', '/d/one', '--user-data-dir=/p'])).toEqual({ data: '/d/one', profile: null });
});
