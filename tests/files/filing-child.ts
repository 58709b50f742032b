import { existsSync, writeFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { v7 } from 'uuid';
import { createBackend } from '../../electron/backend/index.ts';
import type { CallInput, CallName, CallOutput } from '../../electron/contract/calls.ts';
import { createLog } from '../../electron/contract/log.ts';

/**
 * The program that is killed: watches a folder and files whatever waits in the inbox, half of it on one document and
 * half on another, until it is killed or `count` files are filed. Arguments: data folder, watched folder, count.
 */
const [folder = '', watched = '', count = '0'] = process.argv.slice(2);
const log = createLog({ append: (text) => void process.stderr.write(text) }, () => new Date().toISOString());
const backend = createBackend({ folder, log, now: () => new Date(), emit: () => {} });

async function call<N extends CallName>(name: N, input: CallInput<N>): Promise<CallOutput<N>> {
  const reply = await backend.handle(name, input);
  if (!reply.ok) throw new Error(`${name}: ${reply.error.message}`);
  return reply.value as CallOutput<N>;
}

const DEAL = '01920000-0000-7000-8000-000000000001';

async function prepare(): Promise<readonly string[]> {
  const { profile } = await call('workspace:get', {});
  if ((await call('deals:get', { dealId: DEAL })) === null) {
    const args = {
      ...{ street: '1847 Marlowe Ave', unit: '', city: 'Sacramento', state: 'CA', zip: '95816', side: 'buyer' },
      ...{ scenario: 'buy', packId: 'ca-car-rpa', packRevision: '12/22', ownerId: profile.memberId, priceCents: null },
      ...{ facts: {}, anchors: [], people: [], at: new Date().toISOString() },
    };
    await call('deals:command', { id: v7(), dealId: DEAL, name: 'createDeal', args });
  }
  if ((await call('folders:list', {})).length === 0) await call('folders:add', { path: watched });
  const lines = await call('papers:lines', { dealId: DEAL });
  return lines
    .filter((line) => !line.isMetadataOnly)
    .slice(0, 2)
    .map((line) => line.id);
}

const lines = await prepare();
writeFileSync(`${folder}.ready`, '');
while (!existsSync(`${folder}.stop`)) {
  const inbox = await call('inbox:list', {});
  const open = [...inbox.toConfirm, ...inbox.noIdea];
  for (const item of open) {
    const lineId = lines[Number(/\d+/.exec(item.fileName)?.[0] ?? 0) % 2] ?? '';
    await call('inbox:file', {
      ...{ arrivalId: item.id, dealId: DEAL, lineId, newTitle: '', class: 'contract', suffix: null },
      ...{ documentOn: '2026-06-03', toReview: false },
    });
  }
  const filed = (await call('papers:lines', { dealId: DEAL })).flatMap((line) => line.versions).length;
  if (filed >= Number(count)) break;
  await wait(20);
}
await backend.close();
