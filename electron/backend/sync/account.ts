import { err, ok, type Result } from '../../../core/result.ts';
import { judgeProtocol, PROTOCOL_VERSION } from '../../../core/sync/protocol.ts';
import { signedIn } from '../../../core/sync/session.ts';
import { becomeMember, moveAll, ownDeals, renameMember } from '../../../db/sync/move.ts';
import { openCount } from '../../../db/sync/outbox.ts';
import { firstPortalState, type Standing } from '../../../db/sync/state.ts';
import { putMember } from '../../../db/write/members.ts';
import { dropWaiting } from '../../../db/write/remove-deal.ts';
import type { DeviceOutput } from '../../../portal/api/device-calls.ts';
import type { Answered, SyncState } from '../../contract/sync.ts';
import { dealCacheOf } from '../services/deal-cache.ts';
import { portalUrl } from './addresses.ts';
import { createPortalClient } from './client.ts';
import { KEY_SECRET, type SyncDeps } from './deps.ts';
import type { Keeper } from './keeper.ts';
import type { Status } from './status.ts';
import type { JoinWish, PortalClient, Sync } from './types.ts';

export interface AccountDeps extends SyncDeps {
  readonly keeper: Keeper;
  readonly status: Status;
  readonly client: () => PortalClient | null;
  readonly disconnect: () => Promise<boolean>;
  readonly open: (url: string, key: string) => void;
  /** Begins anew with what the standing says. */
  readonly begin: () => Promise<void>;
  readonly reloadOffice: () => void;
}

type Account = Pick<Sync, 'checkServer' | 'join' | 'signInAgain' | 'signOut'>;
type Enrolled = DeviceOutput<'team/enrol'>;
type No = Extract<Answered<SyncState>, { kind: 'no' }>;

const BUSY = refused('Signing in or out is under way already. Wait a moment, then look again.');
const SHARED_ALREADY = refused(
  'This computer is signed in at a portal that a team shares. Sign out there first, so that nothing of one team reaches another.',
);
const AGENT_WITH_DEALS = refused(
  'That code signs you in as an agent, and agents open no deals, so the ones on this computer would be lost to you. Nothing was changed here. Ask an admin to make you a coordinator and to give you a new code.',
);
const NOT_SHARED = refused('This computer is not signed in at a portal that a team shares. Nothing was changed.');

