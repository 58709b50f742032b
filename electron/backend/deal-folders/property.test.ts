import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sha256Of } from '../vault/testing.ts';
import type { Vault } from '../vault/vault.ts';
import type { Observation } from './model.ts';
import { makeDeal, type TestDeal } from './testing.ts';

type Act = readonly [what: (typeof ACTS)[number], a: number, b: number];

const ACTS = [
  'want',
  'unwant',
  'rename version',
  'file what was told',
  'create',
  'edit',
  'save as new file',
  'delete',
  'rename',
  'copy',
  'exchange',
  'make a folder of it',
  'sync',
  'sync while a person works',
] as const;
const NAMES = [
  'Contract_v1.pdf',
  'contract_v1.PDF',
  'Contract_v2.pdf',
  'Estévez.pdf',
  'Este\u0301vez.pdf',
  'sub/Contract_v1.pdf',
];
const act = fc.tuple(fc.constantFrom(...ACTS), fc.nat(5), fc.nat(5));

test('whatever app and person do, nothing a person made is lost, and a sync in quiet changes nothing', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(act, { maxLength: 25 }), async (acts) => {
      const deal = makeDeal();
      try {
        const run: Run = { deal, made: 0, told: [], accounted: new Set() };
        await syncAndCheck(run);
        for (const one of acts) await perform(run, one);
        await syncAndCheck(run);
        await checkQuiet(run);
      } finally {
        deal.remove();
      }
    }),
    { numRuns: 150 },
  );
});

interface Run {
  readonly deal: TestDeal;
  made: number;
  told: Observation[];
  /** Every content that was told or wanted at some time. */
  readonly accounted: Set<string>;
}

async function perform(run: Run, one: Act): Promise<void> {
  const [what, a, b] = one;
  const { deal } = run;
  if (what === 'sync') return syncAndCheck(run);
  if (what === 'sync while a person works') {
    const person: Act = [ACTS[4 + ((a + b) % 8)] ?? 'edit', a, b];
    return syncAndCheck(run, person);
  }
  const name = (NAMES[a] ?? '').replace('sub/', '');
  if (what === 'want') await deal.want(`v${b}`, name, newContent(run));
  else if (what === 'unwant') deal.wanted = deal.wanted.filter((_, index) => index !== a);
  else if (what === 'rename version')
    deal.wanted = deal.wanted.map((it, index) => (index === b ? { ...it, name } : it));
  else if (what === 'file what was told') {
    const told = run.told[a];
    if (told?.type !== 'edited' && told?.type !== 'added') return;
    const { sha256, bytes } = told;
    run.made += 1;
    deal.wanted = [...deal.wanted, { versionId: `filed-${run.made}`, name, sha256, bytes }];
    run.told = run.told.filter((other) => other !== told);
  } else personActs(run, one);
}

/** All of one length, so that nothing but the content tells them apart. */
function newContent(run: Run): string {
  run.made += 1;
  return `content ${String(run.made).padStart(6, '0')}`;
}

function personActs(run: Run, [what, a, b]: Act): void {
  const { deal } = run;
  const name = NAMES[b] ?? '';
  const files = Object.keys(deal.files());
  const file = files[a % Math.max(1, files.length)];
  if (what === 'create' && !existsSync(deal.path(name))) deal.put(name, newContent(run));
  if (what === 'create' || file === undefined) return;
  const path = deal.path(file);
  const other = deal.path(files[b % files.length]);
  const target = deal.path(name.replace('sub/', ''));
  if (what === 'edit') writeFileSync(path, newContent(run), { flag: 'r+' });
  else if (what === 'save as new file') {
    writeFileSync(`${path}.tmp`, newContent(run));
    renameSync(`${path}.tmp`, path);
  } else if (what === 'delete') rmSync(path);
  else if (what === 'rename' && !existsSync(target)) renameSync(path, target);
  else if (what === 'copy' && !existsSync(target)) cpSync(path, target);
  else if (what === 'exchange' && other !== path) {
    renameSync(path, `${path}.tmp`);
    renameSync(other, path);
    renameSync(`${path}.tmp`, other);
  } else if (what === 'make a folder of it') {
    rmSync(path);
    mkdirSync(path);
  }
}

/** A person's hands in the middle: just before the first copy is put there. */
function busyVault(run: Run, person: Act | undefined, onContent: () => void): Vault {
  const { vault } = run.deal;
  let isDone = person === undefined;
  return {
    ...vault,
    copyOut: async (...args) => {
      if (!isDone && person !== undefined) {
        personActs(run, person);
        onContent();
      }
      isDone = true;
      return vault.copyOut(...args);
    },
  };
}

async function syncAndCheck(run: Run, person?: Act): Promise<void> {
  const { deal } = run;
  const before = new Set<string>(deal.state.folder === null ? [] : Object.values(deal.files()));
  // What a person overwrites or deletes in the middle of a sync is theirs to lose: what is there then counts from then.
  let since: Set<string> | null = null;
  const done = await deal.sync({
    vault: busyVault(run, person, () => {
      since = new Set(Object.values(deal.files()));
    }),
  });
  run.told.push(...done.observations);
  for (const one of [...deal.wanted, ...done.observations]) if ('sha256' in one) run.accounted.add(one.sha256);
  const now = new Set(Object.values(deal.files()));
  for (const content of since ?? before)
    expect((await deal.vault.has(sha256Of(content))) || now.has(content), `lost: ${content}`).toBe(true);
  for (const content of before)
    expect((await deal.vault.has(sha256Of(content))) || now.has(content) || since !== null).toBe(true);
  for (const told of done.observations)
    if (told.type === 'edited' || told.type === 'added') expect(await deal.vault.has(told.sha256)).toBe(true);
}

async function checkQuiet({ deal, accounted }: Run): Promise<void> {
  const shape = () =>
    Object.keys(deal.files()).map((name) => [
      name,
      statSync(deal.path(name)).ino,
      statSync(deal.path(name)).mtimeMs,
      readFileSync(deal.path(name), 'utf8'),
    ]);
  const before = shape();
  const again = await deal.sync();
  expect(again.observations).toEqual([]);
  expect(again.problems).toEqual([]);
  expect(again.isSettled).toBe(true);
  expect(shape()).toEqual(before);
  for (const content of Object.values(deal.files())) expect(accounted.has(sha256Of(content)), content).toBe(true);
  for (const one of deal.wanted) {
    const file = deal.state.files.find(({ versionId }) => versionId === one.versionId);
    expect(file?.writtenSha256, `${one.versionId} is in the folder`).toBe(one.sha256);
    expect(sha256Of(readFileSync(deal.path(file?.name)))).toBe(file?.sha256);
  }
}
