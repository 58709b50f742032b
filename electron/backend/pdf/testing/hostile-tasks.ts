import { parentPort } from 'node:worker_threads';
import { err, ok } from '../../../../core/result.ts';
import type { TaskContext } from '../protocol.ts';
import { serveTasks } from '../serve-tasks.ts';

// A thread like that of worker.ts, whose tasks do what a hostile file can make a library do.
const started: string[] = [];

if (parentPort) {
  serveTasks(parentPort, {
    note: async ({ path }: { path: string }) => {
      started.push(path);
      return ok({ started: [...started] });
    },
    loop: async () => {
      for (let count = 0; ; count += 1) if (count < 0) return ok(count);
    },
    text: () => new Promise(() => {}),
    info: async () => ok('known'),
    pageImage: async () => ok('drawn'),
    hang: () => new Promise(() => {}),
    steps: async ({ steps, ms }: { steps: number; ms: number }, { breathe, onProgress }: TaskContext) => {
      for (let done = 1; done <= steps; done += 1) {
        await new Promise((resolve) => setTimeout(resolve, ms));
        const stop = await breathe();
        if (stop) return err(stop);
        onProgress({ done, total: steps });
      }
      return ok({ steps });
    },
    leave: async () => process.exit(3),
    crash: () =>
      new Promise(() => {
        setImmediate(() => {
          throw new Error('thrown beside the task');
        });
      }),
    throw: async () => {
      throw new TypeError('thrown in the task');
    },
    forget: async () => {
      void Promise.reject(new Error('nobody waits for this'));
      await new Promise((resolve) => setTimeout(resolve, 20));
      return ok('done all the same');
    },
    heap: async () => {
      const held: string[][] = [];
      for (;;) held.push(new Array(10_000).fill(`held ${held.length}`));
    },
    buffers: async (_input: object, { breathe }: TaskContext) => {
      const held: Uint8Array[] = [];
      for (;;) {
        held.push(new Uint8Array(1_000_000));
        const stop = await breathe();
        if (stop) return err(stop);
      }
    },
    // Never lets anybody look: only the process as a whole shows it.
    flood: async () => {
      const held: Uint8Array[] = [];
      while (held.length < 400) held.push(new Uint8Array(1_000_000).fill(1));
      for (let count = 0; ; count += 1) if (count < 0) return ok(held.length);
    },
    strange: async () => ok({ notClonable: () => {} }),
  });
}
