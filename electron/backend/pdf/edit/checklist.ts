import type { PlainDate } from '../../../../core/deadlines/plain-date.ts';
import type { Instant } from '../../../../core/deals/model.ts';
import { dayInWords } from '../../../../core/documents/day-words.ts';
import { err, ok, type Result } from '../../../../core/result.ts';
import { makeBook } from './book.ts';
import { type Block, paginate } from './flow.ts';
import { type CheckState, MARKS, markOperators } from './marks.ts';
import { type EditOptions, type PdfRefusal, refusal } from './refusals.ts';
import { createSheet, INK, SHEET, type Sheet, TYPE } from './sheet.ts';
import { isStopped } from './stop.ts';
import type { Typefaces } from './typeface.ts';
import { wrap } from './wrap.ts';

export interface ChecklistItem {
  readonly title: string;
  /** Why, from whom, by when. May be empty, may be long. */
  readonly detail: string;
  readonly state: CheckState;
  /** What stands at the right instead of the usual words: "Jun 2", "5 days late". */
  readonly stateWords?: string | undefined;
}

export interface ChecklistArgs {
  /** "What we need from you". */
  readonly title: string;
  readonly address: string;
  readonly sections: readonly { readonly title: string; readonly items: readonly ChecklistItem[] }[];
  readonly madeOn: PlainDate;
  readonly madeAt: Instant;
  readonly output: string;
}

const MARK = 12;
const TEXT_LEFT = SHEET.left + 20;
const STATE_WIDTH = 96;
const TITLE_WIDTH = SHEET.right - STATE_WIDTH - 16 - TEXT_LEFT;
/** Lines of a detail that stay together; a longer one may go on over the page. */
const LINES_TOGETHER = 6;
const RUNNING_HEAD = 48;

/** The checklist as printed pages, US Letter. */
export function checklistPdf(
  args: ChecklistArgs,
  options: EditOptions = {},
): Promise<Result<{ readonly pages: number }, PdfRefusal>> {
  return makeBook({ ...args, inputs: [], title: `${args.title}, ${args.address}` }, async (book) => {
    if (await isStopped(options)) return err(refusal('Stopped'));
    const head = headBlock(args, book.typefaces);
    const blocks = [head, ...args.sections.flatMap((section) => sectionBlocks(section, book.typefaces))];
    const pages = paginate(blocks, { first: SHEET.top, top: SHEET.top + 8, bottom: SHEET.bottom });
    for (const [at, placed] of pages.entries()) {
      const sheet = createSheet(book.typefaces);
      if (at > 0) drawRunningHead(sheet, args);
      for (const { block, top } of placed) block.draw(sheet, top);
      drawFoot(sheet, args, `Page ${at + 1} of ${pages.length}`);
      sheet.write(book.sink, book.sink.reservePage());
    }
    book.finish([]);
    options.onProgress?.(pages.length, pages.length);
    return ok({ pages: pages.length });
  });
}

function headBlock({ title, address, sections }: ChecklistArgs, { text, strong }: Typefaces): Block {
  const width = SHEET.right - SHEET.left;
  const titles = wrap(title, { face: strong, size: TYPE.title.size, width });
  const places = wrap(address, { face: text, size: TYPE.section.size, width });
  const items = sections.flatMap((section) => section.items).filter(({ state }) => state !== 'not-needed');
  const done = items.filter(({ state }) => state === 'done').length;
  const sum = items.length === 0 ? 'Nothing is on the list yet.' : `${done} of ${items.length} done`;
  const titleHeight = titles.length * TYPE.title.leading;
  const placeHeight = places.length * TYPE.section.leading;
  return {
    height: titleHeight + placeHeight + TYPE.body.leading + 22,
    draw(sheet, top) {
      for (const [at, line] of titles.entries()) {
        sheet.words(line, {
          x: SHEET.left,
          y: top + 20 + at * TYPE.title.leading,
          size: TYPE.title.size,
          face: strong,
        });
      }
      for (const [at, line] of places.entries()) {
        const y = top + titleHeight + 14 + at * TYPE.section.leading;
        sheet.words(line, { x: SHEET.left, y, size: TYPE.section.size, face: text, ink: INK.soft });
      }
      const y = top + titleHeight + placeHeight + 16;
      sheet.words(sum, { x: SHEET.left, y, size: TYPE.body.size, face: text, ink: INK.faint });
    },
  };
}

