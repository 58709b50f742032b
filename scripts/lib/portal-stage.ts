// A portal that is up, with one deal in it and a link for each of its people: to look at the pages of people and to time them.
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import type { Deal, FormRow, MessageRow, ReadingRow } from '../../core/deals/model.ts';
import { makePdf } from '../../electron/backend/pdf/edit/testing.ts';
import { makeLink as makeDoor } from '../../portal/server/links/make-link.ts';
import { readDeal } from '../../portal/server/person/deal-facts.ts';
import { type Desk, openDesk } from '../../portal/server/person/testing.ts';
import { DEAL_ID, deal as MARLOWE } from '../../portal/server/person/testing-deal.ts';
import { sqlitePlace } from '../../portal/server/store/testing.ts';

export const WORD = 'blue heron';

export interface Stage {
  readonly url: string;
  readonly desk: Desk;
  /** The address that lets this person of the deal in, with `WORD` as the second step. */
  linkFor(personId: string, wish?: LinkWish): Promise<string>;
  /** The same with what the desk knows of it, to end it for example. */
  makeLink(
    personId: string,
    wish?: LinkWish,
  ): Promise<{ readonly url: string; readonly link: { readonly id: string } }>;
  close(): Promise<void>;
}

export interface LinkWish {
  readonly mayDownload?: boolean;
  /** A code goes to the address of the person, and stands in `desk.mails`. */
  readonly secondStep?: 'word' | 'code';
  /** Another deal that was put there since. */
  readonly dealId?: string;
}

export interface StageWish {
  /** The folder of the built pages. */
  readonly web: string;
  readonly deal?: Deal;
  /** Bytes of versions, by sha256; a version without any is a PDF made for it. */
  readonly files?: ReadonlyMap<string, Buffer>;
  /** Keeps bytes in this folder as a portal does, so that something can be sent to it. */
  readonly folder?: string;
}

/** Listens on a free port of this computer, as http://portal.localhost:<port>. Its clock stands at June 17, 2026. */
export async function openStage(wish: StageWish): Promise<Stage> {
  const { web, deal = dealToLookAt(), files = new Map<string, Buffer>(), folder } = wish;
  const place = sqlitePlace();
  const port = await freePort();
  const [url, filesUrl] = [`http://portal.localhost:${port}`, `http://files.localhost:${port}`];
  const made = await makePdf({ pages: 5, label: 'Page of a paper' });
  const blobs = new Map<string, Buffer>();
  const versions = deal.versions.map((version) => {
    const bytes = files.get(version.sha256) ?? Buffer.from(made);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    blobs.set(sha256, bytes);
    return { ...version, sha256, bytes: bytes.length };
  });
  const desk = await openDesk(await place.open(), {
    ...{ config: { publicUrl: url, filesUrl, port }, webFolder: web, blobs },
    ...(folder === undefined ? {} : { folder }),
  });
  if (folder !== undefined) await keepAll(desk, folder, blobs);
  await desk.context.store.transaction(desk.context.workspaceId, async ({ files }) => {
    const file = {
      workspaceId: desk.context.workspaceId,
      kind: 'application/pdf',
      scan: 'clean',
      addedAt: at,
    } as const;
    for (const [sha256, bytes] of blobs) await files.putBlob({ ...file, sha256, bytes: bytes.length });
  });
  await desk.putDeal({ ...deal, versions });
  await desk.app.listen({ host: '127.0.0.1', port });
  const makeLink: Stage['makeLink'] = async (personId, { dealId = deal.row.id, ...wish } = {}) => {
    const { mayDownload = true, secondStep = 'word' } = wish;
    const { context, coordinator } = desk;
    const kept = await context.store.read((read) => readDeal(read, context.workspaceId, dealId));
    if (kept === null) throw new Error('the deal is not in the store');
    const word = secondStep === 'word' ? WORD : '';
    const ask = { dealId, personId, secondStep, word, mayDownload, expiresAt: null } as const;
    const made = await makeDoor(context, coordinator, kept, ask);
    if (!made.ok) throw new Error(made.error.message);
    return made.value;
  };
  return {
    ...{ url, desk },
    makeLink,
    linkFor: async (personId, more) => (await makeLink(personId, more)).url,
    async close() {
      await desk.close();
      await place.remove();
    },
  };
}

async function keepAll({ context }: Desk, folder: string, blobs: ReadonlyMap<string, Buffer>): Promise<void> {
  for (const [sha256, bytes] of blobs) {
    const file = join(folder, `made-${sha256}`);
    writeFileSync(file, bytes);
    await context.blobs.take(file, sha256);
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port was given');
  return address.port;
}

const at = '2026-06-16T17:04:00.000Z';
const dealId = DEAL_ID;

/** The purchase of the tests, with something of everything that is asked of its client. */
export function dealToLookAt(): Deal {
  const sha256 = MARLOWE.versions.find(({ id }) => id === 'v-disclosures')?.sha256 ?? '';
  const reading: ReadingRow = {
    ...{ id: 'v-disclosures.read.p-priya', dealId, lineId: 'l-disclosures', versionId: 'v-disclosures', sha256 },
    ...{ personId: 'p-priya', askedAt: at, askedBy: 'm-noor', acknowledgedAt: null },
  };
  const form: FormRow = {
    ...{ id: 'f-home', dealId, personId: 'p-priya', title: 'About the home and the money', state: 'returned' },
    questionIds: ['yearBuilt', 'hoa', 'price', 'buyStep', 'lenderName'],
    ...{ answers: {}, askedBy: 'm-noor', askedAt: at, sentAt: null, decidedAt: null, reason: 'Which year is right?' },
  };
  const message = (id: string, authorId: string, body: string, more: Partial<MessageRow> = {}): MessageRow => ({
    ...{ id, dealId, personId: 'p-priya', aboutType: 'deal', aboutId: '', body, authorId, writtenAt: at },
    isSettled: true,
    ...more,
  });
  return {
    ...MARLOWE,
    lines: MARLOWE.lines.map((line) =>
      line.id === 'l-binder' ? { ...line, state: 'rejected', reason: 'The second page is cut off.' } : line,
    ),
    readings: [reading],
    forms: [form],
    messages: [
      message('m1', 'p-priya', 'Which binder do you mean?\nThe one of the car?', {
        aboutType: 'document',
        aboutId: 'l-binder',
      }),
      message('m2', 'm-noor', 'The one for the home, from your insurer. Its first page says “Binder”.'),
    ],
  };
}
