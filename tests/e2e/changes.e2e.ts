import type { Page } from 'playwright-core';
import { v7 as newId } from 'uuid';
import { addDays, type PlainDate, weekdayOf } from '../../core/deadlines/plain-date.ts';
import { textPdf } from '../../electron/backend/papers/testing.ts';
import type { ChangeView } from '../../electron/contract/portal-views.ts';
import { rowDay } from '../../renderer/ui/days.ts';
import { violations } from './lib/axe.ts';
import { command, makeDeal } from './lib/deals.ts';
import { type Desk, isReady } from './lib/desk.ts';
import { drop } from './lib/drop.ts';
import { expect, until } from './lib/expect.ts';
import type { Journey } from './lib/journey.ts';
import { sideways, withPhone } from './lib/phone.ts';
import { granted } from './lib/roles-deal.ts';

const WORD = 'blue heron over the pier';
/** How long the portal of this computer and what goes to it may take on a slow one. */
const SLOW_MS = 90_000;

/** What a client asks for at their page, from the quiet line on the desk to the dates that moved. */
export const journeys: readonly Journey[] = [
  {
    name: 'a client asks for a later closing and writes: the desk hears it at once, answers, and dates move with the signed paper',
    runsOnce: true,
    limitMs: 300_000,
    run: laterClosing,
  },
  {
    name: 'of two requests for one day the coordinator keeps one, and writes down an answer by telephone and takes it back',
    run: toldAndKept,
  },
];

interface At {
  readonly dealId: string;
  readonly personId: string;
  readonly today: PlainDate;
  readonly closing: PlainDate;
  readonly later: PlainDate;
}

async function laterClosing(desk: Desk): Promise<void> {
  const page = await desk.open();
  const at = await dealWithClient(desk);
  await withPhone(async ({ page: phone }) => {
    await openLink(desk, phone, at);
    await asks(phone, at);
    await heard(page);
    await looked(desk, at);
    await writes(phone);
    await answered(page, phone);
  });
  await sent(page, desk, at);
  await paperCame(page, desk, at);
  await putIntoEffect(page, desk, at);
  await toldBeside(page);
}

async function dealWithClient(desk: Desk): Promise<At> {
  const { today } = await desk.call('workspace:get', {});
  const closing = weekday(addDays(today, 30));
  const later = weekday(addDays(closing, 8));
  const anchors = [
    { name: 'acceptance', on: addDays(today, -1) },
    { name: 'closing', on: closing },
  ];
  const dealId = await makeDeal(desk, { street: '1847 Marlowe Ave', client: 'Priya Raman', anchors });
  const line = { title: 'Extension of time addendum', clientTitle: '', stage: 'closing', class: 'contract' };
  await command(desk, dealId, 'addLine', { lineId: 'l-ext', ...line, ownerRole: 'agent', isRequired: false });
  const view = await until(
    () => desk.call('access:get', { dealId }),
    (reply) => JSON.stringify(reply).includes('Priya Raman'),
    'the deal at the portal',
    SLOW_MS,
  );
  const entry = view.kind === 'ok' ? view.value.entries.find(({ name }) => name === 'Priya Raman') : undefined;
  if (entry === undefined) throw new Error('Priya is not among who sees what');
  return { dealId, personId: entry.id, today, closing, later };
}

async function openLink(desk: Desk, phone: Page, { dealId, personId }: At): Promise<void> {
  const wanted = { dealId, personId, secondStep: 'word', word: WORD, mayDownload: false, expiresOn: null } as const;
  const { url } = granted(await desk.call('access:make-link', wanted));
  await phone.goto(url);
  await phone.getByRole('button', { name: 'Open my closing' }).click();
  await phone.getByLabel('The word you agreed on').fill(WORD);
  await phone.keyboard.press('Enter');
  await phone.getByRole('heading', { level: 1, name: /^Hello Priya/ }).waitFor();
}

