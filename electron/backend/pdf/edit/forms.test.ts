import { ftruncateSync, openSync } from 'node:fs';
import { PDFDocument, PDFName, PDFString } from 'pdf-lib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { mergePdfs } from './merge.ts';
import { MAX_BYTES, MAX_PAGES } from './refusals.ts';
import { type Folder, fieldNamesOf, inReader, MADE_AT, makeFolder, makePdf, textsOf } from './testing.ts';

let folder: Folder;
beforeAll(() => {
  folder = makeFolder();
});
afterAll(() => folder.remove());

const merge = (paths: readonly string[], name: string) =>
  mergePdfs({ inputs: paths.map((path) => ({ path })), output: folder.path(name), title: '', madeAt: MADE_AT });

/** A form whose maker left it to the viewer to draw what the fields hold. */
async function undrawn(name: string, change: (doc: PDFDocument) => void = () => undefined): Promise<string> {
  const doc = await PDFDocument.load(
    await makePdf({ pages: 1, field: ['note', 'Nguyễn pays'.normalize('NFKD').replace(/\p{M}/gu, '')] }),
  );
  for (const annotation of doc.getPage(0).node.Annots()?.asArray() ?? []) {
    const widget = doc.context.lookup(annotation);
    if (widget !== undefined && 'delete' in widget && typeof widget.delete === 'function')
      widget.delete(PDFName.of('AP'));
  }
  change(doc);
  return folder.put(name, await doc.save({ updateFieldAppearances: false }));
}

test('a field that its maker did not draw is drawn when it becomes part of the page', async () => {
  const path = await undrawn('undrawn.pdf');
  expect((await merge([path, path], 'undrawn-out.pdf')).ok).toBe(true);
  expect((await textsOf(folder.read('undrawn-out.pdf')))[1]).toContain('Nguyen pays');
  expect(await fieldNamesOf(folder.read('undrawn-out.pdf'))).toEqual(['note']);
});

test('a signed form becomes a picture of itself, since merging breaks what was signed', async () => {
  const path = await undrawn('signed.pdf', (doc) => {
    const signature = doc.context.register(
      doc.context.obj({ FT: 'Sig', T: PDFString.of('sig'), V: { Type: 'Sig' }, Subtype: 'Widget', Rect: [0, 0, 9, 9] }),
    );
    doc.getPage(0).node.addAnnot(signature);
    doc.getForm().acroForm.addField(signature);
  });
  expect((await merge([path], 'signed-out.pdf')).ok).toBe(true);
  expect(await fieldNamesOf(folder.read('signed-out.pdf'))).toEqual([]);
  expect((await textsOf(folder.read('signed-out.pdf')))[0]).toContain('Nguyen pays');
});

test('a hidden field stays unseen', async () => {
  const path = await undrawn('hidden.pdf', (doc) => {
    for (const field of doc.getForm().getFields())
      field.acroField.getWidgets()[0]?.dict.set(PDFName.of('F'), doc.context.obj(2));
  });
  expect((await merge([path, path], 'hidden-out.pdf')).ok).toBe(true);
  expect((await textsOf(folder.read('hidden-out.pdf')))[1]).not.toContain('pays');
});

test('a layer that its maker switched off stays off', async () => {
  const doc = await PDFDocument.create();
  const page = doc.addPage();
  const [on, off] = ['Shown', 'Hidden'].map((name) =>
    doc.context.register(doc.context.obj({ Type: 'OCG', Name: PDFString.of(name) })),
  );
  if (on === undefined || off === undefined) throw new Error('no layers');
  page.node.set(PDFName.of('Resources'), doc.context.obj({ Properties: { A: on, B: off } }));
  doc.catalog.set(PDFName.of('OCProperties'), doc.context.obj({ OCGs: [on, off], D: { OFF: [off] } }));
  const path = folder.put('layers.pdf', await doc.save());
  expect((await merge([path, path], 'layers-out.pdf')).ok).toBe(true);
  const shown = await inReader(folder.read('layers-out.pdf'), async (read) => {
    const config = await read.getOptionalContentConfig();
    return [...config].map(([, group]) => [group.name, group.visible]);
  });
  expect(shown).toEqual([
    ['Shown', true],
    ['Hidden', false],
    ['Shown', true],
    ['Hidden', false],
  ]);
});

test('a file of more than 1 GB is not read, and one of too many pages not merged', async () => {
  const large = folder.path('large.pdf');
  ftruncateSync(openSync(large, 'w'), MAX_BYTES + 1);
  expect(await merge([large], 'x.pdf')).toMatchObject({ ok: false, error: { type: 'FileTooLarge' } });
  const numbers = Array.from({ length: MAX_PAGES + 1 }, (_, at) => at + 3);
  const objects = numbers.map((number) => `${number} 0 obj<</Type/Page>>endobj`).join('\n');
  const kids = numbers.map((number) => `${number} 0 R`).join(' ');
  const head = `%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[${kids}]>>endobj\n`;
  const many = folder.put('many.pdf', `${head}${objects}\ntrailer<</Root 1 0 R>>`);
  expect(await merge([many], 'x.pdf')).toMatchObject({ ok: false, error: { type: 'TooManyPages' } });
});
