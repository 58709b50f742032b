import { useEffect, useState } from 'react';

/** Shorter than anybody looks at a page, longer than between two steps of a key that is held down. */
const SETTLED_MS = 90;

/** Whether this is still what is selected after a moment: a file that is only passed by is not opened. */
export function useSettled(id: string): boolean {
  const [settled, setSettled] = useState(id);
  useEffect(() => {
    if (id === settled) return;
    const timer = setTimeout(() => setSettled(id), SETTLED_MS);
    return () => clearTimeout(timer);
  }, [id, settled]);
  return settled === id;
}
