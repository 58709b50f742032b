import { type RefObject, useEffect, useRef } from 'react';

/**
 * For words that take the place of the button that was pressed: without it the focus would fall back to the top of the
 * page. Gives it to them when `what` changes to something and nothing else has it.
 */
export function useCaughtFocus<T extends HTMLElement>(what: string | null): RefObject<T | null> {
  const target = useRef<T>(null);
  const before = useRef(what);
  useEffect(() => {
    const isNew = what !== null && what !== before.current;
    before.current = what;
    const { activeElement } = document;
    if (isNew && (activeElement === null || activeElement === document.body))
      target.current?.focus({ preventScroll: true });
  }, [what]);
  return target;
}
