import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** A portal of files in a process of its own, to be killed or measured. */
export interface PortalProcess {
  readonly port: number;
  readonly url: string;
  readonly pid: number;
  kill(): Promise<void>;
}

/** `files` are named by a deal called `deal-a`. */
export async function startPortalProcess(
  folder: string,
  key: string,
  files: readonly { readonly sha256: string; readonly bytes: number }[],
): Promise<PortalProcess> {
  const file = fileURLToPath(new URL('./upload-server.ts', import.meta.url));
  const child = spawn(process.execPath, [file, folder, key, JSON.stringify(files)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const port = await portOf(child);
  return {
    port,
    url: `http://127.0.0.1:${port}`,
    pid: child.pid ?? 0,
    kill: async () => {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

function portOf(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    let said = '';
    child.stdout?.on('data', (bytes) => {
      said += String(bytes);
      if (said.includes('\n')) resolve((JSON.parse(said) as { readonly port: number }).port);
    });
    child.once('close', () => reject(new Error('the portal ended by itself')));
  });
}
