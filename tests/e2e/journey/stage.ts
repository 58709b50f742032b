import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import type { Desk } from '../lib/desk.ts';
import type { Phone } from '../lib/phone.ts';
import { places } from '../lib/places.ts';
import type { PortalServer } from '../lib/portal-server.ts';

/** Who takes part, and what they keep of it. */
export interface Stage {
  readonly desk: Desk;
  readonly portal: PortalServer;
  readonly phone: Phone;
  /** A folder of the coordinator's own, beside the app. */
  readonly folder: string;
  readonly days: Days;
  /** A picture of what somebody sees now, in the order of the story. */
  shot(page: Page, name: string): Promise<void>;
}

/** Days of the story, counted from today: what a test of dates says must not depend on when it runs. */
export interface Days {
  readonly today: string;
  readonly acceptance: string;
  readonly closing: string;
  readonly later: string;
}

/** How long what goes over the portal and through the reader may take on a slow computer. */
export const SLOW_MS = 90_000;

export function daysFrom(now: Date): Days {
  const day = (shift: number) => isoDay(new Date(now.getFullYear(), now.getMonth(), now.getDate() + shift));
  return { today: day(0), acceptance: day(-2), closing: day(40), later: day(47) };
}

/** "2026-12-30" as people type it: "12/30/2026". */
export function typed(day: string): string {
  const [year, month, date] = day.split('-');
  return `${Number(month)}/${Number(date)}/${year}`;
}

/** Pictures of this run, in a folder of their own. */
export function recorder(host: string): Stage['shot'] {
  const folder = join(places.artifacts, 'journey', host);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  let count = 0;
  return async (page, name) => {
    count += 1;
    await page.screenshot({ path: join(folder, `${String(count).padStart(2, '0')}-${name}.png`) });
  };
}

function isoDay(date: Date): string {
  const two = (number: number) => String(number).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}
