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
 * meanwhile is read from the heads and told then: a poke may come twice, but none is missed for good.
 */
export async function listen(options: PokesOptions): Promise<PostgresPokes> {
  const hub = createHub(options.log);
  /** Workspace -> the newest head that was told. */
  const told = new Map<string, number>();
  let client: pg.Client | null = null;
  let isClosed = false;
  let wait = options.retryMs;
  let timer: NodeJS.Timeout | null = null;

  const hear = (poke: Poke) => {
    if (poke.kind === 'unit') told.set(poke.workspaceId, Math.max(poke.head, told.get(poke.workspaceId) ?? 0));
    hub.tell([poke]);
  };
  const lost = (gone: pg.Client, reason: string) => {
    if (client !== gone) return;
    client = null;
    gone.removeAllListeners('notification');
    void gone.end().catch(() => undefined);
    if (isClosed) return;
    options.log.warn('pokes are not heard', { detail: reason, ms: wait });
    again();
  };
  const again = () => {
    if (isClosed) return;
    timer = setTimeout(() => void connect('again').catch(retry), wait);
    timer.unref();
    wait = Math.min(wait * 2, LONGEST_MS);
  };
  const retry = (error: unknown) => {
    options.log.warn('pokes are not heard', { detail: detailOf(error), ms: wait });
    again();
  };
  const connect = async (time: 'first' | 'again') => {
    const made = new pg.Client({ ...options.connection, application_name: 'closeboard pokes', keepAlive: true });
    made.on('error', (error) => lost(made, detailOf(error)));
    made.on('end', () => lost(made, 'ended'));
    made.on('notification', ({ payload }) => {
      const poke = pokeOf(payload);
      if (poke !== null) hear(poke);
    });
    try {
      await made.connect();
      await made.query(`LISTEN ${CHANNEL}`);
      // Listening first, then looking: a change in between is told twice rather than not at all.
      if (time === 'again') for (const poke of await missedSince(made, told)) hear(poke);
      else for (const { workspaceId, head } of await workspacesIn(made)) told.set(workspaceId, head);
    } catch (error) {
      await made.end().catch(() => undefined);
      throw error;
    }
    if (isClosed) {
      await made.end();
      return;
    }
    client = made;
    wait = options.retryMs;
  };
  // A connection that a network swallowed says nothing by itself.
  const asking = setInterval(() => {
    const asked = client;
    if (asked !== null) asked.query('SELECT 1').catch((error: unknown) => lost(asked, detailOf(error)));
  }, options.askMs);
  asking.unref();

  await connect('first').catch((error: unknown) => {
    clearInterval(asking);
    throw error;
  });
  return {
    subscribe: hub.subscribe,
    isHearing: () => client !== null,
    close: async () => {
      isClosed = true;
      clearInterval(asking);
      if (timer !== null) clearTimeout(timer);
      const last = client;
      client = null;
      await last?.end().catch(() => undefined);
    },
  };
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
