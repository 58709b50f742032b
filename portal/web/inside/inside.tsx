import { useCallback, useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import type { PersonHome } from '../../api/person-home.ts';
import { ask, shownPage } from '../ask.ts';
import { helperOf } from '../home/helper.ts';
import { Home } from '../home/home.tsx';
import { Icon } from '../icon.tsx';
import { Away, Opening } from '../screens/ends.tsx';
import { forgetUnsent } from '../upload/unsent.tsx';
import { useWords } from '../words.ts';
import { type Acts, createActs } from './acts.ts';
import { Deal, type DealPage, type DoneTask } from './deal.ts';
import { dropDraft, forgetDrafts } from './drafts.ts';
import { createWay } from './history.ts';
import { dropAct, forgetActs, keepAct, keptActs } from './kept-acts.ts';
import { LazyScreen } from './lazy-screen.tsx';
import { UnsentActs } from './unsent-acts.tsx';

/** Older than this, the deal is asked for again when somebody comes back to the page, in milliseconds. */
const FRESH_MS = 60_000;

interface Shown {
  readonly home: PersonHome;
  readonly at: Date;
}

/** The deal of somebody who is in: it is asked for here, and every screen is drawn here. */
export function Inside({ onOut }: { readonly onOut: () => void }) {
  const deal = useShown(onOut);
  const acts = useActs(deal, onOut);
  useReturns(deal.load, deal.askedAt, acts);
  useKeptActs(acts, deal.shown?.home ?? null);
  const [way] = useState(() => createWay(window));
  const { at, scrolledTo } = useSyncExternalStore(way.listen, way.now);
  const [justDone, tellDone] = useState<DoneTask | null>(null);
  const { shown, load } = deal;
  const page = useMemo<DealPage | null>(
    () =>
      shown === null
        ? null
        : {
            ...{ home: shown.home, helper: helperOf(shown.home.people), acts, justDone, tellDone },
            ...{ refresh: load, go: way.go, back: way.back, leave: onOut },
          },
    [shown, acts, load, way, onOut, justDone],
  );
  const signOut = async () => {
    acts.close();
    await ask('sign-out', {});
    forgetActs();
    forgetDrafts();
    await forgetUnsent();
    onOut();
  };
  if (shown === null || page === null) return deal.isAway ? <Away onTry={() => void load()} /> : <Opening />;
  return (
    <Deal value={page}>
      {deal.isAway && <StaleStrip at={shown.at} onTry={() => void load()} />}
      <UnsentActs acts={acts} />
      {at.screen === 'home' ? (
        <Home scrolledTo={scrolledTo} onLeave={() => void signOut()} />
      ) : (
        <LazyScreen key={`${at.screen} ${at.id ?? ''} ${at.also ?? ''}`} at={at} scrolledTo={scrolledTo} />
      )}
    </Deal>
  );
}

function useShown(onOut: () => void) {
  const [shown, setShown] = useState<Shown | null>(null);
  const [isAway, setIsAway] = useState(false);
  const askedAt = useRef(0);
  const endsOn = useRef('');
  const load = useCallback(async () => {
    askedAt.current = Date.now();
    const answer = await ask('home', {});
    if (answer.ok) endsOn.current = answer.value.endsOn;
    if (answer.ok) setShown({ home: answer.value, at: new Date() });
    else if (answer.problem.type === 'not-signed-in' || answer.problem.type === 'confirm-first') return onOut();
    setIsAway(!answer.ok);
  }, [onOut]);
  return { shown, isAway, askedAt, endsOn, load };
}

function useActs({ load, endsOn }: ReturnType<typeof useShown>, onOut: () => void): Acts {
  const [acts] = useState(() =>
    createActs({
      send: ask,
      newId: () => crypto.randomUUID(),
      page: shownPage,
      later(work, ms) {
        const timer = setTimeout(work, ms);
        return () => clearTimeout(timer);
      },
      keep: (act) => keepAct(act, endsOn.current),
      drop(act, isDone) {
        dropAct(act);
        if (isDone && act.draft !== null) dropDraft(act.draft);
      },
      onRefresh: load,
      onOut,
    }),
  );
  useEffect(() => {
    acts.open();
    return () => acts.close();
  }, [acts]);
  return acts;
}

/** What was begun on this deal and has no answer, in a page that was closed or loaded again: it is sent now. */
function useKeptActs(acts: Acts, home: PersonHome | null): void {
  // A coordinator who looks as somebody else sends nothing of theirs.
  const pageId = home === null || home.isPreview ? null : home.pageId;
  useEffect(() => {
    if (pageId !== null) acts.take(keptActs().filter(({ page }) => page === pageId));
  }, [acts, pageId]);
}

/** When somebody comes back, or the signal does: what waits is sent, and what is shown is made fresh. */
function useReturns(load: () => Promise<void>, askedAt: { readonly current: number }, acts: Acts): void {
  useEffect(() => {
    if (askedAt.current === 0) void load();
    const onBack = () => {
      if (document.visibilityState !== 'visible') return;
      acts.againAll();
      if (Date.now() - askedAt.current > FRESH_MS) void load();
    };
    const onOnline = () => {
      acts.againAll();
      void load();
    };
    document.addEventListener('visibilitychange', onBack);
    addEventListener('online', onOnline);
    return () => {
      document.removeEventListener('visibilitychange', onBack);
      removeEventListener('online', onOnline);
    };
  }, [load, askedAt, acts]);
}

function StaleStrip({ at, onTry }: { readonly at: Date; readonly onTry: () => void }) {
  const words = useWords();
  const when = at.toLocaleTimeString(words.locale, { hour: 'numeric', minute: '2-digit' });
  return (
    <div className="strip" role="status">
      <Icon name="offline" />
      <span>{words.stale(when)}</span>
      <button type="button" className="plain" onClick={onTry}>
        {words.tryAgain}
      </button>
    </div>
  );
}
