import type { HelloReply } from '../../../core/sync/wire.ts';
import type { Write } from '../../../db/handles.ts';
import { becomeMember } from '../../../db/sync/move.ts';
import { takeTeam } from '../../../db/sync/team.ts';
import type { OwnPortal } from '../../contract/wire.ts';
import { dealCacheOf } from '../services/deal-cache.ts';
import { createAccount } from './account.ts';
import { createPortalClient } from './client.ts';
import { type Connection, connect } from './connection.ts';
import { KEY_SECRET, type SyncDeps } from './deps.ts';
import type { RoundEnd } from './engine.ts';
import { openKeeper } from './keeper.ts';
import { removeLeft } from './leave.ts';
import { createStatus } from './status.ts';
import type { PortalClient, Sync } from './types.ts';

/** How long until the portal of this computer is asked again after it did not sign its own desktop in, in milliseconds. */
const RESTART_MS = 5_000;
/** So often `currentAt` is written when nothing else is, in milliseconds. */
const CURRENT_MS = 10 * 60_000;

/** The desktop's side of the portal, from when the board stands until the records close. */
export function createSync(deps: SyncDeps): Sync {
  const { own, office, host, files, log, emit, nowDate } = deps;
  const keeper = openKeeper(own, ({ deals, before, after }) => {
    if (deals.length > 0) emit({ type: 'deals:changed', dealIds: [...deals] });
    // Also where nothing looks different: what only this computer had may go up once the server has its row.
    const switched = [...before.wanted.keys()].filter((unitId) => !after.wanted.has(unitId));
    if (switched.length > 0) files.followed(switched);
    if (before.isSignedOut !== after.isSignedOut) status.way(client !== null);
    status.changed();
  });
  const status = createStatus({
    ...{ own, keeper, nowDate, files: files.state },
    tell: (state) => emit({ type: 'sync:changed', state }),
  });
  files.watch(() => status.changed());
  let client: PortalClient | null = null;
  let connection: Connection | null = null;
  /** Grows whenever the way to the server is another one: what was begun before is let go. */
  let turn = 0;
  let isClosed = false;
  let persistedAt = 0;
  let restartTimer: NodeJS.Timeout | null = null;
  let stopListening: () => void = () => {};

  function greeted(write: Write, { team, at }: HelloReply): void {
    const { kind } = keeper.state();
    const isChanged = takeTeam(write, team, kind === 'own' ? office.profile().memberId : null);
    status.clock(new Date(at).getTime() - nowDate().getTime());
    if (isChanged) queueMicrotask(reloadOffice);
  }

  function reloadOffice(): void {
    if (isClosed) return;
    office.reload();
    emit({ type: 'workspace:changed' });
  }

  function ended(end: RoundEnd): void {
    status.ended(end);
    if (end.type === 'current' && nowDate().getTime() - persistedAt > CURRENT_MS) {
      persistedAt = nowDate().getTime();
      keeper.step((_write, state) => ({ state: { ...state, currentAt: nowDate().toISOString() } }));
    }
    if (end.type === 'current' || end.type === 'more') stillSignedIn();
    if (end.type !== 'signed-out') return;
    if (keeper.state().kind === 'own') askOwnAgain();
    else keeper.step((_write, state) => ({ state: { ...state, isSignedOut: true } }));
  }

  function stillSignedIn(): void {
    if (keeper.state().isSignedOut) keeper.step((_write, state) => ({ state: { ...state, isSignedOut: false } }));
  }

  function open(url: string, key: string): void {
    const made = createPortalClient({ url, key, log });
    turn += 1;
    client = made;
    status.way(true);
    const { timings } = deps;
    connection = connect({
      ...{ own, keeper, log, ended, greeted, client: made, moving: status.moving },
      seen: (dealId) => emit({ type: 'access:changed', dealId }),
      ...(timings === undefined ? {} : { timings }),
    });
    files.start(made);
  }

  /** True when nothing else began meanwhile, so that whoever asked goes on. */
  async function disconnect(): Promise<boolean> {
    turn += 1;
    const at = turn;
    const before = connection;
    client = null;
    connection = null;
    files.stop();
    status.way(false);
    await before?.close();
    return at === turn && !isClosed;
  }

  /** The portal of this computer came up or stopped: its own desktop signs in anew each time. */
  async function onPortal(portal: OwnPortal | null, why: string): Promise<void> {
    if (isClosed || keeper.state().kind !== 'own') return;
    // Meanwhile somebody may have signed in at a shared one, and that way must not be taken for this portal's.
    if (!(await disconnect())) return;
    if (portal === null) return status.way(false, why);
    await enrolOwn(portal, turn);
  }

  async function enrolOwn({ url, code }: OwnPortal, at: number): Promise<void> {
    const { renewing, deviceId } = keeper.state();
    const { memberId, name, office: workspaceName } = office.profile();
    const asked = await createPortalClient({ url, key: null, log }).ask('team/enrol', {
      ...{ code, memberId, name, workspaceName, email: '', deviceName: deps.deviceName },
      deviceId: renewing?.deviceId ?? deviceId,
    });
    if (at !== turn || isClosed) return;
    if (!asked.ok) {
      log.warn('the portal of this computer did not sign its desktop in', { type: asked.error.type });
      status.way(false, '');
      return askOwnAgain();
    }
    if (asked.value.memberId !== memberId) adopt(asked.value.memberId);
    open(url, asked.value.deviceKey);
  }

  /** Its code works once: wanted again, it tells another. */
  function askOwnAgain(): void {
    if (restartTimer !== null) return;
    restartTimer = setTimeout(() => {
      restartTimer = null;
      if (isClosed || keeper.state().kind !== 'own') return;
      host.wantPortal(true);
    }, deps.timings?.soonMs ?? RESTART_MS);
    restartTimer.unref();
  }

  /** The server knows the person at this computer under another id. */
  function adopt(memberId: string): void {
    keeper.step((write, state) => {
      becomeMember(write, memberId);
      return { state };
    });
    dealCacheOf(own.db).forget();
    reloadOffice();
    emit({ type: 'deals:changed', dealIds: [] });
  }

  async function begin(): Promise<void> {
    await removeLeft({ own, keeper });
    if (isClosed) return;
    stopListening();
    stopListening = host.onPortal((portal, why) => {
      onPortal(portal, why).catch((error: unknown) => log.defect('signing in at the own portal', error));
    });
    const { kind, url } = keeper.state();
    host.wantPortal(kind === 'own');
    if (kind === 'own') return status.changed();
    const at = turn;
    const { secret, problem } = await host.secret(KEY_SECRET);
    if (at !== turn || isClosed) return;
    status.keyProblem(problem);
    // Also where it was signed out the last time: the keychain may have been locked then. The server judges the key.
    if (secret !== null) open(url, secret);
    else keeper.step((_write, state) => ({ state: { ...state, isSignedOut: true } }));
  }

  const account = createAccount({
    ...deps,
    keeper,
    status,
    disconnect,
    open,
    begin,
    reloadOffice,
    client: () => client,
  });
  begin().catch((error: unknown) => log.defect('beginning to sync', error));
  return {
    state: status.state,
    client: () => client,
    nudge: () => {
      status.changed();
      connection?.wake();
    },
    tryNow: () => connection?.tryNow(),
    ...account,
    setFiles: (wanted) => {
      files.set(wanted);
      keeper.step((_write, state) => ({
        state: {
          ...state,
          filesPaused: wanted.isPaused ?? state.filesPaused,
          filesCap: wanted.cap === undefined ? state.filesCap : wanted.cap,
        },
      }));
    },
    close: async () => {
      isClosed = true;
      stopListening();
      if (restartTimer !== null) clearTimeout(restartTimer);
      status.close();
      turn += 1;
      await connection?.close();
      await files.close();
    },
  };
}
