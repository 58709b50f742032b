import { useCanGoBack, useRouter } from '@tanstack/react-router';
import { type KeyboardEvent, useCallback, useEffect, useId, useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { SearchHit } from '../../../electron/contract/papers.ts';
import { asCallError } from '../../data/api.ts';
import { useDeal } from '../../data/queries.ts';
import { useReady } from '../../data/ready.ts';
import { SEARCH_LIMIT, type SearchPlace, useSearchAll, useSettled } from '../../data/search.ts';
import { Problem } from '../../ui/calm.tsx';
import { Icon } from '../../ui/icon.tsx';
import { KeyBar, useKeys } from '../../ui/keys.tsx';
import { SearchFilters } from './filters.tsx';
import { Hits, hitKey, inOrder } from './hits.tsx';
import { NoHits } from './no-hits.tsx';
import { useOpenHit } from './open-hit.ts';
import styles from './search.module.css';
import { useSearchPlace } from './search-place.ts';

const HINTS = [
  { keys: ['↑', '↓'], does: 'move' },
  { keys: ['Enter'], does: 'open' },
  { keys: ['Esc'], does: 'back' },
  { keys: ['Mod K'], does: 'find or do', isLast: true },
];

/** Everything that holds the words: deals, people, documents down to their text, notes. It stays in the field while one types. */
export function SearchScreen() {
  const { place, setPlace, flush } = useSearchPlace();
  const text = place.q ?? '';
  const { found, hits, asked, isBehind } = useFoundIn(place);
  const deal = useDeal(place.deal ?? null).data ?? null;
  useReady('search', asked === '' || found.data !== undefined || found.isError);
  const list = useHitList(hits, isBehind, flush);
  const field = useRef<HTMLInputElement>(null);
  useLayoutEffect(() => field.current?.select(), []);
  const back = useBack();
  useKeys({ Escape: back });

  function hear(event: KeyboardEvent): void {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Escape') back();
    else if (!list.hear(event.key)) return;
    event.preventDefault();
  }

  return (
    <div className={styles.frame}>
      <main className={styles.main} aria-label="Search">
        <header className={styles.head}>
          <h1>Search</h1>
          <div className={styles.field}>
            <Icon name="search" />
            <input
              ref={field}
              role="combobox"
              aria-expanded={hits.length > 0}
              aria-controls={list.id}
              aria-activedescendant={list.pickedId}
              aria-autocomplete="list"
              aria-label="Search everything"
              placeholder="Words of a deal, a person, a note or a document"
              value={text}
              maxLength={200}
              spellCheck={false}
              autoComplete="off"
              onChange={(event) => {
                setPlace({ ...place, q: event.target.value });
                list.restart();
              }}
              onKeyDown={hear}
            />
          </div>
          <SearchFilters
            place={place}
            deal={deal}
            onPlace={(next) => {
              setPlace(next);
              field.current?.focus();
            }}
          />
        </header>
        {found.isError ? (
          <Problem
            says="Closeboard could not search."
            detail={asCallError(found.error).message}
            onAgain={() => void found.refetch()}
          />
        ) : hits.length === 0 ? (
          <NoHits text={asked} isLooking={isBehind} place={place} onEverywhere={() => setPlace({ q: text })} />
        ) : (
          <Hits id={list.id} hits={hits} picked={list.at} isFull={hits.length >= SEARCH_LIMIT} onOpen={list.open} />
        )}
      </main>
      <p className="vh" role="status">
        {!isBehind && asked !== '' && `${hits.length === SEARCH_LIMIT ? 'The best ' : ''}${hits.length} found`}
      </p>
      <KeyBar hints={HINTS} />
    </div>
  );
}

/** The hits of a place, kind by kind. `isBehind` while they are still of what was typed before. */
function useFoundIn({ q = '', kinds, deal, open }: SearchPlace) {
  const text = q.trim();
  const asked = useSettled(text);
  const found = useSearchAll({
    text: asked,
    ...(kinds === undefined ? {} : { kinds: [...kinds] }),
    ...(deal === undefined ? {} : { dealId: deal }),
    ...(open === true ? { onlyActive: true } : {}),
  });
  const hits = useMemo(() => inOrder(asked === '' ? [] : (found.data ?? [])), [asked, found.data]);
  const isBehind = asked !== text || found.isPlaceholderData || (asked !== '' && found.isPending);
  return { found, hits, asked, isBehind };
}

/** Which hit is picked, by keys from the field; Enter opens it, and waits where the list is still of the letters before. */
function useHitList(hits: readonly SearchHit[], isBehind: boolean, flush: () => Promise<void>) {
  const prefix = useId();
  const [wanted, setWanted] = useState(0);
  const [isPressed, setPressed] = useState(false);
  const at = Math.min(wanted, hits.length - 1);
  const picked = hits[at];
  const go = useOpenHit();
  const open = useCallback((hit: SearchHit) => void flush().then(() => go(hit)), [flush, go]);
  useEffect(() => {
    if (!isPressed || isBehind) return;
    setPressed(false);
    if (picked !== undefined) open(picked);
  }, [isPressed, isBehind, picked, open]);
  const moves: Record<string, number> = { ArrowDown: at + 1, ArrowUp: at - 1, PageDown: at + 10, PageUp: at - 10 };
  return {
    id: `${prefix}-hits`,
    at,
    pickedId: picked === undefined ? undefined : `${prefix}-hits-${hitKey(picked)}`,
    open,
    restart: () => {
      setWanted(0);
      setPressed(false);
    },
    /** Whether the key was one of the list's. */
    hear: (key: string): boolean => {
      const to = moves[key];
      if (to !== undefined) setWanted(Math.max(0, Math.min(hits.length - 1, to)));
      else if (key === 'Enter') setPressed(true);
      else return false;
      return true;
    },
  };
}

function useBack(): () => void {
  const router = useRouter();
  const canGoBack = useCanGoBack();
  return () => {
    if (canGoBack) router.history.back();
    else void router.navigate({ to: '/board' });
  };
}
