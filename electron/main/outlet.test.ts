import { expect, test } from 'vitest';
import type { HostEvent } from '../contract/events.ts';
import { createRunningJobs } from './jobs.ts';
import { createOutlet } from './outlet.ts';

const open = (dealId: string): HostEvent => ({ type: 'open:deal', dealId });

test('a deal link that started Closeboard waits until the page hears', () => {
  const sent: HostEvent[] = [];
  const outlet = createOutlet((event) => sent.push(event));
  outlet.emit(open('first'));
  outlet.emit({ type: 'workspace:changed' });
  outlet.emit(open('second'));
  expect(sent).toEqual([]);
  outlet.listening();
  expect(sent).toEqual([{ type: 'workspace:changed' }, open('second')]);
  outlet.emit(open('third'));
  expect(sent.at(-1)).toEqual(open('third'));
  outlet.silent();
  outlet.emit(open('fourth'));
  expect(sent).toHaveLength(3);
  outlet.listening();
  expect(sent.at(-1)).toEqual(open('fourth'));
});

test('a job is running until it says otherwise, or its process stops', () => {
  const jobs = createRunningJobs();
  const tell = (jobId: string, state: 'running' | 'done' | 'cancelled' | 'failed') =>
    jobs.hear({ type: 'job:progress', jobId, title: 't', done: 0, total: 1, state, sentence: '' });
  expect(jobs.isBusy()).toBe(false);
  tell('a', 'running');
  tell('b', 'running');
  tell('a', 'done');
  expect(jobs.isBusy()).toBe(true);
  jobs.hear({ type: 'backend:state', state: 'ready', sentence: '' });
  expect(jobs.isBusy()).toBe(true);
  jobs.hear({ type: 'backend:state', state: 'restarting', sentence: '' });
  expect(jobs.isBusy()).toBe(false);
});
