import { execFileSync } from 'node:child_process';
import { truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { createCanvas, loadImage } from '@napi-rs/canvas';
import { degrees, PDFName, PDFString, rgb } from 'pdf-lib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createPdfWorker, type PdfWorker } from './pdf-worker.ts';
import { hearingLog } from './testing/hear.ts';
import { makePdf, type TestFolder, testFolder } from './testing/make-pdf.ts';
import type { PdfInfo, PdfText } from './types.ts';

const entry = new URL('./worker.ts', import.meta.url);
const log = hearingLog();
let folder: TestFolder;
let pdf: PdfWorker;

beforeAll(async () => {
  folder = await testFolder();
  pdf = createPdfWorker({ entry, log });
});

afterAll(async () => {
  await pdf.close();
  await folder.remove();
  // Whatever came in, nothing in here was unforeseen.
  expect(log.lines).toEqual([]);
});

const fivePages = [1, 2, 3, 4, 5].map((page) => [`Page ${page} of the agreement`, 'Buyer: José Núñez']);

async function infoOf(path: string, password?: string): Promise<PdfInfo> {
  const info = await pdf.info(path, { password });
  if (!info.ok) throw new Error(info.error.type);
  return info.value;
}

async function textOf(path: string): Promise<PdfText> {
  const text = await pdf.text(path);
  if (!text.ok) throw new Error(text.error.type);
  return text.value;
}

const failed = (type: string) => ({ ok: false, error: { type } });

describe('info', () => {
  test('tells what a PDF is', async () => {
    const change = (document: import('pdf-lib').PDFDocument) => {
      document.setTitle('Purchase Agreement');
      document.setProducer('Scanner 3000');
      document.setCreationDate(new Date(Date.UTC(2026, 5, 11)));
      document.getForm().createTextField('price');
    };
    const path = await folder.put('five.pdf', await makePdf({ pages: fivePages, change }));
    expect(await infoOf(path)).toMatchObject({
      state: 'ok',
      sentence: null,
      pages: 5,
      readablePages: 5,
      isEncrypted: false,
      isDamaged: false,
      isXfa: false,
      hasForm: true,
      hasSignature: false,
      title: 'Purchase Agreement',
      producer: 'Scanner 3000',
      createdOn: '2026-06-11',
    });
    expect((await infoOf(path)).pageSizes[4]).toEqual({ width: 612, height: 792 });
  });

  test('a file that was cut off says how many pages are left', async () => {
    const whole = await makePdf({ pages: fivePages, isPlain: true });
    const half = await folder.put('half.pdf', whole.subarray(0, whole.length * 0.6));
    const info = await infoOf(half);
    expect(info.state).toBe('damaged');
    expect(info.sentence).toBe(`This PDF is damaged: ${info.readablePages} of ${info.pages} pages could be read.`);
    expect(info.readablePages).toBeGreaterThan(0);
    expect((await textOf(half)).pages[0]).toContain('Page 1 of the agreement');
    const tail = await folder.put('tail.pdf', whole.subarray(0, whole.length - 60));
    expect(await infoOf(tail)).toMatchObject({
      state: 'repaired',
      pages: 5,
      bytes: whole.length - 60,
      sentence: 'This PDF was damaged. All 5 pages could be read.',
    });
  });

  test.each([
    ['nothing.pdf', '', 'empty'],
    ['web.pdf', '<!DOCTYPE html><html><body>Sign in</body></html>', 'not-pdf'],
    ['bom.pdf', '\ufeff<?xml version="1.0"?><svg/>', 'not-pdf'],
    ['words.pdf', 'just some words', 'not-pdf'],
    ['header.pdf', '%PDF-1.7\n', 'damaged'],
  ])('%s', async (name, content, state) => {
    const path = await folder.put(name, content);
    const info = await infoOf(path);
    expect(info).toMatchObject({ state, pages: 0, bytes: Buffer.byteLength(content) });
    expect(info.sentence).toMatch(/\.$/);
    expect((await pdf.text(path)).ok).toBe(false);
    expect((await pdf.pageImage(path, { page: 1, widthPx: 100 })).ok).toBe(false);
  });

  test('a PDF without pages', async () => {
    const path = await folder.put('zero.pdf', await makePdf({ pages: [] }));
    expect(await infoOf(path)).toMatchObject({ state: 'empty', sentence: 'This PDF has no pages. Ask for it again.' });
    expect(await pdf.text(path)).toMatchObject(failed('Empty'));
  });

  test('an XFA form', async () => {
    const change = (document: import('pdf-lib').PDFDocument) => {
      const part = (text: string) => document.context.register(document.context.flateStream(text));
      const XFA = [PDFString.of('template'), part('<template/>')];
      document.catalog.set(PDFName.of('AcroForm'), document.context.obj({ Fields: [], XFA }));
      document.catalog.set(PDFName.of('NeedsRendering'), document.context.obj(true));
    };
    const path = await folder.put('xfa.pdf', await makePdf({ pages: [['Please wait']], change }));
    expect(await infoOf(path)).toMatchObject({ state: 'xfa', isXfa: true });
    expect((await infoOf(path)).sentence).toContain('only Adobe Reader shows (XFA)');
  });

  test('what is not an ordinary file is not there', async () => {
    const pipe = join(folder.path, 'pipe.pdf');
    if (process.platform !== 'win32') execFileSync('mkfifo', [pipe]);
    for (const path of [pipe, folder.path, join(folder.path, 'gone.pdf'), `${folder.path}/\u0000.pdf`])
      expect(await pdf.info(path)).toMatchObject(failed('NotFound'));
  });

  test('a file over the limit is not read', async () => {
    const small = createPdfWorker({ entry, log, limits: { maxFileBytes: 1_000 } });
    const path = await folder.put('big.pdf', await makePdf({ pages: fivePages }));
    expect(await small.info(path)).toMatchObject({ ok: true, value: { state: 'too-large' } });
    expect(await small.text(path)).toMatchObject(failed('TooLarge'));
    await small.close();
  });

  test('200 MB are opened', async () => {
    const path = await folder.put('200.pdf', await makePdf({ pages: fivePages }));
    // What follows the end of a PDF is no part of it.
    await truncate(path, 200_000_000);
    expect(await infoOf(path)).toMatchObject({ pages: 5, readablePages: 5, bytes: 200_000_000 });
  });
});

describe('a password', () => {
  let locked: string;
  beforeAll(async () => {
    const change = (document: import('pdf-lib').PDFDocument) =>
      document.encrypt({ userPassword: 'Elm12', ownerPassword: 'owner' });
    locked = await folder.put('locked.pdf', await makePdf({ pages: fivePages, change }));
  });

  test('is asked for, refused and taken', async () => {
    expect(await infoOf(locked)).toMatchObject({ state: 'password', needsPassword: true, isWrongPassword: false });
    expect(await infoOf(locked, 'no')).toMatchObject({ needsPassword: true, isWrongPassword: true });
    expect(await infoOf(locked, 'Elm12')).toMatchObject({ state: 'ok', isEncrypted: true, needsPassword: false });
    expect(await pdf.text(locked)).toMatchObject(failed('Password'));
    expect(await pdf.text(locked, { password: 'no' })).toMatchObject(failed('WrongPassword'));
    expect(await pdf.text(locked, { password: 'Elm12' })).toMatchObject({ ok: true, value: { pageCount: 5 } });
  });
});

describe('text', () => {
  test('page by page, with what is filled in, and the edges of the first three', async () => {
    const pages = fivePages.map((lines, at) => [
      `Paragraph ${at}`,
      ...lines,
      ...Array.from({ length: 20 }, (_, row) => `Row ${row}`),
      'TREC NO. 20-19',
    ]);
    const change = (document: import('pdf-lib').PDFDocument) => {
      const field = document.getForm().createTextField('address');
      field.setText('12 Elm Street');
      field.addToPage(document.getPage(0), { x: 40, y: 100, width: 200, height: 20 });
    };
    const path = await folder.put('text.pdf', await makePdf({ pages, change }));
    const heard: number[] = [];
    const text = await pdf.text(path, { onProgress: ({ done, total }) => void heard.push(done, total) });
    if (!text.ok) throw new Error(text.error.type);
    expect(text.value).toMatchObject({ pageCount: 5, hasText: true, isCut: false, unreadable: [], sentence: null });
    expect(text.value.pages[0]).toMatch(
      /^Paragraph 0\nPage 1 of the agreement\nBuyer: José Núñez\n[\s\S]*\n12 Elm Street$/,
    );
    expect(text.value.footers.map(({ page }) => page)).toEqual([1, 2, 3]);
    expect(text.value.footers[0]?.first).toEqual([
      'Paragraph 0',
      'Page 1 of the agreement',
      'Buyer: José Núñez',
      'Row 0',
      'Row 1',
    ]);
    expect(text.value.footers[2]?.last).toEqual(['Row 18', 'Row 19', 'TREC NO. 20-19']);
    expect(heard.slice(-2)).toEqual([5, 5]);
  });

  test('of a turned page runs as it is shown', async () => {
    const draw = (page: import('pdf-lib').PDFPage) => {
      page.setRotation(degrees(90));
      page.drawText('below', { x: 500, y: 100, size: 10, rotate: degrees(90) });
      page.drawText('above', { x: 100, y: 100, size: 10, rotate: degrees(90) });
    };
    const path = await folder.put('turned.pdf', await makePdf({ pages: [[]], draw }));
    expect((await textOf(path)).footers[0]?.first).toEqual(['above', 'below']);
    expect((await infoOf(path)).pageSizes).toEqual([{ width: 792, height: 612 }]);
  });

  test('a scan has none', async () => {
    const draw = (page: import('pdf-lib').PDFPage) => page.drawRectangle({ x: 10, y: 10, width: 90, height: 90 });
    const path = await folder.put('scan.pdf', await makePdf({ pages: [[], []], draw }));
    expect(await textOf(path)).toMatchObject({
      hasText: false,
      pages: ['', ''],
      sentence: 'No text to search in this PDF: it looks like a scan.',
    });
  });

  test('of 3,000 pages is read to its cap, and can be stopped', async () => {
    const pages = Array.from({ length: 3_000 }, (_, at) => new Array<string>(9).fill(`Page ${at + 1} `.repeat(11)));
    const path = await folder.put('3000.pdf', await makePdf({ pages }));
    expect(await infoOf(path)).toMatchObject({ state: 'ok', pages: 3_000 });
    const last = await pdf.pageImage(path, { page: 3_000, widthPx: 100 });
    expect(last).toMatchObject({ ok: true, value: { width: 100 } });
    const cancel = new AbortController();
    const stopped = pdf.text(path, { signal: cancel.signal, onProgress: () => cancel.abort() });
    expect(await stopped).toMatchObject(failed('Cancelled'));
    const text = await textOf(path);
    expect(text).toMatchObject({ isCut: true, pageCount: 3_000 });
    expect(text.pages.join('')).toHaveLength(2_000_000);
  });
});

describe('find', () => {
  test('marks the words on the page', async () => {
    const path = await folder.put('find.pdf', await makePdf({ pages: fivePages }));
    const found = await pdf.find(path, { page: 2, needle: 'jose NUNEZ' });
    if (!found.ok) throw new Error(found.error.type);
    expect(found.value).toMatchObject({ view: [0, 0, 612, 792], rotation: 0 });
    const box = found.value.matches[0]?.[0];
    expect(found.value.matches).toHaveLength(1);
    // The second line stands at y = 720; "Buyer: " comes before the name.
    expect(box?.y).toBeGreaterThan(715);
    expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThan(731);
    expect(box?.x).toBeGreaterThan(60);
    expect(await pdf.find(path, { page: 1, needle: 'nobody' })).toMatchObject({ ok: true, value: { matches: [] } });
    for (const page of [0, 6, 1.5, Number.NaN])
      expect(await pdf.find(path, { page, needle: 'x' })).toMatchObject(failed('NoSuchPage'));
  });
});

describe('pageImage', () => {
  test('draws the page and not a blank one', async () => {
    const draw = (page: import('pdf-lib').PDFPage) =>
      page.drawRectangle({ x: 306, y: 396, width: 306, height: 396, color: rgb(1, 0, 0) });
    const path = await folder.put('red.pdf', await makePdf({ pages: [['Words in black']], draw }));
    const image = await pdf.pageImage(path, { page: 1, widthPx: 306 });
    if (!image.ok) throw new Error(image.error.type);
    expect(image.value).toMatchObject({ width: 306, height: 396 });
    const pixels = await pixelsOf(image.value.png, image.value);
    expect(pixels(300, 10)).toEqual([255, 0, 0, 255]);
    expect(pixels(10, 390)).toEqual([255, 255, 255, 255]);
    const grey = Array.from({ length: 80 * 12 }, (_, at) => pixels(20 + (at % 80), 18 + Math.floor(at / 80))).filter(
      ([red = 255]) => red < 200,
    );
    expect(grey.length).toBeGreaterThan(40);
  });

  test('a page that is not there', async () => {
    const path = await folder.put('one.pdf', await makePdf({}));
    expect(await pdf.pageImage(path, { page: 2, widthPx: 100 })).toMatchObject(failed('NoSuchPage'));
  });

  test('a file that was written again is drawn anew', async () => {
    const before = await folder.put('again.pdf', await makePdf({ pages: [['one']] }));
    expect((await textOf(before)).pages).toEqual(['one']);
    await folder.put('again.pdf', await makePdf({ pages: [['one'], ['two']] }));
    expect((await textOf(before)).pages).toEqual(['one', 'two']);
  });
});

async function pixelsOf(png: Uint8Array, { width, height }: { width: number; height: number }) {
  const canvas = createCanvas(width, height);
  const context = canvas.getContext('2d');
  context.drawImage(await loadImage(Buffer.from(png)), 0, 0);
  const { data } = context.getImageData(0, 0, width, height);
  return (x: number, y: number) => [...data.subarray(4 * (y * width + x), 4 * (y * width + x) + 4)];
}
