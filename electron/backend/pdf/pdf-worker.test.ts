import { afterEach, beforeEach, expect, test } from 'vitest';
import { createPdfWorker, type PdfWorker } from './pdf-worker.ts';
import { hearingLog } from './testing/hear.ts';
import { makePdf, type TestFolder, testFolder } from './testing/make-pdf.ts';

const open: PdfWorker[] = [];
let folder: TestFolder;

beforeEach(async () => {
  folder = await testFolder();
});

afterEach(async () => {
  for (const pdf of open.splice(0)) await pdf.close();
  await folder.remove();
});

function start(entry: string): PdfWorker {
  const pdf = createPdfWorker({ entry: new URL(entry, import.meta.url), log: hearingLog() });
  open.push(pdf);
  return pdf;
}

test('a page that is turned does not wait for a text that is read', async () => {
  // There, `text` never ends.
  const pdf = start('./testing/hostile-tasks.ts');
  const text = pdf.text('/a.pdf');
  const info = pdf.info('/b.pdf');
  expect(await pdf.pageImage('/a.pdf', { page: 1, widthPx: 100 })).toEqual({ ok: true, value: 'drawn' });
  expect(await pdf.info('/c.pdf', { turn: 'now' })).toEqual({ ok: true, value: 'known' });
  await pdf.close();
  expect(await text).toMatchObject({ error: { type: 'Cancelled' } });
  expect(await info).toMatchObject({ error: { type: 'Cancelled' } });
});

test('works where pdf.js would take the process for a browser', async () => {
  const pdf = start('./testing/electron-like.ts');
  const path = await folder.put('a.pdf', await makePdf({ pages: [['12 Elm Street']] }));
  expect(await pdf.text(path)).toMatchObject({ ok: true, value: { pages: ['12 Elm Street'] } });
  expect(await pdf.pageImage(path, { page: 1, widthPx: 100 })).toMatchObject({ ok: true, value: { width: 100 } });
});
