import type { Scenario, Side } from '../deals/model.ts';
import { err, ok, type Result } from '../result.ts';
import { factsOf } from './conditions.ts';
import {
  type BadTemplate,
  TEMPLATE_STATES,
  type Template,
  type TemplateDocument,
  type TemplatePart,
  type TemplateTask,
  WORKFLOWS,
  type Workflow,
} from './template-schema.ts';

export interface TemplateChoice {
  readonly workflow: Workflow;
  readonly scenario: Scenario;
  readonly side: Side;
  /** Two-letter code, or empty when nobody has said. */
  readonly state: string;
}

/** The name of the composition, as a deal row keeps it: "contract-to-close/buy/buyer/CA". */
export function templateIdOf(choice: TemplateChoice): string {
  return [choice.workflow, choice.scenario, choice.side, partState(choice.state)].join('/');
}

/** The workflow of a deal's template id, or null for an id that is not one of ours. */
export function workflowOfTemplateId(templateId: string): Workflow | null {
  const name = templateId.split('/')[0];
  return WORKFLOWS.find((workflow) => workflow === name) ?? null;
}

/**
 * Puts the checklist of one workflow, scenario, side and state together from its parts: one base, then the overlays
 * that apply. Refuses with every problem found when the parts do not fit together.
 */
export function composeTemplate(parts: readonly TemplatePart[], choice: TemplateChoice): Result<Template, BadTemplate> {
  const replaced = new Set(parts.map((part) => part.replaces));
  const used = parts.filter((part) => !replaced.has(part.id) && partApplies(part, choice)).sort(byOrder);
  const [base, second] = used.filter((part) => part.kind === 'base');
  if (second !== undefined)
    return err({
      type: 'BadTemplate',
      problems: [`There are two checklists for ${choice.workflow}. Remove one of them.`],
    });
  if (base === undefined || base.startAnchor === undefined)
    return err({
      type: 'BadTemplate',
      problems: [`There is no checklist for ${choice.workflow} on the ${choice.side}'s side.`],
    });
  const everyTask = adjusted(used, choice);
  const tasks = inTimeOrder(everyTask.filter((task) => isFor(task, choice)));
  const template: Template = {
    id: templateIdOf(choice),
    version: used.reduce((sum, part) => sum + part.version, 0),
    title: base.title,
    workflow: choice.workflow,
    scenario: choice.scenario,
    side: choice.side,
    state: partState(choice.state),
    startAnchor: base.startAnchor,
    locked: used.some((part) => part.locked),
    parts: used.map((part) => ({ id: part.id, version: part.version })),
    facts: used.flatMap((part) => part.facts),
    tasks: tasks.map((task) => ({ ...task, dependsOn: reach(task, everyTask, new Set(tasks.map((kept) => kept.id))) })),
    documents: used
      .flatMap((part) => part.documents)
      .filter((line) => isFor(line, choice))
      .map((line) => (isMadeAcross(line, choice.side) ? { ...line, ownerRole: 'other-agent' as const } : line)),
  };
  const problems = [...problemsOfParts(used, everyTask, choice), ...problemsOfTemplate(template)];
  return problems.length > 0 ? err({ type: 'BadTemplate', problems }) : ok(template);
}

/** Who buys or rents is not asked for what the seller or the landlord makes, nor the other way round. */
function isMadeAcross({ madeBy }: Pick<TemplateDocument, 'madeBy'>, side: Side): boolean {
  const isBuying = side === 'buyer' || side === 'tenant';
  return madeBy !== undefined && (madeBy === 'buyer') !== isBuying;
}

/**
 * The tasks of `kept` that a task really waits for: where a dependency is not on the list, what that one waited for
 * takes its place, so the order survives.
 */
export function reach(
  task: Pick<TemplateTask, 'dependsOn'>,
  all: readonly Pick<TemplateTask, 'id' | 'dependsOn'>[],
  kept: ReadonlySet<string>,
): string[] {
  const byId = new Map(all.map((other) => [other.id, other]));
  const found = new Set<string>();
  const seen = new Set<string>();
  const open = [...task.dependsOn];
  for (let id = open.shift(); id !== undefined; id = open.shift()) {
    if (seen.has(id)) continue;
    seen.add(id);
    if (kept.has(id)) found.add(id);
    else open.push(...(byId.get(id)?.dependsOn ?? []));
  }
  return [...found];
}

