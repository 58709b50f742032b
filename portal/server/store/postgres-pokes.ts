import pg from 'pg';
import { areasOf } from './areas/all.ts';
import { detailOf } from './failures.ts';
import { createHub } from './hub.ts';
import { CHANNEL, pokeOf, sqlOf } from './postgres-connection.ts';
import type { Poke, Pokes, StoreLog } from './types.ts';

export interface PostgresPokes extends Pokes {
  close(): Promise<void>;
}

export interface PokesOptions {
  readonly connection: pg.ClientConfig;
  readonly log: StoreLog;
  /** Milliseconds before the first try to hear again; doubled up to 10 seconds. */
  readonly retryMs: number;
  /** Milliseconds between two questions whether the connection still lives. */
  readonly askMs: number;
}

const LONGEST_MS = 10_000;
/** Units told at once when catching up. */
const STEP = 500;

/**
 * Hears the pokes of all server processes on a connection of its own. When that is lost it is made anew, and what moved
 * meanwhile is read from the heads and told then: a poke may come twice, but none is missed for good. Throws what the
 * database throws when the first connection cannot be made.
 */
export async function listen(options: PokesOptions): Promise<PostgresPokes> {
  const { log, retryMs, askMs } = options;
  const hub = createHub(log);
  /** Workspace -> the newest head that was told. */
  const told = new Map<string, number>();
  let client: pg.Client | null = null;
  let isClosed = false;
  let wait = retryMs;
  let timer: NodeJS.Timeout | null = null;
  const hear = (poke: Poke) => {
    if (poke.kind === 'unit') told.set(poke.workspaceId, Math.max(poke.head, told.get(poke.workspaceId) ?? 0));
    hub.tell([poke]);
  };
  const again = (reason: string) => {
    if (isClosed) return;
    log.warn('pokes are not heard', { detail: reason, ms: wait });
    timer = setTimeout(() => void connect('again').catch((error: unknown) => again(detailOf(error))), wait);
    timer.unref();
    wait = Math.min(wait * 2, LONGEST_MS);
  };
  const lost = (gone: pg.Client, reason: string) => {
    if (client !== gone) return;
    client = null;
    void gone.end().catch(() => undefined);
    again(reason);
  };
  const connect = async (time: 'first' | 'again') => {
    const made = await listening(options.connection, { hear, lost });
    // Listening first, then looking: a change in between is told twice rather than not at all.
    await (time === 'first' ? remember(made, told) : missed(made, told, hear)).catch((error: unknown) =>
      drop(made, error),
    );
    client = made;
    wait = retryMs;
    if (isClosed) await made.end();
  };
  await connect('first');
  // A connection that a network swallowed says nothing by itself.
  const asking = setInterval(() => {
    const asked = client;
    if (asked !== null) asked.query('SELECT 1').catch((error: unknown) => lost(asked, detailOf(error)));
  }, askMs);
  asking.unref();
  const close = async () => {
    isClosed = true;
    clearInterval(asking);
    if (timer !== null) clearTimeout(timer);
    await client?.end().catch(() => undefined);
  };
  return { subscribe: hub.subscribe, isHearing: () => client !== null && !isClosed, close };
}

interface Ears {
  readonly hear: (poke: Poke) => void;
  readonly lost: (client: pg.Client, reason: string) => void;
}

async function listening(connection: pg.ClientConfig, { hear, lost }: Ears): Promise<pg.Client> {
  const client = new pg.Client({ ...connection, application_name: 'closeboard pokes', keepAlive: true });
  client.on('error', (error) => lost(client, detailOf(error)));
  client.on('end', () => lost(client, 'ended'));
  client.on('notification', ({ payload }) => {
    const poke = pokeOf(payload);
    if (poke !== null) hear(poke);
  });
  await client
    .connect()
    .then(() => client.query(`LISTEN ${CHANNEL}`))
    .catch((error: unknown) => drop(client, error));
  return client;
}

async function drop(client: pg.Client, error: unknown): Promise<never> {
  await client.end().catch(() => undefined);
  throw error;
}

async function remember(client: pg.Client, told: Map<string, number>): Promise<void> {
  for (const { workspaceId, head } of await workspacesIn(client)) told.set(workspaceId, head);
}

async function missed(client: pg.Client, told: ReadonlyMap<string, number>, hear: (poke: Poke) => void): Promise<void> {
  for (const poke of await missedSince(client, told)) hear(poke);
}

function workspacesIn(client: pg.Client) {
  return areasOf(sqlOf(client, null)).workspaces.all();
}

/** Each unit that moved, and for each workspace that whoever holds a stream judges its rights again. */
async function missedSince(client: pg.Client, told: ReadonlyMap<string, number>): Promise<readonly Poke[]> {
  const { units } = areasOf(sqlOf(client, null));
  const pokes: Poke[] = [];
  for (const { workspaceId } of await workspacesIn(client)) {
    pokes.push({ kind: 'access', workspaceId, memberId: null });
    let after = told.get(workspaceId) ?? 0;
    for (let isLast = false; !isLast; ) {
      const moved = await units.moved({ workspaceId, after, limit: STEP });
      for (const { unitId, version, head } of moved.units)
        pokes.push({ kind: 'unit', workspaceId, unitId, version, head });
      after = moved.cursor;
      isLast = moved.isLast;
    }
  }
  return pokes;
}
