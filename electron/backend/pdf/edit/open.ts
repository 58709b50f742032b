import { open } from 'node:fs/promises';
import { PDFArray, PDFBool, PDFDict, PDFDocument, PDFInvalidObject, PDFName, type PDFObject, PDFRef } from 'pdf-lib';
import { err, ok, type Result } from '../../../../core/result.ts';
import { MAX_BYTES, MAX_PAGES, type PdfRefusal, type PdfRefusalType, refusal } from './refusals.ts';

export interface PdfSource {
  readonly path: string;
  readonly password?: string | undefined;
  /** What a person calls the file, for sentences: "Inspection report.pdf". */
  readonly name?: string | undefined;
}

/** A page of a parsed file, with what it inherits already set on it. */
export interface SourcePage {
  readonly ref: PDFRef;
  readonly dict: PDFDict;
}

/** A file in memory. Changing it never touches the file it came from. */
export interface OpenPdf {
  readonly doc: PDFDocument;
  readonly pages: readonly SourcePage[];
}

const INHERITED = ['Resources', 'MediaBox', 'CropBox', 'Rotate'].map((key) => PDFName.of(key));
const LETTER = [0, 0, 612, 792];
/** Objects between two looks at the event loop: high, since each look costs a millisecond. */
const OBJECTS_PER_TICK = 1500;

/**
 * Reads a file, mends what can be mended (a lost page list, a lost trailer), and refuses the rest.
 * Files that are locked only against changes open without a password, as in every viewer.
 */
export async function openPdf(source: PdfSource): Promise<Result<OpenPdf, PdfRefusal>> {
  const bytes = await readCapped(source.path);
  if (typeof bytes === 'string') return err(refusal(bytes, source.name));
  if (bytes.subarray(0, 4096).indexOf('%PDF-') < 0) return err(refusal('NotPdf', source.name));
  const doc = await parse(bytes, source.password);
  if (typeof doc === 'string') return err(refusal(doc, source.name));
  const opened = attempt(() => pagesOf(doc));
  if (opened === null) return err(refusal('Damaged', source.name));
  if (opened.length === 0) return err(refusal('NoPages', source.name));
  if (opened.length > MAX_PAGES) return err(refusal('TooManyPages', source.name));
  if (isXfaOnly(doc, opened.length)) return err(refusal('XfaForm', source.name));
  return ok({ doc, pages: opened });
}

/** Runs what a hostile file may make the library throw on; null then. */
export function attempt<T>(work: () => T): T | null {
  try {
    return work();
  } catch {
    return null;
  }
}

async function readCapped(path: string): Promise<Buffer | PdfRefusalType> {
  try {
    const file = await open(path, 'r');
    try {
      const { size } = await file.stat();
      if (size > MAX_BYTES) return 'FileTooLarge';
      return await file.readFile();
    } finally {
      await file.close();
    }
  } catch {
    return 'FileMissing';
  }
}

async function parse(bytes: Buffer, password: string | undefined): Promise<PDFDocument | PdfRefusalType> {
  const options = { parseSpeed: OBJECTS_PER_TICK, updateMetadata: false, preserveXFA: true, capNumbers: true };
  try {
    const doc = await PDFDocument.load(bytes, { ...options, password: password ?? '' });
    if (doc.isEncrypted) return 'PasswordNeeded';
    return doc.catalog instanceof PDFDict ? doc : 'Damaged';
  } catch (cause) {
    if (!isPasswordCause(cause)) return 'Damaged';
    return password === undefined || password === '' ? 'PasswordNeeded' : 'PasswordWrong';
  }
}

/** The library says it in words only. */
function isPasswordCause(cause: unknown): boolean {
  return cause instanceof Error && /password/i.test(cause.message);
}

/**
 * The pages in reading order. Walked here and not by the library, since hostile trees are circular or lack types. A
 * file whose tree leads nowhere gives the pages that lie about in it. Throws when the tree lists a page that the file
 * has lost (it was cut off on its way): fewer pages than were sent must never pass for all of them.
 */
function pagesOf(doc: PDFDocument): readonly SourcePage[] {
  const found = walk(doc, doc.catalog.get(PDFName.of('Pages')));
  if (found.length > 0) return found;
  return doc.context
    .enumerateIndirectObjects()
    .filter(([, object]) => object instanceof PDFDict && object.get(PDFName.of('Type')) === PDFName.of('Page'))
    .flatMap(([ref]) => walk(doc, ref));
}

function walk(doc: PDFDocument, root: PDFObject | undefined): readonly SourcePage[] {
  const pages: SourcePage[] = [];
  const seen = new Set<PDFObject>();
  const open: { readonly node: PDFObject | undefined; readonly given: ReadonlyMap<PDFName, PDFObject> }[] = [
    { node: root, given: new Map() },
  ];
  for (let next = open.pop(); next !== undefined && pages.length <= MAX_PAGES; next = open.pop()) {
    const dict = doc.context.lookup(next.node);
    const isLost = dict === undefined || dict instanceof PDFInvalidObject;
    if (isLost && pages.length + open.length > 0) throw new Error('a page is listed that is not there');
    if (!(dict instanceof PDFDict) || seen.has(dict)) continue;
    seen.add(dict);
    const kids = doc.context.lookup(dict.get(PDFName.of('Kids')));
    const given = new Map(next.given);
    for (const key of INHERITED) {
      const own = dict.get(key);
      if (own !== undefined) given.set(key, own);
    }
    if (kids instanceof PDFArray) {
      for (const node of kids.asArray().toReversed()) open.push({ node, given });
    } else if (isPage(dict)) {
      pages.push(settle(doc, { node: next.node, dict, given }));
    }
  }
  return pages;
}

function isPage(dict: PDFDict): boolean {
  const type = dict.get(PDFName.of('Type'));
  if (type === PDFName.of('Page')) return true;
  return type === undefined && ['Contents', 'MediaBox', 'Resources'].some((key) => dict.has(PDFName.of(key)));
}

function settle(
  doc: PDFDocument,
  { node, dict, given }: { node: PDFObject | undefined; dict: PDFDict; given: ReadonlyMap<PDFName, PDFObject> },
): SourcePage {
  for (const [key, value] of given) dict.set(key, value);
  if (!(doc.context.lookup(dict.get(PDFName.of('MediaBox'))) instanceof PDFArray)) {
    dict.set(PDFName.of('MediaBox'), doc.context.obj(LETTER));
  }
  return { ref: node instanceof PDFRef ? node : doc.context.register(dict), dict };
}

/** An XFA form without pages of its own: the one page there says "Please wait". Forms that carry both kinds are fine. */
function isXfaOnly(doc: PDFDocument, pageCount: number): boolean {
  const form = doc.context.lookup(doc.catalog.get(PDFName.of('AcroForm')));
  if (!(form instanceof PDFDict) || !form.has(PDFName.of('XFA'))) return false;
  if (doc.context.lookup(doc.catalog.get(PDFName.of('NeedsRendering'))) === PDFBool.True) return true;
  const fields = doc.context.lookup(form.get(PDFName.of('Fields')));
  return pageCount === 1 && !(fields instanceof PDFArray && fields.size() > 0);
}
