import type { Page } from 'playwright-core';
import { v7 as newId } from 'uuid';
import { TDS, textPdf } from '../../electron/backend/papers/testing.ts';
import type { PersonHome } from '../../portal/api/person-home.ts';
import { violations } from './lib/axe.ts';
import { card } from './lib/board.ts';
import { command, makeDeal } from './lib/deals.ts';
import { type Desk, isReady } from './lib/desk.ts';
import { drop } from './lib/drop.ts';
import { expect, until } from './lib/expect.ts';
import type { Journey } from './lib/journey.ts';
import { sideways, withPhone } from './lib/phone.ts';
import { granted } from './lib/roles-deal.ts';

const WORD = 'blue heron over the pier';
/** Two people whose names are longer than most places for them. */
const SPOUSE = 'Bartholomäus-Maximilian Achterberg-Hohenlohe-Schillingsfürst';
/** How long the portal of this computer and what goes to it may take on a slow one. */
const SLOW_MS = 90_000;

/** What the desk asks of people, and what it does with what they send: documents, reading, answers, proposals. */
export const journeys: readonly Journey[] = [
  {
    name: 'a document is asked for in two clicks, answers are taken, a proposal is accepted, and reading is asked for and done',
    runsOnce: true,
    limitMs: 300_000,
    run: peopleOfDeal,
  },
];

interface At {
  readonly dealId: string;
  readonly personId: string;
  readonly today: string;
}

async function peopleOfDeal(desk: Desk): Promise<void> {
  const page = await desk.open();
  const at = await dealWithClients(desk);
  await card(page, at.dealId).click();
  await isReady(page, 'deal');
  await withPhone(async ({ page: phone }) => {
    await openLink(desk, phone, at);
    await askForDocuments(page, phone);
    await askQuestions(page, phone);
    await takeAnswers(desk, phone, at);
    await decideProposal(page, phone);
    await askToRead(desk, phone, at);
  });
}

