import { utilityProcess } from 'electron';
import type { Fork } from '../contract/supervise.ts';

interface BackendPaths {
  /** The built backend, absolute. */
  readonly entry: string;
  readonly migrations: string;
  readonly data: string;
}

/** Starts the backend as a utility process: plain Node without a window, which Electron ends when main ends. */
export function createFork({ entry, migrations, data }: BackendPaths): Fork {
  return ({ heard, ended }) => {
    const child = utilityProcess.fork(entry, ['--data', data, '--migrations', migrations], {
      serviceName: 'Closeboard records',
      stdio: 'inherit',
    });
    child.on('message', heard);
    child.once('exit', (code) => ended(code));
    return {
      post: (message) => child.postMessage(message),
      kill: () => void child.kill(),
    };
  };
}
