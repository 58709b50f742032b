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
  const { approved, asked, onPaper, elsewhere } = samplePapers(deal);
  const all = [...approved, ...asked, ...onPaper, ...elsewhere];
  const reached = lines.filter((line) => STAGES.indexOf(line.stage) <= STAGES.indexOf(stage));
  expect(all.map(({ id }) => id).toSorted()).toEqual(reached.map(({ id }) => id).toSorted());
  expect(asked.map((line) => line.stage)).toEqual([stage, stage, stage]);
  expect(approved.length).toBeLessThanOrEqual(24);
  expect(onPaper.filter((line) => line.stage === stage)).toEqual([]);
  expect(elsewhere.every((line) => line.class === 'npi-financial')).toBe(true);
  expect([...approved, ...asked, ...onPaper].some((line) => line.class === 'npi-financial')).toBe(false);
  // Who makes the deal asks for the stage it will reach; who files its papers later gets the same answer.
  expect(samplePapers({ ...deal, row: { ...deal.row, stage: 'intake' } }, stage)).toEqual(samplePapers(deal));
});
