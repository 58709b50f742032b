import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonicalJson } from '../../../core/sync/canonical.ts';
import { type AuditContent, type AuditRow, auditHash, EMPTY_HEAD, GENESIS, verifyChain } from './chain.ts';

const json = fc.jsonValue({ maxDepth: 3 });
const said = fc.record({ actor: fc.string(), kind: fc.constantFrom('view', 'download', 'denied'), details: json });
const chain = fc.array(said, { minLength: 1, maxLength: 12 }).map(chainOf);

describe('verifyChain', () => {
  test('a hash depends on each field and on the row before', () => {
    const row: AuditContent = { workspaceId: 'w', unitId: 'd', n: 1, at: 'T', actor: 'a', kind: 'k', details: {} };
    const hash = auditHash(GENESIS, row);
    const others = [
      { workspaceId: 'x' },
      { unitId: 'x' },
      { n: 2 },
      { at: 'U' },
      { actor: 'b' },
      { kind: 'l' },
      { details: [] },
    ];
    for (const change of others) expect(auditHash(GENESIS, { ...row, ...change })).not.toBe(hash);
    expect(auditHash(hash, row)).not.toBe(hash);
    expect(hash).toMatch(/^[0-9a-f]{64}$/);
  });

  test('a hash is the sha256 of the one before and of the canonical text of the row, whatever is in it', () => {
    const any = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.integer(),
      fc.double(),
      fc.constant(null),
      fc.constant(undefined),
    );
    const fields = fc.record({ workspaceId: any, unitId: any, n: any, at: any, actor: any, kind: any, details: json });
    fc.assert(
      fc.property(
        fc.oneof(
          fields,
          chain.map((rows) => rows[0] as AuditRow),
        ),
        (row) => {
          const { workspaceId, unitId, n, at, actor, kind, details } = row as AuditRow;
          const text = canonicalJson({ workspaceId, unitId, n, at, actor, kind, details: details ?? null });
          const wanted = createHash('sha256').update(`${GENESIS}${text}`).digest('hex');
          expect(auditHash(GENESIS, row as AuditRow)).toBe(wanted);
        },
      ),
    );
  });

  test('an untouched chain leads to its head; an empty one to the empty head', () => {
    expect(verifyChain([])).toEqual({ ok: true, value: EMPTY_HEAD });
    fc.assert(
      fc.property(chain, (rows) => {
        const last = rows.at(-1);
        expect(verifyChain(rows, headsOf(rows))).toEqual({
          ok: true,
          value: { count: rows.length, hash: last?.hash },
        });
      }),
    );
  });

  test('names the first row that was edited', () => {
    const field = fc.constantFrom('at', 'actor', 'kind', 'details', 'hash', 'workspaceId', 'unitId');
    fc.assert(
      fc.property(chain, fc.nat(), field, (rows, where, name) => {
        const at = where % rows.length;
        const changed = rows.map((row, index) => (index === at ? { ...row, [name]: 'edited by hand' } : row));
        // The first row says which chain this is: moved to another one as a whole, it fails by its hash.
        expect(badOf(verifyChain(changed))).toBe(at + 1);
      }),
    );
  });

  test('names the first row that was taken out of the middle, put in, or moved', () => {
    fc.assert(
      fc.property(chain, fc.nat(), fc.nat(), (rows, a, b) => {
        const [first, second] = [a % rows.length, b % rows.length].toSorted((x, y) => x - y) as [number, number];
        if (first < rows.length - 1) expect(badOf(verifyChain(rows.toSpliced(first, 1)))).toBe(first + 1);
        expect(badOf(verifyChain(rows.toSpliced(first, 0, rows[second] as AuditRow)))).toBe(
          first === second ? first + 2 : first + 1,
        );
        if (first === second) return;
        const moved = rows.with(first, rows[second] as AuditRow).with(second, rows[first] as AuditRow);
        expect(badOf(verifyChain(moved))).toBe(first + 1);
      }),
    );
  });

  test('a row taken out and the rest numbered anew is found where it was', () => {
    fc.assert(
      fc.property(chain, fc.nat(), (rows, where) => {
        const at = where % rows.length;
        const left = rows.toSpliced(at, 1).map((row, index) => ({ ...row, n: index + 1 }));
        if (at < left.length) expect(badOf(verifyChain(left))).toBe(at + 1);
        expect(badOf(verifyChain(left, headsOf(rows)))).toBe(at + 1);
      }),
    );
  });

  test('a cut end, and a trail written anew with right hashes, are found by a mirrored head', () => {
    fc.assert(
      fc.property(chain, fc.nat(), (rows, where) => {
        const at = where % rows.length;
        const heads = headsOf(rows);
        expect(verifyChain(rows.slice(0, at)).ok).toBe(true);
        expect(verifyChain(rows.slice(0, at), heads.slice(-1))).toMatchObject({
          ok: false,
          error: { problem: 'missing', n: at + 1 },
        });
        const anew = chainOf(rows.map((row, index) => (index === at ? { ...row, actor: `${row.actor}!` } : row)));
        expect(verifyChain(anew).ok).toBe(true);
        expect(verifyChain(anew, heads)).toMatchObject({ ok: false, error: { problem: 'rewritten', n: at + 1 } });
      }),
    );
  });

  test('two desktops that have seen different rows at one place are a rewritten trail', () => {
    const rows = chainOf([{ actor: 'member:a', kind: 'view', details: null }]);
    const heads = [...headsOf(rows), { count: 1, hash: 'f'.repeat(64) }];
    expect(verifyChain(rows, heads)).toMatchObject({ ok: false, error: { problem: 'rewritten', n: 1 } });
  });

  test('a row from outside that is nested without end is a bad row, not a crash', () => {
    const [row] = chainOf([{ actor: 'member:a', kind: 'view', details: null }]) as [AuditRow];
    const deep = JSON.parse(`${'['.repeat(100_000)}${']'.repeat(100_000)}`) as unknown;
    expect(badOf(verifyChain([{ ...row, details: deep }]))).toBe(1);
  });
});

function chainOf(contents: readonly Pick<AuditContent, 'actor' | 'kind' | 'details'>[]): readonly AuditRow[] {
  let prev = GENESIS;
  return contents.map(({ actor, kind, details }, index) => {
    const row = { workspaceId: 'w', unitId: 'd', n: index + 1, at: '2026-06-02T16:12:00.000Z', actor, kind, details };
    prev = auditHash(prev, row);
    return { ...row, hash: prev };
  });
}

function headsOf(rows: readonly AuditRow[]) {
  return rows.map(({ n, hash }) => ({ count: n, hash }));
}

function badOf(result: ReturnType<typeof verifyChain>): number | null {
  return result.ok ? null : result.error.n;
}
