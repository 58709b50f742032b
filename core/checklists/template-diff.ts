import type { Template, TemplateDocument, TemplateTask } from './template-schema.ts';

export interface LineChange {
  readonly id: string;
  readonly title: string;
  /** One sentence for each thing that changed: 'The wording changes from "A" to "B".' */
  readonly changes: readonly string[];
}

export interface TemplateDiff {
  readonly added: readonly Pick<TemplateTask, 'id' | 'title'>[];
  readonly removed: readonly Pick<TemplateTask, 'id' | 'title'>[];
  readonly changed: readonly LineChange[];
}

/** What one version of a template has that another has not: tasks and document lines together, by their ids. */
export function diffTemplates(from: Template, to: Template): TemplateDiff {
  const before = linesOf(from);
  const after = linesOf(to);
  const line = ({ id, title }: Line) => ({ id, title });
  return {
    added: [...after.values()].filter(({ id }) => !before.has(id)).map(line),
    removed: [...before.values()].filter(({ id }) => !after.has(id)).map(line),
    changed: [...after.values()].flatMap((now) => {
      const was = before.get(now.id);
      const changes = was === undefined ? [] : changesOf(was, now);
      return changes.length === 0 ? [] : [{ id: now.id, title: now.title, changes }];
    }),
  };
}

type Line = TemplateTask | TemplateDocument;

function linesOf(template: Template): ReadonlyMap<string, Line> {
  return new Map([...template.tasks, ...template.documents].map((line) => [line.id, line]));
}

function changesOf(was: Line, now: Line): readonly string[] {
  const found: string[] = [];
  if (was.title !== now.title) found.push(`The wording changes from "${was.title}" to "${now.title}".`);
  if ('short' in was && 'short' in now && was.short !== now.short) found.push(shortSentence(was.short, now.short));
  if (was.clientTitle !== now.clientTitle) found.push(clientSentence(was.clientTitle, now.clientTitle));
  if (was.stage !== now.stage) found.push(`It moves from ${was.stage} to ${now.stage}.`);
  if (roleOf(was) !== roleOf(now)) found.push(`It passes from ${roleOf(was)} to ${roleOf(now)}.`);
  if (was.required !== now.required)
    found.push(now.required ? 'Its stage now waits for it.' : 'Its stage no longer waits for it.');
  if (!same(was.when, now.when)) found.push('It comes on other conditions.');
  if ('due' in was && 'due' in now) {
    if (!same(was.due, now.due)) found.push('Its date is counted another way.');
    if (!same([...was.dependsOn].sort(), [...now.dependsOn].sort())) found.push('It waits for other tasks.');
    if (was.moneyWarning !== now.moneyWarning)
      found.push(now.moneyWarning ? 'It now carries the money warning.' : 'It no longer carries the money warning.');
  }
  if ('class' in was && 'class' in now && was.class !== now.class) found.push('Other people may see it.');
  if ('legal' in was && 'legal' in now && was.legal !== now.legal)
    found.push(now.legal ? 'A law asks for it.' : 'It is no longer marked as asked for by law.');
  return found;
}

function shortSentence(was: string, now: string): string {
  if (now === '') return 'Its card shows the whole title.';
  return was === '' ? `Its card now says "${now}".` : `Its card says "${now}" instead of "${was}".`;
}

function clientSentence(was: string, now: string): string {
  if (now === '') return 'The client no longer sees it.';
  return was === '' ? `The client now reads "${now}".` : `The client reads "${now}" instead of "${was}".`;
}

function roleOf(line: Line): string {
  return 'assigneeRole' in line ? line.assigneeRole : line.ownerRole;
}

/** Parts of a template are plain JSON in a fixed order of keys. */
function same(left: unknown, right: unknown): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}