/** Signing in at a portal and out of it: one after another, and all or nothing on disk. */
export function createAccount(deps: AccountDeps): Account {
  const { own, office, host, keeper, status } = deps;
  let isBusy = false;

  async function alone(work: () => Promise<Answered<SyncState>>): Promise<Answered<SyncState>> {
    if (isBusy) return BUSY;
    isBusy = true;
    try {
      return await work();
    } finally {
      isBusy = false;
    }
  }

  async function enrol(url: string, wish: Omit<JoinWish, 'url'>): Promise<Result<Enrolled, No>> {
    const asked = await createPortalClient({ url, key: null, log: deps.log }).ask('team/enrol', {
      ...{ code: wish.code, deviceId: own.newId(), deviceName: wish.deviceName, memberId: office.profile().memberId },
      ...{ name: wish.name, email: wish.email, workspaceName: wish.workspaceName },
    });
    if (asked.ok) return asked;
    const { type, message } = asked.error;
    return err(type === 'offline' ? { kind: 'no', type, sentence: UNREACHABLE } : refused(message));
  }

  /** The key first: were it lost after the switch, the code that brought it would be used up. */
  async function switchTo(url: string, { deviceKey }: Enrolled, change: Parameters<Keeper['step']>[0]): Promise<void> {
    const { problem } = await host.keepSecret(KEY_SECRET, deviceKey);
    await deps.disconnect();
    keeper.step(change);
    dealCacheOf(own.db).forget();
    status.keyProblem(problem);
    deps.reloadOffice();
    deps.emit({ type: 'deals:changed', dealIds: [] });
    host.wantPortal(false);
    deps.open(url, deviceKey);
  }

  async function join(wish: JoinWish): Promise<Answered<SyncState>> {
    if (keeper.state().kind === 'shared') return SHARED_ALREADY;
    const there = await lookAt(wish.url);
    if (!there.ok) return there.error;
    const { url } = there.value;
    const enrolled = await enrol(url, wish);
    if (!enrolled.ok) return enrolled.error;
    const { memberId, role, workspaceName, deviceId, deviceKey } = enrolled.value;
    const client = createPortalClient({ url, key: deviceKey, log: deps.log });
    if (role === 'agent' && (await wouldLoseDeals(client, deviceId))) {
      await client.ask('team/sign-out', {});
      return AGENT_WITH_DEALS;
    }
    await switchTo(url, enrolled.value, (write, state) => {
      moveAll(write);
      becomeMember(write, memberId);
      putMember(write, { id: memberId, name: enrolled.value.name, role, email: wish.email });
      const place = { kind: 'shared', url, workspaceName, role } as const;
      return { state: { ...anew(state, deviceId), ...place } };
    });
    return { kind: 'ok', value: status.state() };
  }

  /** Agents open no deals: what is here and not at the portal would be refused there, and leave this computer. */
  async function wouldLoseDeals(client: PortalClient, deviceId: string): Promise<boolean> {
    const deals = ownDeals(own.db.read);
    if (deals.length === 0) return false;
    const asked = { protocol: PROTOCOL_VERSION, deviceId };
    const greeted = await client.ask('sync/hello', { ...asked, storeId: null });
    if (!greeted.ok || greeted.value.reply === null) return true;
    const { storeId } = greeted.value.reply;
    const listed = await client.ask('sync/heads', { ...asked, storeId, since: 0 });
    if (!listed.ok || listed.value.reply === null) return true;
    const there = new Set(listed.value.reply.units.map(({ unitId }) => unitId));
    return deals.some((dealId) => !there.has(dealId));
  }

  async function lookAt(typed: string): Promise<Result<{ readonly url: string; readonly isSetUp: boolean }, No>> {
    const url = portalUrl(typed);
    if (!url.ok) return err(refused(url.error));
    const asked = await createPortalClient({ url: url.value, key: null, log: deps.log }).ask('server/about', {});
    if (!asked.ok)
      return err(
        asked.error.type === 'offline' ? { kind: 'no', type: 'offline', sentence: UNREACHABLE } : refused(NO_PORTAL),
      );
    const { protocol, floor, isSetUp } = asked.value;
    const verdict = judgeProtocol(PROTOCOL_VERSION, { version: protocol, floor });
    return verdict.type === 'Fits' ? ok({ url: url.value, isSetUp }) : err(refused(verdict.sentence));
  }

  async function signInAgain(code: string): Promise<Answered<SyncState>> {
    const { kind, url } = keeper.state();
    if (kind !== 'shared') return NOT_SHARED;
    const { name } = office.profile();
    const enrolled = await enrol(url, { code, name, email: '', deviceName: deps.deviceName, workspaceName: '' });
    if (!enrolled.ok) return enrolled.error;
    const { deviceId, memberId, workspaceName, role } = enrolled.value;
    await switchTo(url, enrolled.value, (write, state) => {
      becomeMember(write, memberId);
      const session = signedIn(state, { deviceId, newId: own.newId() });
      return { state: { ...state, ...session, workspaceName, role, isSignedOut: false } };
    });
    return { kind: 'ok', value: status.state() };
  }

  async function signOut({ records, evenUnsent }: Parameters<Sync['signOut']>[0]): Promise<Answered<SyncState>> {
    if (keeper.state().kind !== 'shared') return NOT_SHARED;
    if (records === 'remove' && !evenUnsent) {
      const sentence = unsentWords(openCount(own.db.read), deps.files.state().up);
      if (sentence !== '') return refused(sentence);
    }
    // Without an answer the key is forgotten here all the same; an admin sees the computer among the devices.
    await deps.client()?.ask('team/sign-out', {});
    await deps.disconnect();
    const me = office.profile().memberId;
    keeper.step((write, state) => {
      const next = anew(state, own.newId());
      if (records === 'remove') {
        // What waits from here on is of deals that are opened while the team's go, and those stay.
        dropWaiting(write);
        return { state: { ...next, isLeaving: true } };
      }
      // Nobody else of the team is on the portal of this computer: what was theirs is this person's from now on.
      for (const { id } of office.members()) if (id !== me) renameMember(write, id, me);
      moveAll(write);
      return { state: next };
    });
    dealCacheOf(own.db).forget();
    await host.keepSecret(KEY_SECRET, null);
    status.keyProblem('');
    deps.emit({ type: 'deals:changed', dealIds: [] });
    await deps.begin();
    return { kind: 'ok', value: status.state() };
  }

  return {
    checkServer: async (url) => {
      const there = await lookAt(url);
      return there.ok ? { kind: 'ok', value: there.value } : there.error;
    },
    join: (wish) => alone(() => join(wish)),
    signInAgain: (code) => alone(() => signInAgain(code)),
    signOut: (wanted) => alone(() => signOut(wanted)),
  };
}

/** A portal that this desktop never spoke with: everything there is fetched before anything is sent. */
function anew({ filesPaused, filesCap }: Standing, deviceId: string): Standing {
  return { ...firstPortalState(deviceId), wanted: new Map(), isStartingOver: true, filesPaused, filesCap };
}

const UNREACHABLE =
  'Nothing answers at that address. Look at the address and your connection, then try again; nothing was changed.';
const NO_PORTAL = 'There is no Closeboard portal at that address. Ask whoever runs it for the right one.';

function unsentWords(steps: number, files: number): string {
  const parts = [
    ...(steps > 0 ? [steps === 1 ? '1 step' : `${steps} steps`] : []),
    ...(files > 0 ? [files === 1 ? '1 file' : `${files} files`] : []),
  ];
  if (parts.length === 0) return '';
  const one = steps + files === 1;
  return `${parts.join(' and ')} ${one ? 'has' : 'have'} not gone to the portal yet and would be lost. Wait until ${one ? 'it is' : 'they are'} sent, or sign out all the same.`;
}

function refused(sentence: string): No {
  return { kind: 'no', type: 'refused', sentence };
}
