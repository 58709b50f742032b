import { useCallback, useEffect, useRef, useState } from 'react';
import type { PersonHome } from '../../api/person-calls.ts';
import { ask } from '../ask.ts';
import { Icon } from '../icon.tsx';
import { Away, Opening } from '../screens/ends.tsx';
import { useWords } from '../words.ts';
import { Home } from './home.tsx';

/** Older than this, the page is asked for again when somebody comes back to it, in milliseconds. */
const FRESH_MS = 60_000;

interface Shown {
  readonly home: PersonHome;
  readonly at: Date;
}

/** The home page as it is now; without a connection as it was, with the time. */
export function HomePage({ onOut }: { readonly onOut: () => void }) {
  const words = useWords();
  const [shown, setShown] = useState<Shown | null>(null);
  const [isAway, setIsAway] = useState(false);
  const askedAt = useRef(0);
  const load = useCallback(async () => {
    askedAt.current = Date.now();
    const answer = await ask('home', {});
    if (answer.ok) setShown({ home: answer.value, at: new Date() });
    else if (answer.problem.type === 'not-signed-in' || answer.problem.type === 'confirm-first') return onOut();
    setIsAway(!answer.ok);
  }, [onOut]);
  useEffect(() => {
    if (askedAt.current === 0) void load();
    const onBack = () => {
      if (document.visibilityState === 'visible' && Date.now() - askedAt.current > FRESH_MS) void load();
    };
    const onOnline = () => void load();
    document.addEventListener('visibilitychange', onBack);
    addEventListener('online', onOnline);
    return () => {
      document.removeEventListener('visibilitychange', onBack);
      removeEventListener('online', onOnline);
    };
  }, [load]);
  const leave = async () => {
    await ask('sign-out', {});
    onOut();
  };
  if (shown === null) return isAway ? <Away onTry={() => void load()} /> : <Opening />;
  const when = shown.at.toLocaleTimeString(words.locale, { hour: 'numeric', minute: '2-digit' });
  return (
    <>
      {isAway && (
        <div className="strip" role="status">
          <Icon name="offline" />
          <span>{words.stale(when)}</span>
          <button type="button" className="plain" onClick={() => void load()}>
            {words.tryAgain}
          </button>
        </div>
      )}
      <Home home={shown.home} onLeave={() => void leave()} onOut={onOut} />
    </>
  );
}
