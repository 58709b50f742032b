import { err, ok, type Result } from '../../../../core/result.ts';
import { type PdfProblem, pdfProblem } from '../problem.ts';
import type { TaskContext } from '../protocol.ts';
import type { PageSize, PdfInfo, PdfState } from '../types.ts';
import { fileVersion } from './file-bytes.ts';
import { createdOnOf, metadataText } from './metadata.ts';
import { type DocumentSource, type OpenDocument, openDocument } from './open-document.ts';
import type { PDFDocumentProxy } from './pdfjs.ts';

const SIZED_PAGES = 20;
const CHECKED_PAGES = 3_000;
const PAGES_A_BREATH = 50;

const XFA_SENTENCE = 'This PDF holds a form that only Adobe Reader shows (XFA). Open it there and print it to a PDF.';

const STATES: Readonly<Record<string, PdfState>> = {
  Password: 'password',
  WrongPassword: 'password',
  Damaged: 'damaged',
  Empty: 'empty',
  TooLarge: 'too-large',
  NotPdf: 'not-pdf',
};

/** What a PDF is and whether it can be worked with. Fails only with `NotFound`, `Cancelled` or `TooMuchMemory`. */
export async function documentInfo(source: DocumentSource, context: TaskContext): Promise<Result<PdfInfo, PdfProblem>> {
  const opened = await openDocument(source, context.limits);
  if (opened.ok) return infoOf(opened.value, context);
  const state = STATES[opened.error.type];
  if (state === undefined) return opened;
  const version = await fileVersion(source.path);
  return version.ok ? ok(closedInfo(state, version.value.size, opened.error)) : version;
}

function closedInfo(state: PdfState, bytes: number, { type, sentence }: PdfProblem): PdfInfo {
  return {
    ...NOTHING_KNOWN,
    bytes,
    state,
    sentence,
    isEncrypted: state === 'password',
    needsPassword: state === 'password',
    isWrongPassword: type === 'WrongPassword',
    isDamaged: state === 'damaged',
  };
}

const NOTHING_KNOWN = {
  pages: 0,
  readablePages: 0,
  isXfa: false,
  hasForm: false,
  hasSignature: false,
  title: null,
  producer: null,
  createdOn: null,
  pageSizes: [],
} as const;

async function infoOf(opened: OpenDocument, context: TaskContext): Promise<Result<PdfInfo, PdfProblem>> {
  const { document, bytes, isRepaired } = opened;
  const looked = await lookAtPages(opened, context);
  if (!looked.ok) return looked;
  const facts = (await document.getMetadata().catch(() => null))?.info as Readonly<Record<string, unknown>> | undefined;
  const pages = document.numPages;
  const readablePages = pages - looked.value.unreadable;
  const isXfa = facts?.IsXFAPresent === true && facts.IsAcroFormPresent !== true;
  const state = stateOf({ pages, readablePages, isXfa, isRepaired });
  return ok({
    state,
    sentence: sentenceOf(state, pages, readablePages),
    bytes,
    pages,
    readablePages,
    isEncrypted: typeof facts?.EncryptFilterName === 'string',
    needsPassword: false,
    isWrongPassword: false,
    isDamaged: isRepaired || readablePages < pages,
    isXfa,
    hasForm: isXfa || facts?.IsAcroFormPresent === true,
    hasSignature: facts?.IsSignaturesPresent === true,
    title: metadataText(facts?.Title),
    producer: metadataText(facts?.Producer),
    createdOn: createdOnOf(facts?.CreationDate),
    pageSizes: looked.value.sizes,
  });
}

/** Opens the first pages and the last; all of them when there is reason for doubt. */
async function lookAtPages(
  { document, isRepaired }: OpenDocument,
  { breathe }: TaskContext,
): Promise<Result<{ sizes: readonly PageSize[]; unreadable: number }, PdfProblem>> {
  const sizes: PageSize[] = [];
  let unreadable = 0;
  let isInDoubt = isRepaired;
  const look = async (page: number) => {
    const size = await pageSize(document, page);
    if (size === null) unreadable += 1;
    else if (page <= SIZED_PAGES) sizes.push(size);
  };
  const last = Math.min(document.numPages, CHECKED_PAGES);
  for (let page = 1; page <= last; page += 1) {
    if (page % PAGES_A_BREATH === 1) {
      const stop = await breathe();
      if (stop) return err(stop);
    }
    if (page > SIZED_PAGES && page < last && !isInDoubt) continue;
    await look(page);
    isInDoubt ||= unreadable > 0;
  }
  return ok({ sizes, unreadable });
}

async function pageSize(document: PDFDocumentProxy, page: number): Promise<PageSize | null> {
  try {
    const { width, height } = (await document.getPage(page)).getViewport({ scale: 1 });
    return { width, height };
  } catch {
    return null;
  }
}

function stateOf(facts: { pages: number; readablePages: number; isXfa: boolean; isRepaired: boolean }): PdfState {
  if (facts.pages === 0) return 'empty';
  if (facts.readablePages < facts.pages) return 'damaged';
  if (facts.isXfa) return 'xfa';
  return facts.isRepaired ? 'repaired' : 'ok';
}

function sentenceOf(state: PdfState, pages: number, readable: number): string | null {
  if (state === 'empty') return pdfProblem('Empty').sentence;
  if (state === 'xfa') return XFA_SENTENCE;
  if (state === 'repaired')
    return `This PDF was damaged. ${pages === 1 ? 'Its page' : `All ${pages} pages`} could be read.`;
  if (state !== 'damaged') return null;
  if (readable === 0) return pdfProblem('Damaged').sentence;
  return `This PDF is damaged: ${readable} of ${pages} pages could be read.`;
}
