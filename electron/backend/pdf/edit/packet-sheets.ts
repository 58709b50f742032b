import type { PDFRef } from 'pdf-lib';
import type { PlainDate } from '../../../../core/deadlines/plain-date.ts';
import type { Side } from '../../../../core/deals/model.ts';
import { dayInWords } from '../../../../core/documents/day-words.ts';
import { type Block, type Placed, paginate } from './flow.ts';
import { num } from './page-content.ts';
import { INK, SHEET, type Sheet, TYPE } from './sheet.ts';
import type { Typefaces } from './typeface.ts';
import { wrap } from './wrap.ts';

export interface PacketCover {
  /** "1847 Marlowe Ave, Sacramento, CA 95818". */
  readonly address: string;
  readonly clients: readonly string[];
  readonly side: Side;
  readonly closedOn: PlainDate | null;
  /** As it is to be read: "$640,000". */
  readonly price?: string | undefined;
  readonly office: string;
  readonly coordinator: string;
  readonly madeOn: PlainDate;
}

/** A line of the contents. */
export interface ContentsRow {
  readonly title: string;
  readonly note: string;
  readonly sectionTitle: string;
}

/** Where a document ended up. */
export interface ContentsTarget {
  readonly page: number;
  readonly ref: PDFRef;
  /** True for a slip sheet that stands for a file. */
  readonly isSlip: boolean;
}

const WE_ACTED_FOR: Readonly<Record<Side, string>> = {
  buyer: 'For the buyer',
  seller: 'For the seller',
  tenant: 'For the tenant',
  landlord: 'For the landlord',
};
const LABEL_WIDTH = 112;
const NUMBER_WIDTH = 84;
const COLUMN = SHEET.right - SHEET.left;
const CONTENTS_FIRST = SHEET.top + 44;

export function drawCover(sheet: Sheet, cover: PacketCover, sum: string): void {
  const { text, strong } = sheet.typefaces;
  const [street = '', ...rest] = cover.address.split(',').map((part) => part.trim());
  let y = 150;
  sheet.words('Closing packet', { x: SHEET.left, y, size: TYPE.heading.size, face: text, ink: INK.soft });
  y += 34;
  const number = /^\d[\w-]{0,7}/.exec(street)?.[0];
  if (number !== undefined) {
    drawPlate(sheet, number, { y, side: cover.side });
    y += 62;
  }
  y += 14;
  for (const line of wrap(street, { face: strong, size: 26, width: COLUMN })) {
    y += 32;
    sheet.words(line, { x: SHEET.left, y: y - 14, size: 26, face: strong });
  }
  for (const line of rest.length === 0 ? [] : wrap(rest.join(', '), { face: text, size: 14, width: COLUMN })) {
    y += 20;
    sheet.words(line, { x: SHEET.left, y: y - 14, size: 14, face: text, ink: INK.soft });
  }
  y += 16;
  sheet.rule(y, INK.lineStrong);
  y += 8;
  for (const [label, value] of coverRows(cover, sum)) y = drawFact(sheet, { label, value, top: y });
}

function coverRows(cover: PacketCover, sum: string): readonly (readonly [string, string])[] {
  const rows: readonly (readonly [string, string])[] = [
    [cover.clients.length === 1 ? 'Client' : 'Clients', cover.clients.join('\n')],
    ['Side', WE_ACTED_FOR[cover.side]],
    ['Closed on', cover.closedOn === null ? 'Not closed yet' : dayInWords(cover.closedOn)],
    ['Price', cover.price ?? ''],
    ['Office', cover.office],
    ['Coordinator', cover.coordinator],
    ['In this packet', sum],
    ['Made on', dayInWords(cover.madeOn)],
  ];
  return rows.filter(([, value]) => value.trim() !== '');
}

/** A label and what it says, with a hairline under it; gives the top of the next. */
function drawFact(
  sheet: Sheet,
  { label, value, top }: { readonly label: string; readonly value: string; readonly top: number },
): number {
  const { text } = sheet.typefaces;
  const size = TYPE.section.size;
  const width = COLUMN - LABEL_WIDTH;
  const lines = value.split('\n').flatMap((line) => wrap(line, { face: text, size, width }));
  sheet.words(label, { x: SHEET.left, y: top + 17, size: TYPE.body.size, face: text, ink: INK.faint });
  for (const [at, line] of lines.entries()) {
    sheet.words(line, { x: SHEET.left + LABEL_WIDTH, y: top + 17 + at * TYPE.section.leading, size, face: text });
  }
  const bottom = top + lines.length * TYPE.section.leading + 10;
  sheet.rule(bottom);
  return bottom;
}

/** The house-number plate: outline for a buyer, solid for a seller, double for a rental. */
function drawPlate(sheet: Sheet, number: string, { y, side }: { readonly y: number; readonly side: Side }): void {
  const { strong } = sheet.typefaces;
  const size = 24;
  const width = Math.max(64, strong.width(number, size) + 28);
  const box = (inset: number, height: number) =>
    `${num(inset)} ${num(inset - height)} ${num(width - 2 * inset)} ${num(height - 2 * inset)} re`;
  const outline = `${INK.text} RG 1.6 w ${box(0.8, 44)} S`;
  const isSolid = side === 'seller';
  const isDouble = side === 'tenant' || side === 'landlord';
  sheet.drawing(SHEET.left, y, isSolid ? `${INK.text} rg ${box(0, 44)} f` : outline);
  if (isDouble) sheet.drawing(SHEET.left, y, `${INK.text} RG 0.8 w ${box(4, 44)} S`);
  const x = SHEET.left + (width - strong.width(number, size)) / 2;
  sheet.words(number, { x, y: y + 30.5, size, face: strong, ink: isSolid ? INK.white : INK.text });
}