/** Sentences about a whole template: names used twice, conditions on unknown facts, circles of waiting. */
function problemsOfTemplate(template: Template): readonly string[] {
  const problems: string[] = [];
  const names = [...template.tasks, ...template.documents].map((item) => item.id);
  for (const name of new Set(names.filter((id, index) => names.indexOf(id) !== index)))
    problems.push(`${name} is used twice in ${template.id}.`);
  const facts = new Set(template.facts.map((fact) => fact.id));
  for (const item of [...template.tasks, ...template.documents]) {
    const missing = item.when === undefined ? [] : factsOf(item.when).filter((fact) => !facts.has(fact));
    for (const fact of missing) problems.push(`${item.id} reads ${fact}, which no part asks for.`);
  }
  const ids = new Set(template.tasks.map((task) => task.id));
  for (const task of template.tasks)
    for (const id of task.dependsOn)
      if (!ids.has(id)) problems.push(`${task.id} waits for ${id}, which is not in ${template.id}.`);
  const circle = circleIn(template.tasks);
  if (circle.length > 0) problems.push(`These wait for each other: ${circle.join(', ')}.`);
  return problems;
}

function problemsOfParts(
  used: readonly TemplatePart[],
  tasks: readonly TemplateTask[],
  choice: TemplateChoice,
): readonly string[] {
  const ids = new Set(tasks.map((task) => task.id));
  const waits = tasks.flatMap((task) =>
    task.dependsOn.filter((id) => !ids.has(id)).map((id) => `${task.id} waits for ${id}, which no part has.`),
  );
  const adjusts = used.flatMap((part) =>
    part.adjust
      .filter((change) => isFor(change, choice) && !ids.has(change.id))
      .map((change) => `${part.id} adjusts ${change.id}, which no part has.`),
  );
  return [...waits, ...adjusts];
}

/** Kahn's order; what it cannot place is the circle (and what waits for it). */
function circleIn(tasks: readonly TemplateTask[]): readonly string[] {
  let open = tasks;
  for (;;) {
    const ids = new Set(open.map((task) => task.id));
    const rest = open.filter((task) => task.dependsOn.some((id) => ids.has(id)));
    if (rest.length === open.length) return rest.map((task) => task.id);
    open = rest;
  }
}

/** Where an anchor roughly lies in the life of a file, in days from its start; only for putting tasks in order. */
const ROUGH_DAYS: Readonly<Record<string, number>> = {
  contract: 0,
  start: 0,
  opened: 0,
  'listing-signed': 100,
  'listing-live': 200,
  'lease-start': 200,
  closing: 500,
};

/** By the day of the last, most general candidate; never before what a task waits for. Equal days keep the files' order. */
function inTimeOrder(tasks: readonly TemplateTask[]): readonly TemplateTask[] {
  const byId = new Map(tasks.map((task) => [task.id, task]));
  const places = new Map<string, { day: number; depth: number }>();
  const placeOf = (task: TemplateTask): { day: number; depth: number } => {
    const known = places.get(task.id);
    if (known !== undefined) return known;
    const due = task.due.at(-1);
    const rough = due === undefined ? undefined : ROUGH_DAYS[due.from];
    const own = rough === undefined ? 0 : rough + (due?.offset ?? 0);
    // Set first: a circle is found and refused later, and must not hang this.
    places.set(task.id, { day: own, depth: 0 });
    const before = task.dependsOn.flatMap((id) => byId.get(id) ?? []).map(placeOf);
    const place = {
      day: Math.max(own, ...before.map((one) => one.day)),
      depth: Math.max(0, ...before.map((one) => one.depth + 1)),
    };
    places.set(task.id, place);
    return place;
  };
  const placed = tasks.map((task, index) => ({ task, index, ...placeOf(task) }));
  placed.sort((left, right) => left.day - right.day || left.depth - right.depth || left.index - right.index);
  return placed.map(({ task }) => task);
}

function adjusted(used: readonly TemplatePart[], choice: TemplateChoice): readonly TemplateTask[] {
  const changes = used
    .flatMap((part) => part.adjust)
    .filter((change) => isFor(change, choice))
    .map(({ id, set }) => ({ id, set: set.title === undefined ? set : { short: '', ...set } }));
  return used
    .flatMap((part) => part.tasks)
    .filter((task) => task.workflows?.includes(choice.workflow) ?? true)
    .map((task) => Object.assign({}, task, ...changes.filter(({ id }) => id === task.id).map(({ set }) => set)));
}

function partApplies(part: TemplatePart, choice: TemplateChoice): boolean {
  const { states } = part.appliesTo;
  return (
    isFor(part.appliesTo, choice) && (states === undefined || states.some((state) => state === partState(choice.state)))
  );
}

function isFor(audience: Pick<TemplateTask, 'workflows' | 'scenarios' | 'sides'>, choice: TemplateChoice): boolean {
  return (
    (audience.workflows?.includes(choice.workflow) ?? true) &&
    (audience.scenarios?.includes(choice.scenario) ?? true) &&
    (audience.sides?.includes(choice.side) ?? true)
  );
}

function byOrder(left: TemplatePart, right: TemplatePart): number {
  if (left.kind !== right.kind) return left.kind === 'base' ? -1 : 1;
  return left.rank - right.rank || (left.id < right.id ? -1 : 1);
}

function partState(state: string): string {
  const code = state.trim().toUpperCase();
  return TEMPLATE_STATES.find((known) => known === code) ?? 'generic';
}
