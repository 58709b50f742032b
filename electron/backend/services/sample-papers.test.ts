import { expect, test } from 'vitest';
import { dealWith } from '../../../core/checklists/testing.ts';
import { STAGES } from '../../../core/deals/model.ts';
import { lineWith } from '../../../core/deals/testing.ts';
import { samplePapers } from './sample-papers.ts';

/** Ten documents a stage, every fifth of them private. */
const lines = STAGES.flatMap((stage) =>
  Array.from({ length: 10 }, (_, index) =>
    lineWith(`${stage}-${index}`, { stage, class: index % 5 === 0 ? 'npi-financial' : 'disclosure' }),
  ),
);

test.each(STAGES)('in %s what is behind is settled, once each, and a few of the stage are asked for', (stage) => {
  const deal = { ...dealWith({ row: { stage } }), lines };
  const { approved, wanted, ahead, elsewhere } = samplePapers(deal);
  const all = [...approved, ...wanted, ...ahead, ...elsewhere];
  const reached = lines.filter((line) => STAGES.indexOf(line.stage) <= STAGES.indexOf(stage));
  expect(all.map(({ id }) => id).toSorted()).toEqual(reached.map(({ id }) => id).toSorted());
  expect(wanted.map((line) => line.stage)).toEqual([stage, stage, stage]);
  expect(elsewhere.map((line) => line.class)).toEqual(elsewhere.map(() => 'npi-financial'));
  expect([...approved, ...wanted].some((line) => line.class === 'npi-financial')).toBe(false);
  // Who makes the deal asks for the stage it will reach; who files its papers later gets the same answer.
  expect(samplePapers({ ...deal, row: { ...deal.row, stage: 'intake' } }, stage)).toEqual(samplePapers(deal));
});

test('no deed is recorded before the deal is closed, and one other paper still has a story', () => {
  const names = ['doc-settlement-buyer', 'doc-signed-deed', 'doc-recorded-deed', 'doc-commission'];
  const closing = names.map((id) => lineWith(id, { templateDocumentId: id, stage: 'closing' }));
  const { approved, wanted, ahead } = samplePapers({ ...dealWith({ row: { stage: 'closing' } }), lines: closing });
  const ids = [approved, wanted, ahead].map((some) => some.map(({ id }) => id));
  expect(ids).toEqual([['doc-settlement-buyer'], ['doc-commission'], ['doc-signed-deed', 'doc-recorded-deed']]);
});
