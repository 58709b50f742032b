import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { kill, treeOf } from './processes.ts';

const lib = new URL('.', import.meta.url).href;

/** A run: a folder, a child with a group of its own, as browsers have, that starts another, and a driver that only listens. */
const run = `
import { spawn } from 'node:child_process';
import { endOnSignals } from '${lib}ending.ts';
import { makeFolder } from '${lib}folders.ts';
endOnSignals();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => {});
const still = "process.on('SIGTERM', () => {}); process.on('SIGHUP', () => {}); setInterval(() => {}, 1000);";
const starts = "require('node:child_process').spawn(process.execPath, ['-e', process.argv[1]], { stdio: 'ignore' });";
spawn(process.execPath, ['-e', starts + still + "console.log('begun')", still], {
  detached: true,
  stdio: ['ignore', 'inherit', 'ignore'],
});
console.log(makeFolder('ending'));
setInterval(() => {}, 1000);
`;

test.skipIf(process.platform === 'win32').each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
  'a run that is told to end by %s leaves no process and no folder',
  async (signal) => {
    const child = spawn(process.execPath, ['--input-type=module', '-e', run], { stdio: ['ignore', 'pipe', 'inherit'] });
    let said = '';
    child.stdout.on('data', (chunk) => (said += chunk));
    const pid = child.pid ?? 0;
    try {
      await expect.poll(() => [treeOf(pid).length, said.includes('begun')], { timeout: 20_000 }).toEqual([3, true]);
      const folder = /\S+closeboard-ending-\S+/.exec(said)?.[0] ?? '';
      expect(existsSync(folder)).toBe(true);
      const tree = treeOf(pid).map((one) => one.pid);
      const ended = once(child, 'exit');
      child.kill(signal);
      expect(await ended).toEqual([130, null]);
      expect(existsSync(folder)).toBe(false);
      await expect.poll(() => tree.filter(isThere), { timeout: 10_000 }).toEqual([]);
    } finally {
      for (const one of treeOf(pid)) kill(one.pid);
    }
  },
);

/** Not one that has ended and that nobody has asked for its end yet. */
function isThere(pid: number): boolean {
  return treeOf(pid).some((one) => one.pid === pid && !one.command.includes('<defunct>'));
}
