import {
  getDocument,
  PDFDataRangeTransport,
  type PDFDocumentProxy,
  type PDFPageProxy,
  PDFWorker,
  TextLayer,
} from 'pdfjs-dist/legacy/build/pdf.mjs';
import PdfWorker from 'pdfjs-dist/legacy/build/pdf.worker.min.mjs?worker&inline';
import type { Run } from './fold-text.ts';
import type { Turn } from './layout.ts';
import type { DataKind } from './messages.ts';
import { type FileBytes, NotShown, type Source } from './source.ts';

interface PdfDeps {
  readonly file: FileBytes;
  readonly data: (kind: DataKind, name: string) => Promise<Uint8Array<ArrayBuffer>>;
  /** Resolves to what the person typed; `isWrong` after a first try. */
  readonly password: (isWrong: boolean) => Promise<string>;
  /** A part of the file could not be had after it was open. */
  readonly lost: () => void;
}

/** A PDF's own unit is 1/72 inch, a CSS pixel 1/96. */
const PX = 96 / 72;
/** Pages of a scan lie megabytes apart: of 117 MB, 11 are read to open it, and each question costs some milliseconds. */
const CHUNK = 128 * 1024;
/** Images of more are left out of the page: 16,000 x 8,000 pixels take half a gigabyte. */
const MAX_IMAGE_PIXELS = 128_000_000;

/**
 * A PDF of any size, read piece by piece. pdf.js 6 has no eval in it; scripts, forms that run and links of the PDF are
 * never acted on. Its worker is started from the text of it in this file, so nothing is fetched.
 */
export async function openPdf({ file, data, password, lost }: PdfDeps): Promise<Source> {
  // A classic worker from a blob: Chromium starts no module from one where there is no origin.
  const worker = new PDFWorker({ port: new PdfWorker() as unknown as null, verbosity: 0 });
  const isWhole = file.first.length === file.size;
  const task = getDocument({
    ...(isWhole ? { data: file.first } : { range: transportOf(file, lost) }),
    worker,
    rangeChunkSize: CHUNK,
    disableAutoFetch: true,
    disableStream: true,
    useWorkerFetch: false,
    BinaryDataFactory: dataFactory(data),
    useSystemFonts: false,
    maxImageSize: MAX_IMAGE_PIXELS,
    enableXfa: false,
    verbosity: 0,
  });
  let tries = 0;
  task.onPassword = (use: (text: string) => void) => {
    tries += 1;
    password(tries > 1).then(use, () => {});
  };
  try {
    const pdf = await task.promise;
    if (pdf.numPages < 1) throw new NotShown('empty');
    return sourceOf(pdf);
  } catch (error) {
    worker.destroy();
    if (error instanceof NotShown) throw error;
    throw new NotShown('damaged');
  }
}

function transportOf(file: FileBytes, lost: () => void): PDFDataRangeTransport {
  class Transport extends PDFDataRangeTransport {
    override requestDataRange(begin: number, end: number): void {
      const to = Math.min(end, file.size);
      // pdf.js knows no failed range: what waits for it waits for ever, so the viewer says that it ended.
      file.read(begin, to).then((bytes) => this.onDataRange(begin, bytes), lost);
    }
  }
  return new Transport(file.size, file.first);
}

const DATA_KINDS: Readonly<Record<string, DataKind>> = {
  cMapUrl: 'cmaps',
  standardFontDataUrl: 'fonts',
  wasmUrl: 'wasm',
};

function dataFactory(data: PdfDeps['data']): object {
  return class {
    fetch({ kind, filename }: { kind: string; filename: string }): Promise<Uint8Array> {
      const known = DATA_KINDS[kind];
      return known === undefined ? Promise.reject(new Error('unknown data')) : data(known, filename);
    }
  };
}

function sourceOf(pdf: PDFDocumentProxy): Source {
  const kept = new Map<number, Promise<PDFPageProxy>>();
  const texts = new Map<number, ReturnType<PDFPageProxy['getTextContent']>>();
  const pageOf = (page: number) => {
    const known = kept.get(page) ?? pdf.getPage(page + 1);
    kept.set(page, known);
    return known;
  };
  const textOf = (page: number) => {
    const known = texts.get(page) ?? pageOf(page).then((it) => it.getTextContent());
    texts.set(page, known);
    return known;
  };
  const viewOf = async (page: number, scale: number, turn: Turn) => {
    const it = await pageOf(page);
    return { it, viewport: it.getViewport({ scale: scale * PX, rotation: (it.rotate + turn) % 360 }) };
  };

  return {
    pages: pdf.numPages,
    async size(page) {
      const { viewport } = await viewOf(page, 1, 0);
      return { width: viewport.width, height: viewport.height };
    },
    async draw(page, { canvas, scale, turn, signal }) {
      const { it, viewport } = await viewOf(page, scale, turn);
      signal.throwIfAborted();
      canvas.width = Math.max(Math.floor(viewport.width), 1);
      canvas.height = Math.max(Math.floor(viewport.height), 1);
      const task = it.render({ canvas, viewport });
      const stop = () => task.cancel();
      signal.addEventListener('abort', stop, { once: true });
      await task.promise.finally(() => signal.removeEventListener('abort', stop));
    },
    async runs(page) {
      return runsOf(await textOf(page));
    },
    async layText(page, { container, scale, turn, signal }) {
      const [{ viewport }, text] = [await viewOf(page, scale, turn), await textOf(page)];
      signal.throwIfAborted();
      const layer = new TextLayer({ textContentSource: text, container, viewport });
      await layer.render();
      return layer.textDivs.map((element) => element.firstChild);
    },
    forget(page) {
      texts.delete(page);
      const known = kept.get(page);
      kept.delete(page);
      // A page that failed has nothing to let go of.
      known?.then((it) => it.cleanup()).catch(() => {});
    },
  };
}

type TextContent = Awaited<ReturnType<PDFPageProxy['getTextContent']>>;

function runsOf({ items }: TextContent): readonly Run[] {
  return items.flatMap((item) => ('str' in item ? [{ text: item.str, endsLine: item.hasEOL }] : []));
}
