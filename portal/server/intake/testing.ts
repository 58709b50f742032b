import type { Deal } from '../../../core/deals/model.ts';
import type { IntakeCallName, IntakePlace } from '../../api/intake-calls.ts';
import { readDeal } from '../person/deal-facts.ts';
import { type Answer, type Desk, WORKSPACE } from '../person/testing.ts';
import { intakeLinkHandlers } from '../routes/intake-links.ts';

/** A browser on the intake's page: keeps its cookie as long as browsers do, and sends it where they do. */
export interface IntakeBrowser {
  readonly cookie: () => string | null;
  ask(name: IntakeCallName, body?: unknown, headers?: Readonly<Record<string, string>>): Promise<Answer>;
  /** Any address of the portal, with the cookie whether or not a browser would send it there. */
  anywhere(url: string, body?: unknown): Promise<Answer>;
  /** Where the page is; throws what was answered instead. */
  place(name: IntakeCallName, body?: unknown): Promise<IntakePlace>;
}

export function intakeBrowser({ app, context }: Pick<Desk, 'app' | 'context'>, address = '203.0.113.9'): IntakeBrowser {
  const { origin, host } = new URL(context.config.publicUrl);
  let cookie: string | null = null;
  const post = async (url: string, body: unknown, headers: Readonly<Record<string, string>>): Promise<Answer> => {
    const reply = await app.inject({
      ...{ method: 'POST', url, remoteAddress: address, payload: JSON.stringify(body) },
      headers: {
        ...{ host, origin, 'content-type': 'application/json', 'sec-fetch-site': 'same-origin' },
        ...(cookie === null ? {} : { cookie }),
        ...headers,
      },
    });
    const set = reply.headers['set-cookie'];
    if (typeof set === 'string') cookie = /Max-Age=0/.test(set) ? null : (set.split(';')[0] ?? null);
    return { status: reply.statusCode, body: reply.json(), text: reply.payload, headers: reply.headers };
  };
  const ask: IntakeBrowser['ask'] = (name, body = {}, headers = {}) => post(`/api/intake/${name}`, body, headers);
  return {
    ask,
    cookie: () => cookie,
    anywhere: (url, body = {}) => post(url, body, {}),
    place: async (name, body) => {
      const { body: told, text } = await ask(name, body);
      if (!told.ok) throw new Error(text);
      return told.value as IntakePlace;
    },
  };
}

export interface LinkWish {
  readonly note?: string;
  readonly days?: number;
  readonly maxUses?: number;
}

/** A link as a coordinator makes it, with the token that stands in its address. */
export async function makeIntakeLink(desk: Desk, { note = 'Maria Ortiz', days = 30, maxUses = 1 }: LinkWish = {}) {
  const made = await intakeLinkHandlers['intake/make-link'](desk.context, desk.coordinator, { note, days, maxUses });
  if (!made.ok) throw new Error(made.error.message);
  return { ...made.value, token: made.value.url.split('/').at(-1) ?? '' };
}

/** What somebody who sells their home answers, in the order of the questions. */
export const SALE: readonly (readonly [string, string | number | boolean | null])[] = [
  ['scenario', 'sell'],
  ['sellStep', 'seller-onboarding'],
  ['clientName', 'Maria Ortiz'],
  ['clientEmail', 'Maria@Example.com'],
  ['clientPhone', '(916) 555-0123'],
  ['together', 'no'],
  ['street', '12 Oak St'],
  ['unit', null],
  ['city', 'Roseville'],
  ['state', 'California'],
  ['zip', '95747'],
  ['propertyType', 'house'],
  ['yearBuilt', 'unknown'],
  ['hoa', 'no'],
  ['leased', 'no'],
  ['vesting', 'person'],
  ['powerOfAttorney', 'no'],
  ['foreignSeller', 'no'],
  ['price', '$650,000'],
  ['wishedDay', '2026-09-01'],
];

export async function answerAll(browser: IntakeBrowser, answers: typeof SALE = SALE): Promise<void> {
  for (const [questionId, value] of answers) await browser.place('answer', { questionId, value });
}

/** The deals that came in, by the units that moved. */
export async function arrived({ context }: Desk): Promise<readonly Deal[]> {
  const { store } = context;
  const moved = await store.read(({ units }) => units.moved({ workspaceId: WORKSPACE, after: 0, limit: 100 }));
  const kept = await Promise.all(
    moved.units.map(({ unitId }) => store.read((read) => readDeal(read, WORKSPACE, unitId))),
  );
  return kept.flatMap((each) => (each !== null && each.deal.leads.length > 0 ? [each.deal] : []));
}

/** The intake links as the desk is told of them. */
export async function linksAtDesk({ context, coordinator }: Desk) {
  const got = await intakeLinkHandlers['intake/links'](context, coordinator, {});
  if (!got.ok) throw new Error(got.error.message);
  return got.value;
}
