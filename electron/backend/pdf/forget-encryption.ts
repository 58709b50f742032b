import { PDFDict, type PDFDocument, PDFInvalidObject, PDFName, type PDFObject, PDFStream } from 'pdf-lib';

/**
 * Makes a document that was opened with its password save as one without. pdf-lib carries the old file's tables along
 * as objects, and with them the word that the file is encrypted: readers don't mind, but pdf-lib itself would ask for
 * the password of its own copy.
 */
export function forgetEncryption({ context }: PDFDocument): void {
  for (const [ref, object] of context.enumerateIndirectObjects()) if (isLeftOver(object)) context.delete(ref);
}

function isLeftOver(object: PDFObject): boolean {
  // What pdf-lib could not parse it did not decrypt either.
  if (object instanceof PDFInvalidObject) return true;
  const dict = object instanceof PDFStream ? object.dict : object;
  if (!(dict instanceof PDFDict)) return false;
  const type = dict.get(PDFName.of('Type'));
  if (object instanceof PDFStream) return type === PDFName.of('XRef') || type === PDFName.of('ObjStm');
  return dict.get(PDFName.of('Filter')) === PDFName.of('Standard') && dict.has(PDFName.of('O'));
}
