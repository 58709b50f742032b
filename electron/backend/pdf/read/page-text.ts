import { linesByPlace, oneLine, type PlacedRun, type TextRun, textOfRuns } from './page-lines.ts';
import type { PDFPageProxy } from './pdfjs.ts';

/** A form field (or a typed note) and what stands in it. `box`: lower left and upper right corner, PDF units. */
export interface FieldText {
  readonly text: string;
  readonly box: readonly [number, number, number, number];
}

const MAX_FIELDS = 5_000;
const MAX_FIELD_LENGTH = 10_000;

/** The runs of text of a page. Throws when the page can't be read. */
export async function runsOf(page: PDFPageProxy): Promise<readonly TextRun[]> {
  const { items } = await page.getTextContent();
  return items.filter((item): item is typeof item & TextRun => 'str' in item);
}

/** What is filled in: pdf.js keeps it apart from the page's text, as forms that were never printed do. */
export async function fieldsOf(page: PDFPageProxy): Promise<readonly FieldText[]> {
  const annotations: readonly Readonly<Record<string, unknown>>[] = await page.getAnnotations().catch(() => []);
  return annotations.slice(0, MAX_FIELDS).flatMap(({ subtype, fieldType, fieldValue, contentsObj, rect, hidden }) => {
    if (hidden === true || !isBox(rect)) return [];
    const note = subtype === 'FreeText' ? (contentsObj as { str?: unknown } | undefined)?.str : undefined;
    // A tick box's value is the name of its drawing.
    const value = subtype === 'Widget' && fieldType !== 'Btn' ? fieldValue : note;
    const text = oneLine([value].flat().filter(isText).join(' ').slice(0, MAX_FIELD_LENGTH));
    return text === '' ? [] : [{ text, box: rect }];
  });
}

/** The page's text, then what is filled into its fields. */
export function pageText(runs: readonly TextRun[], fields: readonly FieldText[]): string {
  return [textOfRuns(runs), ...fields.map(({ text }) => text)].filter(Boolean).join('\n');
}

/** The lines of the page from top to bottom as it is shown. */
export function pageLines(page: PDFPageProxy, runs: readonly TextRun[]): readonly string[] {
  const { transform } = page.getViewport({ scale: 1 });
  const [a = 1, b = 0, c = 0, d = -1, e = 0, f = 0] = transform as number[];
  return linesByPlace(
    runs.map(({ str, dir, transform: [ra = 0, rb = 0, , , x = 0, y = 0], width, height }): PlacedRun => {
      const size = height || Math.hypot(ra, rb);
      return { str, dir, x: a * x + c * y + e, y: b * x + d * y + f, width, size };
    }),
  );
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function isBox(value: unknown): value is [number, number, number, number] {
  return Array.isArray(value) && value.length === 4 && value.every((one) => Number.isFinite(one));
}
