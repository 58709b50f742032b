import { type Folded, findAll, findQuote, foldRuns, type Hit } from './fold-text.ts';
import { type Size, type Turn, turnBox, turned } from './layout.ts';
import type { Box, Mark } from './messages.ts';
import type { Source } from './source.ts';

/** How a sheet is to look now. */
export interface Look {
  readonly scale: number;
  readonly turn: Turn;
  /** Device pixels for a CSS pixel. */
  readonly density: number;
}

/** One page on screen: its picture, the words over it, the marks over those. */
export interface Sheet {
  readonly element: HTMLElement;
  /** Puts it in its place at once; the picture is stretched until it is drawn again. */
  place(top: number, size: Size, look: Look): void;
  /** Draws picture and words. Never rejects: a page that cannot be drawn says so. */
  draw(look: Look): Promise<void>;
  isDrawnFor(look: Look): boolean;
  mark(marks: readonly Mark[]): void;
  /** What of the words is a hit, for the browser's own highlights. */
  find(query: string): readonly Range[];
  pixels(): number;
  remove(): void;
}

/** Chromium draws nothing on a larger canvas of a weak machine; a page beyond it is drawn coarser. */
const MAX_CANVAS_PIXELS = 16_000_000;

export function createSheet(source: Source, page: number): Sheet {
  const element = document.createElement('div');
  element.className = 'sheet';
  element.setAttribute('role', 'img');
  element.setAttribute('aria-label', `Page ${page + 1}`);
  let canvas = document.createElement('canvas');
  let words = newWords();
  const marks = document.createElement('div');
  element.append(canvas, words, marks);
  let size: Size = { width: 1, height: 1 };
  let drawn: Look | null = null;
  let laid: { readonly folded: Folded; readonly nodes: readonly (Node | null)[] } | null = null;
  let wantedMarks: readonly Mark[] = [];
  let running: AbortController | null = null;

  const rangeOf = ({ start, end }: Hit): Range | null => {
    if (laid === null) return null;
    const range = document.createRange();
    const first = pointOf(laid, start, 0);
    const last = pointOf(laid, end - 1, 1);
    if (first === null || last === null) return null;
    range.setStart(...first);
    range.setEnd(...last);
    return range;
  };
  const showMarks = (look: Look) => {
    marks.replaceChildren(
      ...wantedMarks.flatMap((mark) => {
        const boxes = 'boxes' in mark ? mark.boxes.map((box) => turnBox(box, look.turn)) : boxesOfQuote(mark.quote);
        return boxes.flatMap((box, index) => markElements(box, index === boxes.length - 1 ? mark.number : null));
      }),
    );
  };
  const boxesOfQuote = (quote: string): readonly Box[] => {
    const hit = laid === null ? null : findQuote(laid.folded, quote);
    const range = hit === null ? null : rangeOf(hit);
    return range === null ? [] : boxesIn(element, range);
  };
  const drawAll = async (look: Look, signal: AbortSignal) => {
    const fresh = document.createElement('canvas');
    await source.draw(page, { canvas: fresh, scale: canvasScale(size, look), turn: look.turn, signal });
    signal.throwIfAborted();
    canvas.replaceWith(fresh);
    release(canvas);
    canvas = fresh;
    const layer = newWords();
    layer.style.setProperty('--total-scale-factor', String(look.scale * (96 / 72)));
    // Measured where it will stand, before it takes the place of the old one.
    element.insertBefore(layer, marks);
    const nodes = await source.layText(page, { container: layer, scale: look.scale, turn: look.turn, signal });
    if (layer.classList.contains('plain')) placePlain(layer, look);
    laid = { folded: foldRuns(await source.runs(page)), nodes };
    words.remove();
    words = layer;
  };

  return {
    element,
    place(top, pageSize, look) {
      size = pageSize;
      const { width, height } = turned(size, look.turn);
      Object.assign(element.style, {
        top: `${top}px`,
        left: `max(16px, calc(50% - ${Math.round(width * look.scale) / 2}px))`,
        width: `${Math.round(width * look.scale)}px`,
        height: `${Math.round(height * look.scale)}px`,
      });
    },
    async draw(look) {
      running?.abort();
      const mine = new AbortController();
      running = mine;
      try {
        await drawAll(look, mine.signal);
      } catch {
        if (mine.signal.aborted) return;
        sayNotDrawn(element);
      }
      drawn = look;
      showMarks(look);
    },
    isDrawnFor: (look) =>
      drawn !== null && drawn.scale === look.scale && drawn.turn === look.turn && drawn.density === look.density,
    mark(next) {
      wantedMarks = next;
      if (drawn !== null) showMarks(drawn);
    },
    find: (query) => (laid === null ? [] : findAll(laid.folded, query).flatMap((hit) => rangeOf(hit) ?? [])),
    pixels: () => canvas.width * canvas.height,
    remove() {
      running?.abort();
      element.remove();
      release(canvas);
      source.forget(page);
    },
  };
}

