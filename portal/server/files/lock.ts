import { setTimeout as pause } from 'node:timers/promises';
import type { Lock, Locker } from '@tus/server';
import type { PortalContext } from '../context.ts';
import { refused } from './refusal.ts';

/** What a lock works with. Leases lie in the store, so they hold between server processes and end with a dead one. */
type LockContext = Pick<PortalContext, 'store' | 'workspaceId' | 'now' | 'newId'>;

const LEASE_MS = 6_000;
const RENEW_MS = 1_500;
/** A holder that could not renew stops by itself so long before somebody else may take over. */
const MARGIN_MS = 2_000;
const LOOK_MS = 120;
const PATIENCE_MS = 25_000;

export interface HeldLease {
  /** False when it may be somebody else's by now: whoever writes under it stops. */
  isSafe(): boolean;
  release(): Promise<void>;
}

interface LeaseWish {
  readonly name: string;
  readonly signal?: AbortSignal | undefined;
  /** Called when somebody else waits for it. */
  readonly onWanted?: () => void;
}

/** Waits for a lease and keeps it until it is released. Null when it stays taken for 25 seconds, or the signal ends it. */
export async function holdLease(
  context: LockContext,
  { name, signal, onWanted }: LeaseWish,
): Promise<HeldLease | null> {
  const owner = context.newId();
  const { leases } = context.store;
  const ask = (what: string, ms: number) => {
    const nowMs = context.now().getTime();
    return { workspaceId: context.workspaceId, name: what, owner, nowMs, untilMs: nowMs + ms };
  };
  const wanted = `${name}:wanted`;
  const until = performance.now() + PATIENCE_MS;
  let isWaiting = false;
  while (!(await leases.take(ask(name, LEASE_MS)))) {
    if (signal?.aborted || performance.now() > until) {
      if (isWaiting) await leases.release(ask(wanted, 0));
      return null;
    }
    // Who holds it sees this and ends: a request whose client is long gone must not keep the next one waiting.
    isWaiting = (await leases.take(ask(wanted, LEASE_MS))) || isWaiting;
    await pause(LOOK_MS);
  }
  if (isWaiting) await leases.release(ask(wanted, 0));
  return keep(context, { name, wanted, ask, onWanted: onWanted ?? (() => {}) });
}

interface Keep {
  readonly name: string;
  readonly wanted: string;
  readonly ask: (name: string, ms: number) => Parameters<LockContext['store']['leases']['take']>[0];
  readonly onWanted: () => void;
}

function keep({ store }: LockContext, { name, wanted, ask, onWanted }: Keep): HeldLease {
  let safeUntil = performance.now() + LEASE_MS - MARGIN_MS;
  let isOver = false;
  const renew = async () => {
    const at = performance.now();
    if (await store.leases.take(ask(name, LEASE_MS))) safeUntil = at + LEASE_MS - MARGIN_MS;
    else safeUntil = 0;
    if (!(await store.leases.take(ask(wanted, 0)))) onWanted();
    else await store.leases.release(ask(wanted, 0));
  };
  let renewing: Promise<void> = Promise.resolve();
  const next = (): ReturnType<typeof setTimeout> => {
    const made = setTimeout(() => {
      // A store that does not answer just now: the lease runs out by itself, and the writer stops in time.
      renewing = renew()
        .catch(() => {})
        .finally(() => {
          if (!isOver) timer = next();
        });
    }, RENEW_MS);
    made.unref();
    return made;
  };
  let timer = next();
  return {
    isSafe: () => !isOver && performance.now() < safeUntil,
    release: async () => {
      if (isOver) return;
      isOver = true;
      clearTimeout(timer);
      await renewing;
      clearTimeout(timer);
      await store.leases.release(ask(name, 0)).catch(() => {});
    },
  };
}

export const uploadLease = (uploadId: string): string => `upload:${uploadId}`;
export const blobLease = (sha256: string): string => `blob:${sha256}`;

/** The lock of tus by leases of the store. */
export interface UploadLocker extends Locker {
  /** Whether this process holds the upload and may go on writing to it. */
  isHeld(uploadId: string): boolean;
}

export function createUploadLocker(context: LockContext): UploadLocker {
  const held = new Map<string, { readonly lease: HeldLease; readonly cancel: () => void }>();
  return {
    isHeld: (uploadId) => held.get(uploadId)?.lease.isSafe() ?? false,
    newLock: (uploadId): Lock => ({
      lock: async (signal, cancel) => {
        // Within one process the holder is asked at once; another process looks at each renewal.
        held.get(uploadId)?.cancel();
        const cancelNow = () => void cancel();
        const lease = await holdLease(context, { name: uploadLease(uploadId), signal, onWanted: cancelNow });
        if (lease === null) throw refused('conflict', 'This file is being sent by another connection. Try again.', 423);
        held.set(uploadId, { lease, cancel: cancelNow });
      },
      unlock: async () => {
        const lock = held.get(uploadId);
        held.delete(uploadId);
        await lock?.lease.release();
      },
    }),
  };
}
