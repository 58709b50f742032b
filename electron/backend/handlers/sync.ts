import { hostname } from 'node:os';
import type { Id } from '../../../core/deals/model.ts';
import { nameplateOf } from '../../../core/deals/summarise.ts';
import { startRenewal } from '../../../core/sync/session.ts';
import { inWrite } from '../../../db/handles.ts';
import { openEntries } from '../../../db/sync/outbox.ts';
import { readStanding, writeStanding } from '../../../db/sync/state.ts';
import { hasCommand } from '../../../db/write/apply-changes.ts';
import type { CallOutput } from '../../contract/calls.ts';
import type { HostEvent } from '../../contract/events.ts';
import { localDay } from '../services/clock.ts';
import { dealCacheOf } from '../services/deal-cache.ts';
import type { CommandRunner } from '../services/run-command.ts';
import { createTellActs } from '../services/tell-acts.ts';
import { didWords } from '../sync/attention-words.ts';
import { createLazySync, type LazySync } from '../sync/lazy.ts';
import { noPortal } from '../sync/no-portal.ts';
import type { FileQueue } from '../sync/types.ts';
import type { ParsedInput } from '../types.ts';
import type { Open } from './context.ts';
import type { Files } from './files.ts';

/** As many of the steps that wait as a list shows. */
const MOST_WAITING = 500;

/** The desktop's side of the portal of one opened set of records. */
export function openSync(
  { deps, db, office, newId, datesOf }: Pick<Open, 'deps' | 'db' | 'office' | 'newId' | 'datesOf'>,
  { summarise, follow, workspace, actor }: CommandRunner,
  files: () => Files | null,
): LazySync {
  const { log, now, host = noPortal, syncAfterMs } = deps;
  const dealOf = (dealId: Id) => dealCacheOf(db).get(db.read, dealId);
  const acts = createTellActs({ dealOf, datesOf, today: () => localDay(now()), emit: deps.emit });
  const emit = (event: HostEvent) => {
    deps.emit(event);
    if (event.type === 'deals:changed') acts.tell(event.dealIds);
  };
  return createLazySync({
    own: {
      ...{ db, newId, summarise, now: () => now().toISOString() },
      ground: () => ({
        ...{ workspace: workspace(), actor: actor() },
        onThrow: (thrown) => log.defect('deciding a step again', thrown),
      }),
      follow: (write, changes) => {
        acts.note(changes);
        follow?.(write, { dealId: '', changes, deal: null });
      },
    },
    ...{ office, host, log, emit, nowDate: now, deviceName: hostname().slice(0, 120) || 'Computer' },
    ...(syncAfterMs === undefined ? {} : { beginAfterMs: syncAfterMs }),
    makeFiles: () => makeFileQueue({ deps, db }, files),
  });
}

/** Moves what the deals' rows name; what it moves with is loaded when something first moves. */
async function makeFileQueue({ deps, db }: Pick<Open, 'deps' | 'db'>, files: () => Files | null): Promise<FileQueue> {
  const { log, now, folder, emit } = deps;
  const { createFileQueue } = await import('../sync/files/queue.ts');
  const standing = readStanding(db.read);
  return createFileQueue({
    ...{ db, log, now, folder },
    wanted: { isPaused: standing?.filesPaused ?? false, cap: standing?.filesCap ?? null },
    load: async () => {
      const ready = files();
      if (ready === null) throw new Error('the records were closed meanwhile');
      const { papers } = await ready.load();
      return {
        vault: papers.deps.vault,
        arrived: (dealIds) => {
          papers.reader.wake();
          emit({ type: 'deals:changed', dealIds: [...dealIds] });
        },
      };
    },
  });
}

/** A backup was put back: what was done since has numbers that the server may know, so this desktop takes a new id. */
export function noteRestored({ db, newId }: Pick<Open, 'db' | 'newId'>): void {
  const standing = readStanding(db.read);
  if (standing === null) return;
  const session = startRenewal(standing, { newId: newId(), didForget: false });
  inWrite(db, (write) => writeStanding(write, standing, { ...standing, ...session }));
}

export function getSyncState(open: Open): CallOutput<'sync:state'> {
  return open.sync.state();
}

export function trySyncNow(open: Open): CallOutput<'sync:try-now'> {
  open.sync.tryNow();
  return open.sync.state();
}

/** What goes out when the connection is back, oldest first. */
export function listWaiting(open: Open): CallOutput<'sync:waiting'> {
  const cache = dealCacheOf(open.db);
  return openEntries(open.db.read, MOST_WAITING).map(({ command }) => {
    const deal = cache.get(open.db.read, command.dealId);
    const { plate, street } = deal === null ? { plate: '', street: '' } : nameplateOf(deal);
    const label = hasCommand(open.db.read, command.id)?.label;
    return {
      ...{ commandId: command.id, dealId: command.dealId, at: command.at },
      ...{ plate, street },
      side: deal?.row.side ?? 'buyer',
      sentence: label ?? didWords(open.office.workspace(), command, deal),
    };
  });
}

export function checkServer(open: Open, { url }: ParsedInput<'sync:check-server'>) {
  return open.sync.checkServer(url);
}

export function joinServer(open: Open, wish: ParsedInput<'sync:join'>) {
  return open.sync.join(wish);
}

export function signInAgain(open: Open, { code }: ParsedInput<'sync:sign-in-again'>) {
  return open.sync.signInAgain(code);
}

export function signOut(open: Open, wanted: ParsedInput<'sync:sign-out'>) {
  return open.sync.signOut(wanted);
}

export function setFiles(open: Open, wanted: ParsedInput<'sync:files'>): CallOutput<'sync:files'> {
  open.sync.setFiles(wanted);
  return open.sync.state();
}
