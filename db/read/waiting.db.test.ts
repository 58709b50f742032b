import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Deal, MessageRow } from '../../core/deals/model.ts';
import type { Db } from '../handles.ts';
import { makeDeal, mustOpen, putDeal, tempFolder } from '../testing.ts';
import { dealsWaiting, WAITING_SQL } from './waiting.ts';

let db: Db;
let remove: () => void;
beforeAll(() => {
  const temp = tempFolder();
  remove = temp.remove;
  db = mustOpen(temp.folder);
});
afterAll(() => {
  db.close();
  remove();
});

const message = (deal: Deal, isSettled: boolean): MessageRow => ({
  ...{ id: `m-${deal.row.id}`, dealId: deal.row.id, personId: 'p', authorId: 'p', aboutType: 'deal', aboutId: '' },
  ...{ body: 'When do we get the keys?', writtenAt: '2026-06-02T16:12:00.000Z', isSettled },
});

test('a deal waits while a message is open, and not when it is answered or the deal has ended', () => {
  const deals = Array.from({ length: 40 }, (_, n) => makeDeal(n));
  const active = deals.filter(({ row }) => row.outcome === null);
  const ended = deals.find(({ row }) => row.outcome !== null);
  const [waits, answered] = active;
  if (waits === undefined || answered === undefined || ended === undefined) throw new Error('the deals are too few');
  putDeal(db, { ...waits, messages: [message(waits, false)] });
  putDeal(db, { ...answered, messages: [message(answered, true)] });
  putDeal(db, { ...ended, messages: [message(ended, false)] });
  expect(dealsWaiting(db.read)).toEqual([waits.row.id]);
});

test('open messages and requests are found by their index: what was answered over years is not walked', () => {
  const plan = db.raw.prepare(`EXPLAIN QUERY PLAN ${WAITING_SQL}`).all() as { detail: string }[];
  const details = plan.map(({ detail }) => detail).join('\n');
  expect(details).toContain('message USING COVERING INDEX message_open');
  expect(details).toContain('change USING INDEX change_live');
});