function sectionBlocks({ title, items }: ChecklistArgs['sections'][number], typefaces: Typefaces): readonly Block[] {
  const { text, strong } = typefaces;
  const lines = wrap(title, { face: strong, size: TYPE.section.size, width: SHEET.right - SHEET.left });
  const heading: Block = {
    height: 22 + lines.length * TYPE.section.leading,
    isHeading: true,
    draw(sheet, top) {
      for (const [at, line] of lines.entries()) {
        const y = top + 22 + 8 + at * TYPE.section.leading;
        sheet.words(line, { x: SHEET.left, y, size: TYPE.section.size, face: strong });
      }
      sheet.rule(top + 22 + lines.length * TYPE.section.leading - 1, INK.lineStrong);
    },
  };
  const empty: Block = {
    height: 24,
    draw: (sheet, top) =>
      sheet.words('Nothing is needed here.', {
        x: SHEET.left,
        y: top + 15,
        size: TYPE.body.size,
        face: text,
        ink: INK.faint,
      }),
  };
  return [heading, ...(items.length === 0 ? [empty] : items.flatMap((item) => itemBlocks(item, typefaces)))];
}

/** One block for an item, and more for the rest of a long detail. */
function itemBlocks(item: ChecklistItem, { text, strong }: Typefaces): readonly Block[] {
  const titles = wrap(item.title, { face: strong, size: TYPE.body.size, width: TITLE_WIDTH });
  const details =
    item.detail.trim() === ''
      ? []
      : item.detail
          .split(/\r?\n/)
          .flatMap((line) => wrap(line, { face: text, size: TYPE.meta.size, width: TITLE_WIDTH }));
  const mark = MARKS[item.state];
  const states = wrap(item.stateWords ?? mark.words, { face: text, size: TYPE.meta.size, width: STATE_WIDTH });
  const titleHeight = Math.max(titles.length * TYPE.body.leading, states.length * TYPE.meta.leading + 1);
  const rest: Block[] = [];
  for (let from = LINES_TOGETHER; from < details.length; from += LINES_TOGETHER) {
    rest.push(linesBlock(details.slice(from, from + LINES_TOGETHER), text, from + LINES_TOGETHER >= details.length));
  }
  const together = details.slice(0, LINES_TOGETHER);
  const height = (rest.length === 0 ? 12 : 6) + titleHeight + together.length * TYPE.meta.leading;
  const first: Block = {
    height,
    draw(sheet, top) {
      sheet.drawing(SHEET.left + 1, top + 6 + MARK - 1, markOperators(item.state));
      const ink = item.state === 'not-needed' ? INK.faint : INK.text;
      for (const [at, line] of titles.entries()) {
        const y = top + 16 + at * TYPE.body.leading;
        sheet.words(line, { x: TEXT_LEFT, y, size: TYPE.body.size, face: strong, ink });
      }
      for (const [at, line] of states.entries()) {
        const y = top + 16 + at * TYPE.meta.leading;
        sheet.words(line, { x: SHEET.right, y, size: TYPE.meta.size, face: text, ink: mark.ink, align: 'right' });
      }
      drawLines(sheet, together, text, top + 6 + titleHeight);
      if (rest.length === 0) sheet.rule(top + height - 0.5);
    },
  };
  return [first, ...rest];
}

function linesBlock(lines: readonly string[], face: Typefaces['text'], isLast: boolean): Block {
  const height = lines.length * TYPE.meta.leading + (isLast ? 6 : 0);
  return {
    height,
    draw(sheet, top) {
      drawLines(sheet, lines, face, top);
      if (isLast) sheet.rule(top + height - 0.5);
    },
  };
}

function drawLines(sheet: Sheet, lines: readonly string[], face: Typefaces['text'], top: number): void {
  for (const [at, line] of lines.entries()) {
    const y = top + 9 + at * TYPE.meta.leading;
    sheet.words(line, { x: TEXT_LEFT, y, size: TYPE.meta.size, face, ink: INK.soft });
  }
}

function drawRunningHead(sheet: Sheet, { title, address }: ChecklistArgs): void {
  const { text } = sheet.typefaces;
  const [line = ''] = wrap(`${title}, ${address}`, {
    face: text,
    size: TYPE.meta.size,
    width: SHEET.right - SHEET.left,
  });
  sheet.words(line, { x: SHEET.left, y: RUNNING_HEAD, size: TYPE.meta.size, face: text, ink: INK.faint });
}

function drawFoot(sheet: Sheet, { madeOn }: ChecklistArgs, page: string): void {
  const { text: face } = sheet.typefaces;
  const y = SHEET.bottom + 28;
  const style = { y, size: TYPE.meta.size, face, ink: INK.faint };
  sheet.words(`As of ${dayInWords(madeOn)}`, { x: SHEET.left, ...style });
  sheet.words(page, { x: SHEET.right, align: 'right', ...style });
}
