import type { Log } from '../../contract/log.ts';

/** Work in order of `order`, at most so many at a time. */
export interface Queue {
  readonly add: (order: number, job: () => Promise<void>) => void;
  /** Drops what has not begun and waits for what has. */
  readonly close: () => Promise<void>;
}

export function createQueue(together: number, log: Log): Queue {
  const line: { order: number; job: () => Promise<void> }[] = [];
  const running = new Set<Promise<void>>();
  let isClosed = false;
  const fill = () => {
    while (!isClosed && running.size < together) {
      const next = line.shift();
      if (next === undefined) return;
      const ended = next
        .job()
        .catch((error: unknown) => log.defect('watch: a step failed', error))
        .finally(() => {
          running.delete(ended);
          fill();
        });
      running.add(ended);
    }
  };
  return {
    add: (order, job) => {
      // Files come nearly in order, so the place is near the end.
      let at = line.length;
      while (at > 0 && (line[at - 1]?.order ?? 0) > order) at -= 1;
      line.splice(at, 0, { order, job });
      fill();
    },
    close: async () => {
      isClosed = true;
      line.length = 0;
      await Promise.all(running);
    },
  };
}
