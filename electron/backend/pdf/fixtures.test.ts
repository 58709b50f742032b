import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { createPdfWorker, type PdfWorker } from './pdf-worker.ts';
import { hearingLog } from './testing/hear.ts';

/** Files that broke one program or another. They are not ours to pass on, so they lie beside the project. */
const folder = fileURLToPath(new URL('../../../../shared/fixtures/pdf', import.meta.url));
const files = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.pdf')) : [];
const why = `read every PDF of ../shared/fixtures/pdf${files.length === 0 ? ': skipped, there is no such folder here' : ''}`;

/** Every other file is `ok`. */
const STATES: Readonly<Record<string, string>> = {
  'issue17147.pdf': 'repaired',
  'issue6010_1.pdf': 'password',
  'poppler-395-0-fuzzed.pdf': 'damaged',
  'xref_command_missing.pdf': 'repaired',
};

test.skipIf(files.length === 0)(why, async () => {
  const log = hearingLog();
  const pdf = createPdfWorker({ entry: new URL('./worker.ts', import.meta.url), log });
  const rows = [];
  for (const name of files) rows.push(await rowOf(pdf, name));
  await pdf.close();
  console.table(rows);
  expect(log.lines).toEqual([]);
  for (const { name, state } of rows) expect(`${name} ${state}`).toBe(`${name} ${STATES[name] ?? 'ok'}`);
  for (const { state, text, image } of rows) {
    const isOpen = state === 'ok' || state === 'repaired';
    expect([typeof text, typeof image]).toEqual(isOpen ? ['number', 'number'] : ['string', 'string']);
  }
  const known = rows.find(({ name }) => name === 'issue19239.pdf');
  expect(known === undefined || known.pages === 14).toBe(true);
});

async function rowOf(pdf: PdfWorker, name: string) {
  const path = join(folder, name);
  const info = await pdf.info(path);
  const text = await pdf.text(path);
  const image = await pdf.pageImage(path, { page: 1, widthPx: 200 });
  return {
    name,
    state: info.ok ? info.value.state : info.error.type,
    pages: info.ok ? info.value.pages : 0,
    text: text.ok ? text.value.pages.join('').length : text.error.type,
    image: image.ok ? image.value.png.length : image.error.type,
  };
}
