import { afterEach, expect } from 'vitest';
import type { DeviceOutput } from '../../api/device-calls.ts';
import { accessHandlers } from '../routes/access.ts';
import type { Postgres, StorePlace } from '../store/testing.ts';
import { placeOn } from '../store/testing-postgres.ts';
import { type Browser, browserOf, type Desk, type DeskOptions, openDesk } from './testing.ts';
import { DEAL_ID, deal } from './testing-deal.ts';
import { trailOf } from './testing-parties.ts';

export type Driver = 'sqlite' | 'postgres';

/** Opens portals with the deal of the tests for one file, each on a store of its own; both go after each test. */
export function desksForTests(
  postgres: Postgres | null,
): (driver?: Driver, options?: DeskOptions) => Promise<{ readonly desk: Desk; readonly place: StorePlace }> {
  const open: { readonly desk: Desk; readonly place: StorePlace }[] = [];
  afterEach(async () => {
    for (const { desk, place } of open.splice(0)) {
      await desk.close();
      await place.remove();
    }
  });
  return async (driver = 'sqlite', options = {}) => {
    const place = await placeOn(driver, postgres);
    const desk = await openDesk(await place.open(), options);
    open.push({ desk, place });
    await desk.putDeal(deal);
    return { desk, place };
  };
}

type Made = DeviceOutput<'access/make-link'>;
type MakeAsk = Parameters<(typeof accessHandlers)['access/make-link']>[2];

/** A link as the coordinator makes it: a code by mail, files to keep, to 30 days after closing. */
export async function makeLink(
  desk: Desk,
  personId: string,
  more: Partial<MakeAsk> = {},
): Promise<Made & { readonly token: string }> {
  const ask = { dealId: DEAL_ID, personId, secondStep: 'code', word: '', mayDownload: true, expiresAt: null } as const;
  const made = await accessHandlers['access/make-link'](desk.context, desk.coordinator, { ...ask, ...more });
  if (!made.ok) throw new Error(made.error.message);
  return { ...made.value, token: made.value.url.split('/').at(-1) ?? '' };
}

/** The code in the newest mail. */
export function codeIn({ mails }: Desk): string {
  return /Your code is (\d{4} \d{4})/.exec(mails.at(-1)?.text ?? '')?.[1] ?? 'none';
}

/** The trail in short: `kind actor`. */
export async function trail(desk: Desk, unitId: string = DEAL_ID): Promise<readonly string[]> {
  return (await trailOf(desk, unitId)).map(({ kind, actor }) => `${kind} ${actor}`);
}

/** A browser that came through a link and did its second step. */
export async function signedIn(desk: Desk, token: string, address?: string): Promise<Browser> {
  const browser = browserOf(desk, address);
  await browser.ask('open', { token });
  await browser.ask('send-code');
  expect((await browser.ask('confirm', { answer: codeIn(desk) })).body).toEqual({ ok: true, value: { done: true } });
  return browser;
}
