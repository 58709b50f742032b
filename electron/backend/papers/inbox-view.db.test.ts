import { expect, test } from 'vitest';
import { type ArrivalRow, arrivals } from '../../../db/files-tables.ts';
import { inWrite } from '../../../db/handles.ts';
import { AT, mustOpen, tempFolder } from '../../../db/testing.ts';
import { inboxView } from './inbox-view.ts';

/** An arrival that waits, the `n`th that came. */
function rowOf(n: number, state: string): ArrivalRow {
  const empty = { relPath: 'a', sentence: '', senderName: '', senderAddress: '', subject: '', decidedBy: '' };
  const none = { before: null, parentId: null, folderId: null, hintDealId: null, hintLineId: null, proposal: null };
  const undecided = { pages: null, dealId: null, lineId: null, versionId: null, commandId: null, decidedAt: null };
  const file = { kind: 'text', extension: 'txt', bytes: 1, source: 'drop' };
  const id = `a${String(n).padStart(4, '0')}`;
  return {
    ...empty,
    ...none,
    ...undecided,
    ...file,
    id,
    at: AT,
    fileName: id,
    sha256: `${n}`.padStart(64, '0'),
    state,
  };
}

test('every held file is in the inbox, however many files came after it, and all are counted', () => {
  const { folder, remove } = tempFolder();
  const db = mustOpen(folder);
  inWrite(db, (write) => {
    for (const n of [0, 1]) arrivals.insert(write, rowOf(n, 'held'));
    for (let n = 2; n < 400; n += 1) arrivals.insert(write, rowOf(n, 'new'));
  });
  const inbox = inboxView({ db }, AT);
  expect(inbox.held.map((item) => item.id)).toEqual(['a0001', 'a0000']);
  expect([inbox.noIdea.length, inbox.noIdea[0]?.id, inbox.open]).toEqual([300, 'a0399', 400]);
  db.close();
  remove();
});
