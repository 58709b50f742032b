import { join } from 'node:path';
import { type FileOfDeal, putDeal, signedIn, startFilePortal } from '../../portal/server/files/testing.ts';
import { openSqliteStore } from '../../portal/server/store/sqlite.ts';
import { must, SILENT } from '../../portal/server/store/testing.ts';

/** A portal of files in a process of its own, to be killed. Says its port in one line of JSON. */
const [, , folder = '', key = '', files = '[]'] = process.argv;
const now = () => new Date().toISOString();
const open = async () => must(await openSqliteStore({ file: join(folder, 'portal.db'), now, log: SILENT }));
const portal = await startFilePortal({ place: { open }, folder });
// Leases end by the clock.
Object.defineProperty(portal.clock, 'now', { get: () => new Date() });
await signedIn(portal, 'noor', 'tc', key);
const { store, workspaceId } = portal.context;
if ((await store.read(({ units }) => units.get(workspaceId, 'deal-a'))) === null)
  await putDeal(portal, 'deal-a', JSON.parse(files) as FileOfDeal[]);
process.stdout.write(`${JSON.stringify({ port: portal.port })}\n`);
process.stdin.on('end', () => process.exit(0));
process.stdin.resume();
