import { useState } from 'react';

/**
 * What is being typed over a stored value. When the stored value changes, here or in another window, the field follows
 * it; the field itself stays where it is, and so does the focus.
 */
export function useFollowing<T>(stored: T): readonly [T, (next: T) => void] {
  const key = JSON.stringify(stored);
  const [seen, setSeen] = useState(key);
  const [draft, setDraft] = useState(stored);
  if (seen !== key) {
    setSeen(key);
    setDraft(stored);
    return [stored, setDraft];
  }
  return [draft, setDraft];
}
