import { type DueRule, type Facts, type Id, type LineRow, STAGES, type TaskRow } from '../deals/model.ts';
import { reach } from './compose.ts';
import { type Assumptions, answerOf, type Condition, evaluate, factsOf } from './conditions.ts';
import {
  type Template,
  type TemplateDocument,
  type TemplateFact,
  type TemplateTask,
  WORKFLOW_ANCHORS,
} from './template-schema.ts';

/** What a template needs to know of the deal's rule pack. */
export interface PackNames {
  /** The anchor that the contract's days are counted from: `acceptance`, `effective-date`, `mec`, `received-by-both`. */
  readonly contractAnchor: string;
  /** Every other anchor and every deadline id of the pack. */
  readonly names: ReadonlySet<string>;
}

export interface InstantiateArgs {
  readonly template: Template;
  readonly dealId: Id;
  readonly facts: Facts;
  readonly pack: PackNames;
  /** The id of a template task or document on this deal; the same name must give the same id. */
  readonly ids: (templateTaskId: string) => Id;
}

export interface Instantiated {
  readonly tasks: readonly TaskRow[];
  readonly documents: readonly LineRow[];
  /** Facts that somebody still has to be asked for: each has a task. */
  readonly unknownFacts: readonly string[];
}

/**
 * The rows of a deal's checklist. Lines whose condition is known to be false are left out; where nobody has said, a
 * task to ask is added, and the assumption of the template (an unknown year built is before 1978) decides the line.
 * Pure: the same arguments give the same rows.
 */
export function instantiateTemplate(args: InstantiateArgs): Instantiated {
  const { template, facts } = args;
  const chosen = chooseItems(template, facts);
  const known = new Set(chosen.tasks.map((task) => task.id));
  const ordered = STAGES.flatMap((stage) => chosen.tasks.filter((task) => task.stage === stage));
  const tasks = ordered.map((task, index) =>
    taskRow(args, { ...task, dependsOn: reach(task, template.tasks, known) }, index + 1),
  );
  const documents = STAGES.flatMap((stage) => chosen.documents.filter((line) => line.stage === stage));
  return {
    tasks,
    documents: documents.map((line, index) => documentLine(args, line, index + 1)),
    unknownFacts: chosen.asked.map((fact) => fact.id),
  };
}

/** The due rule of a template task under a pack: the first candidate that the pack knows, with our anchor names replaced by its own. */
function dueRuleOf(
  task: Pick<TemplateTask, 'due'>,
  template: Pick<Template, 'startAnchor'>,
  pack: PackNames,
): DueRule | null {
  for (const due of task.due) {
    const name = due.from === 'start' ? template.startAnchor : due.from;
    const from = name === 'contract' ? pack.contractAnchor : name;
    const isKnown =
      from === pack.contractAnchor ||
      from === 'closing' ||
      WORKFLOW_ANCHORS.some((anchor) => anchor === from) ||
      pack.names.has(from);
    if (isKnown) return { from, offset: due.offset, dayKind: due.dayKind };
  }
  return null;
}

/** Whether a task stands near money: whoever shows it shows the call-to-verify warning beside it. */
export function isMoneyStep(template: Pick<Template, 'tasks'>, task: Pick<TaskRow, 'templateTaskId'>): boolean {
  return template.tasks.some((line) => line.id === task.templateTaskId && line.moneyWarning);
}

function assumptionsOf(template: Pick<Template, 'facts'>): Assumptions {
  return new Map(
    template.facts.flatMap((fact) => (fact.assume === undefined ? [] : [[fact.id, fact.assume] as const])),
  );
}

/** The name that the task asking for a fact has on a deal. */
export function askTaskId(factId: string): string {
  return `ask-${factId}`;
}

function chooseItems(template: Template, facts: Facts) {
  const assumed = assumptionsOf(template);
  const isIn = (item: { when?: Condition | undefined }) =>
    item.when === undefined || evaluate(item.when, facts, assumed) === 'yes';
  const items = [...template.tasks, ...template.documents];
  const open = new Set(items.flatMap((item) => openFacts(item.when, facts)));
  // With an assumption the checklist is on the safe side already; without one a line may be missing.
  const asked = template.facts.filter((fact) => fact.assume === undefined && open.has(fact.id));
  return {
    asked,
    tasks: [...asked.map(askTask), ...template.tasks.filter(isIn)],
    documents: template.documents.filter(isIn),
  };
}

/** The unanswered facts that could still change a condition's outcome. A decided condition asks for nothing. */
function openFacts(condition: Condition | undefined, facts: Facts): readonly string[] {
  if (condition === undefined || evaluate(condition, facts, new Map()) !== 'unknown') return [];
  return factsOf(condition).filter((fact) => answerOf(facts, fact) === undefined);
}

function askTask(fact: TemplateFact): TemplateTask {
  return {
    ...fact.ask,
    id: askTaskId(fact.id),
    due: [{ from: 'start', offset: 1, dayKind: 'calendar' }],
    dependsOn: [],
    required: true,
    moneyWarning: false,
    source: fact.source,
  };
}

function taskRow(args: InstantiateArgs, task: TemplateTask, position: number): TaskRow {
  return {
    id: args.ids(task.id),
    dealId: args.dealId,
    stage: task.stage,
    title: task.title,
    short: task.short,
    clientTitle: task.clientTitle,
    assigneeRole: task.assigneeRole,
    assigneeId: null,
    dueOn: null,
    dueRule: dueRuleOf(task, args.template, args.pack),
    isRequired: task.required,
    dependsOn: task.dependsOn.map(args.ids),
    position,
    templateTaskId: task.id,
    doneOn: null,
    doneBy: null,
    waivedOn: null,
    waiverReason: '',
  };
}

function documentLine(args: InstantiateArgs, line: TemplateDocument, position: number): LineRow {
  const isAssumed = openFacts(line.when, args.facts).length > 0;
  const because = line.because ?? '';
  return {
    id: args.ids(line.id),
    dealId: args.dealId,
    templateDocumentId: line.id,
    title: line.title,
    clientTitle: line.clientTitle,
    stage: line.stage,
    ownerRole: line.ownerRole,
    class: line.class,
    condition: because === '' ? '' : isAssumed ? `Until somebody says otherwise: ${because}.` : `Because ${because}.`,
    isRequired: line.required,
    isLegal: line.legal,
    position,
    state: 'requested',
    reason: '',
  };
}
