import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Deal, MessageRow } from '../../core/deals/model.ts';
import type { Db } from '../handles.ts';
import { makeDeal, mustOpen, putDeal, tempFolder } from '../testing.ts';
import { dealsWaiting, SENT_SQL, sentToReview, WAITING_SQL } from './waiting.ts';

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

test('what people sent and nobody reviewed is counted for the deals that are asked about', () => {
  const deal = Array.from({ length: 40 }, (_, n) => makeDeal(n + 100)).find(({ versions }) => versions.length > 0);
  const version = deal?.versions[0];
  if (deal === undefined || version === undefined) throw new Error('no deal has a file');
  const lines = deal.lines.map((line) =>
    line.id === version.lineId ? { ...line, state: 'needs-review' as const } : { ...line, state: 'requested' as const },
  );
  const paper = {
    ...{ id: version.id, dealId: deal.row.id, sentById: 'p-priya', aboutPersonIds: [], paidBySide: null },
    ...{ sharedBy: null, isRequiredByLender: false, isWithOtherSide: false, sentWithRequestId: null },
    ...{ isDisbursementAuthorization: false },
  };
  putDeal(db, { ...deal, lines, versions: [version], papers: [paper] });
  expect([...sentToReview(db.read, [deal.row.id])]).toEqual([[deal.row.id, 1]]);
  expect(sentToReview(db.read, ['another']).size).toBe(0);
  const plan = db.raw.prepare(`EXPLAIN QUERY PLAN ${SENT_SQL}`).all('[]') as { detail: string }[];
  expect(plan.map(({ detail }) => detail).join('\n')).toContain('line_review');
});
