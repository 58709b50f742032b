import { existsSync } from 'node:fs';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { mergePdfs } from './merge.ts';
import { type Folder, fieldNamesOf, inReader, MADE_AT, makeFolder, makePdf, makeXfa, textsOf } from './testing.ts';

let folder: Folder;
beforeAll(() => {
  folder = makeFolder();
});
afterAll(() => folder.remove());

const out = (name: string) => ({ output: folder.path(name), title: 'Merged', madeAt: MADE_AT });

test('pages come in order, with their boxes and turns, and the inputs stay as they were', async () => {
  const bytes = await makePdf({ pages: 3, label: 'Contract', rotate: 90, crop: [10, 20, 500, 700] });
  const one = folder.put('one.pdf', bytes);
  const two = folder.put('two.pdf', await makePdf({ pages: 2, label: 'Deed' }));
  const progress: string[] = [];
  const merged = await mergePdfs(
    { inputs: [{ path: one }, { path: two, pages: [2, 1] }], ...out('ordered.pdf') },
    { onProgress: (done, total) => progress.push(`${done}/${total}`) },
  );
  expect(merged).toEqual({ ok: true, value: { pages: 5 } });
  expect(progress).toEqual(['1/2', '2/2']);
  expect(await textsOf(folder.read('ordered.pdf'))).toEqual([
    'Contract 1',
    'Contract 2',
    'Contract 3',
    'Deed 2',
    'Deed 1',
  ]);
  const views = await inReader(folder.read('ordered.pdf'), async (doc) =>
    Promise.all([1, 4].map(async (number) => [(await doc.getPage(number)).view, (await doc.getPage(number)).rotate])),
  );
  expect(views).toEqual([
    [[10, 20, 500, 700], 90],
    [[0, 0, 612, 792], 0],
  ]);
  expect(folder.read('one.pdf').equals(Buffer.from(bytes))).toBe(true);
});

test('bookmarks hang under their input, and a link inside an input leads to the page where it now is', async () => {
  const path = folder.put('linked.pdf', await makePdf({ pages: 3, bookmark: 'The end' }));
  const inputs = [1, 2].map((at) => ({ path, name: `Copy ${at}` }));
  expect((await mergePdfs({ inputs, ...out('linked-out.pdf') })).ok).toBe(true);
  await inReader(folder.read('linked-out.pdf'), async (doc) => {
    const outline = await doc.getOutline();
    expect(outline.map(({ title, items }) => [title, items.map((item) => item.title)])).toEqual([
      ['Copy 1', ['The end']],
      ['Copy 2', ['The end']],
    ]);
    const ends = outline.map(({ items }) => items[0]?.dest?.[0]);
    expect(await Promise.all(ends.map((ref) => doc.getPageIndex(ref)))).toEqual([2, 5]);
    const [link] = await (await doc.getPage(4)).getAnnotations();
    expect(await doc.getPageIndex(link.dest[0])).toBe(5);
  });
});

test('a field stays live under a name of its own, and becomes part of the page under a name that is taken', async () => {
  const first = folder.put('form-1.pdf', await makePdf({ pages: 1, field: ['price', '$640,000'] }));
  const second = folder.put('form-2.pdf', await makePdf({ pages: 1, field: ['price', '$655,000'] }));
  expect((await mergePdfs({ inputs: [{ path: first }, { path: second }], ...out('forms.pdf') })).ok).toBe(true);
  expect(await fieldNamesOf(folder.read('forms.pdf'))).toEqual(['price']);
  await inReader(folder.read('forms.pdf'), async (doc) => {
    const content = await (await doc.getPage(2)).getTextContent();
    expect(content.items.map((item) => ('str' in item ? item.str : '')).join(' ')).toContain('$655,000');
    expect(await (await doc.getPage(2)).getAnnotations()).toEqual([]);
  });
});

test('the same inputs make the same bytes', async () => {
  const path = folder.put('same.pdf', await makePdf({ pages: 2, bookmark: 'x', field: ['a', 'b'] }));
  for (const name of ['same-1.pdf', 'same-2.pdf'])
    await mergePdfs({ inputs: [{ path, name: 'A' }, { path }], ...out(name) });
  expect(folder.read('same-1.pdf').equals(folder.read('same-2.pdf'))).toBe(true);
});

test('3,000 pages come over whole', async () => {
  const path = folder.put('long.pdf', await makePdf({ pages: 3000 }));
  expect(await mergePdfs({ inputs: [{ path }], ...out('long-out.pdf') })).toEqual({ ok: true, value: { pages: 3000 } });
  expect(await inReader(folder.read('long-out.pdf'), async (doc) => doc.numPages)).toBe(3000);
});

test('a locked file opens with its password only', async () => {
  const path = folder.put('locked.pdf', await makePdf({ pages: 1, label: 'Secret', password: 'marlowe' }));
  const tryWith = (password?: string) =>
    mergePdfs({ inputs: [{ path, name: 'Locked.pdf', password }], ...out('unlocked.pdf') });
  expect(await tryWith()).toMatchObject({ ok: false, error: { type: 'PasswordNeeded', input: 0 } });
  expect(await tryWith('wrong')).toMatchObject({ ok: false, error: { type: 'PasswordWrong' } });
  expect(await tryWith('marlowe')).toMatchObject({ ok: true });
  expect(await textsOf(folder.read('unlocked.pdf'))).toEqual(['Secret 1']);
});

