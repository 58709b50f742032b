import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { err } from '../../../core/result.ts';
import { failure } from '../vault/failures.ts';
import { must, sha256Of } from '../vault/testing.ts';
import { carryOut } from './carry-out.ts';
import { listDealFolder } from './look.ts';
import { makeDeal, type TestDeal } from './testing.ts';

let deal: TestDeal;
beforeEach(() => {
  deal = makeDeal();
});
afterEach(() => deal.remove());

const types = (list: readonly { readonly type: string }[]) => list.map(({ type }) => type);

test('the versions stand under their names, and the second time nothing is done', async () => {
  await deal.want('v1', 'Contract_v1.pdf', 'one');
  await deal.want('v2', 'Contract_v2.pdf', 'two');
  const first = await deal.sync();
  expect(first).toMatchObject({ observations: [], problems: [], isSettled: true });
  expect(deal.files()).toEqual({ 'Contract_v1.pdf': 'one', 'Contract_v2.pdf': 'two' });
  const inos = () => Object.keys(deal.files()).map((name) => statSync(deal.path(name)).ino);
  const before = inos();
  expect(await deal.sync()).toMatchObject({ observations: [], problems: [], isSettled: true });
  expect(inos()).toEqual(before);
});

test('an edit is told once, waits under its name, and becomes the version made of it', async () => {
  await deal.want('v1', 'Contract_v1.pdf', 'one');
  await deal.sync();
  deal.put('Contract_v1.pdf', 'uno');
  const told = await deal.sync();
  expect(told.observations).toEqual([
    { type: 'edited', versionId: 'v1', relPath: 'Contract_v1.pdf', sha256: sha256Of('uno'), bytes: 3 },
  ]);
  expect(await deal.vault.has(sha256Of('uno'))).toBe(true);
  expect((await deal.sync()).observations).toEqual([]);
  expect(deal.files()).toEqual({ 'Contract_v1.pdf': 'uno' });
  await deal.want('v2', 'Contract_v2.pdf', 'uno');
  const ino = statSync(deal.path('Contract_v1.pdf')).ino;
  expect((await deal.sync()).observations).toEqual([]);
  expect(deal.files()).toEqual({ 'Contract_v1.pdf': 'one', 'Contract_v2.pdf': 'uno' });
  expect(statSync(deal.path('Contract_v2.pdf')).ino).toBe(ino);
});

test('a file a person adds is told once and takes its name when it is filed', async () => {
  await deal.sync();
  deal.put('Document(3).pdf', 'scan');
  deal.put('Photos/a/b/kitchen.jpg', 'photo');
  deal.put('a/b/c/d/e/too-deep.pdf', 'deep');
  deal.put('~$Document.docx', 'lock');
  symlinkSync(deal.folder, deal.path('link'));
  const told = await deal.sync();
  unlinkSync(deal.path('link'));
  expect(told.observations.map((one) => ('relPath' in one ? one.relPath : one.type)).toSorted()).toEqual([
    'Document(3).pdf',
    'Photos/a/b/kitchen.jpg',
  ]);
  expect((await deal.sync()).observations).toEqual([]);
  await deal.want('v1', 'Inspection_v1.pdf', 'scan');
  await deal.want('v2', 'Photos_v1.jpg', 'photo');
  expect((await deal.sync()).observations).toEqual([]);
  const names = Object.keys(deal.files()).filter((name) => !name.startsWith('a/'));
  expect(names).toEqual(['Inspection_v1.pdf', 'Photos/a/b/kitchen.jpg', '~$Document.docx']);
});

test('what a person deletes is put back and told, what they rename keeps their name', async () => {
  await deal.want('v1', 'A_v1.pdf', 'a');
  await deal.want('v2', 'B_v1.pdf', 'b');
  await deal.sync();
  rmSync(deal.path('A_v1.pdf'));
  renameSync(deal.path('B_v1.pdf'), deal.path('For Tom.pdf'));
  expect((await deal.sync()).observations).toEqual([
    { type: 'deleted', versionId: 'v1', relPath: 'A_v1.pdf' },
    { type: 'renamed', versionId: 'v2', from: 'B_v1.pdf', to: 'For Tom.pdf' },
  ]);
  expect(deal.files()).toEqual({ 'A_v1.pdf': 'a', 'For Tom.pdf': 'b' });
  await deal.want('v1', 'A2_v1.pdf', 'a');
  await deal.want('v2', 'B2_v1.pdf', 'b');
  expect((await deal.sync()).observations).toEqual([]);
  expect(deal.files()).toEqual({ 'A2_v1.pdf': 'a', 'For Tom.pdf': 'b' });
});

