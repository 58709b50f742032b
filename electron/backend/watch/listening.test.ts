import { renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { type HintsInput, LARGE_TREE, type OpenHints, openHints } from './hints.ts';
import { createRig, type Rig, type RigOptions } from './testing.ts';

const rigs: Rig[] = [];
function rigOf(options?: RigOptions): Rig {
  const rig = createRig(options);
  rigs.push(rig);
  return rig;
}
afterEach(async () => {
  for (const rig of rigs.splice(0)) await rig.close();
});
const coded = (code: string) => Object.assign(new Error(code), { code });

/** Hints that the test gives by hand. */
function byHand() {
  const opened: HintsInput[] = [];
  const added: string[] = [];
  let closed = 0;
  const open: OpenHints = async (input) => {
    opened.push(input);
    const close = async () => {
      closed += 1;
    };
    return { watches: () => input.folders.length, addFolder: (relPath) => added.push(relPath), close };
  };
  return { open, opened, added, closed: () => closed };
}

test('too many folders for the limit of the system: looked at by the clock, and said', async () => {
  const hand = byHand();
  const rig = rigOf({ openHints: hand.open, system: { readWatchLimit: async () => 4 } });
  rig.write('a/b/c/d.pdf');
  await rig.add();
  await rig.until(() => rig.state().kind === 'ready');
  expect(rig.state()).toMatchObject({ method: 'polling', sentence: expect.stringContaining('looks every second') });
  expect(hand.opened).toEqual([]);
  await rig.until(() => rig.got.length === 1);
  rig.write('a/new.pdf');
  await rig.until(() => rig.got.length === 2);
});

test('folders that other watched folders listen to count against the limit', async () => {
  const hand = byHand();
  const rig = rigOf({ openHints: hand.open, system: { readWatchLimit: async () => 8 } });
  const other = rigOf();
  rig.write('a/b/c/d.pdf');
  other.write('a/b/c/d.pdf');
  await rig.add();
  await rig.until(() => rig.state().kind === 'ready');
  await rig.watcher.add({ id: 'g', path: other.root, policy: 'leave', isPaused: false });
  await rig.until(() => rig.watcher.state('g')?.kind === 'ready');
  expect([rig.state().method, rig.watcher.state('g')?.method]).toEqual(['events', 'polling']);
});

test.each(['ENOSPC', 'EMFILE'])(
  'when the system has no room to listen (%s), looks take over and it is said',
  async (code) => {
    const hand = byHand();
    const rig = rigOf({ openHints: hand.open });
    await rig.add();
    await rig.until(() => rig.state().kind === 'ready');
    hand.opened[0]?.onError(coded(code));
    await rig.until(() => rig.state().method === 'polling');
    expect(hand.closed()).toBe(1);
    rig.write('found.pdf');
    await rig.until(() => rig.got.length === 1);
  },
);

test('trouble with events makes the whole folder looked at', async () => {
  const hand = byHand();
  const rig = rigOf({ openHints: hand.open });
  await rig.add();
  await rig.quiet();
  rig.write('found.pdf');
  hand.opened[0]?.onError(coded('EIO'));
  await rig.until(() => rig.got.length === 1);
  expect(rig.state().method).toBe('events');
});

test('one event makes its neighbours found, whose events were lost', async () => {
  const hand = byHand();
  const rig = rigOf({ openHints: hand.open });
  await rig.add();
  await rig.quiet();
  rig.write('told.pdf');
  rig.write('far/away/not told.pdf');
  hand.opened[0]?.onHint('told.pdf');
  await rig.until(() => rig.got.length === 2);
});

test('a new folder is looked at again a moment later, without any event from it', async () => {
  const hand = byHand();
  const rig = rigOf({ openHints: hand.open, timings: { settleMs: 60_000, settleMaxMs: 60_000 } });
  await rig.add();
  await rig.quiet();
  rig.write('new/first.pdf');
  hand.opened[0]?.onHint('new');
  await rig.until(() => rig.got.length === 1);
  rig.write('new/second.pdf');
  rig.write('new/sub/third.pdf');
  await rig.until(() => rig.got.length === 3);
  expect(new Set(hand.added)).toEqual(new Set(['new', 'new/sub']));
});

test('what comes between the first look and the first event is found by a second look', async () => {
  const hand = byHand();
  const openAfter: OpenHints = (input) => {
    rig.write('between.pdf');
    return hand.open(input);
  };
  const rig = rigOf({ openHints: openAfter });
  await rig.add();
  await rig.until(() => rig.got.length === 1);
});

test('hourly everything is looked at, also without any event', async () => {
  const hand = byHand();
  const rig = rigOf({ openHints: hand.open, timings: { hourlyMs: 150 } });
  await rig.add();
  await rig.quiet();
  rig.write('silent.pdf');
  await rig.until(() => rig.got.length === 1);
});

test('after sleep everything is looked at', async () => {
  const hand = byHand();
  const rig = rigOf({ openHints: hand.open });
  await rig.add();
  await rig.quiet();
  rig.write('asleep.pdf');
  await rig.watcher.wake();
  await rig.until(() => rig.got.length === 1);
});

test('a network drive is looked at by the clock and nothing is asked of the system; files keep their identity by time', async () => {
  const hand = byHand();
  let mounts = '';
  const rig = rigOf({ openHints: hand.open, system: { platform: 'linux', readMounts: async () => mounts } });
  mounts = `/dev/sda / ext4 rw 0 0\n//server/deals ${rig.root} cifs rw 0 0\n`;
  const path = rig.write('a.pdf');
  await rig.add({ pollMs: 60 });
  await rig.until(() => rig.got.length === 1);
  expect(rig.state()).toMatchObject({ method: 'polling', sentence: expect.stringContaining('network drive') });
  rig.write('b.pdf');
  await rig.until(() => rig.got.length === 2);
  expect(hand.opened).toEqual([]);
  // Connected again, the server gives files other numbers.
  const [entry] = rig.store.getMany('f', ['a.pdf']).values();
  if (entry === undefined) throw new Error('not kept');
  rig.store.put([{ ...entry, ino: entry.ino + 1, sha256: 'not asked for' }]);
  await rig.quiet();
  expect(rig.got).toHaveLength(2);
  rmSync(path);
});

test('hints about what is not there, passed over or out of the folder do nothing', async () => {
  const hand = byHand();
  const rig = rigOf({ openHints: hand.open });
  rig.write('.git/config');
  await rig.add();
  await rig.quiet();
  for (const relPath of ['nothing.pdf', '.git/config', '../other/x.pdf', 'a/../../x', ''])
    hand.opened[0]?.onHint(relPath);
  await rig.quiet();
  expect(rig.got).toEqual([]);
  expect(rig.defects).toEqual([]);
});

test('a large tree is listened to as well: new, rewritten, in new folders, in a folder of an old name', async () => {
  const rig = rigOf({
    openHints: (input) => openHints({ ...input, entries: LARGE_TREE + 1 }),
    timings: { settleMs: 60_000 },
  });
  rig.write('deals/a.pdf');
  await rig.add();
  await rig.until(() => rig.got.length === 1);
  await rig.quiet();
  rig.write('deals/b.pdf');
  await rig.until(() => rig.got.length === 2);
  rig.write('deals/a.pdf', '%PDF-1.7 other %%EOF');
  await rig.until(() => rig.got.length === 3);
  rig.write('new/deep/c.pdf');
  await rig.until(() => rig.got.length === 4);
  renameSync(join(rig.root, 'deals'), join(rig.root, 'old'));
  rig.write('deals/d.pdf');
  await rig.until(() => rig.got.length === 5);
  await new Promise((resolve) => setTimeout(resolve, 500));
  rig.write('deals/e.pdf');
  await rig.until(() => rig.got.length === 6);
  expect(rig.names()).toEqual([
    'deals/a.pdf',
    'deals/a.pdf',
    'deals/b.pdf',
    'deals/d.pdf',
    'deals/e.pdf',
    'new/deep/c.pdf',
  ]);
});
