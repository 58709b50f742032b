import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonicalJson, commandText, isShallow, MAX_DEPTH } from './canonical.ts';
import { commandIdTaken, judgeCommandId, judgeHello, judgeSeq } from './seq.ts';

test('next, repeat, rewound and gap', () => {
  const at = (seq: number, keptDigest: string | null) => judgeSeq({ lastSeq: 5, seq, digest: 'x', keptDigest });
  expect(at(6, null)).toEqual({ type: 'next' });
  expect(at(5, 'x')).toEqual({ type: 'repeat' });
  expect(at(5, 'y')).toEqual({ type: 'DeviceRewound' });
  expect(at(2, null)).toEqual({ type: 'DeviceRewound' });
  expect(at(7, null)).toEqual({ type: 'SeqGap', expected: 6 });
});

test('who was set back: the desktop, the server, or nobody', () => {
  const ours = { givenSeq: 7, answeredSeq: 5, storeId: 's' };
  expect(judgeHello(ours, { storeId: 's', lastSeq: 6 })).toEqual({ type: 'Fine' });
  expect(judgeHello(ours, { storeId: 's', lastSeq: 8 })).toEqual({ type: 'DeviceRewound' });
  expect(judgeHello(ours, { storeId: 't', lastSeq: 8 })).toEqual({ type: 'StoreChanged' });
  // The same store id, but it forgot what it had answered: a copy put back by hand.
  expect(judgeHello(ours, { storeId: 's', lastSeq: 4 })).toEqual({ type: 'StoreChanged' });
  expect(judgeHello({ ...ours, storeId: null }, { storeId: 's', lastSeq: 6 })).toEqual({ type: 'Fine' });
});

test('equal values have one text, whatever the order of their keys, and it reads back as the value', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
      expect(canonicalJson(reversed(value))).toBe(canonicalJson(value));
    }),
  );
});

test('the digest covers the words of a command and its time, and nothing of how it travelled', () => {
  const command = { id: 'c', dealId: 'd', name: 'n', args: { b: 1, a: undefined }, at: 't' };
  expect(commandText(command)).toBe('{"args":{"b":1},"at":"t","commandId":"c","dealId":"d","name":"n"}');
});

test('a value from outside is looked at only so deep', () => {
  const nested = (depth: number) => JSON.parse(`${'['.repeat(depth)}${']'.repeat(depth)}`);
  expect(isShallow(nested(MAX_DEPTH))).toBe(true);
  expect(isShallow(nested(MAX_DEPTH + 1))).toBe(false);
  expect(isShallow(nested(200_000))).toBe(false);
});

function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, item]) => [key, reversed(item)]),
  );
}

test('a command id is answered as before for the same words, whoever brings them, and refused for others', () => {
  expect(judgeCommandId('a', null)).toBe('new');
  expect(judgeCommandId('a', 'a')).toBe('repeat');
  expect(judgeCommandId('a', 'b')).toBe('taken');
  expect(commandIdTaken.message).toMatch(/not carried out/);
});