/** As the person's own page sends it; how that page looks is tried elsewhere. */
async function asks(phone: Page, { closing, later }: At): Promise<void> {
  const terms = [{ type: 'anchor', name: 'closing', from: closing, to: later }];
  const told = await ask(phone, 'ask-change', {
    ...{ actId: newId(), kind: 'closing-date', terms, reason: 'The loan needs a week more.' },
  });
  expect(told, /"ok":true/, 'the answer to the request');
}

async function writes(phone: Page): Promise<void> {
  const body = 'When do we get the keys?';
  const told = await ask(phone, 'write-message', { actId: newId(), aboutType: 'deal', aboutId: '', body });
  expect(told, /"ok":true/, 'the answer to the message');
}

async function ask(phone: Page, name: string, input: Record<string, unknown>): Promise<string> {
  return await phone.evaluate(
    async ([path, body]) => {
      const headers = { 'content-type': 'application/json' };
      const reply = await fetch(path ?? '', { method: 'POST', headers, body: body ?? '', credentials: 'same-origin' });
      return await reply.text();
    },
    [`/api/person/${name}`, JSON.stringify(input)],
  );
}

/** On the board, without anybody looking: a line says it and leads there. */
async function heard(page: Page): Promise<void> {
  const line = page.getByRole('status').filter({ hasText: /Priya Raman asks: Move close of escrow/ });
  await line.waitFor({ timeout: SLOW_MS });
  await line.getByRole('button', { name: 'Look at it' }).click();
  await page.getByRole('article', { name: 'Selected request' }).waitFor();
}

/** Who asked, why, what would move and who must agree; nothing has changed. */
async function looked(desk: Desk, { dealId, today, closing, later }: At): Promise<void> {
  const { page } = desk;
  const pane = page.getByRole('article', { name: 'Selected request' });
  const text = await until(
    () => pane.innerText(),
    (shown) => /dates? move/.test(shown),
    'what moves',
    SLOW_MS,
  );
  for (const says of ['Priya Raman', 'The loan needs a week more.', rowDay(closing, today), rowDay(later, today)])
    expect(text.includes(says), true, `"${says}" in the request: ${text}`);
  expect(text, /Priya Raman\s+our client\s+agreed/, 'that she agreed by asking');
  expect(text, /The other side\s+not asked/, 'that the other side was not asked');
  await page.keyboard.press('v');
  const dialog = page.getByRole('dialog', { name: /^Move close of escrow/ });
  await dialog.waitFor();
  await isWell(page, 'what would move');
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  await isWell(page, 'a request');
  expect((await desk.call('deals:get', { dealId }))?.closingOn, closing, 'the closing day while it is only asked for');
}

async function answered(page: Page, phone: Page): Promise<void> {
  const line = page.getByRole('status').filter({ hasText: /Priya Raman wrote/ });
  await line.waitFor({ timeout: SLOW_MS });
  await line.getByRole('button', { name: 'Answer' }).click();
  const pane = page.getByRole('region', { name: 'Messages with Priya Raman' });
  await pane.getByText('When do we get the keys?').waitFor();
  await page.keyboard.press('r');
  await page.keyboard.type('Wire it to account 123456789012, routing 021000021.');
  await page.keyboard.press('Control+Enter');
  await pane.getByText(/Take the account numbers out/).waitFor();
  await page.keyboard.press('Control+a');
  await page.keyboard.type('On the closing day, after the deed is recorded.');
  await page.keyboard.press('Control+Enter');
  await page.getByText('nobody waits').waitFor();
  await isWell(page, 'a conversation');
  const isThere = async () => (await ask(phone, 'home', {})).includes('after the deed is recorded');
  await until(isThere, (is) => is, 'the answer on the phone', SLOW_MS);
}

