import { parseArgs } from 'node:util';
import { createFileLog } from './file-log.ts';
import { createBackend } from './index.ts';
import { type Port, serveBackend } from './port.ts';

/** What Electron puts on `process` in a utility process; written out, since nothing here may import electron. */
interface ParentPort {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { data: unknown }) => void): void;
}

start();

/** The backend process: `--data DIR [--migrations DIR]`, over a utility process's port or a forked Node's channel. */
function start(): void {
  const { values } = parseArgs({ options: { data: { type: 'string' }, migrations: { type: 'string' } } });
  const folder = values.data;
  const port = findPort();
  if (folder === undefined || port === null) {
    process.stderr.write('The backend is started by Closeboard, with --data and a port.\n');
    process.exit(2);
  }
  // Records, backups and logs are for this user only.
  process.umask(0o077);
  const now = () => new Date();
  const log = createFileLog(folder, now);
  process.on('uncaughtException', (error) => {
    log.defect('nothing caught this', error);
    process.exit(1);
  });
  const migrationsFolder = values.migrations;
  const isChecked = process.env.CLOSEBOARD_CHECK_REPLIES === '1';
  serveBackend({
    port,
    log,
    makeBackend: (emit, host) =>
      createBackend({
        folder,
        log,
        now,
        emit,
        host,
        isChecked,
        ...(migrationsFolder === undefined ? {} : { migrationsFolder }),
      }),
    end: (code) => process.exit(code),
  });
}

function findPort(): Port | null {
  const { parentPort } = process as unknown as { parentPort?: ParentPort };
  if (parentPort) {
    return {
      post: (message) => parentPort.postMessage(message),
      onMessage: (listener) => parentPort.on('message', ({ data }) => listener(data)),
      // Electron ends its utility processes itself when main is gone.
      onGone: () => {},
    };
  }
  if (!process.send) return null;
  // Ctrl+C reaches every process of the terminal; the host hears it too and says `close`.
  process.on('SIGINT', () => {});
  return {
    // A host that was killed leaves a channel that refuses; `disconnect` then ends this process.
    post: (message) => void process.send?.(message, undefined, undefined, () => {}),
    onMessage: (listener) => process.on('message', listener),
    onGone: (listener) => process.on('disconnect', listener),
  };
}
