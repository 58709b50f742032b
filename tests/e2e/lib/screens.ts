import type { Page } from 'playwright-core';
import { addSamples } from './deals.ts';
import { type Desk, isReady } from './desk.ts';

/** One screen in one state, to be looked at by axe and by the contact sheet. `show` starts on the board with samples. */
export interface Screen {
  readonly name: string;
  show(page: Page): Promise<void>;
}

/** A sample deal with much on it: people, notes, tasks done and late. */
const RICH = /2904.*Ashby Crossing/;

const TABS = [
  ['overview', 'Timeline'],
  ['tasks', 'Tasks'],
  ['documents', 'Documents'],
  ['dates', 'Dates'],
  ['people', 'People'],
  ['changes', 'Nobody has asked for a change.'],
  ['messages', 'Messages'],
  ['notes', 'Notes'],
  ['activity', 'Activity'],
] as const;

/** The screens of somebody who works with the sample deals, in an order in which each leads to the next. */
export const screens: readonly Screen[] = [
  { name: 'board', show: toBoard },
  {
    name: 'board, a card carried by keys',
    async show(page) {
      await toBoard(page);
      await page.getByRole('option', { name: RICH }).focus();
      await page.keyboard.press('m');
      await page.keyboard.press('ArrowRight');
      await page
        .getByRole('main')
        .getByText(/^Not yet for|^Drop here/)
        .waitFor();
    },
  },
  {
    name: 'board, a move refused',
    async show(page) {
      await page.keyboard.press('Enter');
      await page.getByRole('alertdialog').waitFor();
    },
  },
  {
    name: 'palette',
    async show(page) {
      await toBoard(page);
      await page.keyboard.press('Control+k');
      await page.getByRole('combobox', { name: 'Find or do' }).fill('an');
      await page.getByRole('listbox', { name: 'Found' }).getByRole('option').nth(3).waitFor();
    },
  },
  {
    name: 'all keys',
    async show(page) {
      await toBoard(page);
      await page.keyboard.press('?');
      await page.getByRole('dialog', { name: 'All keys' }).waitFor();
    },
  },
  {
    name: 'new deal',
    async show(page) {
      await toBoard(page);
      await page.keyboard.press('n');
      await page.getByRole('dialog', { name: 'New deal' }).waitFor();
    },
  },
  {
    name: 'new deal, fields to look at',
    async show(page) {
      const field = (name: string) => page.getByRole('textbox', { name, exact: true });
      await field('House number and street').fill('2904 Ashby Crossing');
      await field('State').fill('Calif');
      await field('ZIP').fill('958');
      await field('Contract date').fill('June 31');
      await page.keyboard.press('Control+Enter');
      await page.getByText(/fields? needs? a look/).waitFor();
    },
  },
  ...TABS.map(([tab, says], index) => ({
    name: `deal, ${tab}`,
    async show(page: Page) {
      if (index === 0) {
        await toBoard(page);
        await page.getByRole('option', { name: RICH }).click();
        await isReady(page, 'deal');
      }
      await page.keyboard.press(String(index + 1));
      await page.getByText(says).first().waitFor();
    },
  })),
  {
    name: 'deal, why this date',
    async show(page) {
      await page.keyboard.press('1');
      await page.getByRole('listbox', { name: 'Days of this deal' }).waitFor();
      await page.keyboard.press('w');
      await page.getByRole('dialog', { name: /^Why / }).waitFor();
    },
  },
  {
    name: 'deal, what a date moves',
    async show(page) {
      await backToFrame(page);
      await page.keyboard.press('4');
      await page.getByRole('listbox', { name: 'Dates' }).getByRole('option').nth(1).click();
      await page.getByRole('textbox', { name: 'Day' }).fill('6/30/2027');
      await page.getByRole('button', { name: 'See what moves…' }).click();
      await page.getByText('Nothing has changed yet.').waitFor();
    },
  },
  {
    name: 'deal, asking for a document',
    async show(page) {
      await backToFrame(page);
      await page.keyboard.press('3');
      await page.getByRole('listbox', { name: 'Documents' }).waitFor();
      await page.keyboard.press('q');
      await page.getByRole('list', { name: 'Documents to ask for' }).waitFor();
    },
  },
  {
    name: 'deal, closing packet',
    async show(page) {
      await backToFrame(page);
      await page.keyboard.press('3');
      await page.getByRole('listbox', { name: 'Documents' }).waitFor();
      await page.getByRole('button', { name: 'More for the documents' }).click();
      await page.getByRole('menuitem', { name: /Closing packet/ }).click();
      await page.getByRole('dialog', { name: 'Closing packet' }).waitFor();
    },
  },
  {
    name: 'deal, who sees what',
    async show(page) {
      await backToFrame(page);
      await page.keyboard.press('5');
      await page.getByRole('listbox', { name: 'People' }).waitFor();
      await page.keyboard.press('v');
      await page
        .getByText(/^Sample deals stay on this computer/)
        .first()
        .waitFor();
    },
  },
  {
    name: 'connection',
    async show(page) {
      await toBoard(page);
      await page.keyboard.press('y');
      await page.getByRole('dialog', { name: 'Connection' }).waitFor();
    },
  },
  {
    name: 'needs attention',
    async show(page) {
      await backToFrame(page);
      await page.keyboard.press('g');
      await isReady(page, 'attention');
    },
  },
  {
    name: 'inbox',
    async show(page) {
      await backToFrame(page);
      await page.getByRole('link', { name: /^Inbox/ }).click();
      await isReady(page, 'inbox');
      const files = page.getByRole('listbox', { name: 'Files that came in' });
      // The samples are read one after the other, which takes a busy machine its time.
      await files.getByRole('option', { name: /Document\(3\)/ }).click({ timeout: 60_000 });
      await page.getByRole('region', { name: 'Why we think so' }).waitFor();
    },
  },
  {
    name: 'inbox, a held file',
    async show(page) {
      await page.getByRole('option', { name: /Updated_Wire/ }).click();
      await page.getByRole('button', { name: 'I called, it is fraud' }).first().waitFor();
    },
  },
  {
    name: 'review queue',
    async show(page) {
      await backToFrame(page);
      await page.keyboard.press('Control+k');
      await page.getByRole('combobox', { name: 'Find or do' }).fill('Review queue');
      await page
        .getByRole('option', { name: /^Review queue/ })
        .first()
        .waitFor();
      await page.keyboard.press('Enter');
      await isReady(page, 'review');
    },
  },
  {
    name: 'search',
    async show(page) {
      await backToFrame(page);
      await page.keyboard.press('Control+k');
      await page.getByRole('combobox', { name: 'Find or do' }).fill('agency');
      await page.getByRole('listbox', { name: 'Found' }).getByRole('option').first().waitFor();
      await page.keyboard.press('Control+Enter');
      await isReady(page, 'search');
      await page.getByRole('listbox', { name: 'Found' }).getByRole('option').first().waitFor();
    },
  },
  {
    name: 'today',
    async show(page) {
      await backToFrame(page);
      await page.getByRole('link', { name: /^Today/ }).click();
      await isReady(page, 'today');
    },
  },
  {
    name: 'settings',
    async show(page) {
      await page.getByRole('link', { name: 'Settings' }).click();
      await isReady(page, 'settings');
      await page.getByRole('button', { name: /Connect a shared portal/ }).waitFor();
    },
  },
  {
    name: 'settings, connect a shared portal',
    async show(page) {
      await page.getByRole('button', { name: /Connect a shared portal/ }).click();
      await page.getByRole('dialog', { name: 'Connect a shared portal' }).waitFor();
    },
  },
];

/** The sample deals, on the board, whatever is open. */
export async function openWithSamples(desk: Desk): Promise<Page> {
  const page = await desk.open();
  await addSamples(desk);
  return page;
}

async function toBoard(page: Page): Promise<void> {
  await backToFrame(page);
  await page.keyboard.press('b');
  await isReady(page, 'board');
  await page.getByRole('option').first().waitFor();
}

/** Backs out of whatever floats over the screen; what was typed is discarded when that is asked. */
async function backToFrame(page: Page): Promise<void> {
  const floating = page.locator('[data-overlay]');
  if ((await floating.count()) === 0) return;
  await page.keyboard.press('Escape');
  const discard = page.getByRole('button', { name: 'Discard' });
  await page.waitForFunction(
    () => document.querySelector('[data-overlay]') === null || document.body.innerText.includes('Discard'),
  );
  if (await discard.isVisible()) await discard.click();
  await floating.first().waitFor({ state: 'detached' });
}