test('only what is exactly ours is removed with its version', async () => {
  await deal.want('v1', 'A_v1.pdf', 'a');
  await deal.want('v2', 'B_v1.pdf', 'b');
  await deal.sync();
  deal.put('B_v1.pdf', 'B');
  deal.wanted = [];
  expect(types((await deal.sync()).observations)).toEqual(['edited']);
  expect(deal.files()).toEqual({ 'B_v1.pdf': 'B' });
  expect(await deal.sync()).toMatchObject({ observations: [], isSettled: true });
});

test('a version is not removed when the vault has lost it', async () => {
  await deal.want('v1', 'A_v1.pdf', 'a');
  await deal.sync();
  deal.wanted = [];
  must(await deal.vault.trash(sha256Of('a')));
  expect(await deal.sync()).toMatchObject({ isSettled: false });
  expect(deal.files()).toEqual({ 'A_v1.pdf': 'a' });
});

test('what a person writes between our looking and our doing stays', async () => {
  await deal.want('v1', 'A_v1.pdf', 'a');
  await deal.sync();
  const [file] = deal.state.files;
  if (file === undefined) throw new Error('nothing was written');
  deal.put('A_v1.pdf', 'b');
  const work = { folder: deal.path(), vault: deal.vault };
  const removed = await carryOut([{ type: 'remove-superseded', file }], work);
  expect(removed).toEqual({ files: [{ ...file, mtimeMs: -1 }], problems: [], isSettled: false });
  deal.put('B_v1.pdf', 'theirs');
  const after = { ...file, name: 'B_v1.pdf' };
  const renamed = await carryOut([{ type: 'rename', from: file.name, before: file, after }], work);
  expect(renamed).toEqual({ files: [file], problems: [], isSettled: false });
  expect(deal.files()).toEqual({ 'A_v1.pdf': 'b', 'B_v1.pdf': 'theirs' });
});

test('a name that a person has is left to them, also in other letters', async () => {
  await deal.sync();
  deal.put('contract_V1.PDF', 'theirs');
  mkdirSync(deal.path('Offer_v1.pdf'));
  await deal.want('v1', 'Contract_v1.pdf', 'ours');
  await deal.want('v2', 'Offer_v1.pdf', 'offer');
  await deal.want('v3', 'Este\u0301vez.pdf', 'nfd');
  await deal.want('v4', 'Estévez.pdf', 'nfc');
  await deal.sync();
  expect(deal.files()).toEqual({
    'Contract_v1 (2).pdf': 'ours',
    'Offer_v1 (2).pdf': 'offer',
    'Estévez.pdf': 'nfd',
    'Estévez (2).pdf': 'nfc',
    'contract_V1.PDF': 'theirs',
  });
  expect(await deal.sync()).toMatchObject({ observations: [], isSettled: true });
});

test('a file replaced by a folder, long names, and names that change places', async () => {
  await deal.want('v1', 'A.pdf', 'a');
  await deal.want('v2', 'B.pdf', 'b');
  await deal.want('v3', `${'é'.repeat(200)}.pdf`, 'long');
  await deal.sync();
  deal.put(`${'x'.repeat(251)}.pdf`, 'longest');
  await deal.want('v1', 'B.pdf', 'a');
  await deal.want('v2', 'C.pdf', 'b');
  expect(types((await deal.sync()).observations)).toEqual(['added']);
  expect(deal.files()).toMatchObject({ 'B.pdf': 'a', 'C.pdf': 'b' });
  rmSync(deal.path('C.pdf'));
  mkdirSync(deal.path('C.pdf'));
  expect(types((await deal.sync()).observations)).toEqual(['deleted']);
  expect(deal.files()).toMatchObject({ 'C (2).pdf': 'b' });
});

