import { startPortal } from '../../portal/server/index.ts';
import { embeddedConfig } from '../../portal/server/load-config.ts';
import { createLineLog } from '../../portal/server/log-lines.ts';

/**
 * `node bench/lib/portal-child.ts FOLDER PORT`: a portal server for others, on the records of a folder and a port of this
 * computer (0 for a free one). Prints one line of JSON when it answers, and ends with its input.
 */
const [folder = '', port = '0'] = process.argv.slice(2);
const log = createLineLog(
  (line) => void (line.includes('"level":"info"') || process.stderr.write(line)),
  () => new Date(),
);
const started = await startPortal({ config: { ...embeddedConfig(folder, Number(port)), isEmbedded: false }, log });
if (!started.ok) throw new Error(started.error.sentence);
const portal = started.value;
process.stdout.write(`${JSON.stringify({ url: portal.url, setupCode: portal.setupCode })}\n`);
// Whoever started it is gone already.
process.stdout.on('error', () => process.exit(1));
process.stdin.resume();
process.stdin.on('end', () => {
  const { user, system } = process.cpuUsage();
  process.stdout.write(`${JSON.stringify({ cpuMs: (user + system) / 1000 })}\n`);
  portal.close().then(() => process.exit(0));
});
