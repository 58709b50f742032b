import { expect, test } from 'vitest';
import { changesOf } from './changes-of.ts';

test('only what was written differently is sent', () => {
  expect(changesOf({ name: 'Priya', company: '' }, { name: 'Pri', company: '' })).toEqual({ name: 'Pri' });
  expect(changesOf({ name: 'Priya' }, { name: 'Priya' })).toEqual({});
});