test('200 files, then a new address: the folder and the names follow', async () => {
  for (let n = 0; n < 200; n += 1) await deal.want(`v${n}`, `Old_${n}.pdf`, `content ${n}`);
  await deal.sync();
  expect(Object.keys(deal.files())).toHaveLength(200);
  deal.folderName = '12 Elm St - Estévez';
  deal.wanted = deal.wanted.map((one) => ({ ...one, name: one.name.replace('Old', 'New') }));
  expect(await deal.sync()).toMatchObject({ observations: [], problems: [], isSettled: true });
  expect(readdirSync(deal.root)).toEqual(['12 Elm St - Estévez']);
  expect(Object.keys(deal.files()).every((name) => name.startsWith('New_'))).toBe(true);
  expect(await deal.sync()).toMatchObject({ observations: [], isSettled: true });
});

test('a folder keeps its name while another has the new one, and keeps the one a person gave it', async () => {
  await deal.want('v1', 'A.pdf', 'a');
  await deal.sync();
  mkdirSync(join(deal.root, '12 ELM St'));
  deal.folderName = '12 Elm St';
  expect(types((await deal.sync()).problems)).toEqual(['FolderNameTaken']);
  renameSync(deal.path(), join(deal.root, 'Marisol'));
  const told = await deal.sync();
  expect(told.observations).toEqual([{ type: 'folder-renamed', from: '1847 Marlowe Ave - Estévez', to: 'Marisol' }]);
  expect(await deal.sync()).toMatchObject({ observations: [], problems: [] });
  expect(deal.files()).toEqual({ 'A.pdf': 'a' });
  rmSync(deal.path(), { recursive: true });
  expect(types((await deal.sync()).observations)).toEqual(['deleted']);
  expect(deal.files()).toEqual({ 'A.pdf': 'a' });
});

test('two deals of one name have two folders; after a restore the folder is found again', async () => {
  mkdirSync(join(deal.root, deal.folderName));
  await deal.want('v1', 'A.pdf', 'a');
  await deal.sync({ otherFolders: [deal.folderName] });
  expect(deal.state.folder?.name).toBe('1847 Marlowe Ave - Estévez (2)');
  deal.folderName = deal.state.folder?.name ?? '';
  deal.state = { folder: null, files: [] };
  expect(await deal.sync()).toMatchObject({ observations: [], problems: [] });
  expect(deal.files()).toEqual({ 'A.pdf': 'a' });
});

test('without its root nothing is done and nothing told', async () => {
  await deal.want('v1', 'A.pdf', 'a');
  await deal.sync();
  const state = deal.state;
  renameSync(deal.root, `${deal.root}-away`);
  expect(await deal.sync()).toMatchObject({ observations: [], problems: [{ type: 'RootMissing' }], isSettled: false });
  expect(existsSync(deal.root)).toBe(false);
  expect(deal.state).toEqual(state);
  renameSync(`${deal.root}-away`, deal.root);
  expect(await deal.sync()).toMatchObject({ observations: [], problems: [] });
});

test('what is younger than two seconds waits, what is older is told', async () => {
  await deal.sync();
  deal.put('growing.pdf', 'half');
  expect(await deal.sync({ settleMs: 2000 })).toMatchObject({ observations: [], isSettled: false });
  utimesSync(deal.path('growing.pdf'), new Date(), new Date(Date.now() - 5000));
  expect(types((await deal.sync({ settleMs: 2000 })).observations)).toEqual(['added']);
});

test('a stop leaves what is done and goes on the next time; half copies of a crash go', async () => {
  const stop = new AbortController();
  await deal.want('v1', 'A.pdf', 'a');
  await deal.want('v2', 'B.pdf', 'b');
  const vault = {
    ...deal.vault,
    copyOut: (...args: Parameters<typeof deal.vault.copyOut>) => {
      const [sha256, target] = args;
      const copied = deal.vault.copyOut(sha256, target);
      stop.abort();
      return copied;
    },
  };
  expect(types((await deal.sync({ vault, signal: stop.signal })).problems)).toEqual(['Cancelled']);
  expect(deal.files()).toEqual({ 'A.pdf': 'a' });
  expect(types((await deal.sync({ signal: AbortSignal.abort() })).problems)).toEqual(['Cancelled']);
  writeFileSync(deal.path(`.closeboard-${process.pid}-0123456789abcdef.part`), 'half');
  expect(await deal.sync()).toMatchObject({ observations: [], problems: [] });
  expect(deal.files()).toEqual({ 'A.pdf': 'a', 'B.pdf': 'b' });
});

