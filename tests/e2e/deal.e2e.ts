import { command, makeDeal } from './lib/deals.ts';
import { type Desk, isReady } from './lib/desk.ts';
import { expect } from './lib/expect.ts';
import type { Journey } from './lib/journey.ts';

const ACCEPTED = [{ name: 'acceptance', on: '2026-06-02' }];

export const journeys: readonly Journey[] = [
  {
    name: 'W on a date says why: sentence, count, roll and clause',
    async run(desk) {
      const page = await desk.open();
      await makeDeal(desk, { anchors: ACCEPTED });
      await page.getByRole('option', { name: /4410.*Tidewater Ct/ }).click();
      await isReady(page, 'deal');
      await page.getByRole('option', { name: /Investigation contingency/ }).focus();
      await page.keyboard.press('w');
      const why = page.getByRole('dialog', { name: /^Why Monday, June 22/ });
      await why.waitFor();
      const text = await why.innerText();
      expect(text, /17 calendar days after Tue, June 2/, 'the sentence');
      expect(text, /June 19 \(Juneteenth\)[\s\S]*Mon, June 22/, 'the roll over the holiday');
      expect(text, /RPA[\s\S]*3L/, 'the clause');
      const days = why.getByRole('table', { name: 'How the days were counted' });
      expect(await days.innerText(), /22\s+ends/, 'the counted calendar');
      await page.keyboard.press('Escape');
      await why.waitFor({ state: 'detached' });
      const focused = await page.evaluate(() => document.activeElement?.textContent);
      expect(focused ?? '', /Investigation contingency/, 'the focus after Esc');
    },
  },
  {
    name: 'a stage waits for its documents: one leads to the other, and the last one lets the deal move on',
    async run(desk) {
      const page = await desk.open();
      const dealId = await makeDeal(desk, { anchors: ACCEPTED });
      await finishTasks(desk, dealId);
      const [last, ...others] = await waitedFor(desk, dealId);
      if (last === undefined) throw new Error('the first stage waits for no document');
      for (const { id } of others) await waive(desk, dealId, id);
      await page.getByRole('option', { name: /4410.*Tidewater Ct/ }).click();
      await isReady(page, 'deal');
      await page.keyboard.press('m');
      const refusal = page.getByRole('alertdialog', { name: 'Not ready for Parties' });
      await refusal.getByText('Intake is done when this one is in.').waitFor();
      await refusal.getByRole('button', { name: last.what }).click();
      await refusal.waitFor({ state: 'detached' });
      await page.getByRole('listbox', { name: 'Documents' }).waitFor();
      await page.getByText(`Still missing: ${last.what}.`).waitFor();
      await page.getByRole('button', { name: /^Not needed/ }).click();
      const dialog = page.getByRole('dialog', { name: 'Not needed?' });
      await dialog.getByRole('textbox', { name: 'Why' }).fill('The buyer came without an agent.');
      await dialog.getByRole('button', { name: 'Not needed' }).click();
      await page.getByText('Nothing missing.').waitFor();
      await page.keyboard.press('m');
      await page.keyboard.press('b');
      await page.locator(`[data-stage="parties"] [data-deal="${dealId}"]`).waitFor();
    },
  },
  {
    name: 'a closed deal can be read and not changed until it is reopened',
    async run(desk) {
      const page = await desk.open();
      const dealId = await makeDeal(desk, { anchors: ACCEPTED });
      await page.getByRole('option', { name: /4410.*Tidewater Ct/ }).click();
      await isReady(page, 'deal');
      await page.getByRole('button', { name: 'More for this deal' }).click();
      await page.getByRole('menuitem', { name: 'Close the deal' }).click();
      await page.getByRole('button', { name: 'Close it' }).click();
      await page.getByText(/Not ready to close/).waitFor();
      await page.getByRole('textbox', { name: 'Why' }).fill('The buyer and the seller settled it themselves.');
      await page.getByRole('button', { name: 'Close it anyway' }).click();
      await page.getByText(/This deal closed on/).waitFor();
      const note = { noteId: dealId, body: 'Too late', at: new Date().toISOString() };
      const refusal = await command(desk, dealId, 'addNote', note).then(
        () => '',
        (error: Error) => error.message,
      );
      expect(refusal, /DealClosed/, 'a note on a closed deal');
      await page.keyboard.press('2');
      await page.getByText('This deal is closed, so its tasks can be read and not changed.').waitFor();
      expect(await page.getByRole('button', { name: 'Mark done' }).count(), 0, 'buttons that change');
      await page.getByRole('button', { name: 'Reopen the deal' }).click();
      await page.getByText(/This deal closed on/).waitFor({ state: 'detached' });
      await command(desk, dealId, 'addNote', note);
      await page.keyboard.press('b');
      await page.locator(`[data-stage="intake"] [data-deal="${dealId}"]`).waitFor();
    },
  },
  {
    name: 'a link to a deal opens it, in a window that is open and in one that starts',
    async run(desk) {
      let page = await desk.open();
      const dealId = await makeDeal(desk);
      const link = `closeboard://deal/${dealId}`;
      await desk.startAgain([link]);
      await isReady(page, 'deal');
      await page.getByRole('heading', { name: /Tidewater Ct/ }).waitFor();
      await desk.close();
      page = await desk.open({ args: [link], ready: null });
      await isReady(page, 'deal');
      await page.getByRole('heading', { name: /Tidewater Ct/ }).waitFor();
      await desk.startAgain(['closeboard://deal/../../etc', 'closeboard://settings']);
      await page.getByRole('heading', { name: /Tidewater Ct/ }).waitFor();
    },
  },
];

/** Ticks every task of the first stage, those first that wait for nothing. */
async function finishTasks(desk: Desk, dealId: string): Promise<void> {
  for (;;) {
    const { tasks = [] } = (await desk.call('deals:get', { dealId })) ?? {};
    const free = tasks.find(
      ({ stage, doneOn, waitsFor }) => stage === 'intake' && doneOn === null && waitsFor.length === 0,
    );
    if (free === undefined) return;
    await command(desk, dealId, 'completeTask', { taskId: free.id, on: '2026-06-02' });
  }
}

async function waitedFor(desk: Desk, dealId: string) {
  const { missing = [] } = (await desk.call('deals:get', { dealId })) ?? {};
  expect([...new Set(missing.map(({ kind }) => kind))], ['document'], 'what the stage waits for');
  return missing;
}

async function waive(desk: Desk, dealId: string, lineId: string): Promise<void> {
  const args = { lineId, act: 'waive', versionId: null, reason: 'Not in this deal', on: '2026-06-02' };
  await command(desk, dealId, 'reviewLine', args);
}
