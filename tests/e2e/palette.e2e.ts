import { addSamples } from './lib/deals.ts';
import { isReady } from './lib/desk.ts';
import type { Journey } from './lib/journey.ts';

export const journeys: readonly Journey[] = [
  {
    name: 'the palette finds a deal by a part of its client’s name and opens it',
    async run(desk) {
      const page = await desk.open();
      await addSamples(desk);
      await page.keyboard.press('Control+k');
      const field = page.getByRole('combobox', { name: 'Find or do' });
      await field.waitFor();
      await page.keyboard.type('forrest');
      await page.getByRole('option', { name: /2904/ }).first().waitFor();
      await page.keyboard.press('Enter');
      await isReady(page, 'deal');
      await page.getByRole('heading', { name: /Ashby Crossing/ }).waitFor();
      await page.keyboard.press('b');
      await isReady(page, 'board');
    },
  },
  {
    name: 'the palette does what its lines say: themes, screens, all keys',
    async run(desk) {
      const page = await desk.open();
      await addSamples(desk);
      const doIt = async (text: string) => {
        await page.keyboard.press('Control+k');
        await page.getByRole('combobox', { name: 'Find or do' }).fill(text);
        await page.keyboard.press('Enter');
      };
      await doIt('dark theme');
      await page.locator('html[data-theme="dark"]').waitFor();
      await doIt('settings');
      await isReady(page, 'settings');
      await doIt('all keys');
      await page.getByRole('dialog', { name: 'All keys' }).waitFor();
      await page.keyboard.press('Escape');
      await page.getByRole('dialog', { name: 'All keys' }).waitFor({ state: 'detached' });
      await doIt('today');
      await isReady(page, 'today');
    },
  },
];
