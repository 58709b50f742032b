import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { UpdateState } from '../contract/updates.ts';
import { nextUpdating, off, type UpdateEvent, type Updating } from './update-state.ts';

const idle: Updating = { state: { kind: 'idle' }, notes: '' };
const run = (from: Updating, ...events: UpdateEvent[]) => events.reduce(nextUpdating, from);
const found: UpdateEvent = { type: 'Found', version: '2.0.0', notes: 'Faster board' };

const anyEvent: fc.Arbitrary<UpdateEvent> = fc.oneof(
  fc.constantFrom<UpdateEvent>(
    { type: 'CheckStarted' },
    found,
    { type: 'NothingNewer' },
    { type: 'NotInstalled' },
    { type: 'DownloadStarted' },
    { type: 'Downloaded' },
    { type: 'RestartAsked', isBusy: true },
    { type: 'RestartAsked', isBusy: false },
    { type: 'InstallFailed' },
  ),
  fc.integer({ min: 0, max: 100 }).map((percent): UpdateEvent => ({ type: 'Progressed', percent })),
  fc
    .constantFrom('FeedSilent', 'FeedUnreadable', 'DownloadCut', 'DownloadWrong', 'NoFileForThisSystem', 'NoRoom')
    .map((reason): UpdateEvent => ({ type: 'Failed', reason })),
);

describe('an update', () => {
  test('goes from found to ready and keeps its notes', () => {
    const ready = run(
      idle,
      { type: 'CheckStarted' },
      found,
      { type: 'DownloadStarted' },
      { type: 'Progressed', percent: 40 },
      { type: 'Downloaded' },
    );
    expect(ready.state).toMatchObject({ kind: 'ready', version: '2.0.0', notes: 'Faster board' });
  });

  test('a restart while a job runs leaves it ready and says so', () => {
    const ready = run(idle, { type: 'CheckStarted' }, found, { type: 'DownloadStarted' }, { type: 'Downloaded' });
    const asked = run(ready, { type: 'RestartAsked', isBusy: true });
    expect(asked.state).toMatchObject({ kind: 'ready', sentence: expect.stringContaining('still running') });
  });

  test('progress never runs backwards', () => {
    const begun = run(idle, { type: 'CheckStarted' }, found, { type: 'DownloadStarted' });
    const state = run(begun, { type: 'Progressed', percent: 60 }, { type: 'Progressed', percent: 20 }).state;
    expect(state).toMatchObject({ kind: 'downloading', percent: 60 });
  });

  test('a failed check can be tried again', () => {
    const failed = run(idle, { type: 'CheckStarted' }, { type: 'Failed', reason: 'FeedSilent' });
    expect(failed.state).toMatchObject({ kind: 'failed', sentence: expect.stringContaining('could not be reached') });
    expect(run(failed, { type: 'CheckStarted' }).state).toEqual({ kind: 'checking' });
  });
});

describe('whatever happens in whatever order', () => {
  const history = fc.array(anyEvent, { maxLength: 30 });

  test('the state is one of the contract', () => {
    fc.assert(fc.property(history, (events) => UpdateState.safeParse(run(idle, ...events).state).success));
  });

  test('nothing is ready that was not downloaded to its end', () => {
    fc.assert(
      fc.property(history, (events) => {
        let current = idle;
        for (const event of events) {
          const next = nextUpdating(current, event);
          if (next.state.kind === 'ready' && current.state.kind !== 'ready') {
            expect([current.state.kind, event.type]).toEqual(['downloading', 'Downloaded']);
          }
          current = next;
        }
      }),
    );
  });

  test('off stays off', () => {
    const start: Updating = { state: off('No address.'), notes: '' };
    fc.assert(fc.property(history, (events) => run(start, ...events).state === start.state));
  });
});
