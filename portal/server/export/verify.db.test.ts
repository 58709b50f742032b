import { createWriteStream, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { command } from '../../../core/sync/testing.ts';
import { type AuditRow, auditHash, GENESIS } from '../audit/chain.ts';
import { sqlitePlace } from '../store/testing.ts';
import { exportDeal } from './export-deal.ts';
import { ENTRY, type Manifest } from './format.ts';
import { AT, blobsOf, DEAL_ID, file, note, openTestDeal, send, WORKSPACE_ID } from './testing.ts';
import { asLines, linesIn, type Parts, partsOf, withManifest, writeParts } from './testing-zip.ts';
import { verifyExport } from './verify.ts';

vi.setConfig({ testTimeout: 240_000, hookTimeout: 60_000 });

let folder = '';
let whole: Parts = new Map();
let manifest: Manifest;
let file0 = '';

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'closeboard-verify-'));
  const place = sqlitePlace();
  const store = await place.open();
  const deal = await openTestDeal(store);
  for (let number = 1; number <= 4; number += 1) {
    await file(deal, number);
    await note(deal, 'view', 'party:p-priya', { title: 'Inspection report' });
  }
  await send(deal, command('c-price', 'setPrice', { priceCents: 65_000_000, expected: 64_200_000 }));
  await send(deal, command('c-late', 'setPrice', { priceCents: 1, expected: 2 }));
  await send(deal, command('c-undo', 'undo', { commandId: 'c-price' }));
  const ready = await exportDeal({
    ...{ store, blobs: blobsOf(deal), workspaceId: WORKSPACE_ID, dealId: DEAL_ID, writer: store },
    by: { actor: 'member:m-noor', name: 'Noor', rights: { kind: 'member', memberId: 'm-noor', role: 'tc' } },
    now: () => new Date(AT),
    scratch: folder,
  });
  if (!ready.ok) throw new Error(ready.error.message);
  file0 = join(folder, 'whole.zip');
  await ready.value.writeTo(createWriteStream(file0));
  await ready.value.remove();
  manifest = ready.value.manifest;
  whole = await partsOf(file0);
  await store.close();
  await place.remove();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function checked(parts: Iterable<readonly [string, Buffer]>, known = [manifest.audit]) {
  const changed = join(folder, 'changed.zip');
  await writeParts(changed, parts);
  return verifyExport({ file: changed, known });
}

/** The chain over these rows with hashes that fit: what somebody does who knows how it is made. */
function rehashed(rows: readonly AuditRow[]): AuditRow[] {
  let prev = GENESIS;
  return rows.map((row, index) => {
    const next = { ...row, n: index + 1 };
    prev = auditHash(prev, next);
    return { ...next, hash: prev };
  });
}

const withTrail = (rows: readonly AuditRow[]): Parts => {
  const head = { count: rows.length, hash: rows.at(-1)?.hash ?? GENESIS };
  const parts = new Map(whole)
    .set(ENTRY.audit, asLines(rows))
    .set(ENTRY.head, Buffer.from(`${JSON.stringify(head)}\n`));
  return withManifest(parts, (said) => {
    said.audit = head;
  });
};

test('an untouched export is whole, packed anew or not', async () => {
  expect(await verifyExport({ file: file0 })).toMatchObject({ ok: true, deal: { id: DEAL_ID }, checkedAgainst: [] });
  expect(await checked(whole)).toMatchObject({ ok: true, unknown: '', entries: 10 });
  expect(await checked(withManifest(whole))).toMatchObject({ ok: true });
});

