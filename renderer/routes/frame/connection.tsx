import { Suspense, useEffect, useRef, useState } from 'react';
import { useToday } from '../../data/queries.ts';
import { useAnnounce, useSession } from '../../data/session.tsx';
import { useConnectionPane, useSync } from '../../data/sync.ts';
import { Icon } from '../../ui/icon.tsx';
import { preloadable } from '../../ui/preloadable.tsx';
import { useStore } from '../../ui/store.ts';
import styles from './connection.module.css';
import { type ConnectionFace, connectionFace, firstSentence } from './connection-words.ts';

/** What the foot of the rail opens. */
export const ConnectionPopover = preloadable(() =>
  import('./connection-popover.tsx').then((it) => it.ConnectionPopover),
);

/** The foot of the rail: whether everything is kept and shared. Opens what waits and how to go on. */
export function Connection() {
  const backend = useStore(useSession().backend);
  const state = useSync();
  const today = useToday();
  const pane = useConnectionPane();
  const isOpen = useStore(pane);
  const button = useRef<HTMLButtonElement>(null);
  // A change that is over before it can be read is not shown.
  const face = useLasting(connectionFace(state, today), 700);
  useStatusSaid();
  if (backend !== null)
    return (
      <div className="conn" role="status">
        <Icon name="waiting" />
        <b>{backend.state === 'gone' ? 'Not running' : 'Starting again'}</b>
        <span>Kept on this computer</span>
      </div>
    );
  return (
    <>
      <button
        ref={button}
        type="button"
        className={`conn ${styles.foot}`}
        aria-haspopup="dialog"
        aria-expanded={isOpen}
        title={`${face.title}. ${face.detail}`}
        onClick={() => pane.set(!isOpen)}
      >
        <Icon name={face.icon} />
        <b>{face.title}</b>
        <span>{face.detail}</span>
      </button>
      {isOpen && state && (
        <Suspense fallback={null}>
          <ConnectionPopover trigger={button} state={state} onClose={() => pane.set(false)} />
        </Suspense>
      )}
    </>
  );
}

/** Long enough that a short gap changes nothing on the screen. */
const BANNER_AFTER_MS = 8_000;

/** Over every screen while a shared portal cannot be reached: that one can go on, and what waits. */
export function OfflineBanner() {
  const state = useSync();
  const pane = useConnectionPane();
  const isOffline = state?.kind === 'shared' && state.status === 'offline';
  const since = state?.offlineSince ?? null;
  const isLong = useIsPast(isOffline, since);
  if (!isOffline || !isLong) return null;
  const [first, rest] = firstSentence(state.sentence);
  return (
    <aside className={`banner waiting ${styles.strip}`} aria-label="No connection">
      <Icon name="offline" />
      <span>
        <b>{first}</b> {rest}
      </span>
      {state.waiting > 0 && (
        <button type="button" className={`btn link push ${styles.what}`} onClick={() => pane.set(true)}>
          Look at what waits
        </button>
      )}
    </aside>
  );
}

function useIsPast(isOn: boolean, since: string | null): boolean {
  const [isPast, setPast] = useState(false);
  useEffect(() => {
    setPast(false);
    if (!isOn) return;
    const already = since === null ? 0 : Date.now() - Date.parse(since);
    const timer = setTimeout(() => setPast(true), Math.max(0, BANNER_AFTER_MS - Math.max(0, already)));
    return () => clearTimeout(timer);
  }, [isOn, since]);
  return isPast;
}

/** A face that has stood for a moment; what lasts is shown, what only passes is not. */
function useLasting(face: ConnectionFace, milliseconds: number): ConnectionFace {
  const [shown, setShown] = useState(face);
  const key = JSON.stringify(face);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the face is new at each drawing, its words are not
  useEffect(() => {
    const timer = setTimeout(() => setShown(face), milliseconds);
    return () => clearTimeout(timer);
  }, [key, milliseconds]);
  return shown;
}

/** Read out, politely: that the connection went and that it came back. What passes in between is noise. */
function useStatusSaid(): void {
  const state = useSync();
  const announce = useAnnounce();
  const said = useRef<string | null>(null);
  const isUp = state?.status === 'current' || state?.status === 'syncing';
  const now = state === undefined || state.status === 'starting' ? null : isUp ? 'up' : state.status;
  useEffect(() => {
    if (now === null || state === undefined || said.current === now) return;
    // How it stands when the window opens is on the screen; only a change is news.
    const isNews = said.current !== null || (now !== 'up' && now !== 'off');
    said.current = now;
    if (isNews) announce(now === 'up' ? 'Connected again.' : state.sentence);
  });
}
