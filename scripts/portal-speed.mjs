// How soon a person sees something on a slow line: the first paint of the landing page, its button, and home, in a real
// browser with a slow-4G-class line (1.6 Mbit/s down, 150 ms) and a processor four times slower. Prints them, and the
// weight of the first page's script; fails over 1.5 s for the first paint or 110 KB of script.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { chromium } from 'playwright-core';
import { fail, root } from './lib/base.mjs';
import { ensureBrowser } from './lib/browser.mjs';
import { openStage, WORD } from './lib/portal-stage.ts';

const MOST_PAINT_MS = 1_500;
const MOST_SCRIPT_BYTES = 110 * 1024;
const RUNS = 5;
const LINE = { offline: false, latency: 150, downloadThroughput: 1.6e6 / 8, uploadThroughput: 750e3 / 8 };

const web = process.argv[2] ?? join(root, 'out', 'portal-web');
if (!existsSync(join(web, 'index.html'))) fail('The pages are not built: run npm run build first.');
const found = await ensureBrowser();
if ('why' in found) fail(found.why);

const scriptBytes = firstScripts().reduce(
  (sum, file) => sum + gzipSync(readFileSync(join(web, file)), { level: 9 }).length,
  0,
);
const stage = await openStage({ web });
const browser = await chromium.launch({
  executablePath: found.path,
  args: [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), '--disable-gpu'],
});
const runs = [];
try {
  for (let run = 0; run < RUNS; run += 1) runs.push(await timeOnce());
} finally {
  await browser.close();
  await stage.close();
}
const median = (key) => runs.map((run) => run[key]).sort((a, b) => a - b)[Math.floor(RUNS / 2)];
console.log(`First page: ${(scriptBytes / 1024).toFixed(1)} KB of script, gzip (at most ${MOST_SCRIPT_BYTES / 1024}).`);
console.log(`Slow 4G (1.6 Mbit/s, 150 ms), processor 4x slower, median of ${RUNS} fresh browsers:`);
console.log(`  landing, first paint     ${median('paint')} ms (at most ${MOST_PAINT_MS})`);
console.log(`  landing, button there    ${median('button')} ms`);
console.log(`  second step, home there  ${median('home')} ms after "Open my page"`);
console.log(`  a second visit, home     ${median('again')} ms, with the files of the page kept`);
if (median('paint') > MOST_PAINT_MS || scriptBytes > MOST_SCRIPT_BYTES) process.exitCode = 1;

/** The scripts that the first page names, and what they import at once. */
function firstScripts() {
  const page = readFileSync(join(web, 'index.html'), 'utf8');
  return [...page.matchAll(/(?:src|href)="\/(assets\/[^"]+\.js)"/g)].map(([, file]) => file);
}

/** Milliseconds on one fresh browser: nothing is kept from the run before. */
async function timeOnce() {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, hasTouch: true });
  try {
    const page = await context.newPage();
    const devtools = await context.newCDPSession(page);
    await devtools.send('Network.enable');
    await devtools.send('Network.emulateNetworkConditions', LINE);
    await devtools.send('Emulation.setCPUThrottlingRate', { rate: 4 });
    await page.goto(await stage.linkFor('p-priya'), { waitUntil: 'commit' });
    const open = page.getByRole('button', { name: 'Open my closing' });
    await open.waitFor();
    const button = await sinceStart(page);
    const paint = await page.evaluate(async () => {
      const seen = () => performance.getEntriesByName('first-contentful-paint')[0]?.startTime;
      while (seen() === undefined) await new Promise((resolve) => requestAnimationFrame(resolve));
      return Math.round(seen());
    });
    await open.click();
    await page.getByLabel('The word you agreed on').fill(WORD);
    const home = await timed(page, () => page.getByRole('button', { name: 'Open my page' }).click());
    const again = await timed(page, () => page.reload({ waitUntil: 'commit' }));
    return { paint, button, home, again };
  } finally {
    await context.close();
  }
}

function sinceStart(page) {
  return page.evaluate(() => Math.round(performance.now()));
}

/** From what a person does until home is there. */
async function timed(page, act) {
  const started = performance.now();
  await act();
  await page.getByRole('heading', { name: /^Hello/ }).waitFor();
  return Math.round(performance.now() - started);
}