/** The contents, laid out: how many pages they take does not depend on where the documents end up. */
export interface ContentsLayout {
  readonly pages: readonly (readonly Placed[])[];
}

export function layContents(
  rows: readonly ContentsRow[],
  typefaces: Typefaces,
  targetOf: (row: number) => ContentsTarget | undefined,
): ContentsLayout {
  const blocks = rows.flatMap((row, at) => [
    ...(row.sectionTitle !== rows[at - 1]?.sectionTitle && row.sectionTitle !== ''
      ? [sectionBlock(row.sectionTitle, typefaces)]
      : []),
    rowBlock(row, typefaces, () => targetOf(at)),
  ]);
  return { pages: paginate(blocks, { first: CONTENTS_FIRST, top: SHEET.top, bottom: SHEET.bottom }) };
}

export function drawContents(sheet: Sheet, placed: readonly Placed[], isFirst: boolean): void {
  const { strong } = sheet.typefaces;
  if (isFirst) sheet.words('Contents', { x: SHEET.left, y: SHEET.top + 20, size: TYPE.title.size, face: strong });
  if (isFirst && placed.length === 0) {
    const face = sheet.typefaces.text;
    sheet.words('No documents are in this packet.', {
      x: SHEET.left,
      y: CONTENTS_FIRST + 12,
      size: TYPE.body.size,
      face,
    });
  }
  for (const { block, top } of placed) block.draw(sheet, top);
}

function sectionBlock(title: string, { strong }: Typefaces): Block {
  const lines = wrap(title, { face: strong, size: TYPE.section.size, width: COLUMN });
  const height = 18 + lines.length * TYPE.section.leading;
  return {
    height,
    isHeading: true,
    draw(sheet, top) {
      for (const [at, line] of lines.entries()) {
        const y = top + 18 + 8 + at * TYPE.section.leading;
        sheet.words(line, { x: SHEET.left, y, size: TYPE.section.size, face: strong });
      }
      sheet.rule(top + height - 1, INK.lineStrong);
    },
  };
}

function rowBlock({ title, note }: ContentsRow, { text }: Typefaces, target: () => ContentsTarget | undefined): Block {
  const width = COLUMN - NUMBER_WIDTH;
  const titles = wrap(title, { face: text, size: TYPE.body.size, width });
  const notes = note.trim() === '' ? [] : wrap(note, { face: text, size: TYPE.meta.size, width });
  const height = 9 + titles.length * TYPE.body.leading + notes.length * TYPE.meta.leading;
  return {
    height,
    draw(sheet, top) {
      for (const [at, line] of titles.entries()) {
        sheet.words(line, { x: SHEET.left, y: top + 14 + at * TYPE.body.leading, size: TYPE.body.size, face: text });
      }
      for (const [at, line] of notes.entries()) {
        const y = top + 13 + titles.length * TYPE.body.leading + at * TYPE.meta.leading;
        sheet.words(line, { x: SHEET.left, y, size: TYPE.meta.size, face: text, ink: INK.faint });
      }
      sheet.rule(top + height - 0.5);
      const to = target();
      if (to === undefined) return;
      const style = { y: top + 14, face: text, align: 'right' } as const;
      sheet.words(String(to.page), { ...style, x: SHEET.right, size: TYPE.body.size, ink: INK.accent });
      if (to.isSlip) sheet.words('separate', { ...style, x: SHEET.right - 28, size: TYPE.meta.size, ink: INK.faint });
      sheet.link({ top, bottom: top + height }, to.ref);
    },
  };
}

/** A sheet that stands where a document would. */
export function drawSlip(
  sheet: Sheet,
  {
    title,
    sentence,
    fileName,
    note,
    sectionTitle,
  }: ContentsRow & { readonly sentence: string; readonly fileName: string },
): void {
  const { text, strong } = sheet.typefaces;
  let y = 150;
  for (const line of wrap(title, { face: strong, size: TYPE.title.size, width: COLUMN })) {
    sheet.words(line, { x: SHEET.left, y: y + 20, size: TYPE.title.size, face: strong });
    y += TYPE.title.leading;
  }
  y += 10;
  for (const line of wrap(sentence, { face: text, size: TYPE.section.size, width: COLUMN })) {
    sheet.words(line, { x: SHEET.left, y: y + 12, size: TYPE.section.size, face: text, ink: INK.soft });
    y += TYPE.section.leading;
  }
  y += 16;
  sheet.rule(y, INK.lineStrong);
  const facts = [['File', fileName] as const, ['Section', sectionTitle] as const, ['Note', note] as const];
  for (const [label, value] of facts) if (value.trim() !== '') y = drawFact(sheet, { label, value, top: y });
}
