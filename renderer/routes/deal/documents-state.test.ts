import { expect, test } from 'vitest';
import { plainDate } from '../../../core/deadlines/plain-date.ts';
import type { LineView, VersionView } from '../../../electron/contract/papers.ts';
import { firstToDo, isIn, lineFace, mayAskAgain, mayWaive, moved, packetChoices, shifted } from './documents-state.ts';

const TODAY = plainDate('2026-06-17');

function versionOf(change: Partial<VersionView> = {}): VersionView {
  return {
    ...{ id: 'v1', number: 1, suffix: null, sha256: 'a'.repeat(64), bytes: 312_000, extension: 'pdf' },
    ...{ originalName: 'scan.pdf', fileName: '2026-06-16_x_v1.pdf', documentOn: plainDate('2026-06-16') },
    ...{
      receivedAt: '2026-06-16T15:00:00Z',
      sentBy: '',
      isFromPage: false,
      isHeld: false,
      verdict: null,
      verdictReason: '',
    },
    ...{ verdictOn: null, pages: 3, isHere: true, shown: null, sentence: '' },
    ...change,
  };
}

function lineOf(change: Partial<LineView> = {}): LineView {
  return {
    ...{ id: 'l1', title: 'Title report', clientTitle: '', stage: 'disclosures', ownerRole: 'title', who: 'Josué' },
    ...{ class: 'title', condition: '', isRequired: true, isLegal: false, isMetadataOnly: false },
    ...{ state: 'requested', reason: '', versions: [] },
    ...change,
  };
}

test('each state has a silhouette and a word of its own', () => {
  const versions = [versionOf({ verdictOn: plainDate('2026-06-02') })];
  const faces = [
    lineOf(),
    lineOf({ versions }),
    lineOf({ state: 'received', versions }),
    lineOf({ state: 'needs-review', versions }),
    lineOf({ state: 'approved', versions }),
    lineOf({ state: 'rejected', versions }),
    lineOf({ state: 'waived' }),
    lineOf({ isMetadataOnly: true, class: 'npi-financial' }),
    lineOf({ state: 'received', versions: [versionOf({ isHeld: true })] }),
  ].map((line) => lineFace(line, TODAY));
  expect(faces.map(({ says }) => says)).toEqual([
    ...['Requested', 'Asked again', 'Received', 'To review', 'Approved Jun 2', 'Sent back'],
    ...['Not needed', 'Lender keeps it', 'Held'],
  ]);
  // Asked again and sent back are the same arrow: both are with whoever sends it.
  expect(new Set(faces.map(({ shape }) => shape)).size).toBe(8);
});

test('a filter shows what its word says', () => {
  expect(isIn('missing', lineOf({ state: 'rejected' }))).toBe(true);
  expect(isIn('missing', lineOf({ state: 'waived' }))).toBe(false);
  expect(isIn('to-review', lineOf({ state: 'received' }))).toBe(true);
  expect(isIn('approved', lineOf({ state: 'needs-review' }))).toBe(false);
});

test('one lands on what waits for a review, else on what this stage misses', () => {
  const asked = lineOf({ id: 'a', stage: 'closing' });
  const here = lineOf({ id: 'b' });
  const toReview = lineOf({ id: 'c', state: 'needs-review' });
  expect(firstToDo([asked, here, toReview], 'disclosures')?.id).toBe('c');
  expect(firstToDo([asked, here], 'disclosures')?.id).toBe('b');
  expect(firstToDo([], 'disclosures')).toBeNull();
});

test('the acts are those that the rules of a document allow', () => {
  expect(mayAskAgain(lineOf())).toBe(false);
  expect(mayAskAgain(lineOf({ state: 'approved' }))).toBe(true);
  expect(mayWaive(lineOf({ state: 'approved' }))).toBe(false);
  expect(mayWaive(lineOf({ state: 'rejected' }))).toBe(true);
});

test('a packet offers the newest files by stage, ticks what was approved, and leaves held ones out', () => {
  const choices = packetChoices([
    lineOf({ id: 'late', stage: 'closing', state: 'approved', versions: [versionOf({ id: 'c1' })] }),
    lineOf({
      id: 'two',
      state: 'approved',
      versions: [versionOf({ id: 'd1' }), versionOf({ id: 'd2', number: 2 })],
    }),
    lineOf({ id: 'open', state: 'needs-review', versions: [versionOf({ id: 'e1' })] }),
    lineOf({ id: 'held', state: 'received', versions: [versionOf({ id: 'f1', isHeld: true })] }),
    lineOf({ id: 'none' }),
    lineOf({ id: 'ours', class: 'commission', state: 'approved', versions: [versionOf({ id: 'g1' })] }),
  ]);
  expect(choices.map(({ version, isPicked }) => [version.id, isPicked])).toEqual([
    ['d2', true],
    ['e1', false],
    ['g1', false],
    ['c1', true],
  ]);
});

test('rows move by one and to a place, and not past the ends', () => {
  expect(shifted(['a', 'b', 'c'], 1, -1)).toEqual(['b', 'a', 'c']);
  expect(shifted(['a', 'b'], 1, 1)).toEqual(['a', 'b']);
  expect(moved(['a', 'b', 'c', 'd'], 0, 2)).toEqual(['b', 'c', 'a', 'd']);
  expect(moved(['a', 'b'], 0, 5)).toEqual(['a', 'b']);
});
