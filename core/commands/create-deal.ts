import { z } from 'zod';
import { templateIdOf } from '../checklists/compose.ts';
import { instantiateTemplate } from '../checklists/instantiate.ts';
import { type Template, WORKFLOWS } from '../checklists/template-schema.ts';
import { mayLackAddress, workflowOf } from '../checklists/workflow-days.ts';
import {
  type AnchorRow,
  type DealRow,
  type Id,
  type LeadRow,
  PARTY_ROLES,
  type PersonRow,
  SCENARIOS,
  SIDES,
  type TaskRow,
} from '../deals/model.ts';
import { normalisePhone } from '../parties/phone.ts';
import { err, ok, type Result } from '../result.ts';
import { insert } from './changes.ts';
import { Cents, DayArg, FactsArg, IdArg, InstantArg, Line, OptionalLine } from './schemas.ts';
import type { Change, Refusal, Scope } from './types.ts';

const NewPerson = z.strictObject({
  id: IdArg,
  name: Line,
  role: z.enum(PARTY_ROLES),
  company: OptionalLine,
  email: OptionalLine,
  phone: OptionalLine,
});

export const CreateDealArgs = z.strictObject({
  /** Empty only for a buyer who has no home yet: the workflow buyer-intake. */
  street: OptionalLine,
  unit: OptionalLine,
  city: OptionalLine,
  state: z.string().regex(/^[A-Z]{2}$/, 'two capital letters'),
  zip: OptionalLine,
  side: z.enum(SIDES),
  scenario: z.enum(SCENARIOS),
  packId: IdArg,
  packRevision: z.string().max(100),
  /** Absent: the one of a signed contract, or of a rental. */
  workflow: z.enum(WORKFLOWS).optional(),
  /** Absent: the version in force. */
  templateVersion: z.int().min(1).optional(),
  ownerId: IdArg,
  priceCents: Cents.nullable(),
  facts: FactsArg,
  anchors: z.array(z.strictObject({ name: z.string().min(1).max(60), on: DayArg, evidence: OptionalLine })).max(20),
  people: z.array(NewPerson).max(60),
  at: InstantArg,
  isSample: z.boolean().optional(),
  /** It came in by an intake link. */
  lead: z
    .strictObject({
      intakeId: IdArg,
      words: z.string().trim().max(4_000),
      /** The day on which they answered, where the home is: what asks for those answers is done by then. */
      answeredOn: DayArg.optional(),
    })
    .optional(),
});
export type CreateArgs = z.infer<typeof CreateDealArgs>;

/**
 * Opens a deal in its first stage with the checklist of its workflow, scenario, side and state. The pack and the
 * template are pinned by revision and version, so later edits of those never move the deal by themselves.
 */
export function createDeal(scope: Scope, args: CreateArgs): Result<readonly Change[], Refusal> {
  const { dealId } = scope;
  if (!scope.workspace.members.some((member) => member.id === args.ownerId))
    return err({ type: 'OwnerNotOnTeam', message: 'The owner is not on this team. Choose somebody from the list.' });
  const pack = scope.workspace.packNames(args.packId, args.packRevision);
  if (pack === null)
    return err({
      type: 'NoForm',
      message:
        'That state form is not among those that Closeboard knows here. Choose another form, or update Closeboard and the portal.',
    });
  const workflow = args.workflow ?? workflowOf(args.scenario, args.side, true);
  if (args.street === '' && !mayLackAddress(workflow, args.side)) return err(noStreet);
  const id = templateIdOf({ workflow, scenario: args.scenario, side: args.side, state: args.state });
  const template = scope.workspace.template(id, args.templateVersion ?? null);
  if (template === null)
    return err({
      type: 'NoTemplate',
      message: 'There is no checklist for this side and scenario. Choose another side, scenario or workflow.',
    });
  const repeated = args.people.find((person, index) =>
    args.people.some((other, at) => at < index && other.id === person.id),
  );
  if (repeated !== undefined)
    return err({ type: 'BadArgs', message: `${repeated.name} was entered twice. Take one away, then save again.` });
  const row = dealRow(dealId, args, template);
  const { tasks, documents } = instantiateTemplate({
    template,
    dealId,
    facts: args.facts,
    pack,
    ids: (name) => `${dealId}.${name}`,
  });
  return ok([
    insert('deal', row),
    ...people(dealId, args).map((person) => insert('person', person)),
    ...anchors(dealId, args).map((anchor) => insert('anchor', anchor)),
    ...tasks.map((task) => insert('task', answered(task, args))),
    ...documents.map((line) => insert('line', line)),
    ...leads(dealId, args).map((lead) => insert('lead', lead)),
  ]);
}

export const noStreet: Refusal = {
  type: 'NoStreet',
  message:
    'Write the house number and the street. Only a buyer without a contract and a tenant who is looking can do without them.',
};

/** The id of an anchor row: one anchor of a name a deal, so two people setting the same one meet on one row. */
export function anchorId(dealId: Id, name: string): Id {
  return `${dealId}.anchor.${name}`;
}

function dealRow(dealId: Id, args: CreateArgs, template: Template): DealRow {
  return {
    id: dealId,
    street: args.street,
    unit: args.unit,
    city: args.city,
    state: args.state,
    zip: args.zip,
    side: args.side,
    scenario: args.scenario,
    packId: args.packId,
    packRevision: args.packRevision,
    templateId: template.id,
    templateVersion: template.version,
    stage: 'intake',
    stageSince: args.at,
    ownerId: args.ownerId,
    priceCents: args.priceCents,
    facts: args.facts,
    openedAt: args.at,
    closedOn: null,
    outcome: null,
    outcomeReason: '',
    isSample: args.isSample ?? false,
  };
}

function people(dealId: Id, args: CreateArgs): readonly PersonRow[] {
  return args.people.map((person, index) => ({
    ...person,
    dealId,
    phone: normalisePhone(person.phone),
    position: index + 1,
  }));
}

/** The questions of the intake, on the checklists that begin with one. */
const QUESTIONS = 'questions';

/** Whoever came by an intake link has answered them, and is not asked again. */
function answered(task: TaskRow, { lead, people }: CreateArgs): TaskRow {
  if (lead?.answeredOn === undefined || task.templateTaskId !== QUESTIONS) return task;
  const client = people.find((person) => person.role === 'client');
  return { ...task, doneOn: lead.answeredOn, doneBy: client?.id ?? null };
}

function leads(dealId: Id, { lead, at }: CreateArgs): readonly LeadRow[] {
  if (lead === undefined) return [];
  const { intakeId, words } = lead;
  const open = { state: 'new', decidedBy: null, decidedAt: null, reason: '', intoDealId: null } as const;
  return [{ intakeId, words, ...open, id: `${dealId}.lead`, dealId, arrivedAt: at }];
}

function anchors(dealId: Id, args: CreateArgs): readonly AnchorRow[] {
  const byName = new Map(args.anchors.map((anchor) => [anchor.name, anchor]));
  return [...byName.values()].map((anchor) => ({ ...anchor, dealId, id: anchorId(dealId, anchor.name) }));
}
