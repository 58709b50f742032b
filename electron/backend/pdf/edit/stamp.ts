import type { PDFRef } from 'pdf-lib';
import { err, ok, type Result } from '../../../../core/result.ts';
import { pagesNumbered } from './merge.ts';
import { type OpenPdf, openPdf, type PdfSource, type SourcePage } from './open.ts';
import { cm, giveResources, num, type View, viewOf, wrapContent } from './page-content.ts';
import { type EditOptions, type PdfRefusal, refusal } from './refusals.ts';
import { isStopped } from './stop.ts';
import { createTypefaces, type Typefaces } from './typeface.ts';
import { saveWhole } from './unlock.ts';
import { wrap } from './wrap.ts';

export const STAMP_PLACES = ['top-left', 'top-right', 'bottom-left', 'bottom-right', 'center'] as const;
export type StampPlace = (typeof STAMP_PLACES)[number];

export interface Stamp {
  /** The first is set strong: "RECEIVED", "June 12, 2026", "Larkmoor Escrow". */
  readonly lines: readonly string[];
  readonly place: StampPlace;
  /** Page numbers from 1; all of them when absent. */
  readonly onPages?: readonly number[] | undefined;
}

export interface StampArgs extends PdfSource {
  readonly output: string;
  readonly stamp: Stamp;
}

const SIZE = 9;
const LEADING = 12;
const PAD = 6;
const MARGIN = 18;
const MAX_LINES = 12;
const PAGES_PER_TURN = 100;
/** Petrol, as in tokens.css (--accent). */
const INK = '0.055 0.388 0.502';

/**
 * Stamps pages in a corner, upright as the page is seen and inside what it shows, whatever its turn or crop.
 * Everything else in the file stays. Progress counts pages.
 */
export async function stampPdf(
  args: StampArgs,
  options: EditOptions = {},
): Promise<Result<{ readonly pages: number }, PdfRefusal>> {
  const opened = await openPdf(args);
  if (!opened.ok) return opened;
  const pdf = opened.value;
  const pages = pagesNumbered(pdf, args.stamp.onPages);
  if (pages === null) return err(refusal('PagesMissing', args.name));
  const typefaces = createTypefaces({
    reserve: () => pdf.doc.context.nextRef(),
    write: (ref: PDFRef, object) => pdf.doc.context.assign(ref, object),
  });
  const once = [...new Set(pages)];
  for (const [at, page] of once.entries()) {
    if (at % PAGES_PER_TURN === 0 && (await isStopped(options))) return err(refusal('Stopped'));
    stampPage({ pdf, page, typefaces, stamp: args.stamp });
    options.onProgress?.(at + 1, once.length);
  }
  typefaces.finish();
  const saved = await saveWhole(pdf.doc, { input: args.path, output: args.output, name: args.name });
  return saved.ok ? ok({ pages: once.length }) : saved;
}

interface StampPage {
  readonly pdf: OpenPdf;
  readonly page: SourcePage;
  readonly typefaces: Typefaces;
  readonly stamp: Stamp;
}

function stampPage({ pdf, page, typefaces, stamp }: StampPage): void {
  const view = viewOf(pdf, page);
  const after = `${cm(view.upright)} ${drawStamp(view, typefaces, stamp)}`;
  const named = [typefaces.text, typefaces.strong].map(({ name, ref }) => [name, ref] as const);
  giveResources(pdf, page, { kind: 'Font', named });
  wrapContent(pdf, page, { before: '', after });
}

/** White behind the words, so that they read on a dark scan; one line around them. */
function drawStamp(view: View, { text, strong }: Typefaces, { lines, place }: Stamp): string {
  const margin = Math.min(MARGIN, view.width / 12, view.height / 12);
  const widest = Math.max(24, Math.min(260, view.width - 2 * margin) - 2 * PAD);
  const rows = lines
    .flatMap((line, at) => {
      const face = at === 0 ? strong : text;
      return wrap(line, { face, size: SIZE, width: widest }).map((row) => ({ face, row }));
    })
    .slice(0, MAX_LINES);
  const width = Math.max(...rows.map(({ face, row }) => face.width(row, SIZE)), 24) + 2 * PAD;
  const height = rows.length * LEADING + 2 * PAD - 2;
  // A page smaller than the stamp gets a smaller stamp.
  const scale = Math.min(1, (view.width - 2 * margin) / width, (view.height - 2 * margin) / height);
  const { x, y } = cornerOf(view, place, { width: width * scale, height: height * scale, margin });
  const words = rows.map(({ face, row }, at) => {
    const baseline = height - PAD - SIZE + 1 - at * LEADING;
    return `BT /${face.name} ${SIZE} Tf ${PAD} ${num(baseline)} Td ${face.show(row)} Tj ET`;
  });
  return [
    `q ${cm([scale, 0, 0, scale, x, y])}`,
    `1 1 1 rg ${INK} RG 1 w 0.5 0.5 ${num(width - 1)} ${num(height - 1)} re B`,
    `${INK} rg`,
    ...words,
    'Q',
  ].join('\n');
}

function cornerOf(
  view: View,
  place: StampPlace,
  { width, height, margin }: { readonly width: number; readonly height: number; readonly margin: number },
): { readonly x: number; readonly y: number } {
  if (place === 'center') return { x: (view.width - width) / 2, y: (view.height - height) / 2 };
  return {
    x: place.endsWith('left') ? margin : view.width - margin - width,
    y: place.startsWith('bottom') ? margin : view.height - margin - height,
  };
}
