// Draws every screen and state into artifacts/contact-sheet, with one page to see them side by side.
// node tests/e2e/contact-sheet.ts [part of a name] [--part portal|work|ends|crowded|people|team]
// "portal, upload" draws that part of the pages alone; with either, the other pictures stay.
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Page } from 'playwright-core';
import { createBrowserHost } from './lib/browser-host.ts';
import { damageRecords } from './lib/damage.ts';
import { makeDeal } from './lib/deals.ts';
import { Desk, type Host } from './lib/desk.ts';
import { endOnSignals } from './lib/ending.ts';
import { peopleScreens } from './lib/people-screens.ts';
import { withPhone } from './lib/phone.ts';
import { places } from './lib/places.ts';
import { type PortalPart, portalParts } from './lib/portal-parts.ts';
import { PortalServer } from './lib/portal-server.ts';
import { openWithSamples, screens } from './lib/screens.ts';
import { teamScreens } from './lib/team-screens.ts';

const SIZES = [
  { width: 1440, height: 900 },
  { width: 1024, height: 700 },
] as const;
/** The pages of people with a link are made for a phone, and fill a window too. */
const PHONE_SIZES = [{ width: 390, height: 844 }, { width: 320, height: 640 }, SIZES[0]] as const;
const THEMES = ['light', 'dark'] as const;
const folder = join(places.artifacts, 'contact-sheet');
const { values, positionals } = parseArgs({ options: { part: { type: 'string' } }, allowPositionals: true });
const wanted = positionals[0] ?? '';
const drawn: string[] = [];

/** What needs a window, or a server, of its own. */
const PARTS: Readonly<Record<string, (on: Host) => Promise<void>>> = {
  portal: () =>
    withPhone(async (phone) => {
      for (const { draw } of wantedParts()) await draw(phone, take);
    }),
  work: (on) => withDesk(on, work),
  ends: (on) => withDesk(on, firstAndLast),
  crowded: (on) => withDesk(on, crowded),
  people: (on) => withDesk(on, (desk) => peopleScreens(desk, take)),
  team: (on) => withDesk(on, (desk) => PortalServer.with((portal) => teamScreens(desk, portal, take))),
};

if (places.browser === null) throw new Error('no browser of the Chromium family is here');
if (wanted === '' && values.part === undefined) rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
endOnSignals();
const host = createBrowserHost(places.browser);
try {
  for (const name of partsToDraw()) await PARTS[name]?.(host);
} finally {
  await host.end();
}
writeIndex();
console.log(`${drawn.length} pictures in ${folder}`);

/** The parts that may hold what is wanted: one whose names begin so, or else every one. */
function wantedParts(): readonly PortalPart[] {
  const own = portalParts.filter(({ part }) => part !== '' && wanted.startsWith(part));
  return own.length > 0 ? own : portalParts;
}

/** Only the pages of a link begin with "portal,": the desk's are not drawn where those alone are wanted. */
function partsToDraw(): readonly string[] {
  const names = wanted.startsWith('portal,') ? ['portal'] : Object.keys(PARTS);
  return names.filter((name) => (values.part ?? name) === name);
}

async function withDesk(on: Host, draw: (desk: Desk) => Promise<void>): Promise<void> {
  const desk = new Desk(on);
  try {
    await draw(desk);
  } finally {
    await desk.dispose();
  }
}

/** All screens with the sample deals. */
async function work(desk: Desk): Promise<void> {
  const page = await openWithSamples(desk);
  for (const screen of screens) {
    await screen.show(page);
    await take(page, screen.name);
  }
}

/** Without deals, without a backend, with damaged records. */
async function firstAndLast(desk: Desk): Promise<void> {
  let page = await desk.open();
  await take(page, 'first run');
  await page.getByRole('button', { name: 'Try it with sample deals' }).click();
  await page.getByText('25 deals are made up').waitFor({ timeout: 30_000 });
  await desk.killBackend();
  await page
    .getByText(/start(s|ing|ed) again/i)
    .first()
    .waitFor();
  await page.getByRole('button', { name: /Everything saved/ }).waitFor();
  await desk.killBackend();
  await page.getByRole('heading', { name: 'Closeboard has stopped' }).waitFor();
  await take(page, 'backend gone');
  await desk.killAll();
  await desk.open();
  await desk.close();
  damageRecords(desk.data);
  page = await desk.open({ ready: 'restore' });
  await take(page, 'restore');
}

/** Much in one column, and names that go on and on. */
async function crowded(desk: Desk): Promise<void> {
  const page = await desk.open();
  const long = { client: 'Maximiliana Featherstonehaugh-Cholmondeley von Oberpfaffenhofen', unit: '1204B-West' };
  const numbers = Array.from({ length: 60 }, (_, index) => index + 1);
  const made = numbers.map((number) =>
    makeDeal(
      desk,
      number % 3 === 0
        ? { street: `${number} Alameda de las Pulgas Boulevard`, ...long }
        : { street: `${number} Elm St` },
    ),
  );
  await Promise.all(made);
  await page.locator('[data-stage="intake"] h2').filter({ hasText: '60' }).waitFor();
  await take(page, 'board, crowded');
  await page
    .getByRole('option', { name: /Alameda/ })
    .first()
    .click();
  await page.getByRole('heading', { name: /Alameda/ }).waitFor();
  await take(page, 'deal, long names');
}

/** One screen at each size and in each theme. What floats keeps its place while the window changes. */
async function take(page: Page, name: string): Promise<void> {
  if (!name.includes(wanted)) return;
  const isPortal = name.startsWith('portal,');
  const before = page.viewportSize() ?? SIZES[0];
  // Nothing is drawn as if the mouse lay on it, where the last press left it.
  if (isPortal) await page.mouse.move(0, 0);
  for (const size of isPortal ? PHONE_SIZES : SIZES) {
    for (const theme of THEMES) {
      await page.setViewportSize(size);
      await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
      // What stands at the foot of a phone is drawn at the foot of the whole page.
      if (isPortal) await page.setViewportSize({ ...size, height: Math.max(size.height, await heightOf(page)) });
      const file = `${name.replace(/[^a-z0-9]+/gi, '-')}-${size.width}-${theme}.png`;
      await page.screenshot({ path: join(folder, file), animations: 'disabled' });
      drawn.push(file);
    }
  }
  await page.setViewportSize(before);
  await page.emulateMedia({ colorScheme: 'light' });
}

function heightOf(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollHeight);
}

function writeIndex(): void {
  const files = readdirSync(folder).filter((file) => file.endsWith('.png'));
  const figures = files.map((file) => `<figure><img src="${file}" alt=""><figcaption>${file}</figcaption></figure>`);
  const style =
    'body{font:14px system-ui;display:grid;grid-template-columns:repeat(2,1fr);gap:16px}img{width:100%}figure{margin:0}';
  writeFileSync(
    join(folder, 'index.html'),
    `<!doctype html><meta charset="utf-8"><title>Screens</title><style>${style}</style>\n${figures.join('\n')}\n`,
  );
}
