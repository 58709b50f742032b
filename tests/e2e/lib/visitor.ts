import type { Page } from 'playwright-core';
import type { Phone } from './phone.ts';
import { type Role, WORD } from './roles-deal.ts';

/** Somebody at their page, with what the portal told it. */
export interface Visitor {
  readonly role: Role;
  readonly page: Page;
  /** All that the portal told this browser. */
  told(): string;
}

/** Opens a link on a phone of its own, with the agreed word. */
export async function enter(phone: Phone, role: Role, url: string): Promise<Visitor> {
  const page = await phone.another();
  const answers: string[] = [];
  page.on('response', (response) => {
    if (!response.url().includes('/api/person/')) return;
    response.text().then(
      (text) => answers.push(text),
      // A page that goes away takes its answers along.
      () => undefined,
    );
  });
  await page.goto(url);
  await page.getByRole('button', { name: 'Open my closing' }).click();
  await page.getByLabel('The word you agreed on').fill(WORD);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: /^Hello/ }).waitFor();
  return { role, page, told: () => answers.join('\n') };
}
