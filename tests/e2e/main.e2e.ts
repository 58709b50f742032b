import { cardIn } from './lib/board.ts';
import { type Desk, isReady } from './lib/desk.ts';
import { expect, until } from './lib/expect.ts';
import type { Journey } from './lib/journey.ts';
import { tabTo, typeInto } from './lib/keys.ts';

/** The way of a deal from its first line to the next start of the app; all of it must then still be there. */
export const journeys: readonly Journey[] = [
  {
    name: 'a deal by keyboard, moved, undone, and there again after the window was closed',
    run: (desk) => wholeWay(desk, () => desk.close()),
  },
  {
    name: 'a deal by keyboard, moved, undone, and there again after the plug was pulled',
    run: (desk) => wholeWay(desk, () => desk.killAll()),
  },
];

async function wholeWay(desk: Desk, end: () => Promise<void>): Promise<void> {
  await desk.open();
  await newDealByKeyboard(desk);
  const dealId = await dealOnBoard(desk);
  await workOnDeal(desk);
  await moveWithReason(desk, dealId);
  await moveByPointer(desk, dealId);
  await moveByKeys(desk, dealId);
  await undoTwice(desk, dealId);
  const before = await desk.call('deals:get', { dealId });
  await end();
  await desk.open();
  await cardIn(desk.page, 'disclosures', dealId).waitFor();
  expect(await desk.call('deals:get', { dealId }), before, 'the deal after the next start');
  expect(
    before?.notes.map(({ body }) => body),
    ['Prefers text messages.'],
    'notes',
  );
  expect(before?.people.map(({ name }) => name).sort(), ['Aiko Bergström', 'Tomasz Adeyemi'], 'people');
  expect(before?.tasks.filter(({ doneOn }) => doneOn !== null).length, 2, 'tasks done');
}

async function newDealByKeyboard({ page }: Desk): Promise<void> {
  await page.keyboard.press('n');
  await page.getByRole('dialog', { name: 'New deal' }).waitFor();
  await typeInto(page, 'House number and street', '1847 Tidewater Ct');
  await typeInto(page, 'Unit', '4B');
  await typeInto(page, 'City', 'Sacramento');
  await typeInto(page, 'State', 'California');
  await typeInto(page, 'ZIP', '95818');
  await tabTo(page, 'Buying to live in it');
  // To the other kind of purchase and back: choosing is by arrows.
  await page.keyboard.press('ArrowUp');
  await page.getByRole('radio', { name: 'Buying to invest' }).and(page.locator(':checked')).waitFor();
  await page.keyboard.press('ArrowDown');
  await page.getByRole('button', { name: /California Residential|RPA/ }).waitFor();
  await typeInto(page, 'Price in dollars', '585,000');
  await typeInto(page, 'Name', 'Tomasz Adeyemi');
  await typeInto(page, 'E-mail', 'tomasz@example.com');
  await typeInto(page, 'Acceptance', 'Jun 2, 2026');
  await typeInto(page, 'Close of escrow', 'Jul 2, 2026');
  await page.keyboard.press('Control+Enter');
  await isReady(page, 'deal');
  await page.getByRole('heading', { name: /Tidewater Ct 4B/ }).waitFor();
}

/** Back on the board, the deal stands in Intake; opened again by Enter. */
async function dealOnBoard({ page }: Desk): Promise<string> {
  await page.keyboard.press('b');
  await isReady(page, 'board');
  const card = page.locator('[data-stage="intake"]').getByRole('option', { name: /1847.*Tidewater Ct 4B/ });
  await card.waitFor();
  const dealId = (await card.getAttribute('data-deal')) ?? '';
  await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  await isReady(page, 'deal');
  return dealId;
}

async function workOnDeal({ page }: Desk): Promise<void> {
  await page.keyboard.press('2');
  const tasks = page.getByRole('listbox', { name: 'Tasks' });
  await tasks.getByRole('option').first().waitFor();
  await tickTwo(page);

  await page.keyboard.press('8');
  await page.getByRole('button', { name: /Write a note/ }).waitFor();
  await page.keyboard.press('a');
  await page.getByLabel('New note').waitFor();
  await page.keyboard.type('Prefers text messages.');
  await page.keyboard.press('Control+Enter');
  await page.getByRole('article').filter({ hasText: 'Prefers text messages.' }).waitFor();

  await page.keyboard.press('5');
  await page.getByRole('listbox', { name: 'People' }).waitFor();
  await page.keyboard.press('a');
  const form = page.getByRole('form', { name: 'New person' });
  await form.waitFor();
  await page.keyboard.type('Aiko Bergström');
  await tabTo(page, /Role/);
  await page.keyboard.type('Lender');
  await form.getByRole('button', { name: /Lender/ }).waitFor();
  await tabTo(page, 'Add to the deal');
  await page.keyboard.press('Enter');
  await page.getByRole('option', { name: /Aiko Bergström.*lender/i }).waitFor();
}

