import { expect, test } from 'vitest';
import { WORKSPACE } from '../../../core/commands/testing.ts';
import type { Question } from '../../../core/deals/intake-schema.ts';
import type { Facts } from '../../../core/deals/model.ts';
import { askedLines, knownPapers, openQuestions } from './askable.ts';
import { answerText, formViews, proposalViews } from './form-views.ts';
import { createResources } from './resources.ts';
import { at, by, dealOf, portalDeal, step } from './testing-portal.ts';

const questions = createResources().questions();
const question = (change: Partial<Question>): Question => ({
  ...{ id: 'q', ask: 'What is it?', help: '', kind: 'text', options: [], target: 'fact', required: true },
  ...{ allowUnknown: true, ...change },
});

test('a form shows each answer in words beside what is known, and stands where it waits', () => {
  const bench = portalDeal();
  const form = { personId: 'p-priya', title: 'About the home', questionIds: ['hoa', 'yearBuilt'], at: at(8) };
  step(bench, 'askForm', { ...form, formId: 'f1' });
  step(bench, 'askForm', { ...form, formId: 'f2', questionIds: ['pets'], at: at(9) });
  const views = () => formViews({ deal: dealOf(bench), members: WORKSPACE.members, questions });
  expect(views().map(({ id, state }) => [id, state])).toEqual([
    ['f2', 'asked'],
    ['f1', 'asked'],
  ]);
  step(
    bench,
    'sendForm',
    { formId: 'f1', answers: { hoa: 'unknown', yearBuilt: 1962 }, at: at(10) },
    by(bench, 'p-priya'),
  );
  const [sent] = views();
  expect(sent).toMatchObject({ id: 'f1', state: 'sent', person: 'Priya Raman', askedBy: 'Noor Haddad' });
  expect(sent?.questions.map(({ answer }) => answer)).toEqual(['Does not know', '1962']);
  expect(sent?.questions[0]?.ask).toMatch(/association/);
  step(bench, 'removePerson', { personId: 'p-priya' });
  expect(views()[0]?.person).toBe('Somebody who has left the deal');
});

test('every kind of answer has its words, and one that is not there has none', () => {
  expect(answerText(question({ kind: 'money' }), { q: 64_200_000 })).toBe('$642,000');
  expect(answerText(question({ kind: 'day' }), { q: '2026-07-02' })).toBe('Thu, July 2, 2026');
  expect(answerText(question({ kind: 'day' }), { q: 'some day' })).toBe('some day');
  expect(answerText(question({ kind: 'yes-no' }), { q: false })).toBe('No');
  const options = [{ value: 'fha', label: 'An FHA loan' }];
  expect(answerText(question({ kind: 'choice', options }), { q: 'fha' })).toBe('An FHA loan');
  for (const nothing of [{}, { q: null }, { q: '' }] as readonly Facts[])
    expect(answerText(question({}), nothing)).toBe('');
});

test('only questions are open that apply, that nobody answered, and that nobody has on their page', () => {
  const bench = portalDeal();
  const open = () => openQuestions(dealOf(bench), questions, null).map(({ id }) => id);
  expect(open()).toContain('hoa');
  expect(open()).not.toContain('pets');
  expect(open()).not.toContain('street');
  step(bench, 'askForm', { formId: 'f1', personId: 'p-priya', title: 'Home', questionIds: ['hoa'], at: at(8) });
  expect(open()).not.toContain('hoa');
  step(bench, 'withdrawForm', { formId: 'f1', at: at(9) });
  expect(open()).toContain('hoa');
  step(bench, 'answerFact', { name: 'hoa', value: true, expected: null });
  expect(open()).not.toContain('hoa');
});

test('a document stands on the page of everybody who answers for its role; known papers are those not on the list', () => {
  const bench = portalDeal();
  step(bench, 'askDocument', {
    ...{ lineId: 'l1', personId: 'p-priya' },
    newLine: {
      ...{ lineId: 'l1', title: 'Proof of funds', clientTitle: '', stage: 'intake', ownerRole: 'title' },
      ...{ class: 'correspondence', isRequired: false },
    },
  });
  const asked = askedLines(dealOf(bench)).find(({ lineId }) => lineId === 'l1');
  expect(asked?.people.map(({ name }) => name)).toEqual(['Priya Raman', 'Daniel Achterberg']);
  const { row } = dealOf(bench);
  const template = WORKSPACE.template(row.templateId, row.templateVersion);
  expect(knownPapers(dealOf(bench), template)).toEqual([]);
  step(bench, 'removeLine', { lineId: 'd1.doc-contract' });
  expect(knownPapers(dealOf(bench), template)).toMatchObject([{ lineId: 'd1.doc-contract' }]);
  expect(knownPapers(dealOf(bench), null)).toEqual([]);
});

test('a proposal says who is on the deal already in that role, and what became of it', () => {
  const bench = portalDeal();
  const words = { company: 'Sierra', email: 'k@sierra.example', phone: '', words: 'Our loan', at: at(8) };
  const propose = (proposalId: string, name: string) =>
    step(bench, 'proposePerson', { proposalId, role: 'lender', name, ...words }, by(bench, 'p-priya'));
  propose('pr1', 'Kenji Abe');
  propose('pr2', 'Aiko Bergström');
  const views = () => proposalViews({ deal: dealOf(bench), members: WORKSPACE.members });
  expect(views()[0]).toMatchObject({
    id: 'pr1',
    by: 'Priya Raman',
    state: 'open',
    alike: [{ name: 'Aiko Bergström' }],
  });
  step(bench, 'declineProposal', { proposalId: 'pr1', reason: 'One lender is enough.', at: at(9) });
  expect(views().map(({ id, state, decidedBy }) => [id, state, decidedBy])).toEqual([
    ['pr2', 'open', ''],
    ['pr1', 'declined', 'Noor Haddad'],
  ]);
});
