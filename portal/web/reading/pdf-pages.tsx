import { useEffect, useRef, useState } from 'react';
import { Icon } from '../icon.tsx';
import { useWords } from '../words.ts';
import type { OpenPdf } from './pdf.ts';
import './reading.css';

const ZOOMS = [1, 1.25, 1.5, 2, 3] as const;

/** All pages of a PDF, one under another. Only what is near the screen is drawn; the words of every page are there. */
export function PdfPages({ pdf, title }: { readonly pdf: OpenPdf; readonly title: string }) {
  const { reading } = useWords();
  const [zoom, setZoom] = useState(0);
  const factor = ZOOMS[zoom] ?? 1;
  return (
    <section className="pdf" aria-label={title}>
      <fieldset className="zoom" aria-label={reading.zoom}>
        <button
          type="button"
          className="btn"
          aria-label={reading.smaller}
          disabled={zoom === 0}
          onClick={() => setZoom(zoom - 1)}
        >
          <Icon name="minus" />
        </button>
        <span role="status">{reading.percent(factor * 100)}</span>
        <button
          type="button"
          className="btn"
          aria-label={reading.larger}
          disabled={zoom === ZOOMS.length - 1}
          onClick={() => setZoom(zoom + 1)}
        >
          <Icon name="plus" />
        </button>
        <span className="t2">{reading.pages(pdf.pages)}</span>
      </fieldset>
      {/* A page that is larger than the screen is moved under it, also by keyboard. */}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways must be reachable by keyboard. */}
      <section className="sheets" aria-label={reading.pagesLabel} tabIndex={0}>
        {Array.from({ length: pdf.pages }, (_, page) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: pages of a paper do not move.
          <Sheet key={page} pdf={pdf} page={page} zoom={factor} />
        ))}
      </section>
    </section>
  );
}

interface SheetProps {
  readonly pdf: OpenPdf;
  readonly page: number;
  readonly zoom: number;
}

/** US letter until the page says otherwise, so that little moves when it does. */
const LETTER = { width: 612, height: 792 };

function Sheet({ pdf, page, zoom }: SheetProps) {
  const { reading } = useWords();
  const sheet = useRef<HTMLElement>(null);
  const picture = useRef<HTMLDivElement>(null);
  const words = useRef<HTMLDivElement>(null);
  const [size, setSize] = useState(LETTER);
  const [hasFailed, setHasFailed] = useState(false);
  const isNear = useIsNear(sheet);
  const width = useWidth(sheet);
  useEffect(() => {
    let isOver = false;
    const lay = async () => {
      const own = await pdf.size(page);
      if (isOver || words.current === null) return;
      setSize(own);
      words.current.replaceChildren();
      await pdf.layText(page, words.current);
    };
    lay().catch(() => setHasFailed(true));
    return () => {
      isOver = true;
    };
  }, [pdf, page]);
  useEffect(() => {
    sheet.current?.style.setProperty('--total-scale-factor', String(width / size.width));
  }, [width, size]);
  useEffect(() => {
    const target = picture.current;
    if (!isNear || target === null || width === 0) return;
    const stop = new AbortController();
    // What is half drawn is black: the one before stays until the next is whole.
    pdf.draw(page, width * devicePixelRatio, stop.signal).then(
      (drawn) => {
        if (!stop.signal.aborted) target.replaceChildren(drawn);
      },
      () => {
        if (!stop.signal.aborted) setHasFailed(true);
      },
    );
    return () => stop.abort();
  }, [pdf, page, isNear, width]);
  useEffect(() => {
    // Pictures that nobody is near to would fill the memory of a phone.
    if (!isNear) picture.current?.replaceChildren();
  }, [isNear]);
  return (
    <section
      ref={sheet}
      className="sheet"
      aria-label={reading.page(page + 1, pdf.pages)}
      style={{ width: `${zoom * 100}%`, aspectRatio: `${size.width} / ${size.height}` }}
    >
      {/* Its words lie over it. */}
      <div ref={picture} className="picture" />
      <div ref={words} className="words" />
      {hasFailed && <p className="broken">{reading.brokenPage}</p>}
    </section>
  );
}

/** Within a screen or so of what is seen. */
function useIsNear(target: { readonly current: Element | null }): boolean {
  const [isNear, setIsNear] = useState(false);
  useEffect(() => {
    if (target.current === null) return;
    const watch = new IntersectionObserver(([entry]) => setIsNear(entry?.isIntersecting === true), {
      rootMargin: '800px 200px',
    });
    watch.observe(target.current);
    return () => watch.disconnect();
  }, [target]);
  return isNear;
}

/** In CSS pixels; 0 until it is known. */
function useWidth(target: { readonly current: Element | null }): number {
  const [width, setWidth] = useState(0);
  useEffect(() => {
    if (target.current === null) return;
    const watch = new ResizeObserver(([entry]) => setWidth(Math.round(entry?.contentRect.width ?? 0)));
    watch.observe(target.current);
    return () => watch.disconnect();
  }, [target]);
  return width;
}
