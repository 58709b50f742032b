import { openSqliteStore } from '../store/sqlite.ts';
import { SILENT } from '../store/testing.ts';
import { openDesk } from './testing.ts';

/** A portal in a process of its own, to be killed: its database, the folder of its bytes, and its port. */
const [file = '', folder = '', port = '0'] = process.argv.slice(2);
const at = new Date().toISOString();
const store = await openSqliteStore({ file, now: () => at, log: SILENT, busyMs: 5_000 });
if (!store.ok) throw new Error(store.error.detail);
const config = { publicUrl: `http://127.0.0.1:${port}`, port: Number(port) };
const desk = await openDesk(store.value, { config, hasMail: false, folder, isTicking: true, at });
await desk.app.listen({ host: '127.0.0.1', port: Number(port) });
process.stdout.write('ready\n');
