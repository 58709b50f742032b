import { createCanvas } from '@napi-rs/canvas';
import type { BrowserContext, Page } from 'playwright-core';

import { isShared } from '../lib/team.ts';
import { approveAll, openLink, toReview } from './client.ts';
import { SLOW_MS, type Stage } from './stage.ts';

const BINDER = /home insurance binder/i;

/** Two photos as one paper over a line that breaks half-way: the tab is closed meanwhile, and nothing of it is lost. */
export async function sendsPhotos(stage: Stage, phone: Page, url: string): Promise<Page> {
  const { shot } = stage;
  const context = phone.context();
  await toBinder(phone);
  await throttle(context, phone);
  await phone
    .locator('input[type="file"]')
    .first()
    .setInputFiles([photo(1), photo(2)]);
  await phone
    .getByText(/[1-9]\d* %/)
    .first()
    .waitFor({ timeout: SLOW_MS });
  await context.setOffline(true);
  await phone.getByText('No signal. It will continue when you are back.').waitFor({ timeout: SLOW_MS });
  await shot(phone, 'upload-without-signal');
  await phone.close();
  await context.setOffline(false);
  const again = await context.newPage();
  again.setDefaultTimeout(SLOW_MS);
  await again.goto(url);
  // The session is still this person's; where it is over, the second step comes first.
  const open = again.getByRole('button', { name: 'Open my closing' });
  const home = again.getByRole('heading', { name: /^Hello Priya/ });
  await open.or(home).first().waitFor();
  if (await open.isVisible()) await openLink(stage, again, url, 'Priya');
  await again.getByText('You have 2 pages that were not sent yet').waitFor();
  await shot(again, 'upload-kept');
  await again.getByRole('button', { name: 'Go on' }).first().click();
  await again.getByRole('button', { name: 'Send as one PDF' }).click();
  await again.getByRole('heading', { name: 'Sent. Thank you' }).waitFor({ timeout: SLOW_MS });
  await shot(again, 'upload-done');
  return again;
}

/** The desk sends it back with a reason, the phone reads why and sends one page more, and then it is approved. */
export async function againWithReason({ desk, shot }: Stage, phone: Page): Promise<void> {
  const { page } = desk;
  await toReview(page);
  await page.getByText('sent by Priya Raman through their page').waitFor({ timeout: SLOW_MS });
  const review = page.getByRole('region', { name: 'Review' });
  await review.getByRole('button', { name: /^Approve/ }).waitFor({ timeout: SLOW_MS });
  await shot(page, 'review');
  await page.keyboard.press('r');
  const back = page.getByRole('dialog', { name: 'Send it back' });
  await back.getByLabel('What is to be done').fill(WHY);
  await back.getByRole('button', { name: 'Send it back' }).click();
  await back.waitFor({ state: 'detached' });
  await isShared(desk);
  await phone.goBack().catch(() => null);
  await phone.reload();
  await phone.getByText(WHY).first().waitFor();
  await shot(phone, 'sent-back-with-reason');
  await toBinder(phone);
  await phone
    .locator('input[type="file"]')
    .first()
    .setInputFiles([photo(3), photo(4)]);
  await phone.getByRole('button', { name: 'Send as one PDF' }).click();
  await phone.getByRole('heading', { name: 'Sent. Thank you' }).waitFor();
  await toReview(page);
  await page.getByText('sent by Priya Raman through their page').waitFor({ timeout: SLOW_MS });
  await approveAll(desk);
  await isShared(desk);
  await shot(page, 'approved');
}

const WHY = 'Page 2 is cut off at the bottom. Take it again, please.';

/** From home: what came back is the next step, what is asked for later stands in the list below it. */
async function toBinder(phone: Page): Promise<void> {
  const all = phone.getByRole('button', { name: /^Show all \d+$/ });
  if (await all.first().isVisible()) await all.first().click();
  // "Send it" where it is the next step, its own words where it is one of the others.
  await phone
    .getByRole('button', { name: /^Send (it|us)[^:]*: .*home insurance binder/i })
    .or(phone.getByRole('region', { name: BINDER }).getByRole('button', { name: 'Send it', exact: true }))
    .first()
    .click();
  await phone.getByRole('heading', { name: BINDER }).waitFor();
}

/** A line so slow that there is a half-way: a page takes seconds. */
async function throttle(context: BrowserContext, phone: Page): Promise<void> {
  const session = await context.newCDPSession(phone);
  await session.send('Network.enable');
  await session.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: 100,
    downloadThroughput: 200_000,
    uploadThroughput: 60_000,
  });
}

/** A page of a paper as a phone takes it: grey, a little noisy, so that it has the size of a photo. */
function photo(number: number): { readonly name: string; readonly mimeType: string; readonly buffer: Buffer } {
  const canvas = createCanvas(1500, 2000);
  const pen = canvas.getContext('2d');
  pen.fillStyle = '#d9d6cf';
  pen.fillRect(0, 0, 1500, 2000);
  for (let at = 0; at < 60_000; at += 1) {
    const shade = 150 + ((at * 7919) % 90);
    pen.fillStyle = `rgb(${shade},${shade},${shade - 8})`;
    pen.fillRect((at * 104_729) % 1500, (at * 15_485_863) % 2000, 4, 4);
  }
  pen.fillStyle = '#222';
  pen.font = '64px sans-serif';
  pen.fillText(`Homeowners policy, photo ${number}`, 120, 300);
  return { name: `IMG_00${number}.jpg`, mimeType: 'image/jpeg', buffer: canvas.toBuffer('image/jpeg', 90) };
}
