import type { DeviceCaller, PortalContext } from '../context.ts';
import { WORKSPACE_UNIT } from '../store/areas/units.ts';
import type { Poke } from '../store/types.ts';
import { movedSince } from './pull.ts';

/** Where the text of one stream goes. */
export interface Sink {
  write(text: string): void;
  /** Bytes that the other side has not taken yet. */
  waiting(): number;
  end(): void;
}

/** All open streams of this process. */
export interface Streams {
  open(caller: DeviceCaller, sink: Sink): { readonly close: () => void };
  /** Ends all, and hears no more pokes. */
  close(): void;
  count(): number;
}

/** Open streams of one device; the oldest gives way, which most likely is a connection that nobody reads any more. */
const PER_DEVICE = 4;
const HEARTBEAT_MS = 20_000;
/** A desktop that does not read loses its stream rather than filling our memory; it asks for heads when it is back. */
const MOST_WAITING = 256 * 1024;
/** Heartbeats between two looks at rights without being poked: a lost poke must not keep a revoked stream for long. */
const LOOK_EVERY = 3;

interface Stream {
  readonly caller: DeviceCaller;
  readonly sink: Sink;
  /** Deals that an agent is on; null for who sees all of them. Empty until rights were read. */
  deals: ReadonlySet<string> | null;
  /** Pokes that came while rights are read, which are told afterwards by those rights. */
  held: Poke[] | null;
  /** Rights changed again while they were read. */
  isStale: boolean;
  isOver: boolean;
}

export function createStreams(context: PortalContext): Streams {
  const streams = new Set<Stream>();
  const end = (stream: Stream) => {
    if (stream.isOver) return;
    stream.isOver = true;
    streams.delete(stream);
    stream.sink.end();
  };
  const judge = (stream: Stream) => {
    if (stream.held !== null) {
      stream.isStale = true;
      return;
    }
    stream.held = [];
    void readRights(context, stream, end);
  };
  const unsubscribe = context.store.pokes.subscribe((poke) => {
    if (poke.workspaceId !== context.workspaceId) return;
    for (const stream of [...streams]) hear(stream, poke, { judge, end });
  });
  let beats = 0;
  const timer = setInterval(() => {
    beats += 1;
    for (const stream of [...streams]) {
      send(stream, ':\n\n', end);
      if (beats % LOOK_EVERY === 0) judge(stream);
    }
  }, HEARTBEAT_MS);
  timer.unref();
  return {
    open: (caller, sink) => {
      const own = [...streams].filter(({ caller: other }) => other.device.deviceId === caller.device.deviceId);
      for (const old of own.slice(0, Math.max(0, own.length - PER_DEVICE + 1))) end(old);
      const stream: Stream = { caller, sink, deals: new Set(), held: null, isStale: false, isOver: false };
      streams.add(stream);
      // Hears from here on; what it may hear is read now, since a right may have ended after the key was looked at.
      send(stream, 'retry: 3000\n\n', end);
      judge(stream);
      return {
        close: () => {
          stream.isOver = true;
          streams.delete(stream);
        },
      };
    },
    close: () => {
      unsubscribe();
      clearInterval(timer);
      for (const stream of [...streams]) end(stream);
    },
    count: () => streams.size,
  };
}

interface Acts {
  readonly judge: (stream: Stream) => void;
  readonly end: (stream: Stream) => void;
}

function hear(stream: Stream, poke: Poke, acts: Acts): void {
  if (poke.kind === 'access') {
    if (poke.memberId !== null && poke.memberId !== stream.caller.member.memberId) return;
    acts.judge(stream);
  }
  if (stream.held !== null) stream.held.push(poke);
  else tell(stream, poke, acts.end);
}

function tell(stream: Stream, poke: Poke, end: Acts['end']): void {
  const poked = pokeFor(stream, poke);
  if (poked !== null) send(stream, `data: ${JSON.stringify(poked)}\n\n`, end);
}

/** What the desktop is told; null for what it may not know of. */
function pokeFor({ deals }: Stream, poke: Poke): { readonly unitId: string; readonly version: number } | null {
  // Rights or the team changed: the desktop says hello again and asks for heads.
  if (poke.kind === 'access') return { unitId: WORKSPACE_UNIT, version: 1 };
  const { unitId, version } = poke;
  // Who may see a deal changed, which its own poke tells to whom it concerns.
  if (version === 0) return null;
  if (unitId === WORKSPACE_UNIT || deals === null || deals.has(unitId)) return { unitId, version };
  return null;
}

function send(stream: Stream, text: string, end: Acts['end']): void {
  if (stream.isOver) return;
  if (stream.sink.waiting() > MOST_WAITING) end(stream);
  else stream.sink.write(text);
}

/** Reads what this member may hear of, ends the stream when that is nothing any more, and tells what came meanwhile. */
async function readRights(context: PortalContext, stream: Stream, end: Acts['end']): Promise<void> {
  try {
    do {
      stream.isStale = false;
      const rights = await rightsOf(context, stream.caller);
      if (rights === null) return end(stream);
      stream.deals = rights.deals;
    } while (stream.isStale && !stream.isOver);
    const held = stream.held ?? [];
    stream.held = null;
    for (const poke of held) tell(stream, poke, end);
  } catch {
    // With the records away nobody's rights are known; the desktop comes back by itself.
    context.log.warn('rights of a stream were not read', { deviceId: stream.caller.device.deviceId });
    end(stream);
  }
}

async function rightsOf(
  { store, workspaceId }: PortalContext,
  { device, member }: DeviceCaller,
): Promise<{ readonly deals: ReadonlySet<string> | null } | null> {
  return store.read(async (read) => {
    const now = await read.devices.get(workspaceId, device.deviceId);
    const who = await read.members.get(workspaceId, member.memberId);
    const isSame = now !== null && now.revokedAt === null && now.keyHash === device.keyHash;
    if (!isSame || who === null || who.revokedAt !== null) return null;
    if (who.role !== 'agent') return { deals: null };
    const { units } = await movedSince(read, who, 0);
    return { deals: new Set(units.filter(({ isRevoked }) => !isRevoked).map(({ unitId }) => unitId)) };
  });
}
