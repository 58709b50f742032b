import { createWriteStream, mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { command } from '../../../core/sync/testing.ts';
import type { AuditRow } from '../audit/chain.ts';
import { type StorePlace, sqlitePlace } from '../store/testing.ts';
import { postgresForTests } from '../store/testing-postgres.ts';
import type { Read, Store } from '../store/types.ts';
import { type ExportAsk, exportDeal } from './export-deal.ts';
import { ENTRY, type Manifest } from './format.ts';
import { AT, blobsOf, DEAL_ID, file, hex, note, openTestDeal, send, type TestDeal, WORKSPACE_ID } from './testing.ts';
import { linesIn, partsOf } from './testing-zip.ts';
import { verifyExport } from './verify.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 });

const postgres = await postgresForTests();

const NOOR = {
  actor: 'member:m-noor',
  name: 'Noor Haddad',
  rights: { kind: 'member', memberId: 'm-noor', role: 'tc' },
} as const;

const drivers: readonly (readonly [string, () => Promise<StorePlace>])[] = [
  ['SQLite', async () => sqlitePlace()],
  ...(postgres === null ? [] : [['PostgreSQL', () => postgres.place()] as const]),
];

describe.each(drivers)('an export on %s', (_name, placeOf) => {
  let place: StorePlace;
  let store: Store;
  let deal: TestDeal;
  let folder = '';
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'closeboard-export-test-'));
    place = await placeOf();
    store = await place.open();
    deal = await openTestDeal(store);
  });
  afterEach(async () => {
    await store.close();
    await place.remove();
    rmSync(folder, { recursive: true, force: true });
  });

  const askOf = (more: Partial<ExportAsk> = {}): ExportAsk => ({
    ...{ store, blobs: blobsOf(deal), workspaceId: WORKSPACE_ID, dealId: DEAL_ID, by: NOOR },
    ...{ now: () => new Date('2026-06-03T10:00:00.000Z'), writer: store, scratch: folder },
    ...more,
  });
  const made = async (more: Partial<ExportAsk> = {}): Promise<{ zip: string; manifest: Manifest }> => {
    const zip = join(folder, 'deal.zip');
    const ready = await exportDeal(askOf(more));
    if (!ready.ok) throw new Error(ready.error.message);
    await ready.value.writeTo(createWriteStream(zip));
    await ready.value.remove();
    return { zip, manifest: ready.value.manifest };
  };

  test('holds rows, commands, the trail with this export in it, and 80 documents under names of their own', async () => {
    for (let number = 1; number <= 80; number += 1) await file(deal, number);
    await send(deal, command('c-price', 'setPrice', { priceCents: 65_000_000, expected: 64_200_000 }));
    await send(deal, command('c-undo', 'undo', { commandId: 'c-price' }));
    await send(deal, command('c-gone', 'removePerson', { personId: 'p-marisol' }));
    await send(deal, command('c-late', 'setPrice', { priceCents: 1, expected: 2 }));
    const ana = { kind: 'member', memberId: 'm-ana', role: 'agent' } as const;
    await send(deal, command('c-ana', 'setPrice', { priceCents: 1, expected: null }), ana, false);
    await note(deal, 'command-refused', 'member:m-theo', { commandId: 'c-price', name: 'addNote', isTaken: true });
    await note(deal, 'view', 'party:p-priya', { title: 'Inspection report' });
    const { zip, manifest } = await made();
    const parts = await partsOf(zip);
    expect([...parts.keys()].slice(0, 6)).toEqual([
      ...[ENTRY.readme, ENTRY.manifest, ENTRY.rows, ENTRY.commands, ENTRY.audit, ENTRY.head],
    ]);
    expect(manifest.files).toHaveLength(80);
    expect(manifest.files.slice(0, 2).map(({ path }) => path)).toEqual([
      'files/2026-06-02_1847-Marlowe-Ave_Inspection-Report_v1.pdf',
      'files/2026-06-02_1847-Marlowe-Ave_Inspection-Report_v1 (2).pdf',
    ]);
    for (const { path, sha256 } of manifest.files) expect(hex(parts.get(path) ?? '')).toBe(sha256);
    expect(linesIn(parts, ENTRY.rows).length).toBe(deal.shelf.all.size);
    expect(linesIn(parts, ENTRY.commands)).toHaveLength(87);
    const trail = linesIn<AuditRow>(parts, ENTRY.audit);
    expect(trail.at(-1)).toMatchObject({ kind: 'export', actor: 'member:m-noor', details: { files: 80 } });
    expect(await store.read(({ audit }) => audit.head(WORKSPACE_ID, DEAL_ID))).toEqual(manifest.audit);
    const report = await verifyExport({ file: zip, known: [manifest.audit] });
    expect(report).toEqual({
      ...{ ok: true, problem: null, unknown: '', entries: 86, audit: manifest.audit },
      ...{ deal: { id: DEAL_ID, name: 'Marlowe Ave' }, checkedAgainst: [manifest.audit] },
    });
    expect(String(parts.get(ENTRY.readme))).toContain('closeboard verify');
    // What was gathered is gone again.
    expect(readdirSync(folder)).toEqual(['deal.zip']);
  });

  test('names what it leaves out and why: missing, damaged and held papers', async () => {
    const [missing, damaged] = [await file(deal, 1), await file(deal, 2)];
    deal.contents.delete(missing);
    deal.contents.set(damaged, Buffer.from('%PDF-1.7 something else'));
    await file(deal, 3, { isHeld: true });
    await file(deal, 5);
    const { zip, manifest } = await made();
    expect(manifest.notIncluded.map(({ versionId, reason }) => [versionId, reason]).toSorted()).toEqual([
      ['v-1', 'missing'],
      ['v-2', 'damaged'],
      ['v-3', 'held'],
    ]);
    for (const { sentence } of manifest.notIncluded) expect(sentence).toMatch(/^[A-Z].*\.$/);
    expect(manifest.files.map(({ versionId }) => versionId)).toEqual(['v-5']);
    expect(await verifyExport({ file: zip, known: [manifest.audit] })).toMatchObject({ ok: true, unknown: '' });
  });

  test('a disk that breaks while a file is read is damage, not an end of the export', async () => {
    const broken = await file(deal, 1);
    const blobs = blobsOf(deal);
    const { manifest } = await made({
      blobs: {
        read: async (sha256) => {
          const stream = await blobs.read(sha256);
          if (sha256 === broken) queueMicrotask(() => stream?.destroy(new Error('EIO')));
          return stream;
        },
      },
    });
    expect(manifest.notIncluded).toMatchObject([{ versionId: 'v-1', reason: 'damaged' }]);
  });

  test('what is done while it is gathered is in it whole or not at all', async () => {
    await file(deal, 1);
    let times = 0;
    const busy: ExportAsk['store'] = {
      read: async <T>(work: (read: Read) => Promise<T>) => {
        const value = await store.read(work);
        times += 1;
        if (times < 8)
          await send(deal, command(`c-note-${times}`, 'addNote', { noteId: `n-${times}`, body: 'x', at: AT }));
        return value;
      },
    };
    const { zip, manifest } = await made({ store: busy });
    expect(times).toBeGreaterThan(4);
    expect(await verifyExport({ file: zip, known: [manifest.audit] })).toMatchObject({ ok: true, unknown: '' });
    expect(linesIn<AuditRow>(await partsOf(zip), ENTRY.audit).at(-1)?.kind).toBe('export');
  });

  test('a store that may only be read gives an export that says it is not in the trail', async () => {
    await file(deal, 1);
    const before = await store.read(({ audit }) => audit.head(WORKSPACE_ID, DEAL_ID));
    const { zip, manifest } = await made({ writer: null });
    expect(manifest).toMatchObject({ isInTrail: false, audit: before });
    expect(await store.read(({ audit }) => audit.head(WORKSPACE_ID, DEAL_ID))).toEqual(before);
    const report = await verifyExport({ file: zip });
    expect(report).toMatchObject({ ok: true, audit: before });
    expect(report.unknown).toContain('not in the trail');
  });

  test('no such deal; one that was stopped leaves nothing behind', async () => {
    const refused = await exportDeal(askOf({ dealId: 'd9' }));
    expect(refused).toMatchObject({ ok: false, error: { type: 'NoSuchDeal', message: expect.stringContaining('d9') } });
    const stop = new AbortController();
    stop.abort();
    await expect(exportDeal(askOf({ signal: stop.signal }))).rejects.toThrow();
    expect(readdirSync(folder)).toEqual([]);
    // What a killed process left is removed a day later; what another one gathers just now is left alone.
    const names = ['closeboard-export-old', 'closeboard-export-new', 'other-old'];
    for (const name of names) mkdirSync(join(folder, name));
    const longAgo = new Date(Date.now() - 2 * 86_400_000);
    for (const name of names) if (name.endsWith('old')) utimesSync(join(folder, name), longAgo, longAgo);
    await made();
    expect(readdirSync(folder).toSorted()).toEqual(['closeboard-export-new', 'deal.zip', 'other-old']);
  });

  test('bytes that go away, and a receiver that goes away, end the writing', async () => {
    const sha256 = await file(deal, 1);
    const ready = await exportDeal(askOf());
    if (!ready.ok) throw new Error(ready.error.message);
    const content = deal.contents.get(sha256) ?? Buffer.alloc(0);
    deal.contents.delete(sha256);
    await expect(ready.value.writeTo(createWriteStream(join(folder, 'a.zip')))).rejects.toThrow('taken away');
    deal.contents.set(sha256, content.subarray(1));
    await expect(ready.value.writeTo(createWriteStream(join(folder, 'b.zip')))).rejects.toThrow('unexpected number');
    deal.contents.set(sha256, content);
    const gone = new Writable({ write: (_chunk, _encoding, done) => done(new Error('the receiver is gone')) });
    await expect(ready.value.writeTo(gone)).rejects.toThrow('gone');
    const stop = new AbortController();
    const slow = new Writable({ write: () => stop.abort() });
    await expect(ready.value.writeTo(slow, { signal: stop.signal })).rejects.toThrow();
    await ready.value.remove();
  });
});
