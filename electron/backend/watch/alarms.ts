import type { Timers } from './types.ts';

/** Named timers of one owner: setting one again replaces it, and all end together. */
export interface Alarms {
  readonly set: (name: string, ms: number, run: () => void) => void;
  /** Does nothing when one of the name is set. */
  readonly setOnce: (name: string, ms: number, run: () => void) => void;
  readonly clear: (name: string) => void;
  readonly clearAll: () => void;
}

export const SYSTEM_TIMERS: Timers = {
  now: () => performance.now(),
  // Watching alone keeps no process alive.
  set: (run, ms) => setTimeout(run, ms).unref(),
  clear: (timer) => clearTimeout(timer as NodeJS.Timeout),
};

export function createAlarms(timers: Timers): Alarms {
  const open = new Map<string, unknown>();
  const clear = (name: string) => {
    if (open.has(name)) timers.clear(open.get(name));
    open.delete(name);
  };
  const set = (name: string, ms: number, run: () => void) => {
    clear(name);
    const ring = () => {
      open.delete(name);
      run();
    };
    open.set(name, timers.set(ring, ms));
  };
  return {
    set,
    setOnce: (name, ms, run) => {
      if (!open.has(name)) set(name, ms, run);
    },
    clear,
    clearAll: () => {
      for (const name of [...open.keys()]) clear(name);
    },
  };
}