describe('what is found', () => {
  test('any byte of any entry that is changed', async () => {
    const paths = [...whole.keys()];
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...paths),
        fc.nat(),
        fc.integer({ min: 1, max: 255 }),
        async (path, where, by) => {
          const content = Buffer.from(whole.get(path) ?? '');
          const at = where % content.byteLength;
          content[at] = (content[at] ?? 0) ^ by;
          const report = await checked(new Map(whole).set(path, content));
          expect(report.ok).toBe(false);
          if (path !== ENTRY.manifest) expect(report.problem?.entry).toBe(path);
        },
      ),
      { numRuns: 60 },
    );
  });

  test('any entry that is taken out, added, or put in twice', async () => {
    for (const path of whole.keys()) {
      const less = new Map(whole);
      less.delete(path);
      expect((await checked(less)).problem).toMatchObject({ entry: path });
      expect(await checked([...whole, [path, whole.get(path) ?? Buffer.alloc(0)]])).toMatchObject({
        problem: { entry: path, sentence: 'Two entries have this name.' },
      });
    }
    const more: [string, Buffer][] = [...whole, ['files/extra.pdf', Buffer.from('x')]];
    expect((await checked(more)).problem).toMatchObject({ entry: 'files/extra.pdf' });
    expect((await checked(withManifest(new Map(more)))).ok).toBe(false);
  });

  test('rows of the trail that are edited, taken out, put in, moved or cut off, with a manifest that fits them', async () => {
    const rows = linesIn<AuditRow>(whole, ENTRY.audit);
    const place = fc.nat({ max: rows.length - 1 });
    const kind = fc.constantFrom('edit', 'remove', 'insert', 'swap', 'cut', 'anew', 'anew-without');
    await fc.assert(
      fc.asyncProperty(kind, place, place, async (how, a, b) => {
        const [first, second] = [rows[a], rows[b]] as [AuditRow, AuditRow];
        const edited = { ...first, actor: 'member:m-theo-x' };
        const tampered: Readonly<Record<typeof how, () => readonly AuditRow[]>> = {
          edit: () => rows.with(a, edited),
          remove: () => rows.toSpliced(a, 1),
          insert: () => rows.toSpliced(a, 0, second),
          swap: () => (a === b ? rows.with(a, edited) : rows.with(a, second).with(b, first)),
          cut: () => rows.slice(0, a),
          anew: () => rehashed(rows.with(a, edited)),
          'anew-without': () => rehashed(rows.toSpliced(a, 1)),
        };
        const report = await checked(withTrail(tampered[how]()));
        expect(report.ok).toBe(false);
        expect(report.problem?.sentence).toMatch(/\.$/);
      }),
      { numRuns: 120 },
    );
  });

  test('without a kept end a trail written anew passes, and the report says that this is not known', async () => {
    const rows = linesIn<AuditRow>(whole, ENTRY.audit);
    const at = rows.findIndex(({ kind }) => kind === 'view');
    const anew = withTrail(rehashed(rows.map((row, index) => (index === at ? { ...row, actor: 'party:p-x' } : row))));
    const blind = await checked(anew, []);
    expect(blind).toMatchObject({ ok: true, checkedAgainst: [] });
    expect(blind.unknown).toContain('written anew');
    expect(await checked(anew)).toMatchObject({ ok: false, problem: { entry: ENTRY.audit } });
    const early = rows[1] as AuditRow;
    const partly = await checked(whole, [{ count: early.n, hash: early.hash }]);
    expect(partly.ok).toBe(true);
    expect(partly.unknown).toContain('Up to row 2');
    const mirror = (dealId: string) => (dealId === DEAL_ID ? manifest.audit : null);
    expect(await verifyExport({ file: file0, mirrorOf: mirror })).toMatchObject({
      unknown: '',
      checkedAgainst: [manifest.audit],
    });
    expect((await verifyExport({ file: file0, mirrorOf: () => null })).unknown).not.toBe('');
  });

  test.each([
    ['a command taken out', ENTRY.commands, (lines: object[]) => lines.toSpliced(2, 1)],
    ['a command put in twice', ENTRY.commands, (lines: object[]) => lines.toSpliced(2, 0, lines[2] ?? {})],
    ['commands in another order', ENTRY.commands, (lines: object[]) => [lines[1], lines[0], ...lines.slice(2)]],
    ['the last command cut off', ENTRY.commands, (lines: object[]) => lines.slice(0, -1)],
    [
      'an accepted command said to be refused',
      ENTRY.commands,
      (lines: object[]) => lines.with(1, { ...lines[1], outcome: 'refused' }),
    ],
    ['other words of a command', ENTRY.commands, (lines: object[]) => lines.with(1, { ...lines[1], label: 'Nothing' })],
    ['a row changed', ENTRY.rows, (lines: object[]) => lines.with(0, { ...lines[0], version: 99 })],
    ['a row taken out', ENTRY.rows, (lines: object[]) => lines.slice(1)],
  ])('%s, with a manifest that fits it', async (_what, path, change) => {
    const parts = withManifest(new Map(whole).set(path, asLines(change(linesIn<object>(whole, path)))));
    expect(await checked(parts)).toMatchObject({ ok: false });
  });

  test('words of the manifest or the README, written anew', async () => {
    const changes: readonly ((said: Record<string, unknown>) => void)[] = [
      (said) => Object.assign(said, { product: 'another' }),
      (said) => Object.assign(said, { madeAt: '2020-01-01T00:00:00.000Z' }),
      (said) => Object.assign(said, { madeBy: { actor: 'member:m-theo', name: 'Theo' } }),
      (said) => Object.assign(said, { isInTrail: false, deal: { ...manifest.deal, unitVersion: 1 } }),
    ];
    for (const change of changes) expect((await checked(withManifest(whole, change))).ok).toBe(false);
    const readme = new Map(whole).set(ENTRY.readme, Buffer.from('All is well.'));
    expect((await checked(withManifest(readme))).problem?.entry).toBe(ENTRY.manifest);
  });

  test('a document in the place of another, with a manifest that fits it', async () => {
    const [first, second] = manifest.files;
    if (first === undefined || second === undefined) throw new Error('two files are needed');
    const parts = new Map(whole).set(first.path, whole.get(second.path) ?? Buffer.alloc(0));
    const fitting = withManifest(parts, (said) => {
      said.files = manifest.files.map((each) => (each === first ? { ...each, sha256: second.sha256 } : each));
    });
    expect(await checked(fitting)).toMatchObject({ ok: false });
    const without = new Map(whole);
    without.delete(first.path);
    const silent = withManifest(without, (said) => {
      said.files = manifest.files.filter((each) => each !== first);
    });
    expect(await checked(silent)).toMatchObject({ ok: false });
  });
});

