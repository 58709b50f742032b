import { addSamples, command, makeDeal } from './lib/deals.ts';
import { expect } from './lib/expect.ts';
import type { Journey } from './lib/journey.ts';

export const journeys: readonly Journey[] = [
  {
    name: 'a backend that stops is started again once, the person is told, and work goes on',
    async run(desk) {
      const page = await desk.open();
      const dealId = await makeDeal(desk);
      await page.getByRole('option', { name: /4410.*Tidewater Ct/ }).waitFor();
      const told = page.getByText(/started its records again/);
      await Promise.all([told.waitFor(), desk.killBackend()]);
      await page.getByRole('button', { name: /Everything saved/ }).waitFor();
      await command(desk, dealId, 'addNote', { noteId: dealId, body: 'Still here.', at: new Date().toISOString() });
      const deal = await desk.call('deals:get', { dealId });
      expect(
        deal?.notes.map(({ body }) => body),
        ['Still here.'],
        'notes after the restart',
      );
    },
  },
  {
    name: 'a backend that stops again gives the screen with a sentence and a way on',
    async run(desk) {
      const page = await desk.open();
      await addSamples(desk);
      const told = page.getByText(/started its records again/);
      await Promise.all([told.waitFor(), desk.killBackend()]);
      await page.getByRole('button', { name: /Everything saved/ }).waitFor();
      await desk.killBackend();
      const gone = page
        .getByRole('alert')
        .filter({ has: page.getByRole('heading', { name: 'Closeboard has stopped' }) });
      await gone.waitFor();
      expect(await gone.innerText(), /kept|saved|safe/, 'what is still true');
      await gone.getByRole('button').first().click();
      await page.getByText('25 deals are made up').waitFor({ timeout: 30_000 });
    },
  },
];
