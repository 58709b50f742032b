import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { randomOf } from '../../../db/testing.ts';
import { type StorePlace, sqlitePlace } from '../store/testing.ts';
import { postgresForTests } from '../store/testing-postgres.ts';
import { type Ask, asksOf, send, type Target } from './testing-asks.ts';
import { type Asker, openWorld, shaOf, tracesIn } from './testing-world.ts';

/**
 * Ten thousand ids that are not theirs, at every address, by an agent of the other deal, by somebody without a key and by a
 * person through a link: nothing of deal A comes back, nothing breaks, and what exists is told apart from what does not by
 * nobody.
 */

const TRIES = 10_000;
const SEED = 20_261_128;

const postgres = await postgresForTests();

type Random = () => number;
const pickOf = <T>(list: readonly T[], random: Random): T => {
  const found = list[Math.floor(random() * list.length)];
  if (found === undefined) throw new Error('nothing to pick');
  return found;
};

/** Ids that there are, on the deal that whoever asks is not on. */
const REAL = [
  'A~d1',
  'A~link',
  'A~ver-contract',
  'A~p-client',
  'A~line-contract',
  'A~t-tc',
  'm-tc',
  'd-m-tc',
  'A~ch-kept',
  'A~form-client',
  'A~msg-client-1',
  'A~prop-client',
  'A~consent-1',
] as const;

type Twist = (id: string, random: Random) => string;
const TWISTS: readonly Twist[] = [
  () => randomUUID(),
  (id) => id,
  (id) => `${id.slice(0, -1)}${String.fromCodePoint((id.codePointAt(id.length - 1) ?? 97) + 1)}`,
  (id) => id.slice(0, -1),
  (id) => `${id} `,
  (id) => id.toUpperCase(),
  (id) => `../${id}`,
  (id) => `B~d1/../${id}`,
  (id) => `..%2f${id}`,
  (id) => `${id}/..`,
  (id) => `${id}\u0000`,
  (id) => `${id}\u200b`,
  (id) =>
    [...id]
      .map((each) => (/[a-z]/i.test(each) ? String.fromCodePoint((each.codePointAt(0) ?? 0) + 0xfee0) : each))
      .join(''),
  (id) => `${id}\ud800`,
  (id) => `é${id}é`.normalize('NFD'),
  (id) => `%${id.slice(1)}`,
  (id) => `${id}' OR '1'='1`,
  () => '%',
  () => '_~d1',
  () => 'workspace',
  () => '__proto__',
  () => 'constructor',
  () => '',
  () => '.',
  () => '😀',
  (_id, random) => 'A'.repeat(1 + Math.floor(random() * 400)),
  () => `A~${'d'.repeat(20_000)}`,
  () => '-1',
  () => '9007199254740993',
];

function targetsFor(random: Random): Target {
  const id = (own: string) => pickOf(TWISTS, random)(pickOf([own, own, ...REAL], random), random);
  const sha = () =>
    pickOf([shaOf('A', 'contract'), shaOf('A', 'held'), shaOf('B', 'contract'), '0'.repeat(64), id('A~d1')], random);
  return {
    ...{ dealId: id('A~d1'), personId: id('A~p-client'), linkId: id('A~link'), versionId: id('A~ver-contract') },
    ...{ sha256: sha(), memberId: id('m-tc'), deviceId: id('d-m-tc') },
  };
}

/** What says nothing about ids, or gives whoever asks another name of their own, which ends them by the next ask. */
const SAYS_NOTHING = [
  'sync/renew',
  'team/sign-out',
  'sign-out',
  'confirm',
  'open',
  'send-code',
  'team/device-code',
  'ready',
  'team/enrol',
];

/** The pages of people are not built for this test, and say so. */
const NOT_BUILT = ['page', 'asset', 'nowhere'];

async function tryAll(place: StorePlace): Promise<void> {
  const world = await openWorld(await place.open());
  try {
    const random = randomOf(SEED);
    const seen = new Map<string, Map<number, number>>();
    let tried = 0;
    const askers = [
      world.members.off,
      world.members.off,
      world.members.off,
      world.people.get('lender'),
      world.nobodies[0],
      world.members.admin,
    ];
    while (tried < TRIES)
      for (const asker of askers) {
        if (asker === undefined) throw new Error('nobody');
        const target = targetsFor(random);
        for (const ask of asksOf(asker, target, SAYS_NOTHING)) {
          // A member's own rows and a person's own page are theirs: of these only the other deal counts.
          const heard = await send({ world, asker, address: `203.0.113.${tried % 250}` }, ask);
          const found = [...tracesIn(heard.whole)].filter((trace) => isForeign(trace, asker, ask, target));
          expect([asker.name, ask, heard.status, found]).toEqual([
            asker.name,
            ask,
            heard.status < 500 || NOT_BUILT.includes(ask.name) ? heard.status : 'no failure',
            [],
          ]);
          const statuses = seen.get(ask.name) ?? new Map<number, number>();
          seen.set(ask.name, statuses.set(heard.status, (statuses.get(heard.status) ?? 0) + 1));
          tried += 1;
        }
      }
    expect(seen.size).toBeGreaterThan(30);
    // They were somebody to the end.
    for (const asker of [world.members.off, world.members.admin]) {
      const ask: Ask = { name: 'team', method: 'POST', url: '/api/desk/team/get', body: {} };
      expect((await send({ world, asker }, ask)).status).toBe(200);
    }
  } finally {
    await world.desk.close();
    await place.remove();
  }
}

/** Nobody learns an id from their own question, which some answers repeat. */
function isForeign(trace: string, asker: Asker, ask: Ask, target: Target): boolean {
  const isAsked = Object.values(target).some((id) => id.includes(trace));
  if (isAsked && !trace.includes('.')) return false;
  // Every deal is an admin's: of them only whether anything breaks.
  if (asker.name === 'm-admin') return trace.startsWith('secret') || trace.endsWith('.workspace');
  if (asker.name === 'm-off')
    return trace.startsWith('A') || trace.startsWith('secret') || trace.endsWith('.workspace');
  if (asker.name === 'lender')
    return !(trace.startsWith('A') || trace === 'team.m-tc') || ask.url.startsWith('/api/desk');
  return true;
}

describe('ten thousand ids that are not theirs', () => {
  test('on SQLite', () => tryAll(sqlitePlace()), 600_000);
  test.runIf(postgres !== null)(
    'on PostgreSQL',
    async () => {
      if (postgres !== null) await tryAll(await postgres.place());
    },
    600_000,
  );
});