test('what can not come in is refused with a sentence, names the input, and leaves nothing behind', async () => {
  const good = folder.put('good.pdf', await makePdf({ pages: 2 }));
  const whole = Buffer.from(await makePdf({ pages: 4 }));
  const bad = {
    FileMissing: folder.path('nowhere.pdf'),
    NotPdf: folder.put('letter.docx', 'PK not a pdf'),
    Damaged: folder.put('cut.pdf', whole.subarray(0, whole.length / 3)),
    NoPages: folder.put(
      'empty.pdf',
      '%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj trailer<</Root 1 0 R>>',
    ),
    XfaForm: folder.put('xfa.pdf', await makeXfa()),
  };
  for (const [type, path] of Object.entries(bad)) {
    const merged = await mergePdfs({ inputs: [{ path: good }, { path, name: 'It' }], ...out('refused.pdf') });
    expect(merged).toMatchObject({ ok: false, error: { type, input: 1, sentence: expect.stringContaining('"It"') } });
    expect(existsSync(folder.path('refused.pdf'))).toBe(false);
  }
  const ask = (pages: number[]) => mergePdfs({ inputs: [{ path: good, pages }], ...out('refused.pdf') });
  for (const pages of [[3], [0], [1.5], []])
    expect(await ask(pages)).toMatchObject({ error: { type: 'PagesMissing' } });
  expect(await mergePdfs({ inputs: [], ...out('refused.pdf') })).toMatchObject({ error: { type: 'NothingToDo' } });
});

test('a file that lost one of its pages on the way is refused, not merged without it', async () => {
  const lost =
    '%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[3 0 R 4 0 R]/Count 2>>endobj ' +
    '3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj trailer<</Root 1 0 R>>';
  const path = folder.put('lost.pdf', lost);
  expect(await mergePdfs({ inputs: [{ path }], ...out('x.pdf') })).toMatchObject({ error: { type: 'Damaged' } });
});

test('a circular page list ends', async () => {
  const path = folder.put(
    'circle.pdf',
    '%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Parent 2 0 R/Kids[2 0 R 3 0 R]>>endobj ' +
      '3 0 obj<</Type/Page/Parent 3 0 R/Annots 4 0 R>>endobj 4 0 obj[4 0 R]endobj trailer<</Root 1 0 R>>',
  );
  expect(await mergePdfs({ inputs: [{ path }], ...out('circle-out.pdf') })).toEqual({ ok: true, value: { pages: 1 } });
});

test('a stop and a folder that can not be written to leave nothing behind', async () => {
  const path = folder.put('stop.pdf', await makePdf({ pages: 2 }));
  const stop = new AbortController();
  const stopped = await mergePdfs(
    { inputs: [{ path }, { path }], ...out('stopped.pdf') },
    { signal: stop.signal, onProgress: () => stop.abort() },
  );
  expect(stopped).toMatchObject({ ok: false, error: { type: 'Stopped' } });
  expect(existsSync(folder.path('stopped.pdf'))).toBe(false);
  const args = { inputs: [{ path }], output: folder.path('no/such/folder.pdf'), title: '', madeAt: MADE_AT };
  expect(await mergePdfs(args)).toMatchObject({ ok: false, error: { type: 'NotWritten' } });
});

test('a file is never written over one that it is made of', async () => {
  const bytes = await makePdf({ pages: 1 });
  const path = folder.put('itself.pdf', bytes);
  await expect(mergePdfs({ inputs: [{ path }], output: path, title: '', madeAt: MADE_AT })).rejects.toThrow(
    'one of the inputs',
  );
  expect(folder.read('itself.pdf').equals(Buffer.from(bytes))).toBe(true);
});

test('fields that refer to each other in circles end', async () => {
  const kids = '4 0 R 5 0 R '.repeat(500);
  const fields = [4, 5].map((at) => `${at} 0 obj<</T(a${at})/Kids[${kids}]>>endobj`).join(' ');
  const path = folder.put(
    'fields.pdf',
    `%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[4 0 R]>>>>endobj 2 0 obj<</Type/Pages/Kids[3 0 R]>>endobj 3 0 obj<</Type/Page/Annots[4 0 R]>>endobj ${fields} trailer<</Root 1 0 R>>`,
  );
  expect(await mergePdfs({ inputs: [{ path }], ...out('fields-out.pdf') })).toEqual({ ok: true, value: { pages: 1 } });
});

test('a file with any bytes changed ends in a value', async () => {
  const source = Buffer.from(await makePdf({ pages: 2, bookmark: 'End', field: ['a', 'b'] }));
  const hurt = fc.array(fc.tuple(fc.nat(source.length - 1), fc.integer({ min: 0, max: 255 })), { maxLength: 40 });
  await fc.assert(
    fc.asyncProperty(hurt, fc.integer({ min: 1, max: source.length }), async (changes, length) => {
      const bytes = Buffer.from(source);
      for (const [at, value] of changes) bytes[at] = value;
      const path = folder.put('hurt.pdf', bytes.subarray(0, length));
      const merged = await mergePdfs({ inputs: [{ path }], ...out('hurt-out.pdf') });
      expect(merged.ok ? merged.value.pages : merged.error.sentence.length).toBeGreaterThan(0);
    }),
    { numRuns: 150 },
  );
});
