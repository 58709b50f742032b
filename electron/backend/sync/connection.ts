import type { Id } from '../../../core/deals/model.ts';
import { versionOf } from '../../../core/sync/heads.ts';
import { unitFacts } from '../../../db/sync/load-unit.ts';
import { createEngine, type EngineDeps, type RoundEnd } from './engine.ts';
import { listenToPokes } from './pokes.ts';

/** One signed-in way to a server, kept in step until it is closed or the server does not know us any more. */
export interface Connection {
  /** Something is to be sent: a round begins soon. */
  wake(): void;
  /** A person asks: at once, whatever happened before. */
  tryNow(): void;
  close(): Promise<void>;
}

export interface ConnectionDeps extends Omit<EngineDeps, 'signal'> {
  readonly ended: (end: RoundEnd) => void;
  /** The server hints at a deal whose rows are here already: something was seen, fetched or denied, which only its trail says. */
  readonly seen: (unitId: Id) => void;
  /** From 0 to 1, for spreading who comes when. */
  readonly random?: () => number;
  readonly timings?: Timings;
}

export interface Timings {
  /** With hints from the server, and without, in milliseconds. */
  readonly pollPokedMs: number;
  readonly pollMs: number;
  readonly soonMs: number;
  readonly mostMs: number;
  readonly oldMs: number;
}

export const TIMINGS: Timings = {
  pollPokedMs: 60_000,
  pollMs: 30_000,
  soonMs: 1_000,
  mostMs: 60_000,
  oldMs: 10 * 60_000,
};

/** The unit by which a server says that rights or the team changed. */
const WORKSPACE = 'workspace';

export function connect(deps: ConnectionDeps): Connection {
  const { own, client, log, ended, seen, random = Math.random, timings = TIMINGS } = deps;
  const closing = new AbortController();
  const { signal } = closing;
  const engine = createEngine({ ...deps, signal });
  let failures = 0;
  let arePokesOpen = false;
  let listening: Promise<void> | null = null;
  /** What the server hinted at while a round ran. */
  const hints = new Map<Id, number>();
  let isWoken = false;
  let isAsked = false;
  let stir: () => void = () => {};

  const wake = () => {
    isWoken = true;
    stir();
  };
  const lookAgain = () => {
    engine.greetAgain();
    wake();
  };
  const later = (work: () => void) => {
    setTimeout(work, timings.soonMs).unref();
  };
  const listen = () => {
    listening ??= listenToPokes(
      client,
      {
        onPoke: ({ unitId, version }) => {
          if (unitId === WORKSPACE) engine.greetAgain();
          else if (isHere(unitId, version)) return seen(unitId);
          hints.set(unitId, version);
          stir();
        },
        onOpen: (isOpen) => {
          arePokesOpen = isOpen;
          // What was hinted at while nobody listened is asked for; a server may also end the stream to be greeted anew.
          if (!isOpen && !signal.aborted) return later(lookAgain);
          lookAgain();
        },
      },
      signal,
    ).finally(() => {
      listening = null;
    });
  };
  const isHere = (unitId: Id, version: number) => {
    const facts = unitId === WORKSPACE ? undefined : unitFacts(own.db.read, unitId);
    return facts !== undefined && version <= versionOf(facts);
  };
  /** Whether a hint names something that is not here yet: our own commands are hinted at, too. */
  const isNews = () => {
    const news = [...hints].some(([unitId, version]) => !isHere(unitId, version));
    hints.clear();
    return news;
  };

  /** Until it is time, or something stirs; not before a moment has passed since a failure, but for a person who asks. */
  async function rest(end: RoundEnd): Promise<void> {
    const { ms, atLeast } = delayOf(end, { failures, random: random(), arePokesOpen, timings });
    const from = performance.now();
    for (;;) {
      const passed = performance.now() - from;
      if (signal.aborted || isAsked || passed >= ms) return;
      if (passed >= atLeast && (isWoken || isNews())) return;
      await pause((passed < atLeast ? atLeast : ms) - passed);
    }
  }

  function pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      timer.unref();
      stir = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  /** What hears of it writes to the disk, which may be full: the next round is due all the same. */
  function tellEnd(end: RoundEnd): void {
    try {
      ended(end);
    } catch (error) {
      log.defect('the end of a round with the portal', error);
    }
  }

  async function run(): Promise<void> {
    while (!signal.aborted) {
      isWoken = false;
      isAsked = false;
      const end = await engine.round();
      if (signal.aborted) return;
      failures = end.type === 'offline' ? failures + 1 : 0;
      if (end.type === 'offline') engine.greetAgain();
      tellEnd(end);
      if (end.type === 'signed-out') return;
      if (end.type === 'current') listen();
      await rest(end);
    }
  }

  const running = run().catch((error: unknown) => log.defect('the connection to the portal', error));
  return {
    wake,
    tryNow: () => {
      isAsked = true;
      stir();
    },
    close: async () => {
      closing.abort();
      stir();
      await running;
      await listening;
    },
  };
}

/** How long to rest after a round, and how long at least. */
export function delayOf(
  end: RoundEnd,
  { failures, random, arePokesOpen, timings }: Circumstances,
): { readonly ms: number; readonly atLeast: number } {
  const { soonMs, mostMs, pollMs, pollPokedMs, oldMs } = timings;
  if (end.type === 'current') return { ms: arePokesOpen ? pollPokedMs : pollMs, atLeast: 0 };
  if (end.type === 'offline') {
    const backOff = Math.min(mostMs, soonMs * 2 ** Math.min(failures - 1, 16)) * (0.5 + random / 2);
    const ms = Math.max(end.waitSeconds * 1_000, backOff, soonMs);
    return { ms, atLeast: soonMs };
  }
  if (end.type === 'too-old' || end.type === 'server-too-old') return { ms: oldMs, atLeast: 0 };
  return { ms: 2 * soonMs, atLeast: soonMs };
}

export interface Circumstances {
  readonly failures: number;
  readonly random: number;
  readonly arePokesOpen: boolean;
  readonly timings: Timings;
}
