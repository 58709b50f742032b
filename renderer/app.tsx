import { type QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { type RouterHistory, RouterProvider } from '@tanstack/react-router';
import { lazy, Suspense, useCallback, useEffect, useState } from 'react';
import { asCallError, call } from './data/api.ts';
import { HostEvents } from './data/events.tsx';
import { useUndoAny } from './data/inbox.ts';
import { DayNotices } from './data/notices.tsx';
import { useHostInfo, useRecords, useWorkspace } from './data/queries.ts';
import { type Session, SessionProvider, useSession } from './data/session.tsx';
import { applyLook } from './data/settings.ts';
import { type AppRouter, createAppRouter } from './router.ts';
import { Problem, Waiting } from './ui/calm.tsx';
import { IconSprite } from './ui/icon.tsx';
import { isOverlayOpen, isTyping, ModifierName } from './ui/keys.tsx';
import { useStore } from './ui/store.ts';

const Restore = lazy(() => import('./routes/restore/restore-screen.tsx').then((it) => ({ default: it.RestoreScreen })));

/** The whole page. `history` is for tests; the app keeps its place after the `#` of the address. */
export function App(props: {
  readonly queries: QueryClient;
  readonly session: Session;
  readonly history?: RouterHistory;
}) {
  const [router] = useState(() => createAppRouter(props.history));
  return (
    <QueryClientProvider client={props.queries}>
      <SessionProvider session={props.session}>
        <IconSprite />
        <Listening router={router} />
        <Spoken />
        <Modifier>
          <Gate router={router} />
        </Modifier>
      </SessionProvider>
    </QueryClientProvider>
  );
}

/** Without records there is nothing to show but what can be done about them. */
function Gate(props: { readonly router: AppRouter }) {
  const records = useRecords();
  const backend = useStore(useSession().backend);
  if (backend?.state === 'gone') return <Gone sentence={backend.sentence} />;
  if (records.isError)
    return (
      <Problem
        says="Closeboard could not read this."
        detail={asCallError(records.error).message}
        onAgain={() => void records.refetch()}
      />
    );
  if (records.data === undefined) return <Waiting says="Opening your records" />;
  if (records.data.kind === 'closed')
    return (
      <Suspense fallback={null}>
        <Restore closed={records.data} />
      </Suspense>
    );
  return (
    <>
      <Look />
      <DayNotices />
      <FoldersAgain />
      <RouterProvider router={props.router} />
    </>
  );
}

/** The backend stopped twice. What was done is safe; the host starts it again when it is asked for the records. */
function Gone(props: { readonly sentence: string }) {
  return (
    <main className="gone" role="alert">
      <h1>Closeboard has stopped</h1>
      <p className="t2">{props.sentence}</p>
      <p className="t2">
        Everything that said it was done is kept on this computer. If this comes back, close the window and start
        Closeboard again.
      </p>
      {/* A refusal leaves this screen as it is, with its sentence. */}
      <button type="button" className="btn go" onClick={() => void call('records:retry', {}).catch(() => {})}>
        Start the records again
      </button>
    </main>
  );
}

function Listening(props: { readonly router: AppRouter }) {
  const session = useSession();
  const undo = useUndoAny();
  const { router } = props;
  const openDeal = useCallback(
    (dealId: string) => void router.navigate({ to: '/deals/$dealId', params: { dealId } }),
    [router],
  );
  const menu = useCallback(
    (item: string) => {
      const does: Record<string, () => unknown> = {
        'new-deal': () => session.dialog.set('new-deal'),
        find: () => session.dialog.set('palette'),
        keys: () => session.dialog.set('keys'),
        undo: () => undo(),
        board: () => router.navigate({ to: '/board' }),
        today: () => router.navigate({ to: '/today' }),
        settings: () => router.navigate({ to: '/settings' }),
      };
      // The menu of the window knows nothing of focus: a field takes back its own typing, an open dialog keeps its entries.
      if (item === 'undo' && isTyping(document.activeElement)) document.execCommand('undo');
      else if (!isOverlayOpen()) does[item]?.();
    },
    [router, session, undo],
  );
  return <HostEvents onOpenDeal={openDeal} onMenu={menu} />;
}

/** A drive that was plugged in tells nobody: watched folders are looked through when the person comes back. */
function FoldersAgain() {
  useEffect(() => {
    let lastAt = performance.now();
    const again = () => {
      if (performance.now() - lastAt < FOLDERS_AGAIN_MS) return;
      lastAt = performance.now();
      call('folders:rescan', {}).catch(() => {
        // The records are closed: whatever opens them looks by itself.
      });
    };
    window.addEventListener('focus', again);
    return () => window.removeEventListener('focus', again);
  }, []);
  return null;
}

const FOLDERS_AGAIN_MS = 30_000;

function Look() {
  const settings = useWorkspace().data?.settings;
  useEffect(() => {
    if (settings) applyLook(settings);
  }, [settings]);
  return null;
}

function Modifier(props: { readonly children: React.ReactNode }) {
  const platform = useHostInfo().data?.platform;
  return <ModifierName value={platform === 'darwin' ? '⌘' : 'Ctrl'}>{props.children}</ModifierName>;
}

function Spoken() {
  const { text, turn } = useStore(useSession().spoken);
  return (
    <div className="vh" aria-live="polite" data-testid="spoken">
      <span key={turn}>{text}</span>
    </div>
  );
}
