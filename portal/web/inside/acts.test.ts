import { expect, test } from 'vitest';
import type { Answer } from '../ask.ts';
import { type Acts, type Begun, createActs } from './acts.ts';

const DONE: Answer<unknown> = { ok: true, value: { done: true } };
const no = (
  type: 'unreachable' | 'away' | 'conflict' | 'defect' | 'not-signed-in' | 'confirm-again',
  more: object = {},
) => ({ ok: false, problem: { type, message: 'No.', ...more } }) as Answer<unknown>;

/** Acts with a portal that answers in this order, and a clock that is turned by hand. */
function actsWith(...answers: readonly Answer<unknown>[]) {
  const sent: object[] = [];
  const timers: { readonly work: () => void; readonly ms: number }[] = [];
  const told = { refreshed: 0, out: 0 };
  const shown = { page: 'one' };
  const kept = new Map<string, Begun>();
  const done: (string | null)[] = [];
  let ids = 0;
  const acts: Acts = createActs({
    async send(name, input) {
      sent.push({ name, ...input });
      return answers[sent.length - 1] ?? DONE;
    },
    newId: () => `id-${++ids}`,
    page: () => shown.page,
    later(work, ms) {
      const timer = { work, ms };
      timers.push(timer);
      return () => void timers.splice(timers.indexOf(timer), 1);
    },
    keep: (act) => kept.set(act.key, act).size > 0,
    drop(act, isDone) {
      kept.delete(act.key);
      if (isDone) done.push(act.draft);
    },
    async onRefresh() {
      told.refreshed += 1;
    },
    onOut: () => {
      told.out += 1;
    },
  });
  return { acts, sent, timers, told, shown, kept, done };
}
const TASK = { taskId: 't', isDone: true };
/** Until what was begun has been answered. */
const settled = () => new Promise((resolve) => setTimeout(resolve));

test('an act is sent once with an id of its own, and what is shown is asked for anew', async () => {
  const { acts, sent, told } = actsWith();
  const first = acts.send('k', 'complete-task', TASK);
  expect(acts.get('k')).toEqual({ at: 'sending' });
  expect(await acts.send('k', 'complete-task', TASK)).toBe(false);
  expect(await first).toBe(true);
  expect([acts.get('k'), told.refreshed]).toEqual([{ at: 'done' }, 1]);
  await acts.send('k', 'complete-task', { ...TASK, isDone: false });
  expect(sent).toEqual([
    { name: 'complete-task', ...TASK, actId: 'id-1' },
    { name: 'complete-task', taskId: 't', isDone: false, actId: 'id-2' },
  ]);
});

test('a lost line is tried again by itself, ever more slowly, with the same id', async () => {
  const { acts, sent, timers } = actsWith(no('unreachable'), no('away'));
  await acts.send('k', 'complete-task', TASK);
  expect([acts.get('k').at, acts.waiting()]).toEqual(['waiting', 1]);
  expect(timers.map(({ ms }) => ms)).toEqual([4_000]);
  acts.againAll();
  await settled();
  expect(timers.map(({ ms }) => ms)).toEqual([8_000]);
  // Pressed by hand meanwhile: still the same act.
  expect(await acts.send('k', 'complete-task', TASK)).toBe(true);
  expect(sent.map((each) => 'actId' in each && each.actId)).toEqual(['id-1', 'id-1', 'id-1']);
  expect([acts.waiting(), timers.length]).toEqual([0, 0]);
});

test('another thing said meanwhile is another act', async () => {
  const { acts, sent } = actsWith(no('unreachable'));
  await acts.send('k', 'complete-task', TASK);
  await acts.send('k', 'complete-task', { ...TASK, isDone: false });
  expect(sent.map((each) => 'actId' in each && each.actId)).toEqual(['id-1', 'id-2']);
});

test('an old second step is asked for, and then the same act goes out again', async () => {
  const second = { step: 'word', sentTo: '' } as const;
  const { acts, sent } = actsWith(no('confirm-again', { second }));
  await acts.send('k', 'complete-task', TASK);
  expect(acts.get('k')).toEqual({ at: 'confirm', second });
  expect(await acts.again('k')).toBe(true);
  expect(sent.map((each) => 'actId' in each && each.actId)).toEqual(['id-1', 'id-1']);
});

