import { utilityProcess } from 'electron';
import type { ForkPortal } from '../contract/supervise-portal.ts';

interface PortalPaths {
  /** The built portal process, absolute. */
  readonly entry: string;
  readonly migrations: string;
  readonly web: string;
  /** The portal's own folder. */
  readonly data: string;
}

/** Starts the portal of this computer as a utility process, which Electron ends when main ends. */
export function createPortalFork({ entry, migrations, web, data }: PortalPaths): ForkPortal {
  // Port 0: the one that it had the last time, or where that is taken another.
  const args = ['--data', data, '--port', '0', '--migrations', migrations, '--web', web];
  return ({ heard, ended }) => {
    const child = utilityProcess.fork(entry, args, { serviceName: 'Closeboard portal', stdio: 'inherit' });
    child.on('message', heard);
    child.once('exit', (code) => ended(code));
    return {
      post: (message) => child.postMessage(message),
      kill: () => void child.kill(),
    };
  };
}
