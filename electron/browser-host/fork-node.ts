import { fork, type Serializable } from 'node:child_process';
import { constants } from 'node:os';
import { dirname, join } from 'node:path';
import type { ProcessListener } from '../contract/start-process.ts';

/** Starts a Node process of our own with a channel. This host is never part of an installed app, which could not fork. */
export function forkNode(entry: string, args: readonly string[], { heard, ended }: ProcessListener) {
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
    post: (message: Serializable) => void child.send(message, () => {}),
    kill: () => void child.kill('SIGKILL'),
  };
}
