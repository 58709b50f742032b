import { expect, test } from 'vitest';
import { type Bench, WORKSPACE } from '../../../core/commands/testing.ts';
import { plainDate } from '../../../core/deadlines/plain-date.ts';
import { at, by, dealOf, portalDeal, step } from '../services/testing-portal.ts';
import { paperViews, sightIf } from './paper-views.ts';

/** Who reads a file through their page, and what is said of it, over the very rows that commands make. */

const file = (versionId: string, lineId: string, more: object = {}) => ({
  ...{ versionId, lineId, sha256: versionId.slice(-1).repeat(64), bytes: 1200, extension: 'pdf' },
  ...{ originalName: 'paper.pdf', suffix: null, documentOn: '2026-06-02', receivedAt: at(9) },
  ...{ sentBy: '', isHeld: false, toReview: true, ...more },
});

function withLine(kind: string, clientTitle = 'Paper'): Bench {
  const bench = portalDeal();
  const line = { lineId: 'l1', title: 'Paper', clientTitle, stage: 'closing', ownerRole: 'title' };
  step(bench, 'addLine', { ...line, class: kind, isRequired: false });
  step(bench, 'fileVersion', file('v-a', 'l1'));
  return bench;
}

function approve(bench: Bench, versionId = 'v-a'): void {
  step(bench, 'reviewLine', {
    ...{ lineId: 'l1', act: 'approve', versionId, reason: '', on: '2026-06-02', at: at(10) },
  });
}

const viewOf = (bench: Bench, versionId = 'v-a') => {
  const of = { deal: dealOf(bench), members: WORKSPACE.members, today: plainDate('2026-06-17') };
  const found = paperViews(of).find((paper) => paper.versionId === versionId);
  if (found === undefined) throw new Error('there is no such file');
  return found;
};
/** Our own agent reads nearly everything: the tests are about the others. */
const named = (people: readonly { readonly name: string }[]) =>
  people.map(({ name }) => name).filter((name) => name !== 'Marisol Quintero');
const NOTHING_SAID = {
  ...{ aboutPersonIds: [], paidBySide: null, isWithOtherSide: false, isRequiredByLender: false },
  isDisbursementAuthorization: false,
};

test('a disclosure is nobody’s until it is approved, then the clients’, who are asked to read it', () => {
  const bench = withLine('disclosure');
  expect(viewOf(bench)).toMatchObject({ sentBy: null, asks: ['other-side', 'lender'], sees: { now: [] } });
  expect(named(viewOf(bench).sees.onceApproved)).toEqual(['Priya Raman', 'Daniel Achterberg']);
  approve(bench);
  expect(named(viewOf(bench).sees.now)).toEqual(['Priya Raman', 'Daniel Achterberg']);
  expect(named(viewOf(bench).readings)).toEqual(['Priya Raman', 'Daniel Achterberg']);
  expect(named(viewOf(bench).mayAsk)).toEqual([]);
  step(bench, 'acknowledge', { versionId: 'v-a', sha256: 'a'.repeat(64), at: at(11) }, by(bench, 'p-priya'));
  expect(viewOf(bench).readings.map(({ acknowledgedAt }) => acknowledgedAt)).toEqual([at(11), null]);
  const [, daniel] = viewOf(bench).readings;
  step(bench, 'dropReading', { readingId: daniel?.id });
  expect(named(viewOf(bench).mayAsk)).toEqual(['Daniel Achterberg']);
});

test('what is said of a file opens it to whom it names, and is shown before it is kept', () => {
  const bench = withLine('disclosure');
  approve(bench);
  const said = { ...NOTHING_SAID, isRequiredByLender: true, isWithOtherSide: true };
  expect(named(sightIf(dealOf(bench), 'v-a', said)?.now ?? [])).toEqual([
    ...['Priya Raman', 'Daniel Achterberg', 'Gloria Estévez', 'Aiko Bergström'],
  ]);
  expect(named(viewOf(bench).sees.now)).not.toContain('Aiko Bergström');
  step(bench, 'describeVersion', { versionId: 'v-a', isRequiredByLender: true, isWithOtherSide: true });
  expect(viewOf(bench).sees).toEqual(sightIf(dealOf(bench), 'v-a', said));
  expect(sightIf(dealOf(bench), 'v-none', said)).toBeNull();
});

test('figures of nobody named are nobody’s; named, they are of that side alone, and a consent is said', () => {
  const bench = withLine('settlement');
  approve(bench);
  expect(viewOf(bench).asks).toEqual(['figures']);
  expect(named(viewOf(bench).sees.now)).not.toContain('Priya Raman');
  step(bench, 'describeVersion', { versionId: 'v-a', aboutPersonIds: ['p-priya', 'p-daniel'] });
  expect(named(viewOf(bench).sees.now)).toEqual(expect.arrayContaining(['Priya Raman', 'Daniel Achterberg']));
  expect(named(viewOf(bench).sees.now)).not.toContain('Gloria Estévez');
  const consent = { consentId: 'c1', toId: 'p-marisol', covers: 'settlement', at: at(12) };
  step(bench, 'giveConsent', consent, by(bench, 'p-priya'));
  expect(viewOf(bench).consents).toEqual([
    'Priya Raman lets Marisol Quintero read settlement statements, since Tue, June 2.',
  ]);
  step(bench, 'withdrawConsent', { consentId: 'c1', at: at(13) }, by(bench, 'p-priya'));
  expect(viewOf(bench).consents).toEqual([]);
});

test('a paper without words for clients is not theirs, a held one is nobody’s, and what a person sent names them', () => {
  const hidden = withLine('disclosure', '');
  approve(hidden);
  expect(named([...viewOf(hidden).sees.now, ...viewOf(hidden).sees.onceApproved])).toEqual([]);
  const bench = portalDeal();
  const sent = { versionId: 'v-s', lineId: 'l-new', newTitle: 'Letter', sha256: 'b'.repeat(64) };
  const how = { bytes: 900, extension: 'pdf', originalName: 'Letter.pdf', on: '2026-06-02', at: at(8) };
  step(bench, 'sendDocument', { ...sent, ...how }, by(bench, 'p-priya'));
  expect(viewOf(bench, 'v-s')).toMatchObject({ sentBy: { personId: 'p-priya', name: 'Priya Raman' }, asks: [] });
  step(bench, 'fileVersion', file('v-d', 'l-new', { isHeld: true }));
  expect(viewOf(bench, 'v-d').sees).toEqual({ now: [], onceApproved: [] });
});
