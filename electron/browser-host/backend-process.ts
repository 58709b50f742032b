import { fork } from 'node:child_process';
import { constants } from 'node:os';
import { dirname, join } from 'node:path';
import type { Fork } from '../contract/supervise.ts';

interface BackendPaths {
  readonly entry: string;
  /** Null: the backend finds its migrations beside its source. */
  readonly migrations: string | null;
  readonly data: string;
}

/** Starts the backend as a Node process of its own. This host is never part of an installed app, which could not fork. */
export function createFork({ entry, migrations, data }: BackendPaths): Fork {
  return ({ heard, ended }) => {
    const args = ['--data', data, ...(migrations === null ? [] : ['--migrations', migrations])];
    // Kept beside the sources, which whoever can write there could change as well.
    const env = { ...process.env, NODE_COMPILE_CACHE: join(dirname(entry), '..', '.compiled') };
    // Bytes of files pass as they are; JSON would make an object of every one.
    const serialization = 'advanced';
    const child = fork(entry, args, { env, serialization, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
    child.on('message', heard);
    child.once('error', () => ended(null));
    // A signal is told as shells do: 137 for SIGKILL.
    child.once('exit', (code, signal) => ended(code ?? 128 + (signal === null ? 0 : constants.signals[signal])));
    return {
      // A process that just ended refuses; its end is told by `exit`.
      post: (message) => void child.send(message, () => {}),
      kill: () => void child.kill('SIGKILL'),
    };
  };
}
