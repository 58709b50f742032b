import { createHash } from 'node:crypto';
import type { Plant } from './plants.ts';
import { type Random, randomOf } from './random.ts';

/** How bad the network of one schedule is. */
export interface Weather {
  readonly drop: number;
  readonly repeat: number;
  /** The server has committed and its answer is lost. */
  readonly cut: number;
  readonly slow: number;
}

export interface World {
  readonly random: Random;
  readonly plant: Plant | null;
  readonly weather: Weather;
  /** Messages pass through JSON and the wire schemas. */
  readonly isStrict: boolean;
  /** People of the deals work with the team through the portal. Two of five schedules; those that broke a law once stay as they were. */
  readonly isWithPeople: boolean;
  readonly pageRows: number;
  now: number;
  isQuiet: boolean;
  serverRestores: number;
  readonly after: (delay: number, run: () => void) => void;
  /** Runs the next event; false when there is none. */
  readonly step: () => boolean;
  readonly trace: (what: string) => void;
  readonly traceHash: () => string;
  readonly lines: readonly string[];
  readonly violations: string[];
  readonly breaks: (law: string, detail: string) => void;
}

interface Event {
  readonly at: number;
  readonly order: number;
  readonly run: () => void;
}

export interface WorldOptions {
  readonly seed: number;
  readonly plant: Plant | null;
  /** Keeps the trace as lines, to read. */
  readonly isTold: boolean;
}

export function createWorld({ seed, plant, isTold }: WorldOptions): World {
  const random = randomOf(seed);
  const queue = createQueue();
  const hash = createHash('sha256');
  const lines: string[] = [];
  let order = 0;
  const isCalm = random.chance(0.2);
  const world: World = {
    random,
    plant,
    isWithPeople: seed % 5 === 2 || seed % 5 === 4,
    weather: {
      drop: isCalm ? 0 : random.next() * 0.25,
      repeat: isCalm ? 0 : random.next() * 0.25,
      cut: isCalm ? 0 : random.next() * 0.25,
      slow: random.next() * 0.3,
    },
    isStrict: seed % 25 === 0,
    pageRows: random.pick([1, 3, 8, 500]),
    now: 0,
    isQuiet: false,
    serverRestores: 0,
    after: (delay, run) => {
      order += 1;
      queue.push({ at: world.now + Math.max(1, Math.round(delay)), order, run });
    },
    step: () => {
      const event = queue.pop();
      if (event === undefined) return false;
      world.now = event.at;
      event.run();
      return true;
    },
    trace: (what) => {
      hash.update(`${world.now} ${what}\n`);
      if (isTold) lines.push(`${world.now} ${what}`);
    },
    traceHash: () => hash.copy().digest('hex'),
    lines,
    violations: [],
    breaks: (law, detail) => {
      world.violations.push(`${law}: ${detail}`);
      world.trace(`BROKEN ${law}: ${detail}`);
    },
  };
  return world;
}

/** A heap by time, then by order of asking. */
function createQueue() {
  const heap: Event[] = [];
  const isBefore = (a: Event, b: Event) => a.at < b.at || (a.at === b.at && a.order < b.order);
  const swap = (x: number, y: number) => {
    const kept = heap[x] as Event;
    heap[x] = heap[y] as Event;
    heap[y] = kept;
  };
  const push = (event: Event) => {
    let at = heap.push(event) - 1;
    for (let up = (at - 1) >> 1; at > 0 && isBefore(event, heap[up] as Event); up = (at - 1) >> 1) {
      swap(at, up);
      at = up;
    }
  };
  const pop = (): Event | undefined => {
    const top = heap[0];
    const last = heap.pop();
    if (top === undefined || last === undefined || heap.length === 0) return top;
    heap[0] = last;
    for (let at = 0; ; ) {
      let least = at;
      for (const child of [2 * at + 1, 2 * at + 2]) {
        const event = heap[child];
        if (event !== undefined && isBefore(event, heap[least] as Event)) least = child;
      }
      if (least === at) return top;
      swap(at, least);
      at = least;
    }
  };
  return { push, pop };
}

/** One way over the network, with everything that happens on it. */
export function send(world: World, deliver: () => void, isAnswer = false): void {
  if (world.isQuiet) {
    world.after(2, deliver);
    return;
  }
  const { random, weather } = world;
  if (random.chance(isAnswer ? weather.cut : weather.drop)) return;
  const copies = random.chance(weather.repeat) ? 2 : 1;
  for (let copy = 0; copy < copies; copy += 1) {
    world.after(random.chance(weather.slow) ? random.between(100, 2500) : random.between(2, 40), deliver);
  }
}
