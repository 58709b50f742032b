import { expect, test } from 'vitest';
import { ownFolder } from './own-folder.ts';

test('a deal folder is one plain segment, and nothing leads out of ours', () => {
  expect(ownFolder('data', undefined)).toEqual([]);
  expect(ownFolder('backups', '../..')).toEqual(['backups']);
  expect(ownFolder('deal', '1847 Marlowe Ave - Raman')).toEqual(['Deals', '1847 Marlowe Ave - Raman']);
  for (const name of [undefined, '', '.', '..', '../x', 'a/b', 'a\\b', 'a\u0000b'])
    expect(ownFolder('deal', name)).toBeNull();
});
