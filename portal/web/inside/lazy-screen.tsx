import { type ComponentType, useCallback, useEffect, useState } from 'react';
import { ask } from '../ask.ts';
import { useWords } from '../words.ts';
import type { At, ScreenName } from './at.ts';
import { Screen } from './screen.tsx';
import { loaders, type ScreenProps } from './screens.ts';
import { Scrolled } from './scrolled.ts';

/** Those that are here already: a second visit draws them at once. */
const loaded = new Map<ScreenName, ComponentType<ScreenProps>>();

interface LazyProps {
  readonly at: At;
  readonly scrolledTo: number | null;
}

/** Draws a screen whose code comes when it is first asked for; says so when it does not come. */
export function LazyScreen({ at, scrolledTo }: LazyProps) {
  const name = at.screen as ScreenName;
  const [Found, setFound] = useState<ComponentType<ScreenProps> | null>(() => loaded.get(name) ?? null);
  const [hasFailed, setHasFailed] = useState(false);
  const load = useCallback(async () => {
    setHasFailed(false);
    try {
      const found = await loaders[name]();
      loaded.set(name, found);
      setFound(() => found);
    } catch {
      setHasFailed(true);
    }
  }, [name]);
  useEffect(() => {
    if (!loaded.has(name)) void load();
  }, [load, name]);
  if (Found !== null)
    return (
      <Scrolled value={scrolledTo}>
        <Found at={at} />
      </Scrolled>
    );
  return hasFailed ? <NotLoaded onTry={load} /> : <Loading />;
}

function Loading() {
  const { screen } = useWords();
  return (
    <Screen title={screen.loading}>
      <p role="status" className="t2">
        {screen.wait}
      </p>
    </Screen>
  );
}

/** Tries by itself when the signal is back. */
function NotLoaded({ onTry }: { readonly onTry: () => Promise<void> }) {
  const words = useWords();
  useEffect(() => {
    const onOnline = () => void onTry();
    addEventListener('online', onOnline);
    return () => removeEventListener('online', onOnline);
  }, [onTry]);
  const press = async () => {
    // With a signal and without its file, the pages are newer than this one: a reload comes back to the same screen.
    const isReachable = (await ask('where', {})).ok;
    if (isReachable) location.reload();
    else await onTry();
  };
  return (
    <Screen title={words.screen.failed}>
      <p role="alert">{words.screen.failedText}</p>
      <button type="button" className="btn go" onClick={() => void press()}>
        {words.tryAgain}
      </button>
    </Screen>
  );
}