/** An export that is not in the trail has no row that says its hashes: rows are held to the commands alone. */
describe('what is found without the row of the export', () => {
  const unaudited = (change: (parts: Parts) => void): Parts => {
    const rows = linesIn<AuditRow>(whole, ENTRY.audit).slice(0, -1);
    const parts = withTrail(rows);
    change(parts);
    return withManifest(parts, (said) => {
      said.isInTrail = false;
    });
  };
  interface Row {
    readonly table: string;
    readonly rowId: string;
    readonly row: Record<string, unknown>;
  }
  const rowsAs = (change: (rows: Row[]) => readonly unknown[]) =>
    unaudited((parts) => parts.set(ENTRY.rows, asLines(change(linesIn<Row>(parts, ENTRY.rows)))));
  const at = (rows: Row[], table: string) => rows.findIndex((row) => row.table === table && row.row !== null);

  test('whole, and says so', async () => {
    const report = await checked(
      rowsAs((rows) => rows),
      [],
    );
    expect(report).toMatchObject({ ok: true });
    expect(report.unknown).toContain('not in the trail');
  });

  test.each([
    [
      'a price',
      (rows: Row[]) =>
        rows.with(at(rows, 'deal'), {
          ...(rows[at(rows, 'deal')] as Row),
          row: { ...rows[at(rows, 'deal')]?.row, priceCents: 1 },
        }),
      ENTRY.rows,
    ],
    ['a row taken out', (rows: Row[]) => rows.toSpliced(at(rows, 'person'), 1), ENTRY.rows],
    [
      'a row taken away',
      (rows: Row[]) => rows.with(at(rows, 'person'), { ...rows[at(rows, 'person')], row: null } as never),
      ENTRY.rows,
    ],
    ['a row added', (rows: Row[]) => [...rows, { ...rows[at(rows, 'person')], rowId: 'p-new' }], ENTRY.rows],
    [
      'a journal entry',
      (rows: Row[]) =>
        rows.with(at(rows, 'journal'), {
          ...(rows[at(rows, 'journal')] as Row),
          row: { ...rows[at(rows, 'journal')]?.row, name: 'undo' },
        }),
      ENTRY.rows,
    ],
    ['no row at all', (rows: Row[]) => [...rows, 7], ENTRY.rows],
    ['nothing', () => [], ENTRY.rows],
  ])('%s', async (_what, change, entry) => {
    const report = await checked(
      rowsAs((rows) => [...change(rows)] as unknown[]),
      [],
    );
    expect(report.problem?.entry).toBe(entry);
  });

  test('changes of a command that do not lead to the rows, or to nothing', async () => {
    const change = (with_: (line: Record<string, unknown>) => object) =>
      unaudited((parts) =>
        parts.set(ENTRY.commands, asLines(linesIn<Record<string, unknown>>(parts, ENTRY.commands).map(with_))),
      );
    for (const edited of [
      change((line) => (line.commandId === 'c-price' ? { ...line, changes: [] } : line)),
      change((line) => (line.commandId === 'c-price' ? { ...line, unitVersion: 40 } : line)),
      change((line) =>
        line.commandId === 'c-price' ? { ...line, changes: [{ op: 'delete', table: 'task', id: 'x' }] } : line,
      ),
      change((line) => (line.commandId === 'c-price' ? { ...line, changes: 'none' } : line)),
      change((line) => ({ ...line, unitId: 'd2' })),
    ])
      expect((await checked(edited, [])).ok).toBe(false);
  });

  test('lines that are none', async () => {
    for (const path of [ENTRY.rows, ENTRY.commands, ENTRY.audit]) {
      for (const text of ['{"a":', 'x\n', '[]\n', 'null\n', '{"a":1}']) {
        const report = await checked(
          unaudited((parts) => parts.set(path, Buffer.from(text))),
          [],
        );
        expect(report.problem?.entry).toBe(path);
      }
    }
    const deep = `${'['.repeat(5000)}${']'.repeat(5000)}\n`;
    expect(
      (
        await checked(
          unaudited((parts) => parts.set(ENTRY.rows, Buffer.from(deep))),
          [],
        )
      ).ok,
    ).toBe(false);
  });
});

