import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createCanvas } from '@napi-rs/canvas';
import type { PDFDocument } from 'pdf-lib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { plainDate } from '../../../core/deadlines/plain-date.ts';
import { createPdfWorker, type PdfWorker } from './pdf-worker.ts';
import { hearingLog } from './testing/hear.ts';
import { makePdf, type TestFolder, testFolder } from './testing/make-pdf.ts';

// What each task makes is tested beside it; here, that it is reached through the thread and read back from its output.
const log = hearingLog();
const madeOn = plainDate('2026-06-12');
const madeAt = '2026-06-12T15:00:00Z';
let folder: TestFolder;
let pdf: PdfWorker;
let a: string;
let b: string;
let locked: string;

beforeAll(async () => {
  folder = await testFolder();
  pdf = createPdfWorker({ entry: new URL('./worker.ts', import.meta.url), log });
  a = await folder.put('a.pdf', await makePdf({ pages: [['A one'], ['A two'], ['A three']] }));
  b = await folder.put('b.pdf', await makePdf({ pages: [['B one']] }));
  const change = (document: PDFDocument) => document.encrypt({ userPassword: 'Elm12', ownerPassword: 'owner' });
  locked = await folder.put('locked.pdf', await makePdf({ pages: [['Locked one'], ['Locked two']], change }));
});

afterAll(async () => {
  await pdf.close();
  await folder.remove();
  expect(log.lines).toEqual([]);
});

const out = (name: string) => join(folder.path, name);
const failed = (type: string) => ({ ok: false, error: { type } });

async function pagesOf(path: string): Promise<readonly string[]> {
  const text = await pdf.text(path);
  if (!text.ok) throw new Error(text.error.type);
  return text.value.pages;
}

test('merge, with progress', async () => {
  const heard: number[] = [];
  const answer = await pdf.run(
    'merge',
    { inputs: [{ path: a }, { path: b }], output: out('merged.pdf'), title: 'Both', madeAt },
    { onProgress: ({ done, total }) => void heard.push(done / total) },
  );
  expect(answer).toEqual({ ok: true, value: { pages: 4 } });
  expect(heard.at(-1)).toBe(1);
  expect(await pagesOf(out('merged.pdf'))).toEqual(['A one', 'A two', 'A three', 'B one']);
});

test('a refusal names its input and leaves nothing', async () => {
  const inputs = [{ path: a }, { path: out('gone.pdf'), name: 'gone.pdf' }];
  const answer = await pdf.run('merge', { inputs, output: out('none.pdf'), title: 'None', madeAt });
  expect(answer).toMatchObject({ ok: false, error: { type: 'FileMissing', input: 1 } });
  expect(existsSync(out('none.pdf'))).toBe(false);
});

test('split', async () => {
  const ranges = [
    { from: 1, to: 1, output: out('first.pdf'), title: 'First' },
    { from: 2, to: 3, output: out('rest.pdf'), title: 'Rest' },
  ];
  expect(await pdf.run('split', { path: a, ranges, madeAt })).toEqual({ ok: true, value: { pages: [1, 2] } });
  expect(await pagesOf(out('rest.pdf'))).toEqual(['A two', 'A three']);
});

test('arrange', async () => {
  const order = [
    { page: 3, rotate: 90 },
    { page: 1, rotate: 0 },
  ];
  const answer = await pdf.run('arrange', { path: a, order, output: out('arranged.pdf'), title: 'Arranged', madeAt });
  expect(answer).toEqual({ ok: true, value: { pages: 2 } });
  expect(await pagesOf(out('arranged.pdf'))).toEqual(['A three', 'A one']);
  expect(await pdf.info(out('arranged.pdf'))).toMatchObject({
    value: {
      pageSizes: [
        { width: 792, height: 612 },
        { width: 612, height: 792 },
      ],
    },
  });
});

