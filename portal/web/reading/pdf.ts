import { getDocument, type PDFDocumentProxy, PDFWorker, TextLayer } from 'pdfjs-dist/legacy/build/pdf.mjs';
import Worker from 'pdfjs-dist/legacy/build/pdf.worker.min.mjs?worker';

/** A PDF that is open. Sizes are CSS pixels at 100 %. */
export interface OpenPdf {
  readonly pages: number;
  size(page: number): Promise<{ readonly width: number; readonly height: number }>;
  /** The page as a picture so many pixels wide, whole when it is given; an aborted drawing rejects. */
  draw(page: number, width: number, signal: AbortSignal): Promise<HTMLCanvasElement>;
  /** Lays its words into the element, to be selected and heard; they follow `--total-scale-factor`. */
  layText(page: number, container: HTMLElement): Promise<void>;
  close(): void;
}

/** A file of one page can be drawn as large as a wall; so many pixels are enough for a screen, and for a phone's memory. */
const MOST_PIXELS = 12_000_000;
/** Images of more are left out of the page. */
const MAX_IMAGE_PIXELS = 64_000_000;

/**
 * Opens a PDF from its bytes. Nothing in it is acted on: no scripts, forms or links. Its own decoders come from this
 * origin as scripts, because the policy of these pages allows no WebAssembly.
 *
 * Rejects for a file that is damaged or locked with a password.
 */
export async function openPdf(bytes: Uint8Array): Promise<OpenPdf> {
  const port = new Worker();
  const worker = new PDFWorker({ port: port as unknown as null, verbosity: 0 });
  const close = () => {
    worker.destroy();
    port.terminate();
  };
  try {
    const pdf = await getDocument({
      data: bytes,
      worker,
      useWasm: false,
      wasmUrl: new URL('/pdf/', location.href).href,
      useSystemFonts: true,
      enableXfa: false,
      maxImageSize: MAX_IMAGE_PIXELS,
      verbosity: 0,
    }).promise;
    return opened(pdf, close);
  } catch (error) {
    close();
    throw error;
  }
}

function opened(pdf: PDFDocumentProxy, close: () => void): OpenPdf {
  const pageOf = (page: number) => pdf.getPage(page + 1);
  return {
    pages: pdf.numPages,
    async size(page) {
      const { width, height } = (await pageOf(page)).getViewport({ scale: 1 });
      return { width, height };
    },
    async draw(page, width, signal) {
      const it = await pageOf(page);
      signal.throwIfAborted();
      const own = it.getViewport({ scale: 1 });
      const most = Math.sqrt(MOST_PIXELS / (own.width * own.height));
      const viewport = it.getViewport({ scale: Math.min(width / own.width, most) });
      const canvas = document.createElement('canvas');
      canvas.width = Math.max(1, Math.floor(viewport.width));
      canvas.height = Math.max(1, Math.floor(viewport.height));
      const task = it.render({ canvas, viewport });
      const stop = () => task.cancel();
      signal.addEventListener('abort', stop, { once: true });
      await task.promise.finally(() => signal.removeEventListener('abort', stop));
      return canvas;
    },
    async layText(page, container) {
      const it = await pageOf(page);
      const viewport = it.getViewport({ scale: 1 });
      await new TextLayer({ textContentSource: await it.getTextContent(), container, viewport }).render();
    },
    close,
  };
}
