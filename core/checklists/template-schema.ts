import { z } from 'zod';
import { PARTY_ROLES, SCENARIOS, SIDES, STAGES } from '../deals/model.ts';
import { DOCUMENT_CLASSES } from '../documents/document.ts';
import { err, ok, type Result } from '../result.ts';
import { Condition } from './conditions.ts';

/** The four workflows that come ready (product.md section A). */
export const WORKFLOWS = ['buyer-intake', 'seller-onboarding', 'contract-to-close', 'rental-onboarding'] as const;
export type Workflow = (typeof WORKFLOWS)[number];

/** States with a part of their own. Every other state gets the generic one, and is told so. */
export const TEMPLATE_STATES = ['CA', 'TX', 'FL', 'WA', 'CO', 'NJ'] as const;

/** The task that ends a workflow and that "blocking closing" is about: funded and recorded, approved, live, moved in. */
export const FINISH_TASK = 'finish';

/**
 * Anchors of the workflows that run before or without a contract. `opened` is the day the deal was opened. Beside these
 * a template counts from `closing`, from `contract` and `start` (replaced at instantiation) and from deadline ids.
 */
export const WORKFLOW_ANCHORS = ['opened', 'listing-signed', 'listing-live', 'lease-start'] as const;

const Slug = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'lower case words with hyphens');
const Words = z.string().trim().min(3).max(160);
/** A title in a few words, for a card of the board; empty when the title is short enough. */
const Short = z.string().trim().max(28);

/** A day counted from an anchor or a deadline of the pack; negative offsets are days before. */
const TemplateDue = z.strictObject({
  from: Slug,
  offset: z.int().min(-400).max(400),
  dayKind: z.enum(['calendar', 'business']).default('calendar'),
});

const audience = {
  sides: z.array(z.enum(SIDES)).min(1).optional(),
  scenarios: z.array(z.enum(SCENARIOS)).min(1).optional(),
  workflows: z.array(z.enum(WORKFLOWS)).min(1).optional(),
};

const condition = {
  /** Absent: always. */
  when: Condition.optional(),
  /** Finishes the sentence "It is here because ...". Comes with `when`. */
  because: Words.optional(),
};

const TaskShape = z.strictObject({
  id: Slug,
  title: Words,
  short: Short.default(''),
  /** Plain words for the portal, without acronyms; empty when clients never see the task. */
  clientTitle: z.string().max(160),
  stage: z.enum(STAGES),
  assigneeRole: z.enum(PARTY_ROLES),
  /** Candidates, best first: the first that the deal's pack knows is used. None: no date. */
  due: z.array(TemplateDue).default([]),
  dependsOn: z.array(Slug).default([]),
  required: z.boolean().default(true),
  /** Money is near: the screen shows the call-to-verify warning. The product never holds wire numbers. */
  moneyWarning: z.boolean().default(false),
  /** The key of the domain reference, "[TX1]", or "[design]". */
  source: z.string().min(3),
  ...audience,
  ...condition,
});

const DocumentShape = z.strictObject({
  id: Slug,
  title: Words,
  clientTitle: z.string().max(160),
  stage: z.enum(STAGES),
  /** Who brings it. */
  ownerRole: z.enum(PARTY_ROLES),
  /** The side that makes it; on a deal for the other side, the agent of that side brings it. Absent: each side its own. */
  madeBy: z.enum(['buyer', 'seller']).optional(),
  class: z.enum(DOCUMENT_CLASSES),
  required: z.boolean().default(true),
  /** A law or a regulator asks for it: it never leaves a running checklist without a line that says so. */
  legal: z.boolean().default(false),
  source: z.string().min(3),
  ...audience,
  ...condition,
});

/** A question about the deal that conditions read, and what happens while nobody has answered it. */
const FactShape = z.strictObject({
  id: z.string().regex(/^[a-z][A-Za-z0-9]*$/),
  /** What is read while it is unknown. Absent: the lines wait, and the ask task is required. */
  assume: z.union([z.string(), z.number(), z.boolean()]).optional(),
  ask: z.strictObject({
    title: Words,
    short: Short.default(''),
    clientTitle: z.string().max(160),
    stage: z.enum(STAGES),
    assigneeRole: z.enum(PARTY_ROLES),
  }),
  source: z.string().min(3),
});

