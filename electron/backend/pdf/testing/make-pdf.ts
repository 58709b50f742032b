import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PDFDocument, type PDFPage, StandardFonts } from 'pdf-lib';

export interface MadePdf {
  readonly pages?: readonly (readonly string[])[];
  /** Objects in the open, as older programs write them: a cut file can then be mended. */
  readonly isPlain?: boolean;
  readonly change?: (document: PDFDocument) => void | Promise<void>;
  readonly draw?: (page: PDFPage, number: number) => void;
}

/** Bytes of a letter-size PDF: each page's lines from the top down, 20 points apart, the first at y = 740. */
export async function makePdf({ pages = [['A page']], isPlain = false, change, draw }: MadePdf): Promise<Uint8Array> {
  const document = await PDFDocument.create({ updateMetadata: false });
  const font = await document.embedFont(StandardFonts.Helvetica);
  for (const [at, lines] of pages.entries()) {
    const page = document.addPage([612, 792]);
    for (const [row, line] of lines.entries()) page.drawText(line, { x: 40, y: 740 - row * 20, size: 10, font });
    draw?.(page, at + 1);
  }
  await change?.(document);
  return document.save({ addDefaultPage: false, useObjectStreams: !isPlain });
}

export interface TestFolder {
  readonly path: string;
  put(name: string, bytes: Uint8Array | string): Promise<string>;
  remove(): Promise<void>;
}

export async function testFolder(): Promise<TestFolder> {
  const path = await mkdtemp(join(tmpdir(), 'closeboard-pdf-'));
  return {
    path,
    put: async (name, bytes) => {
      const file = join(path, name);
      await writeFile(file, bytes);
      return file;
    },
    remove: () => rm(path, { recursive: true, force: true }),
  };
}
