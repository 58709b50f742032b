import { z } from 'zod';

/**
 * What the page and the viewer's frame say to each other over one port. The frame draws files from outside and may be
 * taken over by one: what it says is held against these shapes, and it is given nothing but the bytes of its one file
 * and the data it draws with. It never gets the bearer, a name of a call, or anything of the page.
 */

/** The one message that is not on the port; the port comes with it. */
export const HELLO = 'closeboard:viewer';

const Bytes = z.instanceof(Uint8Array);
const Page = z.int().min(1).max(10_000_000);
const Fraction = z.number().min(-1).max(2);

/** A piece of a page in fractions of its width and height, from its upper left corner as it stands unturned. */
export const Box = z.object({ left: Fraction, top: Fraction, width: Fraction, height: Fraction }).strict();
export type Box = z.infer<typeof Box>;

/** A numbered proof on the page: where it is, or the words that it is. */
export const Mark = z.union([
  z.object({ number: z.int().min(1).max(999), page: Page, boxes: z.array(Box).max(50) }).strict(),
  z.object({ number: z.int().min(1).max(999), page: Page, quote: z.string().min(1).max(2000) }).strict(),
]);
export type Mark = z.infer<typeof Mark>;

export const Kind = z.enum(['pdf', 'image', 'text']);
export type Kind = z.infer<typeof Kind>;

export const Zoom = z.union([z.enum(['in', 'out', 'width', 'page']), z.number().min(10).max(1000)]);
export type Zoom = z.infer<typeof Zoom>;
export const Place = z.union([z.enum(['next', 'previous', 'first', 'last']), Page]);
export type Place = z.infer<typeof Place>;

export const ToViewer = z.discriminatedUnion('type', [
  /** The one file of this frame: its size and its first bytes. Said once. */
  z.object({ type: z.literal('open'), kind: Kind, size: z.int().min(0), first: Bytes, page: Page }),
  /** Answers `want`; null when they could not be had. */
  z.object({ type: z.literal('bytes'), id: z.int(), bytes: Bytes.nullable() }),
  z.object({ type: z.literal('go'), to: Place }),
  z.object({ type: z.literal('zoom'), to: Zoom }),
  /** A quarter to the right, all pages. */
  z.object({ type: z.literal('turn') }),
  z.object({ type: z.literal('find'), text: z.string().max(500) }),
  z.object({ type: z.literal('find-step'), by: z.union([z.literal(1), z.literal(-1)]) }),
  z.object({ type: z.literal('marks'), marks: z.array(Mark).max(200) }),
  z.object({ type: z.literal('password'), password: z.string().max(500) }),
  z.object({ type: z.literal('look'), theme: z.enum(['light', 'dark']) }),
]);
export type ToViewer = z.infer<typeof ToViewer>;

/** What the viewer shows. `why` is one of our own words; the sentence for it is the page's. */
export const ViewerState = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('opening') }),
  z.object({
    kind: z.literal('open'),
    pages: Page,
    page: Page,
    percent: z.int().min(1).max(2000),
    fit: z.enum(['width', 'page']).nullable(),
  }),
  z.object({ kind: z.literal('needs-password'), isWrong: z.boolean() }),
  z.object({ kind: z.literal('failed'), why: z.enum(['damaged', 'not-readable', 'too-large', 'not-drawn']) }),
  z.object({ kind: z.literal('empty') }),
]);
export type ViewerState = z.infer<typeof ViewerState>;

export const DataKind = z.enum(['cmaps', 'fonts', 'wasm']);
export type DataKind = z.infer<typeof DataKind>;

export const FromViewer = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready') }),
  z.object({ type: z.literal('state'), state: ViewerState }),
  /** Bytes of the file that is open. */
  z.object({ type: z.literal('want'), id: z.int().min(0), from: z.int().min(0), to: z.int().min(1) }),
  /** One of the files that pages are drawn with, by a name on the page's list. */
  z.object({ type: z.literal('want-data'), id: z.int().min(0), kind: DataKind, name: z.string().max(80) }),
  /** `at` counts from 1; 0 while nothing is chosen. `isDone` once every page was looked through. */
  z.object({
    type: z.literal('found'),
    text: z.string().max(500),
    count: z.int().min(0).max(1_000_000),
    at: z.int().min(0).max(1_000_000),
    isDone: z.boolean(),
  }),
  /** Keys that mean something outside the frame: Esc goes back to the page, Ctrl F to its field. Nothing else passes. */
  z.object({ type: z.literal('leave'), to: z.enum(['page', 'find']) }),
]);
export type FromViewer = z.infer<typeof FromViewer>;