const AdjustShape = z.strictObject({
  id: Slug,
  ...audience,
  set: z
    .strictObject({
      title: Words,
      /** Without one, an adjusted title has none: the words of the other title would be wrong. */
      short: Short,
      clientTitle: z.string().max(160),
      stage: z.enum(STAGES),
      assigneeRole: z.enum(PARTY_ROLES),
      due: z.array(TemplateDue),
      dependsOn: z.array(Slug),
      required: z.boolean(),
      source: z.string().min(3),
    })
    .partial(),
});

/** One file of resources/templates: a base (one workflow), or an overlay that adds to bases and adjusts their tasks. */
export const TemplatePart = z.strictObject({
  id: Slug,
  version: z.int().min(1),
  title: Words,
  kind: z.enum(['base', 'overlay']),
  /** Order of composition: bases first, then overlays by `rank`, then by id. */
  rank: z.int().min(0).default(0),
  /** The anchor that `start` means in this workflow; a base names it. */
  startAnchor: z.enum(['contract', ...WORKFLOW_ANCHORS]).optional(),
  /** Locked parts are changed by copying them only. */
  locked: z.boolean().default(false),
  /** The part that an office's own copy stands in for. */
  replaces: Slug.optional(),
  appliesTo: z.strictObject({
    ...audience,
    /** Two-letter codes; `generic` is every state without a part of its own. */
    states: z
      .array(z.enum([...TEMPLATE_STATES, 'generic']))
      .min(1)
      .optional(),
  }),
  facts: z.array(FactShape).default([]),
  tasks: z.array(TaskShape).default([]),
  documents: z.array(DocumentShape).default([]),
  adjust: z.array(AdjustShape).default([]),
});

export type TemplatePart = z.infer<typeof TemplatePart>;
export type TemplateTask = z.infer<typeof TaskShape>;
export type TemplateDocument = z.infer<typeof DocumentShape>;
export type TemplateFact = z.infer<typeof FactShape>;

/** A checklist template, put together for one workflow, scenario, side and state. The schema of one that a workspace stores. */
export const Template = z.strictObject({
  /** "contract-to-close/buy/buyer/CA"; the state is `generic` where no part of its own exists. */
  id: z.string().min(1),
  /** The sum of the versions of its parts, so it grows whenever one of them does. */
  version: z.int().min(1),
  title: Words,
  workflow: z.enum(WORKFLOWS),
  scenario: z.enum(SCENARIOS),
  side: z.enum(SIDES),
  state: z.string(),
  startAnchor: z.enum(['contract', ...WORKFLOW_ANCHORS]),
  locked: z.boolean(),
  parts: z.array(z.strictObject({ id: Slug, version: z.int() })),
  facts: z.array(FactShape),
  tasks: z.array(TaskShape),
  documents: z.array(DocumentShape),
});
export type Template = z.infer<typeof Template>;

export interface BadTemplate {
  readonly type: 'BadTemplate';
  /** Sentences that name the place: "tasks.3.title: Too small". */
  readonly problems: readonly string[];
}

/** Reads one file of resources/templates, already parsed as JSON. */
export function parseTemplate(json: unknown): Result<TemplatePart, BadTemplate> {
  const read = TemplatePart.safeParse(json);
  if (!read.success) {
    const problems = read.error.issues.map((issue) => `${issue.path.join('.') || 'file'}: ${issue.message}`);
    return err({ type: 'BadTemplate', problems });
  }
  const problems = problemsOfPart(read.data);
  return problems.length > 0 ? err({ type: 'BadTemplate', problems }) : ok(read.data);
}

function problemsOfPart(part: TemplatePart): readonly string[] {
  const problems: string[] = [];
  if (part.kind === 'base' && part.appliesTo.workflows?.length !== 1)
    problems.push(`${part.id} is a base, so it must name the one workflow it is for.`);
  if (part.kind === 'base' && part.startAnchor === undefined)
    problems.push(`${part.id} is a base, so it must say what its days are counted from.`);
  for (const item of [...part.tasks, ...part.documents]) {
    if ((item.when === undefined) !== (item.because === undefined))
      problems.push(`${item.id}: a condition and its reason come together.`);
  }
  if (part.kind === 'base' && !part.tasks.some((task) => task.id === FINISH_TASK))
    problems.push(`${part.id} is a base, so one of its tasks must be called ${FINISH_TASK}.`);
  for (const task of part.tasks) {
    if (task.dependsOn.includes(task.id)) problems.push(`${task.id} waits for itself.`);
  }
  return problems;
}
