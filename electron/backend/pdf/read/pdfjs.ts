import { createRequire } from 'node:module';
import { dirname, join, sep } from 'node:path';
import type * as Pdfjs from 'pdfjs-dist';

export type { PDFDocumentProxy, PDFPageProxy } from 'pdfjs-dist';

/** An image of more pixels than this (a plat map at 300 dpi has 70 million) is left out of a page's picture. */
const MAX_IMAGE_PIXELS = 100_000_000;
const MAX_WARNINGS = 500;

/** pdf.js, and where the files it reads at run time lie. */
export interface PdfLibrary {
  readonly pdfjs: typeof Pdfjs;
  readonly options: Readonly<Record<string, unknown>>;
  /** What pdf.js complained about since it was last asked. */
  takeWarnings(): readonly string[];
}

let loading: Promise<PdfLibrary> | undefined;

/** Loads pdf.js once. Only for the PDF thread: it changes that thread's `console`, `fetch` and `process.type`. */
export function loadPdfjs(): Promise<PdfLibrary> {
  loading ??= load();
  return loading;
}

async function load(): Promise<PdfLibrary> {
  lookLikeNode();
  closeNetwork();
  const takeWarnings = collectWarnings();
  const folder = dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json'));
  const inFolder = (name: string) => `${join(folder, name)}${sep}`;
  const pdfjs = await import('pdfjs-dist/legacy/build/pdf.mjs');
  const options = {
    verbosity: pdfjs.VerbosityLevel.WARNINGS,
    cMapUrl: inFolder('cmaps'),
    cMapPacked: true,
    standardFontDataUrl: inFolder('standard_fonts'),
    wasmUrl: inFolder('wasm'),
    iccUrl: inFolder('iccs'),
    // pdf.js 6 has no eval path left; older ones ran a font's code here (CVE-2024-4367), so it stays written down.
    isEvalSupported: false,
    // The forms of XFA are a language of their own, laid out by the reader: `info` says so instead of guessing.
    enableXfa: false,
    useWorkerFetch: false,
    disableFontFace: true,
    useSystemFonts: false,
    stopAtErrors: false,
    maxImageSize: MAX_IMAGE_PIXELS,
    disableWorkerRendering: true,
  };
  return { pdfjs, options, takeWarnings };
}

/**
 * pdf.js takes an Electron process that is not the main one for a browser, and would look for a DOM. A utility process
 * and its threads are plain Node.
 */
function lookLikeNode(): void {
  if (process.versions.electron !== undefined)
    Object.defineProperty(process, 'type', { value: 'browser', configurable: true });
}

/** Nothing that reads a file from outside has a reason to open a connection. */
function closeNetwork(): void {
  const fetch = () => Promise.reject(new Error('the PDF thread has no network'));
  Object.assign(globalThis, { fetch, WebSocket: undefined, EventSource: undefined });
}

/** pdf.js tells of repairs only by warning about them. Its words may quote a document: they go nowhere else. */
function collectWarnings(): () => readonly string[] {
  let heard: string[] = [];
  const hear = (text: unknown) => {
    if (heard.length < MAX_WARNINGS) heard.push(String(text).slice(0, 200));
  };
  Object.assign(globalThis.console, { log: hear, info: hear, warn: hear, error: hear });
  return () => {
    const taken = heard;
    heard = [];
    return taken;
  };
}
