import { Outlet, useLocation, useNavigate, useRouter } from '@tanstack/react-router';
import { Suspense, useEffect } from 'react';
import { flushSync } from 'react-dom';
import { useUndoAny } from '../../data/inbox.ts';
import { useSession } from '../../data/session.tsx';
import { useConnectionPane } from '../../data/sync.ts';
import { DropCatcher } from '../../ui/drop-zone.tsx';
import { Icon } from '../../ui/icon.tsx';
import { JobBar } from '../../ui/job-bar.tsx';
import { useKeepFocus } from '../../ui/keep-focus.ts';
import { useKeys } from '../../ui/keys.tsx';
import { preloadable } from '../../ui/preloadable.tsx';
import { useStore } from '../../ui/store.ts';
import { ToastRegion } from '../../ui/toast.tsx';
import { ConnectionPopover, OfflineBanner } from './connection.tsx';
import styles from './frame.module.css';
import { Rail } from './rail.tsx';

const NewDeal = preloadable(() => import('../new-deal/new-deal-dialog.tsx').then((it) => it.NewDealDialog));
const Palette = preloadable(() => import('./palette.tsx').then((it) => it.Palette));
const AllKeys = preloadable(() => import('./all-keys.tsx').then((it) => it.AllKeys));
const loadDeal = () => import('../deal/deal-screen.tsx');

/** Rail, screen, and what floats over both. */
export function Frame() {
  const session = useSession();
  const backend = useStore(session.backend);
  useFrameKeys();
  useKeepFocus();
  useWarmUp();
  return (
    <div className="desk">
      <Rail />
      <div className={styles.screen}>
        {backend?.state === 'restarting' && (
          <p className={`banner waiting ${styles.strip}`} role="status">
            <Icon name="waiting" />
            <span>{backend.sentence}</span>
          </p>
        )}
        <OfflineBanner />
        <div className={styles.place}>
          <Outlet />
        </div>
        <JobBar />
      </div>
      <Floating />
      <DropCatcher />
      <Toasts />
    </div>
  );
}

function Floating() {
  const session = useSession();
  const open = useStore(session.dialog);
  const close = () => session.dialog.set(null);
  return (
    <Suspense fallback={null}>
      {open === 'new-deal' && <NewDeal onClose={close} />}
      {open === 'palette' && <Palette onClose={close} />}
      {open === 'keys' && <AllKeys onClose={close} />}
    </Suspense>
  );
}

function Toasts() {
  const session = useSession();
  const toast = useStore(session.toast);
  const undo = useUndoAny();
  const router = useRouter();
  const here = useLocation({ select: ({ pathname }) => pathname });
  const what = toast?.undo ?? null;
  return (
    <ToastRegion
      toast={toast}
      here={here}
      onUndo={what === null ? null : () => void undo(what)}
      onLink={(to) => {
        toast?.link?.does?.();
        session.toast.set(null);
        router.history.push(to);
      }}
      onClose={() => session.toast.set(null)}
    />
  );
}

function useFrameKeys(): void {
  const session = useSession();
  const navigate = useNavigate();
  const undo = useUndoAny();
  const pane = useConnectionPane();
  const newDeal = () => session.dialog.set('new-deal');
  // At once, so that the next letter typed is already the field's.
  const find = () => flushSync(() => session.dialog.set('palette'));
  useKeys({
    n: newDeal,
    'mod+n': newDeal,
    'mod+k': find,
    '/': find,
    'mod+z': () => void undo(),
    '?': () => session.dialog.set('keys'),
    b: () => void navigate({ to: '/board' }),
    t: () => void navigate({ to: '/today' }),
    i: () => void navigate({ to: '/inbox' }),
    g: () => void navigate({ to: '/attention' }),
    y: () => pane.set(true),
  });
}

/** Loads what is opened next while nobody waits for it. */
function useWarmUp(): void {
  useEffect(() => {
    const timer = setTimeout(
      () =>
        void Promise.all([
          Palette.preload(),
          loadDeal(),
          NewDeal.preload(),
          AllKeys.preload(),
          ConnectionPopover.preload(),
        ]),
      400,
    );
    return () => clearTimeout(timer);
  }, []);
}
