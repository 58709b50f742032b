import { addDays, daysBetween, type PlainDate, weekdayOf } from '../../core/deadlines/plain-date.ts';
import type { DealView } from '../../electron/contract/values.ts';
import { longDay, rowDay } from '../../renderer/ui/days.ts';
import { violations } from './lib/axe.ts';
import { makeDeal } from './lib/deals.ts';
import { type Desk, isReady } from './lib/desk.ts';
import { expect, until } from './lib/expect.ts';
import type { Journey } from './lib/journey.ts';
import { tabTo, typeInto } from './lib/keys.ts';

const SIZES = [
  { width: 1440, height: 900 },
  { width: 1024, height: 700 },
] as const;

/** Every edit of a date is looked at before it is made. */
export const journeys: readonly Journey[] = [
  {
    name: 'the closing date is moved by keyboard: what moves is shown first, left, then taken, then undone',
    runsOnce: true,
    limitMs: 180_000,
    run: moveClosing,
  },
  {
    name: 'a date that the form counts is answered from the contract, and shows what it does before it counts',
    runsOnce: true,
    run: answerDate,
  },
  {
    name: 'a new deal shows every date with its reason before it is there',
    runsOnce: true,
    limitMs: 180_000,
    run: newDeal,
  },
];

async function moveClosing(desk: Desk): Promise<void> {
  const page = await desk.open();
  const { today } = await desk.call('workspace:get', {});
  const closing = weekday(addDays(today, 30));
  const later = weekday(addDays(closing, 8));
  const dealId = await openDates(desk, { acceptance: addDays(today, -1), closing });
  const before = await dealOf(desk, dealId);
  await page.keyboard.press('j');
  await page.getByRole('form', { name: 'Close of escrow' }).waitFor();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Control+a');
  await page.keyboard.type(typed(later));
  await page.keyboard.press('Enter');

  const title = `Move close of escrow, ${rowDay(closing, today)} to ${rowDay(later, today)}`;
  const dialog = page.getByRole('dialog', { name: title });
  await dialog.waitFor();
  await dialog.getByText('Nothing has changed yet.').waitFor();
  const dates = await dialog.getByRole('table', { name: /dates move/ }).innerText();
  expect(dates, new RegExp(`Close of escrow[\\s\\S]*${rowDay(later, today)}`), 'the day itself');
  expect(dates, /Walk-through|walk-through|verification/i, 'a date that counts from closing');
  expect(await dialog.innerText(), /stay where they are:[\s\S]*counted from Acceptance/, 'what stays, and why');
  expect(await dialog.getByRole('table', { name: /tasks move with them/ }).count(), 1, 'the tasks that move');
  expect(await focusedText(desk), /^Keep /, 'it starts on the safe choice');
  await lookAt(desk, 'the preview');
  expect(await dealOf(desk, dealId), before, 'the deal while it is looked at');

  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  expect(await dealOf(desk, dealId), before, 'the deal after it was left');
  await tabTo(page, 'See what moves…');
  await page.keyboard.press('Enter');
  await dialog.waitFor();
  await page.keyboard.press('Control+Enter');
  await dialog.waitFor({ state: 'detached' });
  const moved = await until(
    () => dealOf(desk, dealId),
    (deal) => deal.closingOn === later,
    'the new closing day',
  );
  expect(changed(before, moved) > 3, true, 'dates and tasks that moved');
  await page
    .getByRole('option', { name: new RegExp(`${rowDay(later, today)}.*Close of escrow`) })
    .first()
    .waitFor();

  await page.getByRole('button', { name: 'Undo' }).first().focus();
  await page.keyboard.press('Control+z');
  const back = await until(
    () => dealOf(desk, dealId),
    (deal) => deal.closingOn === closing,
    'the old closing day',
  );
  expect(changed(before, back), 0, 'dates and tasks that are not back');
}

async function answerDate(desk: Desk): Promise<void> {
  const page = await desk.open();
  const { today } = await desk.call('workspace:get', {});
  const accepted = addDays(today, -1);
  const dealId = await openDates(desk, { acceptance: accepted, closing: weekday(addDays(today, 45)) });
  const deposit = (await dealOf(desk, dealId)).dates.find(({ id }) => id === 'deposit');
  await page
    .getByRole('option', { name: /Deposit/ })
    .first()
    .click();
  await page.getByRole('button', { name: 'Change…' }).focus();
  await page.keyboard.press('Enter');
  await page.keyboard.type('10');
  await page.keyboard.press('Control+Enter');
  await page.getByText(/Say in a few words|where this date comes from/).waitFor();
  await typeInto(page, 'What says so', 'Box 3D of the signed contract');
  await page.keyboard.press('Control+Enter');
  const dialog = page.getByRole('dialog', { name: /^Move deposit/i });
  await dialog.waitFor();
  expect(await dialog.innerText(), /Box 3D of the signed contract/, 'the reason of the new day');
  expect(await focusedText(desk), /^Keep /, 'it starts on the safe choice');
  await page.keyboard.press('Control+Enter');
  await dialog.waitFor({ state: 'detached' });
  const after = (await dealOf(desk, dealId)).dates.find(({ id }) => id === 'deposit');
  expect(after?.override?.days, 10, 'the count');
  expect(daysBetween(accepted, after?.on ?? accepted) > daysBetween(accepted, deposit?.on ?? accepted), true, 'later');
  await page.getByRole('region', { name: `Why ${longDay(after?.on ?? today, today)}` }).waitFor();
}

