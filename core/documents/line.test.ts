import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LINE_STATES } from './document.ts';
import { type DocumentLine, LINE_TRANSITIONS, type LineAction, moveLine, newest, REQUESTED, suffixOf } from './line.ts';

const version = (sha256: string, isHeld = false) =>
  ({
    id: `v-${sha256}`,
    suffix: null,
    sha256,
    originalName: 'Document(3).pdf',
    receivedAt: '2026-06-02T10:00:00.000Z',
    isHeld,
  }) as const;
const receive = (sha256: string, isHeld = false): LineAction => ({ type: 'receive', version: version(sha256, isHeld) });

function walk(actions: readonly LineAction[]): DocumentLine {
  return actions.reduce((line, action) => {
    const moved = moveLine(line, action);
    if (!moved.ok) throw new Error(moved.error.sentence);
    return moved.value;
  }, REQUESTED);
}

describe('a document line', () => {
  test('is requested, received, reviewed and approved', () => {
    const states = [receive('a'), { type: 'submit' }, { type: 'approve' }] as const;
    expect(states.map((_, index) => walk(states.slice(0, index + 1)).state)).toEqual([
      'received',
      'needs-review',
      'approved',
    ]);
  });

  test('a rejection says why, and the corrected file becomes the next version', () => {
    const rejected = walk([receive('a'), { type: 'submit' }, { type: 'reject', reason: ' Page 3 is missing. ' }]);
    expect(rejected).toMatchObject({ state: 'rejected', reason: 'Page 3 is missing.' });
    const again = moveLine(rejected, receive('b'));
    expect(again).toMatchObject({ value: { state: 'received', reason: '', versions: [{ number: 1 }, { number: 2 }] } });
    expect(moveLine(walk([receive('a'), { type: 'submit' }]), { type: 'reject', reason: '  ' })).toMatchObject({
      error: { type: 'NoReason' },
    });
    expect(moveLine(REQUESTED, { type: 'waive', reason: '' })).toMatchObject({ error: { type: 'NoReason' } });
  });

  test('the same bytes are not a new version, whatever they are called', () => {
    expect(moveLine(walk([receive('a'), receive('b')]), receive('a'))).toMatchObject({
      error: { type: 'SameContent', number: 1 },
    });
  });

  test('a held file is reviewed by nobody until it was let go', () => {
    const held = walk([receive('a', true)]);
    expect(moveLine(held, { type: 'submit' })).toMatchObject({ error: { type: 'Held' } });
    expect(moveLine(walk([receive('a')]), { type: 'let-go' })).toMatchObject({ error: { type: 'NotHeld' } });
    expect(walk([receive('a', true), { type: 'let-go' }, { type: 'submit' }, { type: 'approve' }]).state).toBe(
      'approved',
    );
  });

  test.each([
    [true, true, 'FE'],
    [true, false, 'BS'],
    [false, true, 'SS'],
    [false, false, null],
  ] as const)('signed by buyer %s, by seller %s: %s', (buyer, seller, expected) => {
    expect(suffixOf({ buyer, seller })).toBe(expected);
  });
});

const anyAction: fc.Arbitrary<LineAction> = fc.oneof(
  fc.tuple(fc.constantFrom('a', 'b', 'c', 'd'), fc.boolean()).map(([hash, isHeld]) => receive(hash, isHeld)),
  fc.constantFrom<LineAction>({ type: 'submit' }, { type: 'approve' }, { type: 'ask-again' }, { type: 'let-go' }),
  fc.constantFrom<LineAction>(
    { type: 'reject', reason: 'Blurred' },
    { type: 'waive', reason: 'No loan' },
    { type: 'reject', reason: '' },
  ),
);

describe('laws', () => {
  test('nothing is ever lost: versions only grow, numbered from 1, and only a reviewed file is approved', () => {
    fc.assert(
      fc.property(fc.array(anyAction, { maxLength: 40 }), (actions) => {
        let line = REQUESTED;
        for (const action of actions) {
          const moved = moveLine(line, action);
          if (!moved.ok) {
            expect(moved.error.sentence).toMatch(/^[A-Z].*[.]$/);
            continue;
          }
          const hashes = (each: DocumentLine) => each.versions.map(({ sha256 }) => sha256);
          expect(hashes(moved.value).slice(0, line.versions.length)).toEqual(hashes(line));
          expect(moved.value.versions.map(({ number }) => number)).toEqual(
            moved.value.versions.map((_, index) => index + 1),
          );
          expect(new Set(hashes(moved.value)).size).toBe(moved.value.versions.length);
          if (moved.value.state === 'approved') {
            expect(line.state).toBe('needs-review');
            expect(newest(moved.value)?.isHeld).toBe(false);
          }
          expect(moved.value.reason !== '').toBe(['rejected', 'waived'].includes(moved.value.state));
          line = moved.value;
        }
      }),
    );
  });

  test('every state is reachable, and from every state a document can still be filed', () => {
    const reached = new Set(Object.values(LINE_TRANSITIONS).flatMap((row) => Object.values(row)));
    expect([...reached].sort()).toEqual([...LINE_STATES].sort());
    for (const state of LINE_STATES) expect(LINE_TRANSITIONS[state].receive).toBe('received');
  });
});