test('what the portal refuses is said, and a session that is over ends the page', async () => {
  const { acts, told, timers } = actsWith(no('conflict'), no('not-signed-in'), no('confirm-again'));
  await acts.send('k', 'complete-task', TASK);
  expect(acts.get('k')).toMatchObject({ at: 'refused', problem: { type: 'conflict' } });
  expect(told).toEqual({ refreshed: 1, out: 0 });
  await acts.send('k', 'complete-task', TASK);
  expect(told.out).toBe(1);
  // Without knowing which step, there is none to show.
  await acts.send('k', 'complete-task', TASK);
  expect(acts.get('k').at).toBe('refused');
  acts.forget('k');
  expect(acts.get('k')).toEqual({ at: 'idle' });
  expect(timers).toEqual([]);
});

test('after a slip of the portal the same thing is the same act, and something else is another', async () => {
  const { acts, sent } = actsWith(no('defect'), no('defect'));
  await acts.send('k', 'complete-task', TASK);
  expect(acts.get('k')).toMatchObject({ at: 'refused' });
  await acts.send('k', 'complete-task', TASK);
  await acts.send('k', 'complete-task', { ...TASK, isDone: false });
  expect(sent.map((one) => (one as { actId: string }).actId)).toEqual(['id-1', 'id-1', 'id-2']);
});

test('nothing is sent after the page is left, until it is there again', async () => {
  const { acts, timers } = actsWith(no('unreachable'));
  await acts.send('k', 'complete-task', TASK);
  acts.close();
  expect(timers).toEqual([]);
  acts.open();
  expect(timers).toHaveLength(1);
});

test('what was begun on one deal is never sent while another is shown, and goes out when it is back', async () => {
  const { acts, sent, shown } = actsWith(no('unreachable'));
  await acts.send('k', 'complete-task', TASK);
  shown.page = 'two';
  acts.againAll();
  await settled();
  expect([sent.length, acts.get('k'), acts.waiting()]).toEqual([1, { at: 'waiting' }, 1]);
  shown.page = 'one';
  acts.againAll();
  await settled();
  expect(sent).toEqual([sent[0], sent[0]]);
  expect(acts.get('k')).toEqual({ at: 'done' });
});

test('an act is kept until the portal has answered it, and its words with it', async () => {
  const { acts, kept, done } = actsWith(no('unreachable'), no('away'));
  await acts.send('k', 'complete-task', TASK, 'words');
  const begun = { key: 'k', name: 'complete-task', input: TASK, actId: 'id-1', page: 'one', draft: 'words' };
  expect([[...kept.values()], acts.areKept()]).toEqual([[begun], true]);
  await acts.again('k');
  expect([kept.size, done]).toEqual([1, []]);
  await acts.again('k');
  expect([kept.size, done]).toEqual([0, ['words']]);
});

test.each([
  ['conflict', 0],
  ['confirm-again', 0],
  ['not-signed-in', 1],
] as const)('after %s, so many acts are kept: %i', async (type, count) => {
  const second = { step: 'word', sentTo: '' } as const;
  const { acts, kept, done } = actsWith(no(type, { second }));
  await acts.send('k', 'complete-task', TASK, 'words');
  expect([kept.size, done]).toEqual([count, []]);
});

test('what an earlier page kept waits, goes out with its own id, and only while its deal is shown', async () => {
  const { acts, sent, shown } = actsWith();
  const begun = { name: 'complete-task', input: TASK, actId: 'old', page: 'one', draft: null } as const;
  shown.page = 'two';
  acts.take([{ ...begun, key: 'k' }]);
  await settled();
  expect([acts.get('k').at, acts.waiting(), sent]).toEqual(['waiting', 1, []]);
  shown.page = 'one';
  // Taken twice, it is one.
  acts.take([{ ...begun, key: 'k' }]);
  await settled();
  expect([acts.get('k').at, sent]).toEqual(['done', [{ name: 'complete-task', ...TASK, actId: 'old' }]]);
});

test('what no place on the screen tells of is told elsewhere, until it is seen', async () => {
  const { acts, shown } = actsWith(no('conflict'), no('conflict'));
  const unwatch = acts.watch('k');
  await acts.send('k', 'complete-task', TASK);
  expect(acts.untold()).toBe('');
  unwatch();
  await acts.send('k', 'complete-task', TASK);
  expect([acts.untold(), acts.nameOf('k')]).toEqual(['k', 'complete-task']);
  // On another deal it is nothing to tell.
  shown.page = 'two';
  expect(acts.untold()).toBe('');
  shown.page = 'one';
  acts.watch('k');
  expect(acts.untold()).toBe('');
});

test('nothing goes out once it is closed', async () => {
  const { acts, sent, kept } = actsWith(no('unreachable'));
  await acts.send('k', 'complete-task', TASK);
  acts.close();
  kept.clear();
  acts.againAll();
  await settled();
  expect([sent.length, kept.size]).toEqual([1, 0]);
});
