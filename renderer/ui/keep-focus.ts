import { useEffect } from 'react';
import { isOverlayOpen } from './keys.tsx';

/** A dialog that closes gives the focus back by itself first. */
const SETTLED_MS = 80;

/**
 * When what had the focus goes away with what was done (a row removed, a form put away), the focus goes to the selected
 * row of the screen, else to the screen. It never falls back to the top of the page.
 */
export function useKeepFocus(): void {
  useEffect(() => {
    let last: Element | null = null;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const remember = (event: FocusEvent) => {
      last = event.target instanceof Element ? event.target : null;
    };
    const settle = () => {
      if (document.activeElement !== document.body || isOverlayOpen()) return;
      const place = document.querySelector<HTMLElement>('main');
      const row = place?.querySelector<HTMLElement>('[role="option"][tabindex="0"]');
      if (row == null && place !== null && !place.hasAttribute('tabindex')) place.tabIndex = -1;
      last = null;
      (row ?? place)?.focus({ preventScroll: true });
    };
    const watcher = new MutationObserver(() => {
      if (last === null || last.isConnected || document.activeElement !== document.body) return;
      clearTimeout(timer);
      timer = setTimeout(settle, SETTLED_MS);
    });
    document.addEventListener('focusin', remember);
    watcher.observe(document.body, { childList: true, subtree: true });
    return () => {
      clearTimeout(timer);
      watcher.disconnect();
      document.removeEventListener('focusin', remember);
    };
  }, []);
}
