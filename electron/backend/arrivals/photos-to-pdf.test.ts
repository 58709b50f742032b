import { createCanvas } from '@napi-rs/canvas';
import fc from 'fast-check';
import { PDFDocument } from 'pdf-lib';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { afterAll, describe, expect, test } from 'vitest';
import { imageFacts } from '../../../core/documents/image-facts.ts';
import { photosToPdf } from './photos-to-pdf.ts';
import { testFolder } from './testing.ts';
import { HEIC_SAMPLE } from './testing-heic.ts';

const folder = testFolder();
afterAll(() => folder.close());

/** Upright it has red and green above, blue and white below. */
function picture(width: number, height: number) {
  const canvas = createCanvas(width, height);
  const context = canvas.getContext('2d');
  const [w, h] = [width / 2, height / 2];
  for (const [x, y, colour] of [
    [0, 0, '#ff0000'],
    [w, 0, '#00ff00'],
    [0, h, '#0000ff'],
    [w, h, '#ffffff'],
  ] as const) {
    context.fillStyle = colour;
    context.fillRect(x, y, w, h);
  }
  return canvas;
}

const jpeg = (width = 120, height = 80) => Buffer.from(picture(width, height).toBuffer('image/jpeg', 92));
const photos = (...contents: readonly Uint8Array[]) =>
  contents.map((bytes, index) => ({ path: folder.write(bytes), name: `IMG_${index + 1}.jpg` }));

/** The same JPEG with an EXIF orientation. */
function turned(bytes: Buffer, orientation: number): Buffer {
  const exif = Buffer.concat([
    Buffer.from('Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0', 'latin1'),
    Buffer.from([orientation, 0, 0, 0, 0, 0, 0]),
  ]);
  const head = Buffer.from([0xff, 0xe1, 0, exif.length + 2]);
  return Buffer.concat([bytes.subarray(0, 2), head, exif, bytes.subarray(2)]);
}

/** The colours of the four quarters of a page of the PDF, row by row, as letters. */
async function quarters(pdf: Uint8Array, number = 1): Promise<string> {
  const task = getDocument({ data: new Uint8Array(pdf) });
  const page = await (await task.promise).getPage(number);
  const viewport = page.getViewport({ scale: 0.25 });
  const canvas = createCanvas(viewport.width, viewport.height);
  const canvasContext = canvas.getContext('2d') as unknown as CanvasRenderingContext2D;
  await page.render({ canvas: null, canvasContext, viewport }).promise;
  const found: string[] = [];
  const [cx, cy] = [viewport.width / 2, viewport.height / 2];
  for (const [x, y] of [
    [-1, -1],
    [1, -1],
    [-1, 1],
    [1, 1],
  ] as const) {
    const data = canvas.getContext('2d').getImageData(Math.round(cx + x * 35), Math.round(cy + y * 35), 1, 1).data;
    const [r, g, b] = [data[0]! > 128, data[1]! > 128, data[2]! > 128];
    found.push(r && g && b ? 'w' : r ? 'r' : g ? 'g' : b ? 'b' : '?');
  }
  await task.destroy();
  return found.join('');
}

describe('a PDF of photos', () => {
  test('has a Letter page for each, upright or lying, in the order given', async () => {
    const pages: string[] = [];
    const made = await photosToPdf(
      photos(jpeg(120, 80), jpeg(80, 120), Buffer.from(picture(90, 90).toBuffer('image/png'))),
      {
        onPage: (done, total) => pages.push(`${done}/${total}`),
      },
    );
    const pdf = await PDFDocument.load(made.ok ? made.value : '');
    expect(pdf.getPages().map((page) => [page.getWidth(), page.getHeight()])).toEqual([
      [792, 612],
      [612, 792],
      [612, 792],
    ]);
    expect(pages).toEqual(['1/3', '2/3', '3/3']);
    expect(made.ok && (await quarters(made.value, 3))).toBe('rgbw');
  });

  test('the same photos give the same bytes', async () => {
    const given = photos(jpeg(), HEIC_SAMPLE, Buffer.from(picture(90, 90).toBuffer('image/png')), jpeg(3000, 2000));
    const [one, other] = [await photosToPdf(given), await photosToPdf(given)];
    expect(one.ok && other.ok && Buffer.compare(one.value, other.value)).toBe(0);
  });

  test('a JPEG that is not huge stays byte for byte', async () => {
    const bytes = turned(jpeg(), 6);
    const made = await photosToPdf(photos(bytes));
    expect(made.ok && Buffer.from(made.value).includes(bytes)).toBe(true);
  });

  test.each([
    [1, 'rgbw'],
    [2, 'grwb'],
    [3, 'wbgr'],
    [4, 'bwrg'],
    [5, 'rbgw'],
    [6, 'brwg'],
    [7, 'wgbr'],
    [8, 'gwrb'],
  ])('orientation %i is obeyed, as it came and redrawn', async (orientation, colours) => {
    const made = await photosToPdf(photos(turned(jpeg(), orientation), turned(jpeg(2400, 1600), orientation)));
    if (!made.ok) throw new Error(made.error.sentence);
    expect([await quarters(made.value, 1), await quarters(made.value, 2)]).toEqual([colours, colours]);
    const sizes = (await PDFDocument.load(made.value)).getPages().map((page) => page.getWidth());
    expect(sizes).toEqual(orientation >= 5 ? [612, 612] : [792, 792]);
  });

  test('a HEIC is read, and a photo of a phone becomes a page of a few hundred KB', async () => {
    const heic = await photosToPdf(photos(HEIC_SAMPLE));
    expect(heic.ok && (await quarters(heic.value))).toBe('rbrb');
    const canvas = picture(4032, 3024);
    const context = canvas.getContext('2d');
    context.fillStyle = '#fafaf5';
    context.fillRect(0, 0, 4032, 3024);
    context.fillStyle = '#222222';
    context.font = '52px sans-serif';
    for (let line = 0; line < 45; line += 1)
      context.fillText(`${line} Buyer and Seller agree that `.repeat(5), 100, 100 + line * 64);
    const made = await photosToPdf(photos(Buffer.from(canvas.toBuffer('image/jpeg', 95))));
    expect(made.ok && made.value.byteLength).toBeGreaterThan(50_000);
    expect(made.ok && made.value.byteLength).toBeLessThan(650_000);
  });
});

