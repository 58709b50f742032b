import { useEffect, useSyncExternalStore } from 'react';
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
    afterPaint(() => {
      setPainted();
      if (screen !== 'board' || isMarked) return;
      isMarked = true;
      void hostApi().call('host:mark', { name: 'board/painted' });
    });
  }, [screen, isShown]);
  useEffect(() => () => void delete document.documentElement.dataset.ready, []);
}

/** Two frames: the first is asked for before the paint of this one. */
function afterPaint(then: () => void): void {
  requestAnimationFrame(() => requestAnimationFrame(then));
}

let isPainted = false;
const waiting = new Set<() => void>();

function setPainted(): void {
  isPainted = true;
  for (const tell of waiting) tell();
}

/** False until the first screen stands there with its data: what nobody sees before that can wait for it. */
export function useIsPainted(): boolean {
  return useSyncExternalStore(
    (tell) => {
      waiting.add(tell);
      return () => void waiting.delete(tell);
    },
    () => isPainted,
  );
}
