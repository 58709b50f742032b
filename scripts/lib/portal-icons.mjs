// The icons of the pages of people, for a home screen: the mark of icon.svg on white, small enough to be cut round where
// a phone cuts icons.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './base.mjs';

const folder = join(root, 'portal', 'web', 'public');

/** File, its size in pixels, and how much of it the mark takes: what is cut to a circle keeps 80 % of it. */
const icons = [
  ['icon-192.png', 192, 0.78],
  ['icon-512.png', 512, 0.78],
  ['icon-mask-512.png', 512, 0.6],
  ['icon-180.png', 180, 0.72],
];

/** Draws them into portal/web/public with an open browser. */
export async function drawPortalIcons(browser) {
  const svg = readFileSync(join(folder, 'icon.svg'), 'utf8');
  const page = await browser.newPage();
  for (const [name, size, part] of icons) {
    const mark = Math.round(size * part);
    await page.setViewportSize({ width: size, height: size });
    await page.setContent(
      `<style>body{margin:0;background:#fff;display:grid;place-items:center;height:100vh}svg{width:${mark}px}</style>${svg}`,
    );
    writeFileSync(join(folder, name), await page.screenshot());
  }
  await page.close();
}
