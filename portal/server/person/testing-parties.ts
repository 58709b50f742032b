import { randomUUID } from 'node:crypto';
import type { Deal } from '../../../core/deals/model.ts';
import { dealOfRows, rowKey } from '../../../core/sync/rows.ts';
import type { PersonCallName } from '../../api/person-calls.ts';
import type { PersonHome } from '../../api/person-home.ts';
import { accessHandlers } from '../routes/access.ts';
import { type Answer, type Browser, browserOf, type Desk, WORKSPACE } from './testing.ts';

/** The people of a deal, each in a browser of their own, for tests of what they do. */
export interface Party extends Browser {
  readonly personId: string;
  readonly linkId: string;
  home(): Promise<PersonHome>;
  /** One act under an id of its own, or the one given. */
  act(name: PersonCallName, words: object, actId?: string): Promise<Answer>;
  /** The second step once more. */
  sure(): Promise<void>;
}

const WORD = 'heron';

/** Comes through a link with an agreed word, and is in. */
export async function comeIn(
  desk: Desk,
  { dealId, personId, mayDownload = true }: { dealId: string; personId: string; mayDownload?: boolean },
): Promise<Party> {
  const step = { secondStep: 'word', word: WORD, mayDownload, expiresAt: null } as const;
  const made = await accessHandlers['access/make-link'](desk.context, desk.coordinator, { dealId, personId, ...step });
  if (!made.ok) throw new Error(made.error.message);
  const { link, url } = made.value;
  return partyAt(desk, { personId, linkId: link.id, token: url.split('/').at(-1) ?? '' });
}

/** A coordinator looks as that person. */
export async function lookAs(desk: Desk, dealId: string, personId: string): Promise<Party> {
  const made = await accessHandlers['access/preview'](desk.context, desk.coordinator, { dealId, personId });
  if (!made.ok) throw new Error(made.error.message);
  return partyAt(desk, { personId, linkId: '', token: made.value.url.split('/').at(-1) ?? '' });
}

async function partyAt(
  desk: Desk,
  { personId, linkId, token }: { readonly personId: string; readonly linkId: string; readonly token: string },
): Promise<Party> {
  const browser = browserOf(desk);
  mustBeOk(await browser.ask('open', { token }));
  const sure = async () => void mustBeOk(await browser.ask('confirm', { answer: WORD }));
  if (linkId !== '') await sure();
  return {
    ...browser,
    ...{ personId, linkId, sure },
    home: async () => mustBeOk(await browser.ask('home')) as PersonHome,
    act: (name, words, actId = randomUUID()) => browser.ask(name, { actId, ...words }),
  };
}

/** What was answered; throws what was refused. */
export function mustBeOk({ body, text }: Answer): unknown {
  if (!body.ok) throw new Error(text);
  return body.value;
}

/** The deal as the server keeps it. */
export async function keptDeal({ context }: Desk, dealId: string): Promise<Deal> {
  const rows = await context.store.read((read) => read.rows.load(WORKSPACE, dealId, 'journal'));
  const deal = dealOfRows(new Map(rows.map((row) => [rowKey(row), row])));
  if (deal === null) throw new Error('the deal is gone');
  return deal;
}

export async function versionOf({ context }: Desk, dealId: string): Promise<number> {
  return (await context.store.read((read) => read.units.get(WORKSPACE, dealId)))?.version ?? 0;
}

export function trailOf({ context }: Desk, unitId: string) {
  return context.store.read(({ audit }) => audit.after({ workspaceId: WORKSPACE, unitId, after: 0, limit: 500 }));
}
