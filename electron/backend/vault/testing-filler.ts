import { readdirSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { quietLog } from './testing.ts';
import { createVault } from './vault.ts';

/** A process that files what is in one folder into a vault and says each hash once it is safe: `filler <from> <vault>`. */
const [from = '', folder = ''] = process.argv.slice(2);
const vault = createVault({ folder, log: quietLog, now: () => new Date() });
const left = readdirSync(from).toSorted().values();
const worker = async () => {
  for (const name of left) {
    const added = await vault.add({ path: join(from, name) });
    if (!added.ok) throw new Error(added.error.type);
    writeSync(1, `${added.value.sha256}\n`);
  }
};
await Promise.all([worker(), worker(), worker(), worker()]);
