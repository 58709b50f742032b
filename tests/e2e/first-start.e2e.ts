import { STAGES } from '../../core/deals/model.ts';
import { column } from './lib/board.ts';
import { expect } from './lib/expect.ts';
import type { Journey } from './lib/journey.ts';

export const journeys: readonly Journey[] = [
  {
    name: 'a first start offers sample deals, marks them, and removes them in one step',
    async run(desk) {
      const page = await desk.open();
      await page.getByRole('heading', { name: 'No deals here yet' }).waitFor();
      await page.getByRole('button', { name: 'Try it with sample deals' }).click();
      await page.getByText('25 deals are made up').waitFor({ timeout: 30_000 });
      for (const stage of STAGES) {
        const cards = column(page, stage).getByRole('option');
        await cards.first().waitFor();
        for (const text of await cards.allTextContents()) {
          expect(text, /Sample/, `a card in ${stage} is marked`);
        }
      }
      const { columns, total } = await desk.call('board:columns', { filter: {}, limit: 200 });
      expect(total, 25, 'deals on the board');
      expect(columns.filter(({ count }) => count > 0).length, 6, 'stages with deals');
      await page.getByRole('button', { name: 'Remove sample deals' }).click();
      await page.getByRole('heading', { name: 'No deals here yet' }).waitFor({ timeout: 30_000 });
      expect((await desk.call('workspace:get', {})).dealCount, 0, 'deals after removal');
      await desk.close();
    },
  },
];