describe('a photo that cannot be used fails the whole, by name', () => {
  const bomb = Buffer.from(picture(10, 10).toBuffer('image/png'));
  bomb.writeUInt32BE(50_000, 16);
  bomb.writeUInt32BE(50_000, 20);
  const broken = jpeg();
  broken.fill(0xff, 200, broken.length - 200);

  test.each([
    ['too many pixels', bomb, /80 million/],
    ['cut off', jpeg().subarray(0, -300), /cut off/],
    ['cut off early', jpeg().subarray(0, 100), /not a JPEG/],
    ['a cut HEIC', HEIC_SAMPLE.subarray(0, -150), /damaged/],
    ['a cut PNG', Buffer.from(picture(200, 200).toBuffer('image/png')).subarray(0, -30), /cut off/],
    ['a text', Buffer.from('hello'), /not a JPEG/],
    ['empty', Buffer.alloc(0), /empty/],
  ])('%s', async (_case, bytes, sentence) => {
    const made = await photosToPdf(photos(jpeg(), bytes));
    expect(made).toEqual({
      ok: false,
      error: { type: 'PhotoRefused', index: 1, sentence: expect.stringMatching(sentence) },
    });
    expect(!made.ok && made.error.sentence).toMatch(/^IMG_2\.jpg/);
  });

  test('a PNG with a broken inside is damaged', async () => {
    const bytes = Buffer.from(picture(200, 200).toBuffer('image/png'));
    bytes.fill(0, 33, bytes.length - 20);
    expect(await photosToPdf(photos(bytes))).toMatchObject({ ok: false, error: { type: 'PhotoRefused' } });
  });

  test('none, too many, and stopped', async () => {
    expect(await photosToPdf([])).toMatchObject({ ok: false, error: { type: 'NoPhotos' } });
    const [one] = photos(jpeg());
    expect(await photosToPdf(Array(301).fill(one))).toMatchObject({ ok: false, error: { type: 'TooManyPhotos' } });
    const stopped = await photosToPdf([one!], { signal: AbortSignal.abort() });
    expect(stopped).toMatchObject({ ok: false, error: { type: 'Stopped' } });
  });
});

test('any bytes, and any damage to a good photo, end in a value', async () => {
  const good = [jpeg(), Buffer.from(picture(60, 40).toBuffer('image/png')), HEIC_SAMPLE];
  const damage = fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 6 });
  await fc.assert(
    fc.asyncProperty(fc.oneof(fc.uint8Array({ maxLength: 300 }), fc.tuple(fc.nat(2), damage)), async (shape) => {
      const bytes = shape instanceof Uint8Array ? shape : Buffer.from(good[shape[0]]!);
      if (!(shape instanceof Uint8Array)) for (const [at, value] of shape[1]) bytes[at % bytes.length] = value;
      imageFacts(bytes);
      const made = await photosToPdf(photos(bytes));
      if (made.ok) expect(Buffer.from(made.value.subarray(0, 5)).toString()).toBe('%PDF-');
      else expect(made.error.sentence).toMatch(/\.$/);
    }),
    { numRuns: 150 },
  );
  // The decoder is shared: what it met before must not have broken it.
  expect(await photosToPdf(photos(HEIC_SAMPLE))).toMatchObject({ ok: true });
});
