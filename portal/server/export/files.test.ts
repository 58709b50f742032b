import { expect, test } from 'vitest';
import { CREATE } from '../../../core/commands/testing.ts';
import type { Deal, LineRow, VersionRow } from '../../../core/deals/model.ts';
import { dealOfRows } from '../../../core/sync/rows.ts';
import { command, openShelf, take } from '../../../core/sync/testing.ts';
import { planFiles } from './files.ts';
import { AT, blobsOf, hex } from './testing.ts';

const CONTENT = Buffer.from('%PDF-1.7 a paper');
const sha256 = hex(CONTENT);

function dealWith(line: Partial<LineRow>, version: Partial<VersionRow> = {}): Deal {
  const shelf = openShelf();
  take(
    shelf,
    command('c-file', 'fileVersion', {
      ...{ versionId: 'v-1', lineId: 'l-1', sha256, bytes: CONTENT.byteLength, extension: 'pdf' },
      ...{ originalName: 'scan?.pdf', suffix: null, documentOn: '2026-06-02', receivedAt: AT, sentBy: '' },
      ...{ isHeld: false, toReview: false },
      newLine: {
        ...{ lineId: 'l-1', title: 'A paper', clientTitle: '', stage: 'disclosures' },
        ...{ ownerRole: 'tc', class: 'inspection', isRequired: false },
      },
    }),
  );
  const deal = dealOfRows(shelf.all);
  if (deal === null) throw new Error(`no deal at ${CREATE.street}`);
  return {
    ...deal,
    lines: deal.lines.map((row) => (row.id === 'l-1' ? { ...row, ...line } : row)),
    versions: deal.versions.map((row) => ({ ...row, ...version })),
  };
}

const planOf = (deal: Deal, role: 'tc' | 'admin' | 'agent' = 'tc') =>
  planFiles({
    deal,
    blobs: blobsOf({ contents: new Map([[sha256, CONTENT]]) }),
    actor: { kind: 'member', memberId: 'm-noor', role },
    hashed: new Map(),
  });

test.each([
  ['a private paper', dealWith({ class: 'npi-financial' }), 'tc', 'private'],
  ['a line that looks like wire instructions', dealWith({ class: 'wire-suspect' }), 'admin', 'held'],
  ['figures that an agent has no consent for', dealWith({ class: 'closing-disclosure' }), 'agent', 'not-allowed'],
  ['a file whose document is gone', dealWith({}, { lineId: 'l-gone' }), 'tc', 'not-allowed'],
] as const)('%s is left out and named', async (_what, deal, role, reason) => {
  const { files, notIncluded } = await planOf(deal, role);
  expect(files).toEqual([]);
  expect(notIncluded).toMatchObject([{ versionId: 'v-1', sha256, reason }]);
});

test('what may be read is in it, by the naming convention', async () => {
  const { files, notIncluded } = await planOf(dealWith({}));
  expect(notIncluded).toEqual([]);
  const path = 'files/2026-06-02_1847-Marlowe-Ave_A-Paper_v1.pdf';
  expect(files).toEqual([{ path, versionId: 'v-1', sha256, bytes: CONTENT.byteLength }]);
});