function newWords(): HTMLElement {
  const words = document.createElement('div');
  words.className = 'text';
  return words;
}

/** A canvas keeps its memory until it has no size. */
function release(canvas: HTMLCanvasElement): void {
  canvas.width = 0;
  canvas.height = 0;
}

function canvasScale({ width, height }: Size, { scale, density }: Look): number {
  const wanted = scale * density;
  return Math.min(wanted, Math.sqrt(MAX_CANVAS_PIXELS / Math.max(width * height, 1)));
}

function sayNotDrawn(element: HTMLElement): void {
  if (element.querySelector('.says') !== null) return;
  const says = document.createElement('p');
  says.className = 'says';
  says.textContent = 'This page could not be drawn. The file is kept as it came.';
  element.append(says);
}

/** Words without a picture under them are laid at 100 %, and turned and sized as a whole. */
function placePlain(layer: HTMLElement, { scale, turn }: Look): void {
  const move = { 0: '', 90: 'translateY(-100%)', 180: 'translate(-100%, -100%)', 270: 'translateX(-100%)' }[turn];
  layer.style.transform = `scale(${scale}) rotate(${turn}deg) ${move}`;
}

/** Where a letter stands in the elements of its page; `after` 1 is behind it. */
function pointOf(
  { folded, nodes }: { readonly folded: Folded; readonly nodes: readonly (Node | null)[] },
  index: number,
  after: 0 | 1,
): [Node, number] | null {
  const node = nodes[folded.runs[index] ?? -1];
  if (!node) return null;
  const length = node.textContent?.length ?? 0;
  return [node, Math.min((folded.offsets[index] ?? 0) + after, length)];
}

/** The lines of a range, in fractions of its page; pieces of one line are one box. */
function boxesIn(element: HTMLElement, range: Range): readonly Box[] {
  const frame = element.getBoundingClientRect();
  const lines: DOMRect[] = [];
  for (const rect of range.getClientRects()) {
    if (rect.width < 0.5 || rect.height < 0.5) continue;
    const last = lines.at(-1);
    const isSameLine = last !== undefined && Math.abs(last.top - rect.top) < rect.height / 2 && rect.left >= last.left;
    if (!isSameLine) lines.push(rect);
    else {
      const top = Math.min(last.top, rect.top);
      const right = Math.max(last.right, rect.right);
      const bottom = Math.max(last.bottom, rect.bottom);
      lines[lines.length - 1] = new DOMRect(last.left, top, right - last.left, bottom - top);
    }
  }
  return lines.map((line) => ({
    left: (line.left - frame.left) / frame.width,
    top: (line.top - frame.top) / frame.height,
    width: line.width / frame.width,
    height: line.height / frame.height,
  }));
}

function markElements({ left, top, width, height }: Box, number: number | null): HTMLElement[] {
  const percent = (part: number) => `${part * 100}%`;
  const box = document.createElement('div');
  box.className = 'mark';
  Object.assign(box.style, { left: percent(left), top: percent(top), width: percent(width), height: percent(height) });
  if (number === null) return [box];
  const disc = document.createElement('div');
  disc.className = 'number';
  disc.textContent = String(number);
  Object.assign(disc.style, { left: percent(left + width), top: percent(top) });
  return [box, disc];
}
