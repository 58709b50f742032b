import { afterEach, describe, expect, test } from 'vitest';
import type { Command } from '../../../core/commands/types.ts';
import type { Deal } from '../../../core/deals/model.ts';
import { noteSwitched, versionOf, want } from '../../../core/sync/heads.ts';
import { type LoggedEntry, nextBatch, type OutboxEntry, settleReplies } from '../../../core/sync/outbox.ts';
import {
  emptyUnit,
  type HeldUnit,
  rebaseUnit,
  runHere,
  type Switch,
  serverRows,
  staleUnit,
} from '../../../core/sync/rebase.ts';
import { dealOfRows, putRow, type Rows, type SyncRow } from '../../../core/sync/rows.ts';
import { renewed, startRenewal } from '../../../core/sync/session.ts';
import { GROUND, openShelf, type Shelf, stageOf, THEO, take } from '../../../core/sync/testing.ts';
import type { CommandReply } from '../../../core/sync/wire.ts';
import { inRead } from '../../../db/handles.ts';
import { readDeal } from '../../../db/read/deal.ts';
import { readSummary } from '../../../db/read/summary.ts';
import { searchGaps } from '../../../db/search/index-deal.ts';
import { loadUnit } from '../../../db/sync/load-unit.ts';
import { outboxOf, sentAfter } from '../../../db/sync/outbox.ts';
import type { Standing } from '../../../db/sync/state.ts';
import { mustOpen, summarise, tempFolder } from '../../../db/testing.ts';
import { nextDoing } from '../../../tests/sync/person.ts';
import { type Random, randomOf } from '../../../tests/sync/random.ts';
import { dealCacheOf } from '../services/deal-cache.ts';
import { type CommandRunner, runCommand } from '../services/run-command.ts';
import type { SyncGround } from './ground.ts';
import { openKeeper } from './keeper.ts';
import { followed, numberBatch, purgeUnits, switchPulled, takeAnswers, takeRenewal } from './steps.ts';

/** The pure rules and SQLite side by side: after every step both hold the same. */

const AT = '2026-06-02T16:12:00.000Z';
const removes: (() => void)[] = [];
afterEach(() => {
  for (const remove of removes.splice(0)) remove();
});

interface Pure {
  unit: HeldUnit | undefined;
  outbox: readonly OutboxEntry[];
  log: readonly LoggedEntry[];
  attention: number;
  standing: Standing;
}

function setUp(seed: number) {
  const temp = tempFolder();
  const db = mustOpen(temp.folder);
  removes.push(() => {
    db.close();
    temp.remove();
  });
  let ids = 0;
  const newId = () => {
    ids += 1;
    return `n${ids}`;
  };
  const own: SyncGround = { db, newId, now: () => AT, ground: () => GROUND, summarise };
  const runner: CommandRunner = {
    ...{ db, summarise, workspace: () => GROUND.workspace, actor: () => GROUND.actor },
  };
  const keeper = openKeeper(own, () => {});
  keeper.step((_write, state) => ({ state: { ...state, storeId: 's0' } }));
  const pure: Pure = { unit: undefined, outbox: [], log: [], attention: 0, standing: keeper.state() };
  return { db, own, runner, keeper, pure, newId, random: randomOf(seed), shelf: openShelf() };
}
type Both = ReturnType<typeof setUp>;

function plain(rows: Rows): Record<string, unknown> {
  return Object.fromEntries([...rows].map(([key, { row }]) => [key, JSON.parse(JSON.stringify(row))]).toSorted());
}

function holdsTheSame({ db, pure, keeper }: Both): void {
  const held = inRead(db, (read) => loadUnit(read, 'd1'));
  const unit = pure.unit ?? emptyUnit('d1');
  expect(plain(held.shown)).toEqual(plain(unit.shown));
  if (!unit.isStale) expect(plain(serverRows(held))).toEqual(plain(serverRows(unit)));
  expect(versionOf(held)).toBe(versionOf(unit));
  // A copy that stays behind would be taken for the server's row later.
  const copies = db.raw.prepare('SELECT count(*) AS n FROM sync_copy').get() as { readonly n: number };
  if (pure.outbox.length === 0 && !unit.isStale) expect(copies.n).toBe(0);
  expect({ isStale: held.isStale, isGone: held.isGone }).toEqual({ isStale: unit.isStale, isGone: unit.isGone });
  expect(outboxOf(db.read, 'd1')).toEqual(JSON.parse(JSON.stringify(pure.outbox)));
  const logged = sentAfter(db.read, new Map()).map((entry) => entry.command.id);
  const done = pure.log.filter((entry) => entry.outcome === 'done').map((entry) => entry.command.id);
  expect(logged.toSorted()).toEqual(done.toSorted());
  const refusals = db.raw.prepare("SELECT count(*) AS n FROM attention WHERE kind <> 'overwrite'").get();
  expect(refusals).toEqual({ n: pure.attention });
  expect(keeper.state()).toEqual(pure.standing);
  const deal = dealOfRows(unit.shown);
  expect(byId(readDeal(db.read, 'd1'))).toEqual(byId(deal));
  expect(byId(dealCacheOf(db).get(db.read, 'd1'))).toEqual(byId(deal));
  expect(readSummary(db.read, 'd1')).toEqual(deal === null ? null : summarise(deal));
  expect(searchGaps(db.read)).toEqual({ missing: 0, extra: 0 });
}

