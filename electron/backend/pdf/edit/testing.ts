import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { degrees, PDFDocument, PDFName, PDFString } from 'pdf-lib';
import { getDocument, type PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';

/** PDFs made for tests, and a second reader to look at what came out. */
export const MADE_AT = '2026-06-24T16:12:00.000Z';

export interface Folder {
  readonly path: (name: string) => string;
  readonly put: (name: string, bytes: Uint8Array | string) => string;
  readonly read: (name: string) => Buffer;
  readonly remove: () => void;
}

export function makeFolder(): Folder {
  const folder = mkdtempSync(join(tmpdir(), 'closeboard-edit-'));
  const path = (name: string) => join(folder, name);
  return {
    path,
    put(name, bytes) {
      writeFileSync(path(name), bytes);
      return path(name);
    },
    read: (name) => readFileSync(path(name)),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

export interface Made {
  readonly pages: number;
  /** Each page says "<label> 1", "<label> 2", ... */
  readonly label?: string;
  readonly rotate?: number;
  /** Left, bottom, right, top. */
  readonly crop?: readonly [number, number, number, number];
  /** A text field of this name with this value on the first page. */
  readonly field?: readonly [string, string];
  /** The first page links to the last, by a name, and a bookmark of this title leads there. */
  readonly bookmark?: string;
  readonly password?: string;
}

export async function makePdf(made: Made): Promise<Uint8Array> {
  const doc = await PDFDocument.create({ updateMetadata: false });
  for (let at = 0; at < made.pages; at += 1) {
    const page = doc.addPage([612, 792]);
    page.drawText(`${made.label ?? 'Page'} ${at + 1}`, { x: 100, y: 700, size: 14 });
    if (made.rotate !== undefined) page.setRotation(degrees(made.rotate));
    const [left, bottom, right, top] = made.crop ?? [0, 0, 612, 792];
    if (made.crop !== undefined) page.setCropBox(left, bottom, right - left, top - bottom);
  }
  if (made.field !== undefined) {
    const field = doc.getForm().createTextField(made.field[0]);
    field.setText(made.field[1]);
    field.addToPage(doc.getPage(0), { x: 100, y: 600, width: 200, height: 20 });
  }
  if (made.bookmark !== undefined) addBookmark(doc, made.bookmark);
  if (made.password !== undefined) doc.encrypt({ userPassword: made.password, ownerPassword: `${made.password}!` });
  return doc.save();
}

function addBookmark(doc: PDFDocument, title: string): void {
  const { context } = doc;
  const last = doc.getPage(doc.getPageCount() - 1).ref;
  const place = context.register(context.obj({ D: [last, 'XYZ', 0, 700, null] }));
  doc.catalog.set(PDFName.of('Names'), context.obj({ Dests: { Names: [PDFString.of('the-end'), place] } }));
  const link = { Type: 'Annot', Subtype: 'Link', Rect: [100, 500, 200, 520], Dest: PDFString.of('the-end') };
  doc.getPage(0).node.addAnnot(context.register(context.obj(link)));
  const root = context.nextRef();
  const item = context.register(
    context.obj({ Title: PDFString.of(title), Parent: root, Dest: PDFString.of('the-end') }),
  );
  context.assign(root, context.obj({ Type: 'Outlines', First: item, Last: item, Count: 1 }));
  doc.catalog.set(PDFName.of('Outlines'), root);
}

/** A form of the kind that only Acrobat shows: one page that asks to wait. */
export async function makeXfa(): Promise<Uint8Array> {
  const doc = await PDFDocument.create();
  doc.addPage().drawText('Please wait');
  doc.catalog.set(PDFName.of('AcroForm'), doc.context.obj({ XFA: PDFString.of('<xdp/>'), Fields: [] }));
  return doc.save();
}

/** Opens a file with the reader that people will see it in, does something, closes it. */
export async function inReader<T>(bytes: Uint8Array, work: (doc: PDFDocumentProxy) => Promise<T>): Promise<T> {
  const task = getDocument({ data: new Uint8Array(bytes), verbosity: 0 });
  try {
    return await work(await task.promise);
  } finally {
    await task.destroy();
  }
}

export function textsOf(bytes: Uint8Array): Promise<readonly string[]> {
  return inReader(bytes, async (doc) => {
    const texts: string[] = [];
    for (let number = 1; number <= doc.numPages; number += 1) {
      const content = await (await doc.getPage(number)).getTextContent();
      texts.push(content.items.map((item) => ('str' in item ? item.str : '')).join(' '));
    }
    return texts;
  });
}

/** The names of the live fields of a file. */
export function fieldNamesOf(bytes: Uint8Array): Promise<readonly string[]> {
  return inReader(bytes, async (doc) => {
    const fields: unknown = await doc.getFieldObjects();
    return fields instanceof Map ? [...fields.keys()].map(String) : Object.keys(fields ?? {});
  });
}