test('a version whose file is not here yet, or damaged, is said', async () => {
  await deal.want('v1', 'A.pdf', 'a');
  const { sha256 } = await deal.want('v2', 'B.pdf', 'b');
  must(await deal.vault.trash(sha256Of('a')));
  chmodSync(deal.vault.pathOf(sha256) ?? '', 0o600);
  writeFileSync(deal.vault.pathOf(sha256) ?? '', 'x');
  expect(types((await deal.sync()).problems)).toEqual(['NotHere', 'Damaged']);
  expect(deal.files()).toEqual({});
  must(await deal.vault.add({ bytes: new TextEncoder().encode('b') }));
  must(await deal.vault.untrash(sha256Of('a')));
  expect(await deal.sync()).toMatchObject({ observations: [], problems: [] });
  expect(deal.files()).toEqual({ 'A.pdf': 'a', 'B.pdf': 'b' });
});

test.each([
  ['NoSpace', 'VaultFull'],
  ['ReadOnly', 'VaultUnwritable'],
  ['TooBig', 'TooBig'],
  ['SourceBusy', null],
] as const)('a new file that the vault answers with %s stays and is told when it is in', async (type, trouble) => {
  await deal.sync();
  deal.put('new.pdf', 'new');
  const vault = { ...deal.vault, add: async () => err(failure(type)) };
  const refused = await deal.sync({ vault });
  expect(refused.observations).toEqual([]);
  expect(types(refused.problems)).toEqual(trouble === null ? [] : [trouble]);
  expect(types((await deal.sync()).observations)).toEqual(['added']);
});

test('a folder with more files than anyone could mean is left alone', async () => {
  await deal.want('v1', 'A.pdf', 'a');
  await deal.sync();
  deal.put('B.pdf', 'b');
  expect(await listDealFolder(deal.path(), Date.now(), 1)).toMatchObject({ type: 'TooMany' });
  expect(await listDealFolder(deal.path(), Date.now(), 2)).toMatchObject({ files: [{}, {}] });
});

test('a folder that may not be read or renamed is said, and nothing in it counts as gone', async ({ skip }) => {
  if (process.getuid?.() !== 0) return skip('only root can become somebody who may not');
  await deal.want('v1', 'A.pdf', 'a');
  await deal.sync();
  chmodSync(deal.folder, 0o755);
  chmodSync(deal.path(), 0o700);
  process.seteuid?.(65_534);
  try {
    expect(await deal.sync()).toMatchObject({ observations: [], problems: [{ type: 'Unreadable' }] });
    deal.folderName = 'Elsewhere';
    expect(types((await deal.sync()).problems)).toEqual(['FolderBusy', 'Unreadable']);
  } finally {
    process.seteuid?.(0);
  }
  chmodSync(deal.path(), 0o755);
  process.seteuid?.(65_534);
  try {
    expect(types((await deal.sync()).problems)).toEqual(['FolderBusy']);
  } finally {
    process.seteuid?.(0);
  }
  expect(await deal.sync()).toMatchObject({ observations: [], problems: [] });
});

test('a disk that is read-only or full is said, and all is there when it is well again', async ({ skip }) => {
  const mount = (options: string) =>
    execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', deal.root], { stdio: 'ignore' });
  try {
    mount('size=100k');
  } catch {
    return skip('a small disk can only be mounted by root on Linux');
  }
  try {
    await deal.want('v1', 'A.pdf', 'a');
    await deal.want('v2', 'B.pdf', 'b'.repeat(200_000));
    expect(types((await deal.sync()).problems)).toEqual(['Full']);
    execFileSync('mount', ['-o', 'remount,ro,size=1m', deal.root]);
    expect(types((await deal.sync()).problems)).toEqual(['Unwritable']);
    execFileSync('mount', ['-o', 'remount,rw', deal.root]);
    expect(await deal.sync()).toMatchObject({ observations: [], problems: [] });
    expect(Object.keys(deal.files())).toEqual(['A.pdf', 'B.pdf']);
  } finally {
    execFileSync('umount', [deal.root]);
  }
});