/** Two tasks that wait for nothing, each by Enter on its line. */
async function tickTwo(page: Desk['page']): Promise<void> {
  const count = page.getByText(/^\d+ of \d+ done$/);
  for (const done of [1, 2]) {
    const free = page
      .getByRole('option', { name: /, (open|due|late)/ })
      .and(page.locator(':not([aria-label*="Waits for"])'));
    await free.first().click();
    await page.getByRole('button', { name: 'Mark done' }).waitFor();
    await page.keyboard.press('Enter');
    await count.filter({ hasText: new RegExp(`^${done} of`) }).waitFor();
  }
}

/** Intake is not done: refused with what is missing, then moved with a reason. */
async function moveWithReason({ page }: Desk, dealId: string): Promise<void> {
  await page.keyboard.press('m');
  const refusal = page.getByRole('alertdialog', { name: 'Not ready for Parties' });
  await refusal.waitFor();
  expect((await refusal.getByRole('listitem').count()) > 0, true, 'the list of what is missing');
  await refusal.getByRole('button', { name: 'Move anyway…' }).click();
  await refusal.getByRole('button', { name: 'Move to Parties' }).click();
  await refusal.getByText(/Say in a few words/).waitFor();
  await refusal.getByRole('textbox').fill('The rest comes on Friday.');
  await refusal.getByRole('button', { name: 'Move to Parties' }).click();
  await refusal.waitFor({ state: 'detached' });
  await page.keyboard.press('b');
  await cardIn(page, 'parties', dealId).waitFor();
}

/** Dragged back to Intake, which asks nothing, and by the toast's Undo to Parties again. */
async function moveByPointer({ page }: Desk, dealId: string): Promise<void> {
  await cardIn(page, 'parties', dealId).dragTo(page.locator('[data-stage="intake"] h2'));
  await cardIn(page, 'intake', dealId).waitFor();
  // The card is there before the answer: until then the toast is still that of the step before.
  const toast = page.getByRole('status').filter({ hasText: /Intake/ });
  await toast.getByRole('button', { name: 'Undo' }).click();
  await cardIn(page, 'parties', dealId).waitFor();
}

/** M carries: Esc puts it back, Enter drops; what is not done asks for a reason here as well. */
async function moveByKeys(desk: Desk, dealId: string): Promise<void> {
  const { page } = desk;
  await cardIn(page, 'parties', dealId).focus();
  await page.keyboard.press('m');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Escape');
  await page.getByTestId('spoken').filter({ hasText: 'stays in Parties' }).waitFor();
  await page.keyboard.press('m');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  const refusal = page.getByRole('alertdialog', { name: 'Not ready for Disclosures' });
  // The card is shown there before the answer: only the answer tells which of the two it is.
  await until(
    async () => (await refusal.isVisible()) || (await stageOf(desk, dealId)) === 'disclosures',
    (isAnswered) => isAnswered,
    'an answer to the move',
  );
  if (await refusal.isVisible()) {
    await refusal.getByRole('button', { name: 'Move anyway…' }).click();
    await refusal.getByRole('textbox').fill('Escrow opens tomorrow.');
    await refusal.getByRole('button', { name: 'Move to Disclosures' }).click();
    // The card is there at once; keys are the board's again when the dialog has gone.
    await refusal.waitFor({ state: 'detached' });
  }
  await cardIn(page, 'disclosures', dealId).waitFor();
}

/** Ctrl Z goes back step by step; the last one is then done again by hand. */
async function undoTwice(desk: Desk, dealId: string): Promise<void> {
  const { page } = desk;
  await page.keyboard.press('Control+z');
  await cardIn(page, 'parties', dealId).waitFor();
  await cardIn(page, 'parties', dealId).focus();
  await page.keyboard.press('m');
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('Enter');
  await cardIn(page, 'intake', dealId).waitFor();
  await page.keyboard.press('Control+z');
  await cardIn(page, 'parties', dealId).waitFor();
  await moveByKeys(desk, dealId);
  await until(
    () => stageOf(desk, dealId),
    (now) => now === 'disclosures',
    'the stage in the records',
  );
}

async function stageOf(desk: Desk, dealId: string) {
  return (await desk.call('deals:get', { dealId }))?.stage;
}
