import type { Box } from './messages.ts';

/** Where pages lie below each other. Sizes are CSS pixels at 100 %, lengths on screen are CSS pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

export type Turn = 0 | 90 | 180 | 270;
export type Fit = 'width' | 'page' | null;

/** Between pages, and around them. */
export const GAP = 12;
export const MARGIN = 16;
export const MIN_PERCENT = 25;
export const MAX_PERCENT = 400;
/** Chromium lays out 33,554,432 px at most; a longer document is shown smaller. */
const MAX_HEIGHT = 30_000_000;

export interface Layout {
  readonly scale: number;
  /** One more than there are pages: the last is where the end lies. */
  readonly tops: Float64Array;
  readonly width: number;
}

/** A page says its own size, and a hostile one says anything. */
export function saneSize({ width, height }: Size): Size {
  const sane = (length: number) => (Number.isFinite(length) ? Math.min(Math.max(length, 1), 50_000) : 1000);
  return { width: sane(width), height: sane(height) };
}

export function turned({ width, height }: Size, turn: Turn): Size {
  return turn % 180 === 0 ? { width, height } : { width: height, height: width };
}

/** How large pages are shown: as chosen, or so that the widest of them (the current one, for `page`) fits. */
export function scaleFor(zoom: { readonly fit: Fit; readonly percent: number }, view: Size, page: Size): number {
  const room = { width: Math.max(view.width - 2 * MARGIN, 50), height: Math.max(view.height - 2 * MARGIN, 50) };
  const toWidth = room.width / Math.max(page.width, 1);
  if (zoom.fit === 'width') return clampScale(toWidth);
  if (zoom.fit === 'page') return clampScale(Math.min(toWidth, room.height / Math.max(page.height, 1)));
  return clampScale(zoom.percent / 100);
}

/** Fitting may go below the smallest choice: a plan of a house is larger than any window. */
function clampScale(scale: number): number {
  return Math.min(Math.max(scale, 0.02), MAX_PERCENT / 100);
}

/** The next step of zooming in or out, in percent. */
export function stepPercent(percent: number, by: 1 | -1): number {
  const steps = [25, 33, 50, 67, 75, 90, 100, 110, 125, 150, 175, 200, 250, 300, 350, 400];
  const next = by === 1 ? steps.find((step) => step > percent + 0.5) : steps.findLast((step) => step < percent - 0.5);
  return next ?? (by === 1 ? MAX_PERCENT : MIN_PERCENT);
}

export function layPages(sizes: readonly Size[], wanted: number, turn: Turn): Layout {
  let sum = 0;
  let width = 0;
  for (const size of sizes) {
    const page = turned(size, turn);
    sum += page.height;
    width = Math.max(width, page.width);
  }
  const scale = Math.min(wanted, MAX_HEIGHT / Math.max(sum, 1));
  const tops = new Float64Array(sizes.length + 1);
  let top = MARGIN;
  for (const [index, size] of sizes.entries()) {
    tops[index] = top;
    top += Math.round(turned(size, turn).height * scale) + GAP;
  }
  tops[sizes.length] = top - GAP + MARGIN;
  return { scale, tops, width: Math.ceil(width * scale) + 2 * MARGIN };
}

/** The index of the page at this height; the nearest where there is none. */
export function pageAt({ tops }: Layout, y: number): number {
  let low = 0;
  let high = tops.length - 2;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((tops[middle] ?? 0) <= y) low = middle;
    else high = middle - 1;
  }
  return Math.max(low, 0);
}

/** A box of the unturned page, as it lies when the page is turned. */
export function turnBox({ left, top, width, height }: Box, turn: Turn): Box {
  if (turn === 90) return { left: 1 - top - height, top: left, width: height, height: width };
  if (turn === 180) return { left: 1 - left - width, top: 1 - top - height, width, height };
  if (turn === 270) return { left: top, top: 1 - left - width, width: height, height: width };
  return { left, top, width, height };
}