async function dealWithClients(desk: Desk): Promise<At> {
  const { today } = await desk.call('workspace:get', {});
  const dealId = await makeDeal(desk, { street: '1847 Marlowe Ave', client: 'Priya Raman' });
  const reach = { company: '', email: 'b@achterberg.example', phone: '' };
  await command(desk, dealId, 'addPerson', { personId: newId(), name: SPOUSE, role: 'co-client', ...reach });
  const view = await until(
    () => desk.call('access:get', { dealId }),
    (reply) => JSON.stringify(reply).includes('Priya Raman'),
    'the deal at the portal',
    SLOW_MS,
  );
  const entry = view.kind === 'ok' ? view.value.entries.find(({ name }) => name === 'Priya Raman') : undefined;
  if (entry === undefined) throw new Error('Priya is not among who sees what');
  return { dealId, personId: entry.id, today };
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

/** One click opens it, the second asks; then the same without a pointer, under a name of one's own. */
async function askForDocuments(page: Page, phone: Page): Promise<void> {
  await page.keyboard.press('3');
  await page.getByRole('button', { name: /^Ask for a document/ }).click();
  const dialog = page.getByRole('dialog', { name: 'Ask for a document' });
  const row = dialog
    .getByRole('list', { name: 'Documents to ask for' })
    .getByRole('button', { name: /Ask Priya Raman$/ });
  const title = (await row.first().locator('b').innerText()).trim();
  await isWell(page, 'asking for a document');
  await row.first().click();
  await dialog.waitFor({ state: 'detached' });
  await page.getByRole('article', { name: 'Selected document' }).getByRole('heading', { name: title }).waitFor();
  await page.getByText(/^On the page of Priya Raman,/).waitFor();
  await page.getByText(`${SPOUSE} has no link yet`).waitFor();
  await isWell(page, 'a document that was asked for');
  await page.keyboard.press('q');
  await page.keyboard.type('Proof of the deposit');
  await page.keyboard.press('Enter');
  await dialog.waitFor({ state: 'detached' });
  await until(
    async () => JSON.stringify(await homeOf(phone)),
    (home) => home.includes('Proof of the deposit'),
    'what is wanted, on the phone',
    SLOW_MS,
  );
  await page.keyboard.press('Control+z');
  await until(
    async () => JSON.stringify(await homeOf(phone)),
    (home) => !home.includes('Proof of the deposit'),
    'what was taken back, on the phone',
    SLOW_MS,
  );
}

async function askQuestions(page: Page, phone: Page): Promise<void> {
  await page.keyboard.press('1');
  await page.getByRole('button', { name: 'Ask questions' }).click();
  const dialog = page.getByRole('dialog', { name: 'Ask questions' });
  await isWell(page, 'asking questions');
  await dialog.getByRole('button', { name: /^Ask Priya Raman/ }).click();
  await dialog.waitFor({ state: 'detached' });
  await page.getByRole('region', { name: 'Questions for people' }).getByText('Asked', { exact: true }).waitFor();
  await until(
    async () => (await homeOf(phone)).forms.length,
    (count) => count === 1,
    'the questions on the phone',
    SLOW_MS,
  );
}

/** Answered on her page: the desk says so, shows what they would do, and only then they count. */
async function takeAnswers(desk: Desk, phone: Page, { dealId }: At): Promise<void> {
  const { page } = desk;
  const [form] = (await homeOf(phone)).forms;
  if (form === undefined) throw new Error('there is no form');
  const answers = Object.fromEntries(form.questions.map((question) => [question.id, answerTo(question)]));
  await ask(phone, 'send-form', { actId: newId(), formId: form.id, answers });
  const waits = page.getByRole('list', { name: 'People wait for your answer' });
  await waits.getByText(/Priya Raman answered/).waitFor({ timeout: SLOW_MS });
  await isWell(page, 'a deal on which somebody answered');
  await waits.getByRole('button', { name: 'Look at the answers' }).click();
  const dialog = page.getByRole('dialog', { name: form.title });
  await dialog.getByText(/^Taking these adds/).waitFor();
  await isWell(page, 'answers to take');
  await dialog.getByRole('button', { name: 'Send it back', exact: true }).click();
  await dialog.getByRole('button', { name: 'Send it back', exact: true }).click();
  await dialog.getByText(/Say in a few words what is to be answered again/).waitFor();
  await dialog.getByRole('textbox', { name: 'What is to be answered again' }).fill('The year is missing a figure.');
  await dialog.getByRole('button', { name: 'Send it back', exact: true }).click();
  await dialog.waitFor({ state: 'detached' });
  const isBack = async () => (await homeOf(phone)).forms[0]?.reason;
  await until(isBack, (reason) => reason === 'The year is missing a figure.', 'the reason on the phone', SLOW_MS);
  await ask(phone, 'send-form', { actId: newId(), formId: form.id, answers });
  await waits.getByRole('button', { name: 'Look at the answers' }).click({ timeout: SLOW_MS });
  const before = (await desk.call('deals:get', { dealId }))?.tasks.length ?? 0;
  await dialog.getByRole('button', { name: 'Take the answers' }).click();
  await dialog.waitFor({ state: 'detached' });
  const deal = await desk.call('deals:get', { dealId });
  expect(deal?.facts.find(({ name }) => name === 'yearBuilt')?.value, 1962, 'the year that she answered');
  expect((deal?.tasks.length ?? 0) === before, false, 'whether the list is as it was');
}

/** She wants a lender: the desk calls, adds them, and offers their link at once. */
async function decideProposal(page: Page, phone: Page): Promise<void> {
  await ask(phone, 'propose-person', {
    ...{ actId: newId(), role: 'lender', name: 'Aiko Bergström', company: 'Sierra Home Loans' },
    ...{ email: 'aiko@sierra.example', phone: '(916) 555-0177', words: 'She is doing our loan.' },
  });
  const waits = page.getByRole('list', { name: 'People wait for your answer' });
  await waits.getByText(/Priya Raman wants Aiko Bergström as lender/).waitFor({ timeout: SLOW_MS });
  await waits.getByRole('button', { name: 'Decide' }).click();
  const pane = page.getByRole('article', { name: 'Aiko Bergström' });
  await pane.getByText('Call first, on a number that you find yourself.').waitFor();
  await isWell(page, 'somebody to decide about');
  await page.keyboard.press('p');
  await page.getByText(/Aiko Bergström is on the deal/).waitFor();
  await page.getByText(/Make their link now/).waitFor({ timeout: SLOW_MS });
  await isWell(page, 'somebody who was added');
  await page.keyboard.press('l');
  await page.getByRole('dialog', { name: 'Make a link for Aiko Bergström' }).waitFor();
  await page.keyboard.press('Escape');
  const told = async () => (await homeOf(phone)).proposals[0]?.state;
  await until(told, (state) => state === 'accepted', 'what became of the proposal, on the phone', SLOW_MS);
}

/** A disclosure that was approved is to be read; one request is taken back, the other is acknowledged on the phone. */
async function askToRead(desk: Desk, phone: Page, { dealId, today }: At): Promise<void> {
  const { page } = desk;
  const lines = await desk.call('papers:lines', { dealId });
  const line = lines.find(({ class: kind, ownerRole, clientTitle }) => {
    return kind === 'disclosure' && clientTitle !== '' && ownerRole !== 'client';
  });
  if (line === undefined) throw new Error('there is no disclosure');
  await page.keyboard.press('3');
  const row = page.locator(`[data-drop-line="${line.id}"]`).first();
  await page.getByRole('listbox', { name: 'Documents' }).press('Home');
  while (!(await row.isVisible())) await page.keyboard.press('j');
  const text = Buffer.from(await textPdf(TDS)).toString('base64');
  await drop(page, row, { name: 'disclosure.pdf', type: 'application/pdf', text });
  const filed = await until(
    () => desk.call('papers:lines', { dealId }),
    (all) => (all.find(({ id }) => id === line.id)?.versions.length ?? 0) > 0,
    'the disclosure on its line',
    SLOW_MS,
  );
  const versionId = filed.find(({ id }) => id === line.id)?.versions[0]?.id ?? '';
  const review = { lineId: line.id, act: 'approve', versionId, reason: '', on: today, at: new Date().toISOString() };
  await command(desk, dealId, 'reviewLine', review);
  await row.click();
  const pane = page.getByRole('article', { name: 'Selected document' });
  await pane.getByText(/^Priya Raman was asked to read it/).waitFor();
  await pane.getByRole('button', { name: `Take back, ${SPOUSE}` }).click();
  await pane.getByText(`${SPOUSE} was asked to read it`).waitFor({ state: 'detached' });
  await pane.getByRole('button', { name: 'Ask to read, version 1' }).click();
  const dialog = page.getByRole('dialog', { name: 'Ask to read' });
  await isWell(page, 'asking somebody to read');
  await dialog.getByRole('button', { name: /^Ask to read/ }).click();
  await dialog.waitFor({ state: 'detached' });
  await pane.getByText(new RegExp(`^${SPOUSE} was asked to read it`)).waitFor();
  await until(
    () => ask(phone, 'acknowledge', { actId: newId(), versionId }),
    (told) => told.includes('"ok":true'),
    'the acknowledgement',
    SLOW_MS,
  );
  await pane.getByText(/^Priya Raman read and acknowledged it/).waitFor({ timeout: SLOW_MS });
  await pane.getByRole('button', { name: 'Say who may read it, version 1' }).click();
  const say = page.getByRole('dialog', { name: 'Who may read it?' });
  await say.getByText(/^With this: .*Priya Raman and/).waitFor();
  await say.getByRole('checkbox', { name: 'The lender needs it' }).check();
  await say.getByText(/^With this: .*Aiko Bergström/).waitFor();
  await isWell(page, 'saying who may read a file');
  await page.keyboard.press('Control+Enter');
  await pane.getByText('The lender needs it.').waitFor();
  await isWell(page, 'a document with its readers');
}

type Question = PersonHome['forms'][number]['questions'][number];

function answerTo({ id, kind, options }: Question): string | number | boolean {
  if (id === 'yearBuilt') return 1962;
  if (kind === 'yes-no') return true;
  return kind === 'choice' ? (options[0]?.value ?? '') : kind === 'day' ? '2026-12-01' : 'unknown';
}

async function homeOf(phone: Page): Promise<PersonHome> {
  const reply = JSON.parse(await ask(phone, 'home', {})) as { readonly ok: boolean; readonly value: PersonHome };
  if (!reply.ok) throw new Error(`home: ${JSON.stringify(reply)}`);
  return reply.value;
}

/** As the person's own page sends it; how that page looks is tried elsewhere. */
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

async function isWell(page: Page, what: string): Promise<void> {
  expect(await violations(page), [], `what axe finds on ${what}`);
  await page.emulateMedia({ colorScheme: 'light' });
  const size = page.viewportSize();
  await page.setViewportSize({ width: 1024, height: 700 });
  expect(await sideways(page), 0, `how far ${what} scrolls sideways at 1024`);
  if (size !== null) await page.setViewportSize(size);
}
