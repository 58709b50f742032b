import type { Page } from 'playwright-core';
import { v7 as newId } from 'uuid';
import { addDays } from '../../../core/deadlines/plain-date.ts';
import { card } from './board.ts';
import { command, makeDeal } from './deals.ts';
import { type Desk, isReady } from './desk.ts';
import { until } from './expect.ts';
import { withPhone } from './phone.ts';
import { granted, WORD } from './roles-deal.ts';
import type { Look } from './team-screens.ts';

const SLOW_MS = 90_000;

/** What the window shows of what people ask, write, answer and propose on their pages. */
export async function peopleScreens(desk: Desk, look: Look): Promise<void> {
  const page = await desk.open();
  const { dealId, personId, closing } = await makeIt(desk);
  await card(page, dealId).click();
  await isReady(page, 'deal');
  await withPhone(async ({ page: phone }) => {
    const wish = { dealId, personId, secondStep: 'word', word: WORD, mayDownload: false, expiresOn: null } as const;
    const { url } = granted(await desk.call('access:make-link', wish));
    await phone.goto(url);
    await phone.getByRole('button', { name: 'Open my closing' }).click();
    await phone.getByLabel('The word you agreed on').fill(WORD);
    await phone.keyboard.press('Enter');
    await phone.getByRole('heading', { level: 1, name: /^Hello/ }).waitFor();
    const terms = [{ type: 'anchor', name: 'closing', from: closing, to: addDays(closing, 7) }];
    await ask(phone, 'ask-change', { kind: 'closing-date', terms, reason: 'The loan needs a week more.' });
    await ask(phone, 'ask-change', {
      ...{ kind: 'price', terms: [{ type: 'price', fromCents: 58_500_000, toCents: 57_900_000 }] },
      reason: 'The appraisal came in lower than all of us had hoped for, and the lender will not lend more than that.',
    });
    await ask(phone, 'ask-change', {
      ...{ kind: 'price', terms: [{ type: 'price', fromCents: 58_500_000, toCents: 57_000_000 }] },
      reason: 'The roof is older than we were told.',
    });
    for (const body of [
      'When do we get the keys?',
      'And may we measure the rooms on Saturday?\nWe bring our own tape.',
    ])
      await ask(phone, 'write-message', { aboutType: 'deal', aboutId: '', body });
    await ask(phone, 'propose-person', {
      ...{ role: 'lender', name: 'Aiko Bergström', company: 'Sierra Home Loans', email: 'aiko@sierra.example' },
      ...{ phone: '(916) 555-0177', words: 'She is doing our loan.' },
    });
    await until(
      () => desk.call('portal-rows:of', { dealId }),
      ({ proposals }) => proposals.length === 1,
      'what the client proposed',
      SLOW_MS,
    );
  });
  await look(page, 'deal, people wait for an answer');
  await page.keyboard.press('6');
  await page.getByRole('article', { name: 'Selected request' }).getByText(/move/).first().waitFor();
  await look(page, 'deal, requests for change');
  await page.keyboard.press('v');
  await page.getByRole('dialog', { name: /^Move close of escrow|^What / }).waitFor();
  await look(page, 'deal, what a request would move');
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await requests(page, look);
  await page.keyboard.press('7');
  await page.getByRole('region', { name: /^Messages with/ }).waitFor();
  await look(page, 'deal, messages to answer');
  await page.keyboard.press('5');
  await page.getByRole('listbox', { name: 'People' }).waitFor();
  await look(page, 'deal, people with a proposal');
  await page.keyboard.press('1');
  await page.getByRole('button', { name: 'Ask questions' }).click();
  await page.getByRole('dialog', { name: 'Ask questions' }).waitFor();
  await look(page, 'deal, asking questions');
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.keyboard.press('t');
  await isReady(page, 'today');
  await page.getByRole('option', { name: /Priya/ }).first().waitFor();
  await look(page, 'today, what people ask');
  await page.keyboard.press('b');
  await isReady(page, 'board');
  await page
    .getByRole('option')
    .filter({ hasText: /wait for you/ })
    .first()
    .waitFor();
  await look(page, 'board, people wait');
}

/** What a coordinator does with requests: an answer by phone is written down, and one of two for the same is kept. */
async function requests(page: Page, look: Look): Promise<void> {
  await page.keyboard.press('w');
  await page.getByRole('dialog', { name: 'Write down an answer' }).waitFor();
  await look(page, 'deal, an answer by phone');
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.getByRole('option', { name: /570,000/ }).click();
  const pane = page.getByRole('article', { name: 'Selected request' });
  await pane.getByRole('button', { name: 'Keep this one…' }).first().waitFor();
  await look(page, 'deal, two requests for one thing');
  await pane.getByRole('button', { name: 'Keep this one…' }).first().click();
  await page.getByRole('dialog', { name: 'Keep this request?' }).waitFor();
  await look(page, 'deal, keeping one of two requests');
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
}

async function makeIt(desk: Desk) {
  const { today } = await desk.call('workspace:get', {});
  const closing = addDays(today, 30);
  const anchors = [
    { name: 'acceptance', on: addDays(today, -1) },
    { name: 'closing', on: closing },
  ];
  const dealId = await makeDeal(desk, { street: '1847 Marlowe Ave', client: 'Priya Raman', anchors });
  const reach = { company: '', email: 'b@achterberg.example', phone: '' };
  const name = 'Bartholomäus-Maximilian Achterberg-Hohenlohe-Schillingsfürst';
  await command(desk, dealId, 'addPerson', { personId: newId(), name, role: 'co-client', ...reach });
  const view = await until(
    () => desk.call('access:get', { dealId }),
    (reply) => JSON.stringify(reply).includes('Priya Raman'),
    'the deal at the portal',
    SLOW_MS,
  );
  const entry = view.kind === 'ok' ? view.value.entries.find((each) => each.name === 'Priya Raman') : undefined;
  if (entry === undefined) throw new Error('Priya is not among who sees what');
  return { dealId, personId: entry.id, closing };
}

/** As the person's own page sends it; how that page looks is drawn elsewhere. */
async function ask(phone: Page, name: string, input: Record<string, unknown>): Promise<void> {
  const told = await phone.evaluate(
    async ([path, body]) => {
      const headers = { 'content-type': 'application/json' };
      const reply = await fetch(path ?? '', { method: 'POST', headers, body: body ?? '', credentials: 'same-origin' });
      return await reply.text();
    },
    [`/api/person/${name}`, JSON.stringify({ actId: newId(), ...input })],
  );
  if (!told.includes('"ok":true')) throw new Error(`${name}: ${told}`);
}