async function sent(page: Page, desk: Desk, { dealId }: At): Promise<void> {
  await page.keyboard.press('Escape');
  // A key counts for the deal once the field has let go of it.
  await until(
    () => page.evaluate(() => document.activeElement?.tagName ?? ''),
    (tag) => tag !== 'TEXTAREA',
    'the focus out of the field',
  );
  await page.keyboard.press('6');
  await page
    .getByRole('button', { name: /Send to the other side/ })
    .first()
    .waitFor();
  await page.keyboard.press('Enter');
  await until(
    () => only(desk, dealId),
    ({ sentToOtherSideAt, next }) => sentToOtherSideAt !== null && next === null,
    'the request sent on',
  );
}

/** Dropped on its line, marked as signed by everybody and reviewed; then the request knows it. */
async function paperCame(page: Page, desk: Desk, { dealId, today }: At): Promise<void> {
  await page.keyboard.press('3');
  await page.getByRole('option').first().focus();
  await page.keyboard.press('End');
  const row = page.locator('[data-drop-line="l-ext"]').first();
  await row.waitFor();
  const words = 'EXTENSION OF TIME ADDENDUM\n1847 Marlowe Ave, Sacramento\nClose of escrow is extended.';
  const text = Buffer.from(await textPdf(words)).toString('base64');
  await drop(page, row, { name: 'extension.pdf', type: 'application/pdf', text });
  const lines = await until(
    () => desk.call('papers:lines', { dealId }),
    (all) => (all.find(({ id }) => id === 'l-ext')?.versions.length ?? 0) > 0,
    'the extension on its line',
    SLOW_MS,
  );
  const versionId = lines.find(({ id }) => id === 'l-ext')?.versions[0]?.id ?? '';
  await command(desk, dealId, 'editVersion', { versionId, suffix: 'FE' });
  expect((await only(desk, dealId)).next?.kind, 'review', 'what is next once the signed paper is here');
  const review = { lineId: 'l-ext', act: 'approve', versionId, reason: '', on: today, at: new Date().toISOString() };
  await command(desk, dealId, 'reviewLine', review);
  await page.keyboard.press('6');
  await page.getByText(/looks like the paper for this request of Priya Raman/).waitFor();
}

async function putIntoEffect(page: Page, desk: Desk, { dealId, closing, later, today }: At): Promise<void> {
  const before = await desk.call('deals:get', { dealId });
  await page.keyboard.press('Enter');
  await page.getByRole('dialog', { name: 'Put it into effect' }).waitFor();
  await isWell(page, 'the question which paper it is');
  await page.keyboard.press('Control+Enter');
  const dialog = page.getByRole('dialog', { name: /^Move close of escrow/ });
  await dialog.getByRole('button', { name: /^Keep / }).waitFor();
  await isWell(page, 'what the paper moves');
  expect((await desk.call('deals:get', { dealId }))?.closingOn, closing, 'the closing day while it is looked at');
  await page.keyboard.press('Control+Enter');
  await dialog.waitFor({ state: 'detached' });
  const after = await until(
    () => desk.call('deals:get', { dealId }),
    (deal) => deal?.closingOn === later,
    'the new closing day',
  );
  const moved = (after?.dates ?? []).filter(({ id, on }) => on !== before?.dates.find((one) => one.id === id)?.on);
  expect(moved.length > 0, true, 'dates of the form that moved with it');
  await page.getByRole('option', { name: new RegExp(`${rowDay(later, today)}.*In effect`) }).waitFor();
  await page.keyboard.press('Control+z');
  await until(
    () => desk.call('deals:get', { dealId }),
    (deal) => deal?.closingOn === closing,
    'the closing day after it was taken back',
  );
}

/** The corner of activity tells what she did at her page, and people say when they were last seen. */
async function toldBeside(page: Page): Promise<void> {
  await page.keyboard.press('1');
  const beside = page.getByRole('complementary', { name: 'People and activity' });
  await beside.getByText(/Seen today/).waitFor({ timeout: SLOW_MS });
  await page.keyboard.press('t');
  await isReady(page, 'today');
  await page.getByRole('option', { name: /Put into effect: Move close of escrow/ }).waitFor();
  await isWell(page, 'Today');
}

