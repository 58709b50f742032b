import { describe, expect, test } from 'vitest';
import { openDeal, run } from './testing.ts';

const on = '2026-06-16';
const at = '2026-06-16T16:12:00.000Z';
const file = (versionId: string, sha: string, more: object = {}) => ({
  versionId,
  lineId: 'd1.doc-tds',
  sha256: sha.repeat(64),
  bytes: 412_000,
  extension: 'pdf',
  originalName: 'Document(3).pdf',
  suffix: 'SS',
  documentOn: on,
  receivedAt: at,
  sentBy: 'Kwame Boateng',
  isHeld: false,
  toReview: true,
  ...more,
});
const review = (act: string, versionId: string | null, reason = '') => ({
  lineId: 'd1.doc-tds',
  act,
  versionId,
  reason,
  on,
});

function bench() {
  const made = openDeal();
  let n = 0;
  return {
    made,
    run: (name: string, args: unknown) => run(made, { id: `c-${++n}`, name, args }),
    line: (id = 'd1.doc-tds') => made.deal?.lines.find((line) => line.id === id),
    versions: () => made.deal?.versions.map(({ id, number, verdict }) => ({ id, number, verdict })),
  };
}

describe('document lines', () => {
  test('a deal opens with the documents of its checklist', () => {
    expect(bench().made.deal?.lines.map(({ id, state }) => [id, state])).toEqual([
      ['d1.doc-contract', 'requested'],
      ['d1.doc-tds', 'requested'],
      ['d1.doc-pay', 'requested'],
    ]);
  });

  test('a legal one stays, one with files stays, another goes and can be put back from the checklist', () => {
    const deal = bench();
    expect(deal.run('removeLine', { lineId: 'd1.doc-tds' })?.type).toBe('LineIsLegal');
    deal.run('fileVersion', file('v1', 'a', { lineId: 'd1.doc-contract' }));
    expect(deal.run('removeLine', { lineId: 'd1.doc-contract' })?.type).toBe('LineHasFiles');
    expect(deal.run('removeLine', { lineId: 'd1.doc-pay' })).toBeNull();
    expect(deal.run('addChecklistLines', {})).toBeNull();
    expect(deal.line('d1.doc-pay')).toMatchObject({ state: 'requested', title: 'The doc-pay' });
  });

  test('papers of income and identity are never filed; that the lender has them is noted', () => {
    const deal = bench();
    expect(deal.run('fileVersion', file('v1', 'a', { lineId: 'd1.doc-pay' }))?.type).toBe('NotKeptHere');
    const noted = { ...review('elsewhere', null, 'The lender has two months'), lineId: 'd1.doc-pay' };
    expect(deal.run('reviewLine', noted)).toBeNull();
    expect(deal.line('d1.doc-pay')).toMatchObject({ state: 'approved', reason: 'The lender has two months' });
    expect(deal.run('reviewLine', review('elsewhere', null, 'somebody'))?.type).toBe('KeptHere');
  });
});

describe('versions and review', () => {
  test('filed, rejected with a reason, replaced, approved: the chain keeps what was said of each', () => {
    const deal = bench();
    deal.run('fileVersion', file('v1', 'a'));
    expect(deal.run('reviewLine', review('reject', 'v1'))?.type).toBe('NoReason');
    deal.run('reviewLine', review('reject', 'v1', 'Page 3 lacks initials'));
    expect(deal.line()).toMatchObject({ state: 'rejected', reason: 'Page 3 lacks initials' });
    deal.run('fileVersion', file('v2', 'b', { suffix: 'FE' }));
    expect(deal.line()).toMatchObject({ state: 'needs-review', reason: '' });
    expect(deal.run('reviewLine', review('approve', 'v1'))?.type).toBe('Moved');
    expect(deal.run('reviewLine', review('approve', 'v2'))).toBeNull();
    expect(deal.versions()).toEqual([
      { id: 'v1', number: 1, verdict: 'rejected' },
      { id: 'v2', number: 2, verdict: 'approved' },
    ]);
  });

  test('the same content again says where it is', () => {
    const deal = bench();
    deal.run('fileVersion', file('v1', 'a'));
    expect(deal.run('fileVersion', file('v2', 'a'))).toMatchObject({ type: 'SameContent' });
  });

  test('a held file is reviewed by nobody until somebody has called', () => {
    const deal = bench();
    deal.run('fileVersion', file('v1', 'a', { isHeld: true }));
    expect(deal.line()?.state).toBe('received');
    expect(deal.run('reviewLine', review('submit', 'v1'))?.type).toBe('Held');
    expect(deal.run('reviewLine', review('let-go', 'v1'))?.type).toBe('NeedsReason');
    expect(deal.run('reviewLine', review('let-go', 'v1', 'Josué on (916) 555-0164: it is real'))).toBeNull();
    expect(deal.run('reviewLine', review('submit', 'v1'))).toBeNull();
  });

  test('a file goes to another line and the first one stands as before it came', () => {
    const deal = bench();
    deal.run('fileVersion', file('v1', 'a'));
    deal.run('reviewLine', review('approve', 'v1'));
    deal.run('fileVersion', file('v2', 'b'));
    expect(deal.run('moveVersion', { versionId: 'v2', toLineId: 'd1.doc-contract' })).toBeNull();
    expect(deal.line()?.state).toBe('approved');
    expect(deal.line('d1.doc-contract')?.state).toBe('needs-review');
    expect(deal.run('removeVersion', { versionId: 'v2', reason: '' })?.type).toBe('NeedsReason');
    expect(deal.run('removeVersion', { versionId: 'v2', reason: 'of another deal' })).toBeNull();
    expect(deal.line('d1.doc-contract')?.state).toBe('requested');
  });

  test('a file for which the deal has no document brings its own', () => {
    const deal = bench();
    const newLine = {
      lineId: 'l-1',
      title: 'Chimney report',
      clientTitle: '',
      stage: 'milestones',
      ownerRole: 'agent',
      class: 'inspection',
      isRequired: false,
    };
    expect(deal.run('fileVersion', { ...file('v1', 'a', { lineId: 'l-1' }), newLine })).toBeNull();
    expect(deal.line('l-1')).toMatchObject({ title: 'Chimney report', state: 'needs-review' });
    expect(deal.run('undo', { commandId: 'c-1' })).toBeNull();
    expect(deal.line('l-1')).toBeUndefined();
    expect(deal.versions()).toEqual([]);
  });
});
