import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Reply } from '../../electron/contract/calls.ts';
import type { Answered } from '../../electron/contract/sync.ts';
import { violations } from './lib/axe.ts';
import { command, makeDeal } from './lib/deals.ts';
import type { Desk } from './lib/desk.ts';
import { expect, until } from './lib/expect.ts';
import type { Journey } from './lib/journey.ts';
import { sideways, withPhone } from './lib/phone.ts';
import { places } from './lib/places.ts';

/** Bytes of script for the first page, compressed as it is sent. */
const MOST_SCRIPT = 110 * 1024;

/** Another program than the desk's: the browser of somebody who was given a link, at the size of a phone. */
export const journeys: readonly Journey[] = [
  {
    name: 'the first page of the portal is light, and nothing in it is inline',
    runsOnce: true,
    async run() {
      const folder = join(places.out, 'portal-web');
      const page = readFileSync(join(folder, 'index.html'), 'utf8');
      expect(
        /<script(?![^>]* src=)|<style|style=|javascript:| on\w+=/.test(page),
        false,
        'anything inline in the page',
      );
      // Those that it names itself; each further screen loads its own when it is opened.
      const scripts = [...page.matchAll(/(?:src|href)="\/(assets\/[^"]+\.js)"/g)].map(([, name]) => name ?? '');
      const bytes = scripts.map((name) => gzipSync(readFileSync(join(folder, name))).length);
      const total = bytes.reduce((sum, each) => sum + each, 0);
      expect(total > 10_000 && total <= MOST_SCRIPT, true, `${total} bytes of script, at most ${MOST_SCRIPT}`);
    },
  },
  {
    name: 'a link made on the desk opens with an agreed word, shows the deal as far as it is theirs, and ends when it is revoked',
    runsOnce: true,
    limitMs: 180_000,
    async run(desk) {
      const { dealId, personId } = await dealWithClient(desk);
      const link = {
        dealId,
        personId,
        secondStep: 'word',
        word: 'Blue Heron',
        mayDownload: true,
        expiresOn: null,
      } as const;
      const made = granted(await desk.call('access:make-link', link));
      expect(made.qr, /^<svg/, 'the QR code');
      await withPhone(async ({ page: phone, errors }) => {
        await phone.goto(made.url);
        const open = phone.getByRole('button', { name: 'Open my closing' });
        await open.waitFor();
        expect(phone.url().includes('open'), false, 'a token in the address');
        expect(await violations(phone), [], 'what axe finds on the landing page');
        await open.click();
        await phone.getByLabel('The word you agreed on').fill('grey goose');
        await phone.keyboard.press('Enter');
        await phone.getByRole('alert').filter({ hasText: 'not the word' }).waitFor();
        await phone.getByLabel('The word you agreed on').fill('blue heron');
        await phone.keyboard.press('Enter');
        await phone.getByRole('heading', { name: /^Hello Priya/ }).waitFor();
        expect(await violations(phone), [], 'what axe finds on the home page');
        expect(await sideways(phone), 0, 'how far the page scrolls sideways');
        await phone.setViewportSize({ width: 320, height: 640 });
        expect(await sideways(phone), 0, 'how far it scrolls sideways at 320');
        await command(desk, dealId, 'setAnchor', {
          ...{ name: 'closing', on: '2031-03-14', evidence: '', expected: null },
        });
        const hasMoved = async () => {
          await phone.reload();
          await phone.getByRole('heading', { name: /^Hello Priya/ }).waitFor();
          return (await phone.getByText('March 14, 2031').count()) > 0;
        };
        await until(hasMoved, (isThere) => isThere, 'the new closing day on the phone', 60_000);
        granted(await desk.call('access:revoke-link', { dealId, linkId: made.link.id }));
        await phone.reload();
        await phone.getByRole('heading', { name: 'Open your link again' }).waitFor();
        await phone.goto(made.url);
        await phone.getByRole('button', { name: 'Open my closing' }).click();
        await phone.getByRole('heading', { name: 'This link does not work' }).waitFor();
        expect(
          errors.filter((text) => !/40[134]/.test(text)),
          [],
          'what the page complained of',
        );
      });
    },
  },
  {
    name: 'a look as somebody else is opened once and says whose it is',
    runsOnce: true,
    limitMs: 180_000,
    async run(desk) {
      const { dealId, personId } = await dealWithClient(desk);
      const { url } = granted(await desk.call('access:preview', { dealId, personId }));
      await withPhone(async ({ page: phone }) => {
        await phone.goto(url);
        await phone.getByRole('button', { name: 'Open my closing' }).click();
        await phone.getByText('You see this as Priya Raman does. Nothing can be changed here.').waitFor();
        const other = await phone.context().newPage();
        await other.goto(url);
        await other.getByRole('button', { name: 'Open my closing' }).click();
        await other.getByRole('heading', { name: 'This link does not work' }).waitFor();
      });
    },
  },
];

/** What the portal answered; its reason is thrown. */
function granted<T>(answer: Answered<T>): T {
  if (answer.kind === 'ok') return answer.value;
  throw new Error(`the portal said no: ${JSON.stringify(answer)}`);
}

/** A deal that the portal of this computer has, with a client on it. */
async function dealWithClient(desk: Desk): Promise<{ readonly dealId: string; readonly personId: string }> {
  await desk.open();
  const dealId = await makeDeal(desk, { street: '1847 Marlowe Ave', client: 'Priya Raman' });
  const read = () => desk.callRaw('access:get', { dealId });
  const isThere = (reply: Reply<unknown>) => JSON.stringify(reply).includes('Priya Raman');
  await until(read, isThere, 'the deal at the portal', 90_000);
  const person = (await desk.call('deals:get', { dealId }))?.people.find(({ name }) => name === 'Priya Raman');
  if (person === undefined) throw new Error('the deal has no client');
  return { dealId, personId: person.id };
}
