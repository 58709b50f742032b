import { spawn } from 'node:child_process';

/** How long the system's opener may take to say that it can't. */
const PATIENCE_MS = 1_500;

/** Opens a folder or an address with the system's own program, without a shell. Resolves whether that worked. */
export function openWithSystem(target: string): Promise<boolean> {
  const [command, ...args] = opener(target);
  return new Promise((resolve) => {
    const child = spawn(command, args, { stdio: 'ignore', detached: true });
    const timer = setTimeout(() => resolve(true), PATIENCE_MS);
    const finish = (isOpened: boolean) => {
      clearTimeout(timer);
      resolve(isOpened);
    };
    child.once('error', () => finish(false));
    // Explorer ends with 1 whatever happened.
    child.once('exit', (code) => finish(code === 0 || process.platform === 'win32'));
    child.unref();
  });
}

function opener(target: string): [string, ...string[]] {
  if (process.platform === 'darwin') return ['open', target];
  if (process.platform !== 'win32') return ['xdg-open', target];
  return /^[a-z]{2,}:/i.test(target) ? ['rundll32', 'url.dll,FileProtocolHandler', target] : ['explorer', target];
}
