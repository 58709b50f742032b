import { useEffect } from 'react';
import { hostApi } from './api.ts';

let isMarked = false;

/**
 * Says on the page itself which screen stands there with its data: `<html data-ready="board">`. The first board that
 * was painted is also told to the host, once, for the start-up timing.
 */
export function useReady(screen: string, isShown: boolean): void {
  useEffect(() => {
    if (!isShown) return;
    document.documentElement.dataset.ready = screen;
    if (screen !== 'board' || isMarked) return;
    isMarked = true;
    // Two frames: the first is asked for before the paint of this one.
    requestAnimationFrame(() =>
      requestAnimationFrame(() => void hostApi().call('host:mark', { name: 'board/painted' })),
    );
  }, [screen, isShown]);
  useEffect(() => () => void delete document.documentElement.dataset.ready, []);
}
