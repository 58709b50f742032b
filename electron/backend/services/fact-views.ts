import { askTaskId } from '../../../core/checklists/instantiate.ts';
import type { Template } from '../../../core/checklists/template-schema.ts';
import type { Question } from '../../../core/deals/intake-schema.ts';
import type { Facts, TaskRow } from '../../../core/deals/model.ts';
import type { FactView } from '../../contract/values.ts';

/** The questions whose answers this deal's checklist reads, in the order of the intake, with what was answered. */
export function factViews(
  template: Template | null,
  questions: readonly Question[],
  facts: Facts,
): readonly FactView[] {
  const read = new Set(template?.facts.map((fact) => fact.id));
  return questions.flatMap((question): readonly FactView[] => {
    const { id, kind, options } = question;
    if (!read.has(id) || (kind !== 'choice' && kind !== 'yes-no' && kind !== 'year')) return [];
    const value = facts[id] ?? null;
    return [{ name: id, question: question.ask, kind, options, value: value === 'unknown' ? null : value }];
  });
}

/** The fact that a task asks for, or null. */
export function askedFact(template: Template | null, task: Pick<TaskRow, 'templateTaskId'>): string | null {
  if (task.templateTaskId === null) return null;
  return template?.facts.find((fact) => askTaskId(fact.id) === task.templateTaskId)?.id ?? null;
}
