import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CDPSession, Page } from 'playwright-core';
import type { Stage } from '../../../scripts/lib/portal-stage.ts';
import type { Phone } from './phone.ts';
import { photo } from './photos.ts';
import { sendingDeal } from './portal-deals.ts';
import { enter, goHome, onStage, screenTitle } from './portal-visit.ts';
import type { Look } from './team-screens.ts';

const CLIENT = 'p-priya';
const BINDER = 'Your home insurance binder';
/** A line on which a photo takes long enough to be looked at, in bytes a second. */
const SLOW_LINE = 30_000;

/** Sending a paper, from what is refused to what became of it. */
export async function portalUploads(phone: Phone, look: Look): Promise<void> {
  const told: Look = (page, name) => look(page, `portal, upload, ${name}`);
  const folder = mkdtempSync(join(tmpdir(), 'closeboard-sheet-'));
  try {
    await onStage({ deal: sendingDeal(), folder: join(folder, 'kept') }, async (stage) => {
      const page = await enter(stage, phone, CLIENT);
      await told(page, 'home with a paper that came back');
      await toSent(page, told);
      await refused(page, folder, told);
      await lostAndBack(page, told);
      await aFile(page, told);
      await goneMeanwhile(stage, page, told);
      await page.close();
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function toSent(page: Page, look: Look): Promise<void> {
  await page
    .getByRole('navigation')
    .getByRole('button', { name: /^What you have sent/ })
    .click();
  await screenTitle(page);
  await look(page, 'what became of it');
  await goHome(page);
}

async function refused(page: Page, folder: string, look: Look): Promise<void> {
  await toBinder(page);
  const choose = page.getByLabel('Choose a file or photos');
  await look(page, 'sent back with a reason');
  await choose.setInputFiles({ name: 'Binder.exe', mimeType: 'application/octet-stream', buffer: Buffer.from('MZ') });
  await page.getByText(/cannot be sent here/).waitFor();
  await look(page, 'a kind that is refused');
  const large = join(folder, 'All my bank statements of the last seven years.pdf');
  writeFileSync(large, '%PDF-1.7');
  truncateSync(large, 100_000_001);
  await choose.setInputFiles(large);
  await page.getByText(/is too large/).waitFor();
  await look(page, 'a file that is too large');
  await choose.setInputFiles({ name: 'Scan.heic', mimeType: 'image/heic', buffer: Buffer.alloc(0) });
  await page.getByText(/is empty/).waitFor();
  await look(page, 'an empty file');
}

async function lostAndBack(page: Page, look: Look): Promise<void> {
  await line(page, SLOW_LINE);
  await page
    .getByLabel('Take photos')
    .setInputFiles([photo(1), photo(2, { side: 1100 }), photo(3, { light: 0.12, side: 1100 })]);
  await page.getByText('3 photos, sent as one PDF.').waitFor();
  await page
    .getByText(/[1-9]\d %/)
    .first()
    .waitFor();
  await look(page, 'going up, one too dark');
  await page.getByRole('button', { name: 'Page 2: change' }).click();
  await look(page, 'what can be done with a page');
  await page.getByRole('button', { name: 'Done', exact: true }).click();
  await page.context().setOffline(true);
  await page.getByText(/Page 1 stopped at \d+ %\./).waitFor();
  await look(page, 'no signal');
  await page.getByRole('button', { name: 'Send as one PDF' }).click();
  await look(page, 'no signal, to be sent');
  await goHome(page);
  await page.context().setOffline(false);
  await line(page, SLOW_LINE);
  await page.reload();
  await page.getByText('You have 3 pages that were not sent yet').waitFor();
  await look(page, 'home with pages not sent yet');
  await page.getByRole('button', { name: 'Go on' }).click();
  await page.getByText(/\d+ %/).first().waitFor();
  await look(page, 'going on');
  await page.getByRole('button', { name: 'Remove all and stop' }).click();
  await look(page, 'giving it up');
  await page.getByRole('button', { name: 'Keep them' }).click();
  await line(page, -1);
  await safeAndSent(page, look);
}

async function safeAndSent(page: Page, look: Look): Promise<void> {
  const done = page.getByRole('heading', { name: 'Sent. Thank you' });
  const whole = page.getByRole('heading', { name: 'All pages are safe with us' });
  await whole.or(done).waitFor();
  if (await whole.isVisible()) {
    await look(page, 'all pages safe');
    await page.getByRole('button', { name: 'Send as one PDF' }).click();
    await done.waitFor();
  }
  await look(page, 'sent');
  await page.getByRole('button', { name: 'See what you have sent' }).click();
  await screenTitle(page);
  await look(page, 'sent, among what was sent');
  await goHome(page);
}

async function aFile(page: Page, look: Look): Promise<void> {
  await page
    .getByRole('navigation')
    .getByRole('button', { name: /^Send something else/ })
    .click();
  await screenTitle(page);
  await look(page, 'something else');
  const name = 'Letter_of_the_homeowners_association_about_everything_that_is_owed_2026-06-12_final_signed.pdf';
  await page.getByLabel('Choose a file or photos').setInputFiles({
    ...{ name, mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7\n') },
  });
  await page.getByText('Your file is safe with us').waitFor();
  await look(page, 'one file');
  await page.getByRole('button', { name: 'Send it' }).click();
  await page.getByText('Say in a few words what it is.').waitFor();
  await look(page, 'one file without a title');
  await page.getByRole('button', { name: 'Remove all and stop' }).click();
  await page.getByRole('button', { name: 'Yes, remove them' }).click();
  await goHome(page);
}

/** Somebody else brought the paper while its page was open. */
async function goneMeanwhile(stage: Stage, page: Page, look: Look): Promise<void> {
  await page
    .getByRole('navigation')
    .getByRole('button', { name: /^Papers/ })
    .first()
    .click();
  await page.getByRole('button', { name: /^Send it: The letter of your lender/ }).click();
  await screenTitle(page);
  await page.getByLabel('Take photos').setInputFiles([photo(4, { side: 600 })]);
  await page.getByRole('heading', { name: 'All pages are safe with us' }).waitFor();
  const deal = sendingDeal();
  await stage.desk.putDeal({
    ...deal,
    ...{ versions: [], papers: [], readings: [] },
    lines: deal.lines.map((line) => (line.id === 'l-letter' ? { ...line, state: 'approved' } : line)),
  });
  await page.getByRole('button', { name: 'Send as one PDF' }).click();
  await page.getByRole('button', { name: 'Send it as something else' }).waitFor();
  await look(page, 'a paper that is not needed any more');
}

async function toBinder(page: Page): Promise<void> {
  await page
    .getByRole('button', { name: /^Send it: Your home insurance|^Send it$/ })
    .first()
    .click();
  await page.getByRole('heading', { name: BINDER }).waitFor();
}

/** One for each page: a second one leaves the line of the first as slow as it was. */
const sessions = new WeakMap<Page, CDPSession>();

/** So many bytes a second go out; -1 for as many as there are. */
async function line(page: Page, uploadThroughput: number): Promise<void> {
  const session = sessions.get(page) ?? (await page.context().newCDPSession(page));
  sessions.set(page, session);
  await session.send('Network.enable');
  await session.send('Network.emulateNetworkConditions', {
    ...{ offline: false, latency: uploadThroughput < 0 ? 0 : 50, downloadThroughput: -1, uploadThroughput },
  });
}
