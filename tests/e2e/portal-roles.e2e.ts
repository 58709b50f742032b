import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { violations } from './lib/axe.ts';
import type { Desk } from './lib/desk.ts';
import { expect, until } from './lib/expect.ts';
import type { Journey } from './lib/journey.ts';
import { sideways, withPhone } from './lib/phone.ts';
import { places } from './lib/places.ts';
import { PortalServer } from './lib/portal-server.ts';
import { beginRoles, linkFor, MARKS, ROLES, type Role, type RolesDeal } from './lib/roles-deal.ts';
import { OVER_MS } from './lib/team.ts';
import { enter, type Visitor } from './lib/visitor.ts';

/** Everybody of one deal on their own phone, at the portal of the office. */
export const journeys: readonly Journey[] = [
  {
    name: 'roles: a seller, their agent, the lender and title each see their own page and do one thing on it',
    runsOnce: true,
    limitMs: 600_000,
    run: (desk) => PortalServer.with((portal) => eachDoes(desk, portal)),
  },
];

const shots = join(places.artifacts, 'portal-roles');

async function eachDoes(desk: Desk, portal: PortalServer): Promise<void> {
  const deal = await beginRoles(desk, portal);
  rmSync(shots, { recursive: true, force: true });
  mkdirSync(shots, { recursive: true });
  await withPhone(async (phone) => {
    const visitors = {} as Record<Role, Visitor>;
    for (const role of ROLES) visitors[role] = await enter(phone, role, (await linkFor(desk, deal, role)).url);
    for (const visitor of Object.values(visitors)) await look(visitor, 'home');
    await seller(visitors.client);
    await agent(visitors.agent);
    await lender(visitors.lender);
    await title(visitors.title);
    await atOnce(desk, deal, visitors);
    for (const visitor of Object.values(visitors)) seesOwn(visitor);
    const complaints = phone.errors.filter((text) => !/40[1349]|42\d/.test(text));
    expect(complaints, [], 'what the pages complained of');
  });
}

/** What each may be told of all that is marked. The rest must not be anywhere in what reached their browser. */
const TOLD: Readonly<Record<Role, readonly (keyof typeof MARKS)[]>> = {
  client: ['contract', 'clientPhone', 'otherName', 'strategy'],
  'co-client': ['contract', 'coPhone', 'otherName', 'strategy'],
  agent: ['contract', 'draft', 'clientPhone', 'coPhone', 'tcTask', 'lenderTask', 'titleTask', 'otherName', 'strategy'],
  // The lender stands with whoever borrows: here the other side.
  lender: ['contract', 'lenderTask', 'otherName', 'otherPhone'],
  title: ['contract', 'titleTask', 'clientPhone', 'coPhone', 'otherName', 'otherPhone'],
};

function seesOwn({ role, told }: Visitor): void {
  const text = told();
  const found = (Object.keys(MARKS) as (keyof typeof MARKS)[]).filter((mark) => text.includes(MARKS[mark]));
  expect(found.toSorted(), [...TOLD[role]].toSorted(), `what of the marks reached the browser of the ${role}`);
}

/** Nothing wrong, at any size; kept as a picture. */
async function look({ role, page }: Visitor, name: string): Promise<void> {
  for (const size of [
    { width: 1440, height: 900 },
    { width: 320, height: 640 },
    { width: 390, height: 844 },
  ]) {
    await page.setViewportSize(size);
    expect(await sideways(page), 0, `how far ${name} of the ${role} scrolls sideways at ${size.width}`);
    if (size.width !== 320)
      await page.screenshot({ path: join(shots, `${role}-${name}-${size.width}.png`), fullPage: true });
  }
  expect(await violations(page), [], `what axe finds on ${name} of the ${role}`);
  await page.emulateMedia({ colorScheme: 'light' });
}

const door = (page: Page, name: RegExp) => page.getByRole('navigation').getByRole('button', { name });

/** Proposes somebody who sells with her, asks for a credit instead of repairs, and to mend a mistake. */
async function seller(visitor: Visitor): Promise<void> {
  const { page } = visitor;
  await page.getByRole('button', { name: 'Propose somebody' }).click();
  await page.getByLabel('A co-seller: sells with you').check();
  await page.getByLabel('Full name').fill('Greta Brandt');
  await page.getByLabel('Phone', { exact: true }).fill('(916) 555-0155');
  await look(visitor, 'propose');
  await page.getByRole('button', { name: 'Propose them' }).click();
  await page.getByRole('heading', { name: 'Greta Brandt is proposed' }).waitFor();
  await page.getByRole('button', { name: 'See the people on this deal' }).click();
  await page.getByText('Noor calls them first. They get their own link after that.').waitFor();
  await look(visitor, 'people');
  await home(page);

  await door(page, /Ask for a change/).click();
  await page.getByRole('button', { name: 'Repairs, or money instead' }).click();
  await page.getByLabel('Repair 1').fill('Leak under the kitchen sink');
  await page.getByLabel(/^Money instead/).fill('$2,500');
  await page.getByLabel(/^Why/).fill(MARKS.strategy);
  await look(visitor, 'ask');
  await page.getByRole('button', { name: 'Look it over' }).click();
  await page.getByText('A credit of $2,500 at closing.').waitFor();
  await look(visitor, 'review');
  await page.getByRole('button', { name: 'Send my request' }).click();
  await page.getByRole('heading', { name: 'Your request is on its way' }).waitFor();
  await page.getByRole('button', { name: 'Back to my page' }).click();

  await door(page, /Changes/).click();
  await page.getByRole('button', { name: 'Ask for a change' }).click();
  await page.getByRole('button', { name: 'Correct a mistake in a paper' }).click();
  await page.getByLabel('Which paper').selectOption({ label: MARKS.contract });
  await page.getByLabel(/^What is wrong/).fill('The street is spelled wrong.');
  await page.getByRole('button', { name: 'Look it over' }).click();
  await page.getByRole('button', { name: 'Send my request' }).click();
  await page.getByRole('button', { name: 'See how it stands' }).click();
  await page.getByRole('heading', { name: 'A paper is corrected' }).waitFor();
  await look(visitor, 'changes');
}

