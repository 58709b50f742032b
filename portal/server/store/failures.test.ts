import { expect, test } from 'vitest';
import { detailOf, isRetryable, refusalOf, storeFailureOf } from './failures.ts';

const coded = (code: string) => Object.assign(new Error('with the words of a person'), { code });

test.each([
  ['SQLITE_FULL', 'full'],
  ['ENOSPC', 'full'],
  ['53100', 'full'],
  ['SQLITE_READONLY_DBMOVED', 'read-only'],
  ['25006', 'read-only'],
  ['SQLITE_CORRUPT_VTAB', 'damaged'],
  ['XX001', 'damaged'],
  ['SQLITE_BUSY', 'unavailable'],
  ['ECONNREFUSED', 'unavailable'],
  ['57P01', 'unavailable'],
  ['08006', 'unavailable'],
  ['53300', 'unavailable'],
  ['55P03', 'unavailable'],
])('%s is %s, with a sentence', (code, type) => {
  expect(storeFailureOf(coded(code))?.type).toBe(type);
  expect(storeFailureOf(coded(code))?.sentence).toMatch(/^The [^!]+\.$/);
});

test('what the client of PostgreSQL gives no code is known by its start', () => {
  expect(storeFailureOf(new Error('Connection terminated unexpectedly'))?.type).toBe('unavailable');
  expect(storeFailureOf(new Error('timeout exceeded when trying to connect'))?.type).toBe('unavailable');
});

test('a defect is no failure of the database', () => {
  for (const error of [coded('SQLITE_CONSTRAINT_UNIQUE'), coded('23505'), coded('42601'), new TypeError('x'), null])
    expect(storeFailureOf(error)).toBeNull();
});

test('only what lost against another transaction is run again', () => {
  expect(['40001', '40P01', '23505', 'SQLITE_BUSY'].map((code) => isRetryable(coded(code)))).toEqual([
    true,
    true,
    false,
    false,
  ]);
});

test('a refusal and the log name the code, never the words', () => {
  expect(refusalOf(coded('ENOSPC'))).toMatchObject({ type: 'full', detail: 'ENOSPC Error' });
  expect(refusalOf(coded('SQLITE_NOTADB')).type).toBe('damaged');
  expect(refusalOf(coded('EACCES')).type).toBe('failed');
  expect(refusalOf(new Error('with the words of a person')).detail).toBe('Error');
  expect(detailOf('thrown text')).toBe('thrown');
});
