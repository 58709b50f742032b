import { Outlet, useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useEffect } from 'react';
import { flushSync } from 'react-dom';
import { useUndo } from '../../data/commands.ts';
import { useSession } from '../../data/session.tsx';
import { Icon } from '../../ui/icon.tsx';
import { useKeys } from '../../ui/keys.tsx';
import { useStore } from '../../ui/store.ts';
import { ToastRegion } from '../../ui/toast.tsx';
import styles from './frame.module.css';
import { Palette } from './palette.tsx';
import { Rail } from './rail.tsx';

const loadNewDeal = () => import('../new-deal/new-deal-dialog.tsx');
const loadDeal = () => import('../deal/deal-screen.tsx');
const NewDeal = lazy(() => loadNewDeal().then((it) => ({ default: it.NewDealDialog })));
const AllKeys = lazy(() => import('./all-keys.tsx').then((it) => ({ default: it.AllKeys })));

/** Rail, screen, and what floats over both. */
export function Frame() {
  const session = useSession();
  const backend = useStore(session.backend);
  useFrameKeys();
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
        <div className={styles.place}>
          <Outlet />
        </div>
      </div>
      <Floating />
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
  const undo = useUndo();
  const what = toast?.undo ?? null;
  return (
    <ToastRegion
      toast={toast}
      onUndo={what === null ? null : () => void undo(what)}
      onClose={() => session.toast.set(null)}
    />
  );
}

function useFrameKeys(): void {
  const session = useSession();
  const navigate = useNavigate();
  const undo = useUndo();
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
  });
}

/** Loads what is opened next while nobody waits for it. */
function useWarmUp(): void {
  useEffect(() => {
    const timer = setTimeout(() => void Promise.all([loadDeal(), loadNewDeal()]), 1_500);
    return () => clearTimeout(timer);
  }, []);
}