/** Ids beyond what we make sort differently in memory and on disk: no rule reads that order. */
function byId(deal: Deal | null): unknown {
  if (deal === null) return null;
  const { row, ...tables } = deal;
  const sorted = Object.entries(tables).map(([table, rows]) => [
    table,
    rows.toSorted((a, b) => (a.id < b.id ? -1 : 1)),
  ]);
  return { row, ...Object.fromEntries(sorted) };
}

/** The simulator's `switched`, for one unit. */
function pureSwitch(pure: Pure, to: Switch): void {
  const result = rebaseUnit(pure.unit ?? emptyUnit('d1'), pure.outbox, { to, ground: GROUND });
  pure.unit = result.unit ?? undefined;
  pure.outbox = result.outbox;
  pure.log = [...pure.log, ...result.done];
  pure.attention += result.attention.length;
}

function act(both: Both): void {
  const { db, runner, pure, random, newId } = both;
  const deal = dealOfRows(pure.unit?.shown ?? new Map());
  if (deal === null) return;
  const command = commandOf(random, deal, { newId, unit: pure.unit });
  const order =
    1 +
    Number(
      (
        db.raw.prepare("SELECT seq FROM sqlite_sequence WHERE name = 'command_log'").get() as
          | { seq: number }
          | undefined
      )?.seq ?? 0,
    );
  const ran = runHere(pure.unit ?? emptyUnit('d1'), { command, order }, GROUND);
  const outcome = runCommand(runner, command);
  if (!ran.ok) {
    expect(outcome).toEqual({ outcome: 'refused', refusal: ran.error });
    return;
  }
  expect(outcome).toMatchObject({ outcome: 'done', label: ran.value.label });
  pure.unit = ran.value.unit;
  if (ran.value.entry !== null) pure.outbox = [...pure.outbox, ran.value.entry];
}

function commandOf(
  random: Random,
  deal: Deal,
  { newId, unit }: { readonly newId: () => string; readonly unit: HeldUnit | undefined },
): Command {
  const commandIds = [...(unit?.shown.values() ?? [])].filter((row) => row.table === 'journal').map((row) => row.rowId);
  const doing = nextDoing({ random, deal, commandIds, newId, at: AT, isWithPeople: true });
  return { id: newId(), dealId: 'd1', name: doing.name, args: JSON.parse(JSON.stringify(doing.args)), at: AT };
}

function actElsewhere({ shelf, random, newId }: Both): void {
  const live = new Map<string, SyncRow>();
  for (const row of shelf.all.values()) putRow(live, row);
  const deal = dealOfRows(live);
  if (deal === null) return;
  const unit = { ...emptyUnit('d1'), shown: live };
  take(shelf, commandOf(random, deal, { newId, unit }), THEO);
}

function push(both: Both): void {
  const { keeper, own, pure, random, shelf } = both;
  let entries: readonly OutboxEntry[] = [];
  keeper.step((write, state) => {
    const batch = numberBatch(write, state);
    entries = batch.entries;
    return { state: batch.state };
  });
  const { deviceId, nextSeq } = pure.standing;
  const batch = nextBatch(pure.outbox, { deviceId, nextSeq, limit: 100 });
  pure.outbox = batch.outbox;
  pure.standing = { ...pure.standing, nextSeq: batch.nextSeq };
  expect(entries).toEqual(JSON.parse(JSON.stringify(batch.entries)));
  // The answer may be cut: then fewer are answered, and the rest goes out again.
  const told = entries.slice(0, random.between(0, entries.length));
  const replies = told.map(
    (entry): CommandReply => ({ ...answerOf(shelf, entry), seq: entry.sent?.seq ?? 0, commandId: entry.command.id }),
  );
  keeper.step((write, state) => takeAnswers(own, write, { state, reply: { storeId: 's0', replies, problem: null } }));
  const settled = settleReplies(pure.outbox, replies);
  pure.outbox = settled.outbox;
  pure.log = [...pure.log, ...settled.left];
  pure.attention += settled.attention.length;
  let follow = pure.standing;
  // Heads tell of a unit of which nothing is here, in their own time.
  const isHere = pure.unit !== undefined && (pure.unit.version > 0 || pure.unit.isGone || pure.unit.shown.size > 0);
  for (const head of settled.heads) follow = { ...follow, ...want(follow, head, isHere ? pure.unit : undefined) };
  const answeredSeq = Math.max(follow.answeredSeq, ...replies.map((reply) => reply.seq));
  pure.standing = { ...follow, answeredSeq };
  if (settled.unitIds.length > 0) pureSwitch(pure, null);
}

