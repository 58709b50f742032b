import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { calls } from './calls.ts';
import { FromBackend, ToBackend } from './wire.ts';

const names = Object.keys(calls);

describe('messages between a host and its backend', () => {
  test('a call of every known name is read as it was sent', () => {
    fc.assert(
      fc.property(fc.constantFrom(...names), fc.integer({ min: 1 }), fc.jsonValue(), (name, id, input) => {
        // As it arrives: JSON has no -0.
        const message: unknown = JSON.parse(JSON.stringify({ kind: 'call', id, name, input }));
        expect(ToBackend.parse(message)).toEqual(message);
      }),
    );
  });

  test('names that every object has are not calls', () => {
    for (const name of ['constructor', '__proto__', 'toString', 'hasOwnProperty', '', 'deals:gets']) {
      expect(ToBackend.safeParse({ kind: 'call', id: 1, name, input: {} }).success).toBe(false);
    }
  });

  test('junk is no message, either way', () => {
    fc.assert(
      fc.property(fc.anything(), (junk) => {
        expect(ToBackend.safeParse(junk).success).toBe(false);
        expect(FromBackend.safeParse(junk).success).toBe(false);
      }),
    );
  });

  test('a reply carries a value or one of the known errors', () => {
    expect(FromBackend.safeParse({ kind: 'reply', id: 1, reply: { ok: true, value: null } }).success).toBe(true);
    const error = (type: string) => ({ kind: 'reply', id: 1, reply: { ok: false, error: { type, message: 'm' } } });
    expect(FromBackend.safeParse(error('records-closed')).success).toBe(true);
    expect(FromBackend.safeParse(error('whatever')).success).toBe(false);
  });
});
