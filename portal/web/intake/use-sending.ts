import { useCallback, useEffect, useRef, useState } from 'react';
import type { Answer, Problem } from '../ask.ts';
import { useIntakeWords } from './words.ts';

/** One thing on its way to the portal, and what came of it. */
export interface Sending {
  readonly isBusy: boolean;
  readonly trouble: string | null;
  /** Takes back what is said, since the person is doing something about it. */
  calm(): void;
}

interface Ends<T> {
  readonly onDone: (value: T) => void;
  /** The answers or their link do not count any more. */
  readonly onOver: () => void;
}

/**
 * Sends what `start` was given, one at a time. Without a signal it says so, keeps it, and tries once more by itself as soon
 * as the browser says that there is one.
 */
export function useSending<T>({ onDone, onOver }: Ends<T>) {
  const words = useIntakeWords();
  const [isBusy, setIsBusy] = useState(false);
  const [trouble, setTrouble] = useState<string | null>(null);
  const [waiting, setWaiting] = useState<(() => Promise<Answer<T>>) | null>(null);
  const isUnderWay = useRef(false);
  const start = useCallback(
    async (send: () => Promise<Answer<T>>) => {
      if (isUnderWay.current) return;
      isUnderWay.current = true;
      setIsBusy(true);
      setTrouble(null);
      setWaiting(null);
      const told = await send();
      isUnderWay.current = false;
      setIsBusy(false);
      if (told.ok) return onDone(told.value);
      if (isOver(told.problem)) return onOver();
      setTrouble(words.problem(told.problem));
      if (told.problem.type === 'unreachable') setWaiting(() => send);
    },
    [onDone, onOver, words],
  );
  useEffect(() => {
    if (waiting === null) return undefined;
    const again = () => void start(waiting);
    addEventListener('online', again);
    return () => removeEventListener('online', again);
  }, [waiting, start]);
  const calm = useCallback(() => {
    setTrouble(null);
    setWaiting(null);
  }, []);
  return { isBusy, trouble, start, calm };
}

function isOver({ type }: Problem): boolean {
  return type === 'not-signed-in' || type === 'not-available';
}
