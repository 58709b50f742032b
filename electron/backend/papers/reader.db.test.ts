import { afterEach, expect, test } from 'vitest';
import { arrivals } from '../../../db/files-tables.ts';
import { type Db, inWrite } from '../../../db/handles.ts';
import { arrivalOf } from '../../../db/read/files.ts';
import { mustOpen, tempFolder } from '../../../db/testing.ts';
import { createReader, type ReaderDeps } from './reader.ts';

let db: Db;
let remove: () => void;
afterEach(() => {
  db.close();
  remove();
});

test('what could not be read is held, not shown, and said so; the next one is read all the same', async () => {
  const temp = tempFolder();
  remove = temp.remove;
  db = mustOpen(temp.folder);
  const defects: string[] = [];
  inWrite(db, (write) => {
    for (const id of ['a1', 'a2']) arrivals.insert(write, { ...ROW, id, sha256: id.padEnd(64, '0') });
  });
  const deps = {
    db,
    vault: { pathOf: () => '/nowhere/at/all' },
    log: { info: () => {}, warn: () => {}, defect: (where: string) => void defects.push(where) },
    now: () => new Date(2026, 5, 3),
    closing: new AbortController().signal,
    proposer: { ready: async () => {}, propose: () => undefined },
    onProposed: () => {},
    onChanged: () => {},
  } as unknown as ReaderDeps;
  const reader = createReader(deps);
  reader.wake();
  await reader.idle();
  for (const id of ['a1', 'a2'])
    expect(arrivalOf(db.read, id)).toMatchObject({
      state: 'held',
      decidedAt: null,
      sentence: expect.stringMatching(/^Held: /),
    });
  expect(defects).toHaveLength(2);
  await reader.close();
});

const ROW = {
  at: '2026-06-03T10:00:00.000Z',
  source: 'drop',
  parentId: null,
  folderId: null,
  relPath: 'a.txt',
  fileName: 'a.txt',
  sha256: 'a'.repeat(64),
  bytes: 5,
  kind: 'text',
  extension: 'txt',
  pages: null,
  state: 'reading',
  sentence: '',
  senderName: '',
  senderAddress: '',
  subject: '',
  hintDealId: null,
  hintLineId: null,
  proposal: null,
  dealId: null,
  lineId: null,
  versionId: null,
  commandId: null,
  decidedAt: null,
  decidedBy: '',
  before: null,
} as const;
