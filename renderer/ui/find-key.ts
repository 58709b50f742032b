import { type RefObject, useEffect, useRef } from 'react';
import { keyName } from './keys.tsx';

/**
 * Ctrl F looks in the file that is shown, wherever the focus is: in the open dialog if there is one, and of two files
 * beside each other in the second, which is the newer.
 */
export function useFindKey(paper: RefObject<HTMLElement | null>, find: () => void): void {
  const latest = useRef(find);
  latest.current = find;
  useEffect(() => {
    const hear = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.altKey || event.shiftKey || keyName(event) !== 'mod+f') return;
      const place = document.querySelector('[data-overlay]') ?? document;
      const papers = [...place.querySelectorAll('[data-paper]')];
      const own = papers.find((one) => one.contains(document.activeElement)) ?? papers.at(-1);
      if (own === undefined || own !== paper.current) return;
      event.preventDefault();
      latest.current();
    };
    document.addEventListener('keydown', hear);
    return () => document.removeEventListener('keydown', hear);
  }, [paper]);
}

/** Back into the field that is open already, with what was typed selected. */
export function findIn(paper: HTMLElement | null): void {
  const field = paper?.querySelector<HTMLInputElement>('search input');
  field?.focus();
  field?.select();
}
