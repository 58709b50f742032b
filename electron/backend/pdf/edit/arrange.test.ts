import { existsSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { arrangePages, splitPdf } from './arrange.ts';
import { stampPdf } from './stamp.ts';
import { type Folder, fieldNamesOf, inReader, MADE_AT, makeFolder, makePdf, textsOf } from './testing.ts';
import { unlockPdf } from './unlock.ts';

let folder: Folder;
beforeAll(() => {
  folder = makeFolder();
});
afterAll(() => folder.remove());

test('pages are put in order, turned, left out and doubled', async () => {
  const path = folder.put('a.pdf', await makePdf({ pages: 3, rotate: 270 }));
  const order = [
    { page: 3, rotate: 90 },
    { page: 1, rotate: 0 },
    { page: 3, rotate: -90 },
  ];
  const made = await arrangePages({ path, order, output: folder.path('a-out.pdf'), title: 'A', madeAt: MADE_AT });
  expect(made).toEqual({ ok: true, value: { pages: 3 } });
  expect(await textsOf(folder.read('a-out.pdf'))).toEqual(['Page 3', 'Page 1', 'Page 3']);
  const turns = await inReader(folder.read('a-out.pdf'), (doc) =>
    Promise.all([1, 2, 3].map(async (number) => (await doc.getPage(number)).rotate)),
  );
  expect(turns).toEqual([0, 270, 180]);
  const ask = (pages: { page: number; rotate: number }[]) =>
    arrangePages({ path, order: pages, output: folder.path('x.pdf'), title: '', madeAt: MADE_AT });
  expect(await ask([])).toMatchObject({ error: { type: 'NothingToDo' } });
  expect(await ask([{ page: 4, rotate: 0 }])).toMatchObject({ error: { type: 'PagesMissing' } });
});

test('a bundle is cut into files, live forms included', async () => {
  const path = folder.put('b.pdf', await makePdf({ pages: 5, field: ['price', '$1'], bookmark: 'End' }));
  const range = (from: number, to: number, name: string) => ({ from, to, output: folder.path(name), title: name });
  const ranges = [range(1, 2, 'b1.pdf'), range(3, 5, 'b2.pdf'), range(1, 1, 'b3.pdf')];
  expect(await splitPdf({ path, ranges, madeAt: MADE_AT })).toEqual({ ok: true, value: { pages: [2, 3, 1] } });
  expect(await textsOf(folder.read('b2.pdf'))).toEqual(['Page 3', 'Page 4', 'Page 5']);
  expect(await fieldNamesOf(folder.read('b3.pdf'))).toEqual(['price']);
  const bad = [range(1, 1, 'b4.pdf'), range(4, 6, 'b5.pdf')];
  expect(await splitPdf({ path, ranges: bad, madeAt: MADE_AT })).toMatchObject({ error: { type: 'PagesMissing' } });
  expect(existsSync(folder.path('b4.pdf'))).toBe(false);
  expect(await splitPdf({ path, ranges: [], madeAt: MADE_AT })).toMatchObject({ error: { type: 'NothingToDo' } });
});

test('an opened copy needs no password and keeps its fields', async () => {
  const made = await makePdf({ pages: 2, label: 'Secret', password: 'pw', field: ['a', 'b'] });
  const path = folder.put('c.pdf', made);
  const output = folder.path('c-out.pdf');
  expect(await unlockPdf({ path, password: 'no', output })).toMatchObject({ error: { type: 'PasswordWrong' } });
  expect(await unlockPdf({ path, password: 'pw', output })).toEqual({ ok: true, value: { pages: 2 } });
  expect((await textsOf(folder.read('c-out.pdf')))[1]).toBe('Secret 2');
  expect(await fieldNamesOf(folder.read('c-out.pdf'))).toEqual(['a']);
  const nowhere = await unlockPdf({ path, password: 'pw', output: folder.path('no/where.pdf') });
  expect(nowhere).toMatchObject({ error: { type: 'NotWritten' } });
  const stopped = await unlockPdf({ path, password: 'pw', output }, { signal: AbortSignal.abort() });
  expect(stopped).toMatchObject({ error: { type: 'Stopped' } });
});

test.each([0, 90, 180, 270])(
  'a stamp on a page turned by %i stands upright in the corner of what is seen',
  async (rotate) => {
    const crop = [50, 60, 400, 500] as const;
    const path = folder.put('d.pdf', await makePdf({ pages: 2, rotate, crop, bookmark: 'End' }));
    const stamp = { lines: ['Received', 'Nguyễn 李'], place: 'top-right', onPages: [2] } as const;
    expect(await stampPdf({ path, output: folder.path('d-out.pdf'), stamp })).toEqual({
      ok: true,
      value: { pages: 1 },
    });
    await inReader(folder.read('d-out.pdf'), async (doc) => {
      expect((await doc.getOutline()).map(({ title }) => title)).toEqual(['End']);
      const untouched = (await (await doc.getPage(1)).getTextContent()).items;
      expect(untouched.some((item) => 'str' in item && item.str === 'Received')).toBe(false);
      const page = await doc.getPage(2);
      const items = (await page.getTextContent()).items.filter((item) => 'str' in item && item.str !== '');
      const found = items.find((item) => 'str' in item && item.str === 'Received');
      expect(items.some((item) => 'str' in item && item.str === 'Nguyen ?')).toBe(true);
      if (found === undefined || !('transform' in found)) throw new Error('no stamp');
      // Where the reader would paint it, from the top left corner as seen.
      const view = page.getViewport({ scale: 1 });
      const [x = 0, y = 0] = view.convertToViewportPoint(found.transform[4], found.transform[5]);
      expect(x).toBeGreaterThan(view.width - 100);
      expect(x).toBeLessThan(view.width);
      expect(y).toBeGreaterThan(10);
      expect(y).toBeLessThan(50);
      const [beside = 0, level = 0] = view.convertToViewportPoint(
        found.transform[4] + found.transform[0],
        found.transform[5] + found.transform[1],
      );
      expect(beside - x).toBeGreaterThan(1);
      expect(Math.abs(level - y)).toBeLessThan(0.01);
    });
  },
);

test('a stamp asks for pages that are there, and stops', async () => {
  const path = folder.put('e.pdf', await makePdf({ pages: 1 }));
  const args = { path, output: folder.path('e-out.pdf') };
  const stamp = { lines: ['x'], place: 'center' } as const;
  expect(await stampPdf({ ...args, stamp: { ...stamp, onPages: [2] } })).toMatchObject({
    error: { type: 'PagesMissing' },
  });
  const stopped = await stampPdf({ ...args, stamp }, { signal: AbortSignal.abort() });
  expect(stopped).toMatchObject({ error: { type: 'Stopped' } });
});