test('stamp', async () => {
  const stamp = { lines: ['RECEIVED', 'June 12, 2026'], place: 'top-right', onPages: [2] } as const;
  expect(await pdf.run('stamp', { path: a, stamp, output: out('stamped.pdf') })).toMatchObject({ ok: true });
  const pages = await pagesOf(out('stamped.pdf'));
  expect(pages[1]).toContain('RECEIVED');
  expect(pages[0]).not.toContain('RECEIVED');
});

test('checklist', async () => {
  const items = [{ title: 'Home insurance binder', detail: '', state: 'needed' }] as const;
  const sections = [{ title: 'Before closing', items }];
  const input = { title: 'What we need from you', address: '12 Elm Street', madeOn };
  const answer = await pdf.run('checklist', { ...input, sections, madeAt, output: out('list.pdf') });
  expect(answer).toEqual({ ok: true, value: { pages: 1 } });
  expect((await pagesOf(out('list.pdf')))[0]).toContain('Home insurance binder');
});

test('packet: a document that cannot be read has a slip in its place', async () => {
  const cover = {
    address: '12 Elm Street',
    clients: ['José Núñez'],
    side: 'buyer',
    closedOn: madeOn,
    office: 'Larkmoor',
    coordinator: 'Dana Fields',
    madeOn,
  } as const;
  const document = { note: '', sectionTitle: 'Contract' };
  const documents = [
    { ...document, title: 'Agreement', fileName: 'a.pdf', path: a },
    { ...document, title: 'Locked', fileName: 'locked.pdf', path: locked },
  ];
  const answer = await pdf.run('packet', { cover, documents, output: out('packet.pdf'), madeAt });
  expect(answer).toMatchObject({ ok: true, value: { left: [{ document: 1, title: 'Locked' }] } });
  const pages = await pagesOf(out('packet.pdf'));
  expect(pages[0]).toContain('12 Elm Street');
  expect(pages.join('\n')).toContain('A three');
});

test('unlock makes a copy that nobody asks a password of', async () => {
  const input = { path: locked, password: 'Elm12', output: out('opened.pdf') };
  expect(await pdf.run('unlock', { ...input, password: 'no' })).toMatchObject(failed('PasswordWrong'));
  expect(await pdf.run('unlock', { ...input, path: out('gone.pdf') })).toMatchObject(failed('FileMissing'));
  expect(await pdf.run('unlock', { ...input, output: out('no/x.pdf') })).toMatchObject(failed('NotWritten'));
  expect(await pdf.run('unlock', input)).toEqual({ ok: true, value: { pages: 2 } });
  expect(await pdf.info(input.output)).toMatchObject({ value: { state: 'ok', isEncrypted: false, pages: 2 } });
  // What was opened can be worked on.
  const merge = { inputs: [{ path: input.output }, { path: b }], output: out('with-opened.pdf'), title: '', madeAt };
  expect(await pdf.run('merge', merge)).toEqual({ ok: true, value: { pages: 3 } });
  expect(await pagesOf(out('with-opened.pdf'))).toEqual(['Locked one', 'Locked two', 'B one']);
  expect(await pdf.info(locked)).toMatchObject({ value: { state: 'password' } });
});

test('photos', async () => {
  const png = await folder.put('front.png', createCanvas(60, 40).toBuffer('image/png'));
  const words = await folder.put('words.png', 'words');
  const front = { path: png, name: 'front.png' };
  const refused = await pdf.run('photos', {
    photos: [front, { path: words, name: 'words.png' }],
    output: out('p.pdf'),
  });
  expect(refused).toMatchObject({ ok: false, error: { type: 'PhotoRefused', input: 1 } });
  expect(await pdf.run('photos', { photos: [front], output: out('no/p.pdf') })).toMatchObject(failed('NotWritten'));
  expect(await pdf.run('photos', { photos: [front, front], output: out('p.pdf') })).toEqual({
    ok: true,
    value: { pages: 2 },
  });
  expect(await pdf.info(out('p.pdf'))).toMatchObject({ value: { state: 'ok', pages: 2 } });
});
