import { execFile } from 'node:child_process';
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { STAGES } from '../../../core/deals/model.ts';
import { command } from '../lib/deals.ts';
import type { Desk } from '../lib/desk.ts';
import { expect, until } from '../lib/expect.ts';
import { places } from '../lib/places.ts';
import { foot, isShared } from '../lib/team.ts';
import { toDeal } from './papers.ts';
import { SLOW_MS, type Stage } from './stage.ts';

declare global {
  interface Window {
    madeFile?: { readonly sha256: string; readonly name: string };
  }
}

/** The portal is gone for a while: the desk works on, and what it did arrives when the portal is back. */
export async function apart({ desk, portal, shot }: Stage, dealId: string): Promise<void> {
  const { page } = desk;
  await portal.stop();
  await foot(page, /^Offline/).waitFor({ timeout: SLOW_MS });
  await toDeal(page, dealId);
  await page.keyboard.press('8');
  await page.getByRole('button', { name: /Write a note/ }).waitFor();
  await page.keyboard.press('a');
  await page.keyboard.type('Keys are with the neighbour.');
  await page.keyboard.press('Control+Enter');
  await page.getByRole('article').filter({ hasText: 'Keys are with' }).waitFor();
  await foot(page, /1 thing waits to go out/).waitFor();
  await shot(page, 'without-the-portal');
  await portal.start();
  await foot(page, /./).click();
  await page.getByRole('button', { name: 'Try now' }).click();
  await page.keyboard.press('Escape');
  await isShared(desk);
}

/** Every stage is done by what is done in it, and moved without a word of excuse; then packet, export and proof. */
export async function closing(stage: Stage, dealId: string): Promise<void> {
  const { desk, shot } = stage;
  const { page } = desk;
  await fillIn(stage, dealId);
  for (const [at, from] of STAGES.entries()) {
    await finish(desk, dealId, stage.days.today);
    const to = STAGES[at + 1];
    await toDeal(page, dealId);
    await page.getByText('Nothing missing.').waitFor({ timeout: SLOW_MS });
    await shot(page, `stage-${from}-done`);
    if (to === undefined) break;
    await page.keyboard.press('m');
    await until(
      async () => (await desk.call('deals:get', { dealId }))?.stage,
      (now) => now === to,
      `the move from ${from} to ${to}`,
    );
  }
  await packet(page);
  await shot(page, 'packet');
  await page.getByRole('button', { name: 'More for this deal' }).click();
  await page.getByRole('menuitem', { name: 'Close the deal' }).click();
  await page.getByRole('button', { name: 'Close it', exact: true }).click();
  await page
    .getByText(/This deal closed on/)
    .first()
    .waitFor();
  await shot(page, 'closed');
  await isShared(desk);
  await exported(stage);
}

/** The people that every sale has, who were not known on the first day. */
async function fillIn({ desk }: Stage, dealId: string): Promise<void> {
  const people = [
    ['agent', 'Marisol Quintero'],
    ['lender', 'Aiko Bergström'],
    ['title', 'Josué Tavares'],
    ['other-agent', 'Kwame Boateng'],
  ] as const;
  for (const [role, name] of people) {
    const personId = `${dealId}.${role}`;
    await command(desk, dealId, 'addPerson', { personId, role, name, company: '', email: '', phone: '' });
  }
}

/** Does all that the stage still asks for, as it says it: tasks in their order, papers as not needed or as noted. */
async function finish(desk: Desk, dealId: string, on: string): Promise<void> {
  for (let round = 0; round < 300; round += 1) {
    const deal = await desk.call('deals:get', { dealId });
    const missing = deal?.missing ?? [];
    if (missing.length === 0) return;
    const item = missing.find(({ state }) => state !== 'blocked') ?? missing[0];
    if (item === undefined) return;
    if (item.kind === 'task') await command(desk, dealId, 'completeTask', { taskId: item.id, on });
    else if (item.kind === 'document') await settle(desk, { dealId, lineId: item.id, on });
    else throw new Error(`${item.kind} ${item.id} is missing: ${item.what}`);
  }
  throw new Error('the stage does not come to an end');
}

async function settle(
  desk: Desk,
  { dealId, lineId, on }: { readonly dealId: string; readonly lineId: string; readonly on: string },
): Promise<void> {
  const line = (await desk.call('papers:lines', { dealId })).find(({ id }) => id === lineId);
  const versionId = line?.versions.toSorted((a, b) => b.number - a.number)[0]?.id ?? null;
  const act = versionId === null ? 'waive' : 'approve';
  const reason = versionId === null ? 'Kept by whoever needed it' : '';
  await command(desk, dealId, 'reviewLine', { lineId, act, versionId, reason, on });
}

async function packet(page: Page): Promise<void> {
  await page.keyboard.press('3');
  await page.getByRole('button', { name: 'More for the documents' }).click();
  await page.getByRole('menuitem', { name: /Closing packet/ }).click();
  const dialog = page.getByRole('dialog', { name: /Closing packet/ });
  await dialog.getByRole('button', { name: 'Build the packet' }).click();
  await dialog.getByText(/The packet is made: \d+ pages/).waitFor({ timeout: SLOW_MS });
  await dialog.getByText(/page 1 of \d+/).waitFor({ timeout: SLOW_MS });
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
}

/** The whole deal in one file, and the verifier's word that nothing in it was changed. */
async function exported({ desk, folder, shot }: Stage): Promise<void> {
  const { page } = desk;
  await page.keyboard.press('9');
  const activity = page.getByRole('region', { name: 'Activity', exact: true });
  await activity
    .getByText(/closed the deal/i)
    .first()
    .waitFor({ timeout: SLOW_MS });
  await shot(page, 'activity');
  await page.evaluate(() => {
    window.closeboard?.listen((event) => {
      if (event.type === 'job:progress' && event.made !== undefined) window.madeFile = event.made;
    });
  });
  await page.keyboard.press('e');
  const save = page.getByRole('button', { name: 'Save it' });
  await save.waitFor({ timeout: SLOW_MS });
  await shot(page, 'exported');
  const file = join(folder, 'deal.zip');
  if (desk.host === 'electron') {
    const made = await page.evaluate(() => window.madeFile);
    if (made === undefined) throw new Error('no file was told of');
    copyFileSync((await desk.call('files:copy-out', made)).path, file);
  } else {
    const [download] = await Promise.all([page.waitForEvent('download', { timeout: SLOW_MS }), save.click()]);
    await download.saveAs(file);
  }
  const told = await verify(file);
  expect(told, /^0 .*"ok":true/, 'what verify says of it');
}

/** Its exit code, and what it wrote. */
async function verify(file: string): Promise<string> {
  const words = [join(places.out, 'main', 'cli.js'), 'verify', file];
  return new Promise((resolve) => {
    execFile(places.node, words, { encoding: 'utf8' }, (error, stdout, stderr) =>
      resolve(`${error?.code ?? 0} ${stdout} ${stderr}`.replaceAll(/\s+/g, ' ')),
    );
  });
}
