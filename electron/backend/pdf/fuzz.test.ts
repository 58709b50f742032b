import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createPdfWorker, type PdfWorker } from './pdf-worker.ts';
import { hearingLog } from './testing/hear.ts';
import { makePdf, type TestFolder, testFolder } from './testing/make-pdf.ts';

const log = hearingLog();
let folder: TestFolder;
let pdf: PdfWorker;
let whole: { readonly plain: Uint8Array; readonly packed: Uint8Array };

beforeAll(async () => {
  folder = await testFolder();
  const limits = { quietMs: 10_000, totalMs: 10_000 };
  pdf = createPdfWorker({ entry: new URL('./worker.ts', import.meta.url), log, limits });
  const change = (document: import('pdf-lib').PDFDocument) => void document.getForm().createTextField('price');
  const pages = [['Page 1', 'of a small agreement'], ['Page 2']];
  whole = {
    plain: await makePdf({ pages, isPlain: true, change }),
    packed: await makePdf({ pages, change }),
  };
});

afterAll(async () => {
  await pdf.close();
  await folder.remove();
});

const place = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
const damage = fc.record({
  kind: fc.constantFrom('plain' as const, 'packed' as const),
  bytes: fc.array(fc.tuple(place, fc.integer({ min: 0, max: 255 })), { maxLength: 40 }),
  numbers: fc.array(fc.tuple(place, fc.constantFrom('0', '9', '-', '<<', '>>', ' R', '99999999')), { maxLength: 5 }),
  cutAt: fc.option(place, { nil: 1 }),
  /** Bytes of one place written over another: objects that refer to themselves. */
  copies: fc.array(fc.tuple(place, place, fc.nat({ max: 200 })), { maxLength: 3 }),
});

test('a PDF with any damage ends in a value, and no limit is needed for it', { timeout: 300_000 }, async () => {
  let count = 0;
  await fc.assert(
    fc.asyncProperty(damage, async (how) => {
      count += 1;
      const path = await folder.put(`${count}.pdf`, damaged(whole[how.kind], how));
      const [info, text, image] = await Promise.all([
        pdf.info(path),
        pdf.text(path),
        pdf.pageImage(path, { page: 1, widthPx: 60 }),
      ]);
      expect(info).toMatchObject({ ok: true });
      for (const answer of [text, image])
        if (!answer.ok) expect(['Damaged', 'Empty', 'NotPdf', 'NoSuchPage', 'Password']).toContain(answer.error.type);
    }),
    { numRuns: 300, interruptAfterTimeLimit: 200_000 },
  );
  expect(log.lines).toEqual([]);
});

type Damage = typeof damage extends fc.Arbitrary<infer Value> ? Value : never;

function damaged(bytes: Uint8Array, { bytes: flips, numbers, cutAt, copies }: Damage): Uint8Array {
  const hurt = new Uint8Array(bytes);
  const at = (part: number) => Math.floor(part * hurt.length);
  for (const [where, value] of flips) hurt[at(where)] = value;
  for (const [where, text] of numbers) hurt.set(Buffer.from(text).subarray(0, hurt.length - at(where)), at(where));
  for (const [from, to, length] of copies) hurt.copyWithin(at(to), at(from), at(from) + length);
  return hurt.subarray(0, Math.ceil(cutAt * hurt.length));
}