async function newDeal(desk: Desk): Promise<void> {
  const page = await desk.open();
  const { today } = await desk.call('workspace:get', {});
  await page.keyboard.press('n');
  await page.getByRole('dialog', { name: 'New deal' }).waitFor();
  await page.getByText('Write the state, and the dates of its form stand here').waitFor();
  await typeInto(page, 'House number and street', '2214 Sorrel Way');
  await typeInto(page, 'State', 'CA');
  const dates = page.getByRole('region', { name: /^Dates/ });
  await dates
    .getByText(/Waits for the acceptance date/)
    .first()
    .waitFor();
  await typeInto(page, 'Name', 'Tomasz Adeyemi');
  await typeInto(page, 'Acceptance', typed(today));
  await typeInto(page, 'Close of escrow', typed(weekday(addDays(today, 35))));
  await dates
    .getByText(/3 business days after/)
    .first()
    .waitFor();
  const shown = await dates.getByRole('listitem').allInnerTexts();
  expect(shown.length > 8, true, 'dates');
  expect(
    shown.filter((text) => text.split('\n').length < 3),
    [],
    'dates without a reason',
  );
  await lookAt(desk, 'the new deal');
  await page.keyboard.press('Control+Enter');
  await isReady(page, 'deal');
  await page.getByRole('heading', { name: /Sorrel Way/ }).waitFor();
  const dealId = /deals\/([^/?#]+)/.exec(page.url())?.[1] ?? '';
  const opened = await dealOf(desk, dealId);
  const titles = shown.map((text) => text.split('\n')[1]?.trim()).sort();
  expect(titles, opened.dates.map(({ title }) => title).sort(), 'the dates that were shown are those of the deal');
}

async function openDates(
  desk: Desk,
  days: { readonly acceptance: PlainDate; readonly closing: PlainDate },
): Promise<string> {
  const { page } = desk;
  const anchors = [
    { name: 'acceptance', on: days.acceptance },
    { name: 'closing', on: days.closing },
  ];
  const dealId = await makeDeal(desk, { anchors });
  await page.getByRole('option', { name: /4410.*Tidewater Ct/ }).click();
  await isReady(page, 'deal');
  await page.keyboard.press('4');
  await page.getByRole('listbox', { name: 'Dates' }).getByRole('option').first().waitFor();
  await page.getByRole('listbox', { name: 'Dates' }).getByRole('option').first().focus();
  return dealId;
}

/** At both sizes, light and dark: nothing wrong, nothing cut off sideways. */
async function lookAt({ page }: Desk, what: string): Promise<void> {
  const wrong: string[] = [];
  const size = page.viewportSize();
  for (const each of SIZES) {
    await page.setViewportSize(each);
    const isSideways = await page.evaluate(() =>
      [...document.querySelectorAll('[role="dialog"] *')].some(
        (one) =>
          one.clientWidth > 0 && one.scrollWidth > one.clientWidth + 1 && getComputedStyle(one).overflowX === 'auto',
      ),
    );
    if (isSideways) wrong.push(`${each.width}: something scrolls sideways`);
    wrong.push(...(await violations(page)).map((one) => `${each.width}: ${one}`));
  }
  if (size !== null) await page.setViewportSize(size);
  expect(wrong.length, 0, `${what}:\n${wrong.join('\n')}\nviolations`);
}

async function dealOf(desk: Desk, dealId: string): Promise<DealView> {
  const deal = await desk.call('deals:get', { dealId });
  if (deal === null) throw new Error('the deal is gone');
  return { ...deal, canUndo: null };
}

function changed(before: DealView, after: DealView): number {
  const days = ({ dates, tasks }: DealView) =>
    new Map([...dates.map(({ id, on }) => [id, on] as const), ...tasks.map(({ id, dueOn }) => [id, dueOn] as const)]);
  const old = days(before);
  return [...days(after)].filter(([id, on]) => old.get(id) !== on).length;
}

async function focusedText({ page }: Desk): Promise<string> {
  return await page.evaluate(() => document.activeElement?.textContent ?? '');
}

/** The day itself, or the Wednesday after a weekend. */
function weekday(day: PlainDate): PlainDate {
  return weekdayOf(day) > 5 ? addDays(day, 10 - weekdayOf(day)) : day;
}

/** As a person types it: "12/28/2026". */
function typed(day: PlainDate): string {
  const [year, month, date] = day.split('-').map(Number);
  return `${month}/${date}/${year}`;
}
