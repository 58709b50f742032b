import { damageRecords } from './lib/damage.ts';
import { addSamples } from './lib/deals.ts';
import { isReady } from './lib/desk.ts';
import { expect } from './lib/expect.ts';
import type { Journey } from './lib/journey.ts';

export const journeys: readonly Journey[] = [
  {
    name: 'damaged records lead to the restore screen, and restoring brings the deals back',
    async run(desk) {
      let page = await desk.open();
      await addSamples(desk);
      await desk.close();
      damageRecords(desk.data);

      page = await desk.open({ ready: 'restore' });
      await page.getByRole('radio').first().waitFor();
      await page.getByRole('button', { name: /^Restore / }).click();
      await page.getByText('25 deals are made up').waitFor({ timeout: 30_000 });
      await desk.close();

      await desk.open();
      expect((await desk.call('board:columns', { filter: {}, limit: 200 })).total, 25, 'deals at the next start');
    },
  },
  {
    name: 'what was done before the plug was pulled is in a backup after the next end in order',
    async run(desk) {
      let page = await desk.open();
      await addSamples(desk);
      await desk.killAll();
      await desk.open();
      await desk.close();
      damageRecords(desk.data);

      page = await desk.open({ ready: 'restore' });
      await page.getByRole('button', { name: /^Restore / }).click();
      await page.getByText('25 deals are made up').waitFor({ timeout: 30_000 });
    },
  },
  {
    name: 'a second start on records that are open elsewhere says so, and goes on when they are free',
    async run(desk) {
      const first = await desk.open();
      await addSamples(desk);
      const second = await desk.open({ isStranger: true, ready: 'restore' });
      expect(await second.locator('main').innerText(), /open|other|another/i, 'what the second window says');
      await second.getByRole('button', { name: 'Try again' }).click();
      await second.getByText(/Still not/).waitFor();
      expect((await first.getByRole('option').count()) > 0, true, 'the first window works on');
      await desk.closeFirst();
      await second.getByRole('button', { name: 'Try again' }).click();
      await isReady(second, 'board');
      await second.getByText('25 deals are made up').waitFor();
    },
  },
];
