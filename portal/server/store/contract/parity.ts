import fc from 'fast-check';
import { expect, test } from 'vitest';
import { digestOfWorkspace } from '../digest.ts';
import { AT, type StorePlace, sqlitePlace } from '../testing.ts';
import type { Store } from '../types.ts';
import { accept, enrol } from './accept.ts';

const id = fc.oneof(fc.constantFrom('a', 'B', 'b', 'Z', 'é', 'ß', '🏠', '_', 'a b', '10', '9'), fc.uuid());
const name = fc.constantFrom('deal-a', 'Deal-B', 'deal_ß', 'workspace');
const write = fc.record({
  table: fc.constantFrom('task', 'anchor', 'deal', 'journal'),
  rowId: id,
  row: fc.option(fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 2 })), { freq: 4 }),
});
const step = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constant('command' as const),
      unitId: name,
      rows: fc.array(write, { maxLength: 20 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('grant' as const), unitId: name }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('revoke' as const), unitId: name }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('repeat' as const), unitId: name }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('cut' as const), unitId: name }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('refer' as const), unitId: name, rowId: id, sha256: fc.option(id) }),
  },
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** The same commands on both databases, whose default orders of text differ on purpose. */
export function parityContract(fresh: () => Promise<StorePlace>): void {
  test('any sequence of writes gives the same answers, rows, order and digests on SQLite and PostgreSQL', async () => {
    const places = [sqlitePlace(), await fresh()];
    const stores = await Promise.all(places.map((place) => place.open()));
    let run = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 25 }), async (steps) => {
        run += 1;
        const [sqlite, postgres] = await Promise.all(stores.map((store) => play(store, `w${run}`, steps)));
        expect(postgres).toEqual(sqlite);
      }),
      { numRuns: 40 },
    );
    const [sqlite, postgres] = await Promise.all(places.map(shapeOf));
    expect(postgres).toEqual(sqlite);
    await Promise.all(stores.map((store) => store.close()));
    await Promise.all(places.map((place) => place.remove()));
  });
}

/** Table -> its columns. */
async function shapeOf(place: StorePlace): Promise<unknown> {
  const text =
    place.driver === 'sqlite'
      ? "SELECT m.name AS t, c.name AS c FROM sqlite_schema AS m JOIN pragma_table_info(m.name) AS c WHERE m.type = 'table'"
      : 'SELECT table_name AS t, column_name AS c FROM information_schema.columns WHERE table_schema = current_schema()';
  return (await place.raw(text)).map((row) => `${row.t}.${row.c}`).toSorted();
}

/** All that the store answered, and all that it holds at the end. */
async function play(store: Store, workspaceId: string, steps: readonly Step[]): Promise<readonly unknown[]> {
  await store.createWorkspace({ id: workspaceId, name: 'W', at: AT });
  await enrol(store, workspaceId, 'd1', AT);
  const said: unknown[] = [];
  let seq = 0;
  for (const one of steps) {
    if (one.do === 'command') seq += 1;
    said.push(await take(store, { workspaceId, seq, step: one }));
  }
  const held = await store.read(async (read) => ({
    digest: await digestOfWorkspace(read, workspaceId),
    moved: await read.units.movedFor({ workspaceId, memberId: 'm-d1', after: 0, limit: 100 }),
    units: await read.units.moved({ workspaceId, after: 0, limit: 100 }),
    rows: await Promise.all(
      ['deal-a', 'Deal-B', 'deal_ß', 'workspace'].map((unit) => read.rows.load(workspaceId, unit)),
    ),
    log: await read.commands.after(workspaceId, 0, 1_000),
    blobs: await read.files.unreferenced(workspaceId, 100),
    device: await read.devices.get(workspaceId, 'd1'),
    trail: await read.audit.after({ workspaceId, unitId: 'deal-a', after: 0, limit: 100 }),
  }));
  // Only the name of the workspace differs from run to run, never from store to store.
  return [said, held];
}

interface Turn {
  readonly workspaceId: string;
  readonly seq: number;
  readonly step: Step;
}

async function take(store: Store, { workspaceId, seq, step: one }: Turn): Promise<unknown> {
  const { unitId } = one;
  const command = { workspaceId, unitId, deviceId: 'd1', seq, commandId: `c${seq}`, rows: [], at: AT };
  const grant = { workspaceId, dealId: unitId, memberId: 'm-d1', at: AT };
  if (one.do === 'command') return accept(store, { ...command, rows: one.rows });
  if (one.do === 'repeat') return accept(store, command);
  return store
    .transaction(workspaceId, async (tx) => {
      if (one.do === 'grant') return tx.members.grantDeal(grant);
      if (one.do === 'revoke') return tx.members.revokeDeal(grant);
      if (one.do === 'refer') {
        const { rowId, sha256 } = one;
        if (sha256 !== null)
          await tx.files.putBlob({ workspaceId, sha256, bytes: 1, kind: 'k', scan: 'clean', addedAt: AT });
        return tx.files.setReference({ workspaceId, unitId, rowId, sha256 });
      }
      await tx.units.bump(workspaceId, unitId);
      throw new Error('cut');
    })
    .catch((error: Error) => error.message);
}