async function only(desk: Desk, dealId: string): Promise<ChangeView> {
  const [change] = await desk.call('changes:of', { dealId });
  if (change === undefined) throw new Error('there is no request');
  return change;
}

async function isWell(page: Page, what: string): Promise<void> {
  expect(await violations(page), [], `what axe finds on ${what}`);
  await page.emulateMedia({ colorScheme: 'light' });
  const size = page.viewportSize();
  await page.setViewportSize({ width: 1024, height: 700 });
  expect(await sideways(page), 0, `how far ${what} scrolls sideways at 1024`);
  if (size !== null) await page.setViewportSize(size);
}

/** Without a portal: the client telephones, and two requests ask for the same day. */
async function toldAndKept(desk: Desk): Promise<void> {
  const page = await desk.open();
  const { today } = await desk.call('workspace:get', {});
  const closing = weekday(addDays(today, 30));
  const anchors = [
    { name: 'acceptance', on: addDays(today, -1) },
    { name: 'closing', on: closing },
  ];
  const dealId = await makeDeal(desk, { street: '1847 Marlowe Ave', client: 'Priya Raman', anchors });
  const facts = { isFinanced: true, hasCostOrCredit: null, hasDeposit: null, wasSigned: null };
  for (const [changeId, days, reason] of [
    ['first', 8, 'The loan needs a week more.'],
    ['second', 15, 'The lender gave this day.'],
  ] as const) {
    const terms = [{ type: 'anchor', name: 'closing', from: closing, to: weekday(addDays(closing, days)) }];
    const ends = { expiresAt: null, periodEndsAt: null, at: new Date().toISOString() };
    await command(desk, dealId, 'askChange', { changeId, kind: 'closing-date', terms, facts, reason, ...ends });
  }
  await page.getByRole('option', { name: /1847.*Marlowe Ave/ }).click();
  await isReady(page, 'deal');
  await page.keyboard.press('6');
  const pane = page.getByRole('article', { name: 'Selected request' });
  await pane.getByText('The loan needs a week more.').waitFor();
  await page.keyboard.press('j');
  await pane.getByText('The lender gave this day.').waitFor();
  await isWell(page, 'two requests for one day');
  await pane.getByRole('button', { name: 'Keep this one…' }).click();
  const keep = page.getByRole('dialog', { name: 'Keep this request?' });
  await page.keyboard.type('The lender gave this day.');
  await isWell(page, 'the question which request is kept');
  await page.keyboard.press('Control+Enter');
  await keep.waitFor({ state: 'detached' });
  await until(
    () => desk.call('changes:of', { dealId }),
    (all) => all.find(({ id }) => id === 'first')?.state === 'declined',
    'the other request declined',
  );
  await pane.getByText(/Kept over/).waitFor();
  await page.keyboard.press('w');
  const dialog = page.getByRole('dialog', { name: 'Write down an answer' });
  await pick(page, /Who answered/, /Priya Raman/);
  await pick(page, /What they said/, /They agree/);
  await isWell(page, 'an answer by telephone');
  await page.keyboard.press('Control+Enter');
  await dialog.waitFor({ state: 'detached' });
  await pane
    .getByText(/told to/)
    .first()
    .waitFor();
  await isWell(page, 'an answer that was told');
  await pane.getByRole('button', { name: /Take back/ }).click();
  await until(
    () => desk.call('changes:of', { dealId }),
    (all) => all.find(({ id }) => id === 'second')?.slots[0]?.state === 'asked',
    'the answer taken back',
  );
}

async function pick(page: Page, field: RegExp, option: RegExp): Promise<void> {
  await page.getByRole('button', { name: field }).click();
  await page.getByRole('option', { name: option }).click();
}

/** Not a Saturday or a Sunday: those may roll. */
function weekday(on: PlainDate): PlainDate {
  const day = weekdayOf(on);
  return day === 6 ? addDays(on, 2) : day === 7 ? addDays(on, 1) : on;
}
