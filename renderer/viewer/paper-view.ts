import {
  type Layout,
  layPages,
  MAX_PERCENT,
  MIN_PERCENT,
  pageAt,
  type Size,
  saneSize,
  scaleFor,
  stepPercent,
  type Turn,
  turned,
} from './layout.ts';
import type { Mark, Place, ViewerState, Zoom } from './messages.ts';
import { createSheet, type Look, type Sheet } from './sheet.ts';
import type { Source } from './source.ts';

export interface PaperView {
  go(to: Place): void;
  zoom(to: Zoom): void;
  turn(): void;
  mark(marks: readonly Mark[]): void;
  /** Shows every hit; scrolls to the given one on its page, if that is drawn or once it is. */
  show(found: { readonly query: string; readonly page: number; readonly nth: number } | null): void;
}

interface ViewDeps {
  readonly source: Source;
  readonly view: HTMLElement;
  readonly pages: HTMLElement;
  readonly first: Size;
  readonly startAt: number;
  readonly tell: (state: ViewerState) => void;
}

/** Beyond these, pages that are not seen are let go. */
const MAX_KEPT_PIXELS = 60_000_000;
const MAX_KEPT = 12;
const SETTLE_MS = 120;

/** All pages below each other, of which only those that are seen, and their neighbours, are there. */
export function createPaperView(deps: ViewDeps): PaperView {
  const { source, view, pages, tell } = deps;
  // A page counts as the size of the first one until it is read: reading 3,000 pages to open a file takes seconds.
  const sizes: Size[] = Array.from({ length: source.pages }, () => deps.first);
  const known = new Set<number>([0]);
  const sheets = new Map<number, Sheet>();
  let zoom: { fit: 'width' | 'page' | null; percent: number } = { fit: 'width', percent: 100 };
  let turn: Turn = 0;
  let current = Math.min(Math.max(deps.startAt, 0), source.pages - 1);
  let layout = layPages(sizes, 1, turn);
  let marks: readonly Mark[] = [];
  let found: { readonly query: string; readonly page: number; readonly nth: number } | null = null;
  let isScrollWanted = false;
  let drawing: Promise<void> | null = null;
  let settle: ReturnType<typeof setTimeout> | undefined;
  let frame = 0;

  const look = (): Look => ({ scale: layout.scale, turn, density: window.devicePixelRatio });
  const seen = (): readonly [number, number] => [
    pageAt(layout, view.scrollTop),
    pageAt(layout, view.scrollTop + view.clientHeight),
  ];

  /** Lays all pages anew; what stood at the upper edge (or under `anchorY`) stays there. */
  const lay = (anchorY = 0) => {
    const at = pageAt(layout, view.scrollTop + anchorY);
    const part = (view.scrollTop + anchorY - top(layout, at)) / Math.max(top(layout, at + 1) - top(layout, at), 1);
    const room = { width: view.clientWidth, height: view.clientHeight };
    const widest = zoom.fit === 'page' ? (sizes[current] ?? deps.first) : widestOf(sizes);
    layout = layPages(sizes, scaleFor(zoom, room, turned(widest, turn)), turn);
    pages.style.height = `${layout.tops.at(-1) ?? 0}px`;
    pages.style.width = layout.width > room.width ? `${layout.width}px` : '';
    view.scrollTop = top(layout, at) + part * (top(layout, at + 1) - top(layout, at)) - anchorY;
    for (const [page, sheet] of sheets) sheet.place(top(layout, page), sizes[page] ?? deps.first, look());
  };
  const report = () => {
    const percent = Math.min(Math.max(Math.round(layout.scale * 100), 1), 2000);
    tell({ kind: 'open', pages: source.pages, page: current + 1, percent, fit: zoom.fit });
  };
  const findCurrent = () => {
    // The page that is in the middle; at both ends the end counts.
    const middle = view.scrollTop + view.clientHeight / 2;
    const isAtEnd = view.scrollTop + view.clientHeight >= view.scrollHeight - 2;
    const isAtStart = view.scrollTop <= 2;
    current = isAtStart ? 0 : isAtEnd ? source.pages - 1 : pageAt(layout, middle);
  };

  const sheetOf = (page: number): Sheet => {
    const existing = sheets.get(page);
    if (existing !== undefined) return existing;
    const sheet = createSheet(source, page);
    sheets.set(page, sheet);
    sheet.place(top(layout, page), sizes[page] ?? deps.first, look());
    sheet.mark(marks.filter((mark) => mark.page === page + 1));
    pages.append(sheet.element);
    return sheet;
  };
  const learnSize = async (page: number) => {
    if (known.has(page)) return;
    known.add(page);
    const size = await source.size(page).then(saneSize, () => null);
    const before = sizes[page];
    if (size === null || (before?.width === size.width && before.height === size.height)) return;
    sizes[page] = size;
    lay();
  };
  /** The next page that is to be drawn: what is seen first, then what comes next. */
  const nextToDraw = (): number | undefined => {
    const [first, last] = seen();
    const order: number[] = [];
    for (let page = first; page <= last; page += 1) order.push(page);
    order.sort((a, b) => Math.abs(a - current) - Math.abs(b - current));
    for (const page of [last + 1, first - 1]) if (page >= 0 && page < source.pages) order.push(page);
    return order.find((page) => !(sheets.get(page)?.isDrawnFor(look()) ?? false));
  };
  const drawAll = async () => {
    for (let page = nextToDraw(); page !== undefined; page = nextToDraw()) {
      await learnSize(page);
      const sheet = sheetOf(page);
      await sheet.draw(look());
      letGo();
      highlight();
    }
  };
  const draw = () => {
    const [first, last] = seen();
    for (let page = first; page <= last; page += 1) sheetOf(page);
    if (drawing !== null) return;
    drawing = drawAll().finally(() => {
      drawing = null;
      // What came while the last page was drawn.
      if (nextToDraw() !== undefined) draw();
    });
  };
  const letGo = () => {
    const far = [...sheets.keys()].sort((a, b) => Math.abs(b - current) - Math.abs(a - current));
    const [first, last] = seen();
    let pixels = [...sheets.values()].reduce((sum, sheet) => sum + sheet.pixels(), 0);
    for (const page of far) {
      if (sheets.size <= MAX_KEPT && pixels <= MAX_KEPT_PIXELS) return;
      if (page >= first - 1 && page <= last + 1) continue;
      pixels -= sheets.get(page)?.pixels() ?? 0;
      sheets.get(page)?.remove();
      sheets.delete(page);
    }
  };
  const highlight = () => {
    const all = new Highlight();
    const now = new Highlight();
    for (const [page, sheet] of found === null ? [] : sheets) {
      for (const [nth, range] of sheet.find(found?.query ?? '').entries()) {
        const isNow = found?.page === page && found.nth === nth;
        (isNow ? now : all).add(range);
        if (isNow && isScrollWanted) scrollToRange(view, range);
        if (isNow) isScrollWanted = false;
      }
    }
    CSS.highlights.set('found', all);
    CSS.highlights.set('found-now', now);
  };
  const update = () => {
    frame = 0;
    findCurrent();
    draw();
    report();
  };
  const soon = () => {
    if (frame === 0) frame = requestAnimationFrame(update);
  };
  /** After zooming the old pictures are stretched at once, and drawn anew when the hand rests. */
  const relay = (anchorY = 0) => {
    lay(anchorY);
    findCurrent();
    report();
    clearTimeout(settle);
    settle = setTimeout(draw, SETTLE_MS);
  };
  const goTo = (page: number) => {
    current = Math.min(Math.max(page, 0), source.pages - 1);
    view.scrollTop = top(layout, current) - 8;
    draw();
    report();
  };
  const zoomTo = (to: Zoom, anchorY = view.clientHeight / 2) => {
    const now = layout.scale * 100;
    if (to === 'width' || to === 'page') zoom = { ...zoom, fit: to };
    else {
      const percent = typeof to === 'number' ? to : stepPercent(now, to === 'in' ? 1 : -1);
      zoom = { fit: null, percent: Math.min(Math.max(percent, MIN_PERCENT), MAX_PERCENT) };
    }
    relay(anchorY);
  };

  view.addEventListener('scroll', soon, { passive: true });
  view.addEventListener(
    'wheel',
    (event) => {
      if (!event.ctrlKey) return;
      event.preventDefault();
      const by = Math.exp(-Math.max(Math.min(event.deltaY, 60), -60) / 200);
      zoomTo(layout.scale * 100 * by, event.clientY);
    },
    { passive: false },
  );
  new ResizeObserver(() => relay()).observe(view);
  lay();
  if (current > 0) view.scrollTop = top(layout, current) - 8;
  draw();
  report();

  return {
    go(to) {
      if (typeof to === 'number') goTo(to - 1);
      else goTo({ next: current + 1, previous: current - 1, first: 0, last: source.pages - 1 }[to]);
    },
    zoom: (to) => zoomTo(to),
    turn() {
      const page = current;
      turn = ((turn + 90) % 360) as Turn;
      relay();
      goTo(page);
    },
    mark(next) {
      marks = next;
      for (const [page, sheet] of sheets) sheet.mark(marks.filter((mark) => mark.page === page + 1));
    },
    show(next) {
      found = next;
      isScrollWanted = next !== null;
      const [first, last] = seen();
      if (next !== null && (next.page < first || next.page > last)) goTo(next.page);
      highlight();
    },
  };
}

function top({ tops }: Layout, page: number): number {
  return tops[Math.min(page, tops.length - 1)] ?? 0;
}

function widestOf(sizes: readonly Size[]): Size {
  return sizes.reduce((widest, size) => (size.width > widest.width ? size : widest));
}

function scrollToRange(view: HTMLElement, range: Range): void {
  const rect = range.getBoundingClientRect();
  if (rect.top < 40 || rect.bottom > view.clientHeight - 40) view.scrollTop += rect.top - view.clientHeight / 3;
  if (rect.left < 0 || rect.right > view.clientWidth) view.scrollLeft += rect.left - view.clientWidth / 3;
}
