// Draws resources/icons from icon.svg: PNG for Linux, ICO for Windows, ICNS for macOS; and those of the portal's pages. Needs a browser; run it when the SVG changes.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { fail, root } from './lib/base.mjs';
import { ensureBrowser } from './lib/browser.mjs';
import { toIcns, toIco } from './lib/icon-files.mjs';
import { drawPortalIcons } from './lib/portal-icons.mjs';

const folder = join(root, 'resources', 'icons');
const sizes = [16, 24, 32, 48, 64, 128, 256, 512, 1024];

const browser = await ensureBrowser();
if ('why' in browser) fail(browser.why);
const pngs = await draw(readFileSync(join(folder, 'icon.svg'), 'utf8'), browser.path);

mkdirSync(join(folder, 'linux'), { recursive: true });
for (const size of [16, 32, 48, 64, 128, 256, 512])
  writeFileSync(join(folder, 'linux', `${size}x${size}.png`), pngs.get(size));
writeFileSync(join(folder, 'icon.png'), pngs.get(1024));
writeFileSync(join(folder, 'icon.ico'), toIco(pngs));
writeFileSync(join(folder, 'icon.icns'), toIcns(pngs));
console.log(`Drew ${sizes.length} sizes into resources/icons, and those of portal/web/public.`);

/** @returns {Promise<Map<number, Buffer>>} size in pixels -> PNG with a transparent ground */
async function draw(svg, executablePath) {
  const app = await chromium.launch({ executablePath, args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] });
  const page = await app.newPage();
  const drawn = new Map();
  for (const size of sizes) {
    await page.setViewportSize({ width: size, height: size });
    await page.setContent(`<style>body{margin:0}svg{display:block;width:${size}px;height:${size}px}</style>${svg}`);
    drawn.set(size, await page.locator('svg').screenshot({ omitBackground: true }));
  }
  await page.close();
  await drawPortalIcons(app);
  await app.close();
  return drawn;
}