/** Agrees to the correction that the seller asked for. */
async function agent(visitor: Visitor): Promise<void> {
  const { page } = visitor;
  await page.reload();
  await page.getByText('Agree or decline: A paper is corrected').waitFor();
  await look(visitor, 'asked');
  await page.getByRole('button', { name: 'Look at it' }).first().click();
  await page.getByText('The street is spelled wrong.').waitFor();
  await page.getByRole('button', { name: 'Agree', exact: true }).click();
  await page.getByText('Your answer is kept. Thank you.').waitFor();
  await look(visitor, 'change');
  await home(page);
}

/** Is asked about the credit, and reads nothing of it before the co-client has agreed; marks the one step of the lender as done. */
async function lender(visitor: Visitor): Promise<void> {
  const { page } = visitor;
  await page.reload();
  await page.getByText('Agree or decline: Repairs').waitFor();
  await look(visitor, 'asked');
  await page.getByRole('button', { name: 'Look at it' }).first().click();
  await page.getByText(/^What exactly is asked is not shown here/).waitFor();
  for (const kept of ['Leak under the kitchen sink', '$2,500', MARKS.strategy])
    expect(await page.getByText(kept).count(), 0, `how often the lender reads “${kept}”`);
  await look(visitor, 'request');
  await home(page);
  await door(page, /What you have to do/).click();
  await page.getByRole('button', { name: `It is done: ${MARKS.lenderTask}` }).click();
  await page.getByRole('heading', { name: MARKS.lenderTask }).waitFor({ state: 'detached' });
  await look(visitor, 'tasks');
  await home(page);
}

/** Reads the contract on the page. */
async function title(visitor: Visitor): Promise<void> {
  const { page } = visitor;
  await door(page, /Papers/).click();
  await page.getByRole('button', { name: `Read ${MARKS.contract}` }).click();
  await page.getByText(/RESIDENTIAL PURCHASE AGREEMENT/).waitFor({ state: 'attached', timeout: OVER_MS });
  await look(visitor, 'contract');
  await home(page);
}

/** The agent asks for another day; both sellers answer at the same moment, one so and one so. No is no, whoever was first. */
async function atOnce(desk: Desk, { dealId }: RolesDeal, visitors: Record<Role, Visitor>): Promise<void> {
  const { page } = visitors.agent;
  await door(page, /Changes/).click();
  await page.getByRole('button', { name: 'Ask for a change' }).click();
  await page.getByRole('button', { name: 'Close later or earlier' }).click();
  await page.getByLabel('New day').fill('2031-03-28');
  await page.getByRole('button', { name: 'Look it over' }).click();
  await page.getByRole('button', { name: 'Send my request' }).click();
  await page.getByRole('heading', { name: 'Your request is on its way' }).waitFor();
  const both = [visitors.client.page, visitors['co-client'].page] as const;
  for (const each of both) {
    await home(each);
    await each.reload();
    await each.getByText('Agree or decline: Another closing day').waitFor();
    await door(each, /Changes/).click();
    await each.getByRole('button', { name: 'Look and answer Another closing day' }).click();
  }
  await both[1].getByRole('button', { name: 'Decline', exact: true }).click();
  await both[1].getByLabel(/^Why \(those/).fill('We have moved out by then.');
  await Promise.all([
    both[0].getByRole('button', { name: 'Agree', exact: true }).click(),
    both[1].getByRole('button', { name: 'Decline this change' }).click(),
  ]);
  await both[1].getByText('Declined. Nothing has changed.').waitFor();
  await both[0].getByText(/Your answer is kept|This request was declined/).waitFor();
  await both[0].reload();
  await both[0].getByText('Declined. Nothing has changed.').waitFor();
  await look(visitors.client, 'declined');
  const closing = async () =>
    (await desk.call('deals:get', { dealId }))?.anchors.find(({ name }) => name === 'closing')?.on;
  expect(await closing(), '2031-03-14', 'the closing day after a request that was declined');
}

/** Back to the first screen, as somebody would. */
async function home(page: Page): Promise<void> {
  await until(
    async () => {
      if (await page.getByRole('heading', { name: /^Hello/ }).isVisible()) return true;
      const back = page.getByRole('button', { name: 'Back', exact: true });
      await back.click({ timeout: 2_000 }).catch(() => undefined);
      return false;
    },
    (isThere) => isThere,
    'home',
    OVER_MS,
  );
}
