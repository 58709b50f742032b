import { join } from 'node:path';
import { v7 } from 'uuid';
import { tempFolder } from '../db/testing.ts';
import { type BenchDesk, startBenchDesk } from './lib/desk.ts';
import { startBenchPortal } from './lib/portal.ts';
import { fillDeals } from './lib/portal-rows.ts';
import { type BenchOptions, type BenchRow, median } from './row.ts';

const FULL = { deals: 200, changes: 200 };
const SMOKE = { deals: 3, changes: 4 };
const PATIENCE_MS = 60_000;

/**
 * Two desktops at one portal, a process of its own: from a step at one, as it leaves the window, until the other can show
 * it. One after another, by turns from each side.
 */
export async function run({ smoke }: BenchOptions): Promise<readonly BenchRow[]> {
  const { deals, changes } = smoke ? SMOKE : FULL;
  const portal = await startBenchPortal((folder) => fillDeals(folder, deals, 60));
  const temp = tempFolder();
  const desks = [startBenchDesk(join(temp.folder, 'noor')), startBenchDesk(join(temp.folder, 'theo'))] as const;
  try {
    const [noor, theo] = desks;
    await noor.join({ url: portal.url, code: portal.setupCode, name: 'Noor Haddad' });
    await noor.untilCurrent();
    const invited = await noor.call('team:invite', { name: 'Theo', email: 'theo@fennimore.example', role: 'tc' });
    if (invited.kind !== 'ok') throw new Error(invited.sentence);
    await theo.join({ url: portal.url, code: invited.value.code, name: 'Theo Lindqvist' });
    await theo.untilCurrent();
    const times: number[] = [];
    for (let n = 0; n < changes; n += 1) {
      const dealId = `deal-${String(n % deals).padStart(6, '0')}`;
      const [from, to] = n % 2 === 0 ? [noor, theo] : [theo, noor];
      times.push(await passOn(from, to, dealId));
    }
    const sorted = times.toSorted((a, b) => a - b);
    const p95 = sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * 0.95) - 1)] ?? Number.NaN;
    return [
      {
        name: `a step is seen at another desktop, median of ${changes}`,
        value: median(times),
        unit: 'ms',
        limit: 1_000,
      },
      { name: 'the same, 95 of 100', value: p95, unit: 'ms', limit: 1_000 },
    ];
  } finally {
    await Promise.all(desks.map((desk) => desk.close()));
    await portal.close();
    temp.remove();
  }
}

/** Milliseconds until a note that one writes can be read at the other. */
async function passOn(from: BenchDesk, to: BenchDesk, dealId: string): Promise<number> {
  const body = `note ${v7()}`;
  let tell: () => void = () => {};
  const stop = to.hear((event) => {
    if (event.type === 'deals:changed') tell();
  });
  const begun = performance.now();
  const args = { noteId: v7(), body, at: new Date().toISOString() };
  const done = await from.call('deals:command', { id: v7(), dealId, name: 'addNote', args });
  if (done.outcome !== 'done') throw new Error(JSON.stringify(done));
  while (!(await canRead(to, dealId, body))) {
    if (performance.now() - begun > PATIENCE_MS) throw new Error('it never came');
    await new Promise<void>((resolve) => {
      const late = setTimeout(resolve, 250);
      tell = () => {
        clearTimeout(late);
        resolve();
      };
    });
  }
  stop();
  return performance.now() - begun;
}

async function canRead(desk: BenchDesk, dealId: string, body: string): Promise<boolean> {
  const view = await desk.call('deals:get', { dealId });
  return view?.notes.some((note) => note.body === body) ?? false;
}
