import { workflowOfTemplateId } from '../../../core/checklists/compose.ts';
import { answerOf, evaluate } from '../../../core/checklists/conditions.ts';
import type { Template } from '../../../core/checklists/template-schema.ts';
import { answerRefusal } from '../../../core/commands/paper-commands.ts';
import type { Question } from '../../../core/deals/intake-schema.ts';
import type { Deal, DealRow, Facts, LineRow } from '../../../core/deals/model.ts';
import { isMetadataOnly } from '../../../core/documents/document.ts';
import { partyActor } from '../../../core/permissions/actor.ts';
import type { AskedLine, KnownPaper, OpenQuestion } from '../../contract/portal-rows.ts';

/** What people of a deal are asked for, and what they could be asked. */

/** On whose page each document stands while it is asked for. */
export function askedLines(deal: Deal): readonly AskedLine[] {
  return deal.lines.map((line) => ({ lineId: line.id, people: peopleFor(deal, line) }));
}

function peopleFor(deal: Deal, line: LineRow) {
  return deal.people
    .filter((person) => {
      const isOutside = person.role !== 'tc' && person.role !== 'admin';
      return isOutside && answerRefusal(deal, partyActor(person, deal.row), line) === null;
    })
    .map(({ id, name }) => ({ personId: id, name }));
}

/** Papers of the deal's checklist that are not on its list, since their condition does not hold; by title. */
export function knownPapers(deal: Deal, template: Template | null): readonly KnownPaper[] {
  const there = new Set(deal.lines.map(({ id }) => id));
  return (template?.documents ?? [])
    .map(({ id, title, clientTitle, stage, ownerRole, class: kind, because }) => ({
      ...{ lineId: `${deal.row.id}.${id}`, because: because ?? '' },
      ...{ title, clientTitle, stage, ownerRole, class: kind },
    }))
    .filter((paper) => !there.has(paper.lineId) && !isMetadataOnly(paper.class))
    .toSorted((one, other) => one.title.localeCompare(other.title, 'en-US'));
}

/** Questions of the intake whose answer this deal lacks and that may apply to it, those that its checklist reads first. */
export function openQuestions(
  { row, forms }: Pick<Deal, 'row' | 'forms'>,
  questions: readonly Question[],
  template: Template | null,
): readonly OpenQuestion[] {
  const read = new Set(template?.facts.map(({ id }) => id));
  const facts = { ...whatItIs(row), ...row.facts };
  const isOut = new Set(forms.filter(({ state }) => IS_OUT.has(state)).flatMap(({ questionIds }) => questionIds));
  const open = questions.filter(
    ({ id, target, when }) =>
      target === 'fact' &&
      answerOf(row.facts, id) === undefined &&
      !isOut.has(id) &&
      (when === undefined || evaluate(when, facts, new Map()) !== 'no'),
  );
  const views = open.map(({ id, ask }) => ({ id, ask, isRead: read.has(id) }));
  return [...views.filter(({ isRead }) => isRead), ...views.filter(({ isRead }) => !isRead)];
}

/** On its way to a person, or back from one: nobody is asked the same twice. */
const IS_OUT: ReadonlySet<string> = new Set(['asked', 'sent', 'returned']);

/** What the deal itself says of the first questions of the intake. */
function whatItIs({ scenario, side, state, templateId }: DealRow): Facts {
  const workflow = workflowOfTemplateId(templateId) ?? 'contract-to-close';
  return { scenario, state, rentSide: side, investSide: side, buyStep: workflow, sellStep: workflow };
}
