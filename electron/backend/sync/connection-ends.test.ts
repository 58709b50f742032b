import { expect, test } from 'vitest';
import { err } from '../../../core/result.ts';
import { firstPortalState } from '../../../db/sync/state.ts';
import { createLog } from '../../contract/log.ts';
import { connect, TIMINGS } from './connection.ts';
import type { PortalClient } from './types.ts';

test('a disk that is full when a round ends does not end the connection', async () => {
  const lines: string[] = [];
  const log = createLog({ append: (line) => void lines.push(line) }, () => '2026-06-02T16:12:00.000Z');
  const client: PortalClient = {
    url: 'http://127.0.0.1:9',
    ask: async () => err({ type: 'offline', message: 'Nobody answers.' }),
    fetch: () => Promise.reject(new Error('nobody answers')),
    headers: () => ({}),
  };
  const state = { ...firstPortalState('d-1'), wanted: new Map() };
  let ends = 0;
  await new Promise<void>((resolve) => {
    const connection = connect({
      ...{ own: {} as never, keeper: { state: () => state, step: () => {} }, client, log },
      ...{ greeted: () => {}, moving: () => {}, seen: () => {}, timings: { ...TIMINGS, soonMs: 1 } },
      ended: () => {
        ends += 1;
        if (ends < 3) throw new Error('database or disk is full');
        void connection.close().then(resolve);
      },
    });
  });
  expect(ends).toBe(3);
  expect(lines.filter((line) => line.includes('the end of a round'))).toHaveLength(2);
});