/** What the server kept under that id, or decides now. */
const kept = new WeakMap<Shelf, Map<string, ReturnType<typeof take>['answer']>>();
function answerOf(shelf: Shelf, { command }: OutboxEntry): ReturnType<typeof take>['answer'] {
  const answers = kept.get(shelf) ?? new Map();
  kept.set(shelf, answers);
  const answer = answers.get(command.id) ?? take(shelf, command).answer;
  answers.set(command.id, answer);
  return answer;
}

function pull(both: Both): void {
  const { keeper, own, pure, shelf } = both;
  const from = versionOf(pure.unit) === 0 ? emptyUnit('d1') : (pure.unit ?? emptyUnit('d1'));
  const stage = stageOf(shelf, from);
  keeper.step((write, state) => switchPulled(own, write, { state, pulled: [{ stage, audit: null }] }));
  pureSwitch(pure, { type: 'stage', stage });
  pure.standing = { ...pure.standing, ...noteSwitched(pure.standing, 'd1', pure.unit?.version ?? 0) };
}

function gone(both: Both): void {
  const { keeper, own, pure } = both;
  keeper.step((write, state) => purgeUnits(own, write, { state, unitIds: ['d1'] }));
  pureSwitch(pure, { type: 'gone' });
  pure.standing = { ...pure.standing, ...noteSwitched(pure.standing, 'd1', null) };
}

function renew({ keeper, pure, newId, random }: Both, isAnotherStore: boolean): void {
  const deviceId = newId();
  keeper.step((_write, state) => ({
    state: { ...state, ...startRenewal(state, { newId: deviceId, didForget: isAnotherStore }) },
  }));
  pure.standing = { ...pure.standing, ...startRenewal(pure.standing, { newId: deviceId, didForget: isAnotherStore }) };
  const lastSeq = random.between(0, pure.standing.answeredSeq);
  const reply = { storeId: 's0', deviceId, known: [{ deviceId: pure.standing.deviceId, lastSeq }] };
  keeper.step((write, state) => ({ state: takeRenewal(write, { state, reply }) ?? state }));
  const taken = renewed(pure.standing, { ...pure, follow: pure.standing }, reply);
  if (taken === null) throw new Error('not renewed');
  const { session, follow, outbox, log, isAnew } = taken;
  Object.assign(pure, { outbox, log, standing: followed({ ...pure.standing, ...session }, follow) });
  if (isAnew && pure.unit !== undefined) pure.unit = staleUnit(pure.unit);
}

let logged = 0;
let refused = 0;

describe('what a portal had', () => {
  const fileOf = ({ db }: Both) => db.read.get<{ state: string }>('SELECT state FROM file_task')?.state;
  test.each([
    ['of one that forgot, files are asked about again', true, 'waiting'],
    ['of one that knows us still, files are there as before', false, 'done'],
  ])('%s', (_name, didForget, state) => {
    const both = setUp(0);
    both.keeper.step((write, standing) => {
      write.run(
        `INSERT INTO file_task (sha256, deal_id, way, state, bytes, done, name, tries, next_at, problem)
          VALUES ('a', 'd', 'up', 'done', 1, 1, '', 0, '2026-06-09T16:12:00.000Z', '')`,
      );
      return { state: standing };
    });
    renew(both, didForget);
    expect(fileOf(both)).toBe(state);
  });
});

describe('SQLite holds what the rules say', () => {
  test.each(Array.from({ length: 16 }, (_, seed) => seed))('after any run of steps (%i)', (seed) => {
    const both = setUp(seed);
    pull(both);
    holdsTheSame(both);
    for (let step = 0; step < 70; step += 1) {
      const chance = both.random.next();
      if (chance < 0.5) act(both);
      else if (chance < 0.68) actElsewhere(both);
      else if (chance < 0.82) push(both);
      else if (chance < 0.95) pull(both);
      else if (chance < 0.97) gone(both);
      else renew(both, both.random.chance(0.5));
      holdsTheSame(both);
    }
    for (let turn = 0; turn < 8; turn += 1) {
      push(both);
      pull(both);
    }
    holdsTheSame(both);
    logged += both.pure.log.length;
    refused += both.pure.attention;
  });

  test('and those runs really sent, decided again and refused', () => {
    expect(logged).toBeGreaterThan(100);
    expect(refused).toBeGreaterThan(10);
  });
});
