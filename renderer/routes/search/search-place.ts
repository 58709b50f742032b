import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback, useEffect, useRef, useState } from 'react';
import { type SearchPlace, useSettled } from '../../data/search.ts';

/** Long enough that the address is not written for each letter. */
const SETTLED_MS = 200;

/**
 * What is searched for and through, as typed and pressed. The address of the screen follows in a moment, so that coming
 * back comes back to it; an address from elsewhere (the palette, back and forward) sets it.
 */
export function useSearchPlace(): {
  readonly place: SearchPlace;
  readonly setPlace: (next: SearchPlace) => void;
  /** Writes the address now; done before the screen is left. */
  readonly flush: () => Promise<void>;
} {
  const address = useSearch({ from: '/search' });
  const navigate = useNavigate();
  const [place, setPlace] = useState<SearchPlace>(address);
  const latest = useRef(place);
  latest.current = place;
  const inAddress = keyOf(address);
  const written = useRef(inAddress);
  // Addresses that were written here and have not come back yet.
  const underWay = useRef<readonly string[]>([]);

  useEffect(() => {
    const at = underWay.current.indexOf(inAddress);
    underWay.current = underWay.current.slice(at + 1);
    if (at >= 0 || inAddress === written.current) return;
    written.current = inAddress;
    setPlace(JSON.parse(inAddress) as SearchPlace);
  }, [inAddress]);

  const flush = useCallback(async () => {
    const key = keyOf(latest.current);
    if (key === written.current) return;
    written.current = key;
    underWay.current = [...underWay.current, key];
    await navigate({ to: '/search', search: JSON.parse(key) as SearchPlace, replace: true });
  }, [navigate]);
  const settled = useSettled(keyOf(place), SETTLED_MS);
  // biome-ignore lint/correctness/useExhaustiveDependencies: when typing rests
  useEffect(() => void flush(), [settled, flush]);
  return { place, setPlace, flush };
}

/** One spelling for one place; an empty text is none. */
function keyOf({ q, deal, kinds, open }: SearchPlace): string {
  return JSON.stringify({ ...(q ? { q } : {}), deal, kinds, open });
}