describe('files that are no export', () => {
  const written = (name: string, content: Buffer | string) => {
    const path = join(folder, name);
    writeFileSync(path, content);
    return verifyExport({ file: path });
  };

  test('no zip, half a zip, another zip, a manifest of another version', async () => {
    expect(await written('a.zip', 'Dear Priya')).toMatchObject({ ok: false, problem: { entry: 'the zip' } });
    expect(await written('b.zip', '')).toMatchObject({ ok: false, problem: { entry: 'the zip' } });
    const bytes = readFileSync(file0);
    expect(await written('c.zip', bytes.subarray(0, bytes.byteLength - 400))).toMatchObject({ ok: false });
    expect(await checked([['letter.txt', Buffer.from('x')]])).toMatchObject({ problem: { entry: 'letter.txt' } });
    expect(await checked([[ENTRY.readme, Buffer.from('x')]])).toMatchObject({ problem: { entry: ENTRY.manifest } });
    const later = withManifest(whole, (said) => {
      said.version = 2;
    });
    expect(await checked(later)).toMatchObject({ problem: { entry: ENTRY.manifest } });
    await expect(verifyExport({ file: join(folder, 'not-there.zip') })).rejects.toThrow('ENOENT');
  });

  test('names that lead elsewhere or that one computer takes for another', async () => {
    for (const name of [
      '/etc/passwd',
      'files/',
      'files/a/b',
      'files/..',
      '../../etc/passwd',
      'FILES/a',
      'files/a\u0007b',
      'rows.jsonl2',
    ])
      expect((await checkedRaw(name)).ok).toBe(false);
    const twice = await checked([...whole, ['files/A.pdf', Buffer.from('x')], ['files/a.PDF', Buffer.from('x')]]);
    expect(twice.ok).toBe(false);
  });

  /** Written past the packer, which takes no such name: a placeholder of the same length is replaced in the bytes. */
  async function checkedRaw(name: string) {
    const stand = 'files/'.padEnd(Buffer.byteLength(name), 'q').slice(0, Buffer.byteLength(name));
    const path = join(folder, 'raw.zip');
    const holder = stand.padEnd(8, 'q') === stand || stand.length >= 7 ? stand : 'q'.repeat(Buffer.byteLength(name));
    await writeParts(path, [...whole, [holder, Buffer.from('x')]]);
    const text = readFileSync(path).toString('latin1').replaceAll(holder, Buffer.from(name).toString('latin1'));
    writeFileSync(path, Buffer.from(text, 'latin1'));
    return verifyExport({ file: path });
  }

  test('a zip that swells is not unpacked', async () => {
    const bomb = Buffer.alloc(80 * 1024 * 1024);
    const report = await checked([...whole, ['files/bomb.pdf', bomb]]);
    expect(report.problem).toMatchObject({
      entry: 'files/bomb.pdf',
      sentence: expect.stringContaining('unpacks to far more'),
    });
  });

  test('a zip whose sizes lie, or whose bytes are damaged', async () => {
    const bytes = readFileSync(file0);
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: bytes.byteLength - 1 }), fc.integer({ min: 1, max: 255 }), async (where, by) => {
        const damaged = Buffer.from(bytes);
        damaged[where] = (damaged[where] ?? 0) ^ by;
        const report = await written('d.zip', damaged);
        // Some bytes of a zip say nothing: times, attributes. All else is found, and nothing is ever thrown.
        if (report.ok) expect(report.audit).toEqual(manifest.audit);
        else expect(report.problem?.sentence).toMatch(/\.$/);
      }),
      { numRuns: 150 },
    );
  });
});
