import { z } from 'zod';
import { WORKFLOWS } from '../../core/checklists/template-schema.ts';
import { type PlainDate, parsePlainDate } from '../../core/deadlines/plain-date.ts';
import { MILESTONE_STATES, OUTCOMES, PARTY_ROLES, SCENARIOS, SIDES, STAGES } from '../../core/deals/model.ts';

/** The values that cross between renderer and backend, as schemas. Shapes only: rules live in core. */

export const Id = z.string().min(1).max(200);
export const Instant = z.string().min(20).max(30);
export const Day = z
  .string()
  .refine((text) => parsePlainDate(text) !== null, { error: 'not a calendar day' })
  .transform((text) => text as PlainDate);
export const Stage = z.enum(STAGES);
export const Side = z.enum(SIDES);
const Scenario = z.enum(SCENARIOS);
export const PartyRole = z.enum(PARTY_ROLES);

/** How far along something is, as design.md shows it: each has its own silhouette. */
export const ItemState = z.enum(['late', 'due', 'blocked', 'waiting', 'review', 'done', 'none']);
export type ItemState = z.infer<typeof ItemState>;

export const BoardFilter = z.object({
  ownerId: Id.optional(),
  sides: z.array(Side).max(4).optional(),
  states: z.array(z.string().length(2)).max(60).optional(),
  /** Closing within so many days from today; past closings of open deals are included. */
  closingWithinDays: z.int().min(0).max(400).optional(),
  onlyMissing: z.boolean().optional(),
});
export type BoardFilter = z.infer<typeof BoardFilter>;

export const Card = z.object({
  id: Id,
  plate: z.string(),
  /** Without its number: "Marlowe Ave". Empty while there is no address. */
  street: z.string(),
  unit: z.string(),
  city: z.string(),
  state: z.string(),
  side: Side,
  stage: Stage,
  clientNames: z.string(),
  ownerId: Id,
  ownerName: z.string(),
  isSample: z.boolean(),
  /** What comes next on this deal; null when nothing is open. */
  next: z.object({ title: z.string(), on: Day.nullable(), state: ItemState, who: z.string() }).nullable(),
  missing: z.int(),
  done: z.int(),
  total: z.int(),
  closingOn: Day.nullable(),
  /** It came in by an intake link, and nobody has decided about it. */
  isNewLead: z.boolean().optional(),
  /** How many things of people wait for the team on it: a request, a message, answers, a document to review. */
  waits: z.int().optional(),
});
export type Card = z.infer<typeof Card>;

export const Column = z.object({ stage: Stage, count: z.int(), cards: z.array(Card), after: z.string().nullable() });
export type Column = z.infer<typeof Column>;

/** What is still missing before a stage is done, and who owes it. */
export const Missing = z.object({
  kind: z.string(),
  id: Id,
  what: z.string(),
  who: z.string(),
  state: ItemState,
  /** Since when it could have been done: "since Sat, Jun 14"; empty when it could not yet. */
  detail: z.string(),
});
export type Missing = z.infer<typeof Missing>;

export const TaskView = z.object({
  id: Id,
  stage: Stage,
  title: z.string(),
  /** The fact that this task asks for: answering it does the task. Null for every other task. */
  asksFact: z.string().nullable(),
  /** Money is near: the call-to-verify warning goes beside it. */
  isMoneyStep: z.boolean(),
  assigneeRole: PartyRole,
  assigneeId: Id.nullable(),
  who: z.string(),
  dueOn: Day.nullable(),
  /** Where the day comes from, as a sentence; empty for no day. "3 days after acceptance" or "Set by hand". */
  dueWhy: z.string(),
  isDueByHand: z.boolean(),
  isRequired: z.boolean(),
  state: ItemState,
  waitsFor: z.array(z.object({ id: Id, title: z.string() })),
  doneOn: Day.nullable(),
  waivedOn: Day.nullable(),
  waiverReason: z.string(),
});
export type TaskView = z.infer<typeof TaskView>;

export const PersonView = z.object({
  id: Id,
  name: z.string(),
  role: PartyRole,
  company: z.string(),
  email: z.string(),
  phone: z.string(),
});
export type PersonView = z.infer<typeof PersonView>;

export const NoteView = z.object({ id: Id, body: z.string(), authorName: z.string(), writtenAt: Instant });
export type NoteView = z.infer<typeof NoteView>;

export const AnchorView = z.object({
  name: z.string(),
  title: z.string(),
  on: Day.nullable(),
  evidence: z.string(),
});
export type AnchorView = z.infer<typeof AnchorView>;

/** One date of the form, with the reason for it. `on` is null while something it counts from is unknown. */
export const DateView = z.object({
  id: Id,
  title: z.string(),
  on: Day.nullable(),
  /** Local end of the day, "23:59"; empty when there is no day. */
  at: z.string(),
  state: ItemState,
  /** What it waits for, when `on` is null. */
  waitsFor: z.string(),
  sentence: z.string(),
  clause: z.string(),
  steps: z.array(z.object({ label: z.string(), text: z.string() })),
  /** The counted days, for the little calendar: from the anchor to the end. */
  from: Day.nullable(),
  /** Where the count landed before any roll. */
  raw: Day.nullable(),
  /** Closing waits for it: the thick line of the diagram. */
  isCritical: z.boolean(),
  closedDays: z.array(Day),
  ifMissed: z.string(),
  warnings: z.array(z.string()),
  /** The form's own count; null where only the signed form can say, and then `asks` is the question. */
  formDays: z.int().nullable(),
  asks: z.string(),
  /** What a person set instead of the form's count. */
  override: z.object({ days: z.int().nullable(), on: Day.nullable(), reason: z.string() }).nullable(),
  mark: z.object({ state: z.enum(MILESTONE_STATES), on: Day.nullable(), reason: z.string() }),
});
export type DateView = z.infer<typeof DateView>;

/** Something about the home or the money that the checklist reads. Null: nobody has said. */
export const FactView = z.object({
  name: z.string(),
  question: z.string(),
  kind: z.enum(['choice', 'yes-no', 'year']),
  options: z.array(z.object({ value: z.string(), label: z.string() })),
  value: z.union([z.string(), z.number(), z.boolean(), z.null()]),
});
export type FactView = z.infer<typeof FactView>;

export const DealView = z.object({
  id: Id,
  plate: z.string(),
  /** What stands beside the plate: the street, else the clients. */
  streetName: z.string(),
  /** The whole line as typed, to change it; empty while there is no address. */
  street: z.string(),
  unit: z.string(),
  city: z.string(),
  state: z.string(),
  zip: z.string(),
  side: Side,
  scenario: Scenario,
  workflow: z.enum(WORKFLOWS),
  formName: z.string(),
  priceCents: z.int().nullable(),
  stage: Stage,
  ownerId: Id,
  ownerName: z.string(),
  outcome: z.enum(OUTCOMES).nullable(),
  outcomeReason: z.string(),
  closedOn: Day.nullable(),
  isSample: z.boolean(),
  closingOn: Day.nullable(),
  daysToClosing: z.int().nullable(),
  /** "On track" and what to watch, as sentences. */
  standing: z.object({ state: ItemState, headline: z.string(), detail: z.string() }),
  /** What the present stage still needs. */
  missing: z.array(Missing),
  tasks: z.array(TaskView),
  people: z.array(PersonView),
  notes: z.array(NoteView),
  anchors: z.array(AnchorView),
  dates: z.array(DateView),
  facts: z.array(FactView),
  canUndo: z.object({ commandId: Id, label: z.string() }).nullable(),
});
export type DealView = z.infer<typeof DealView>;

export const ActivityEntry = z.object({
  commandId: Id,
  at: Instant,
  actorName: z.string(),
  /** Finished sentence: "You marked Order HOA documents done." */
  sentence: z.string(),
  isUndone: z.boolean(),
  canUndo: z.boolean(),
});
export type ActivityEntry = z.infer<typeof ActivityEntry>;

export const Refused = z.object({
  type: z.string(),
  message: z.string(),
  /** For a stage that is not done: what is missing. */
  missing: z.array(Missing).optional(),
});
export type Refused = z.infer<typeof Refused>;

export const CommandReply = z.discriminatedUnion('outcome', [
  /** `label` is the sentence for the toast: "Moved the deal to Milestones". `changes` is 0 when it was so already. */
  z.object({ outcome: z.literal('done'), label: z.string(), changes: z.int(), commandId: Id }),
  z.object({ outcome: z.literal('refused'), refusal: Refused }),
]);
export type CommandReply = z.infer<typeof CommandReply>;

export const Found = z.object({
  kind: z.enum(['deal', 'person', 'task']),
  dealId: Id,
  id: Id,
  plate: z.string(),
  side: Side,
  title: z.string(),
  detail: z.string(),
});
export type Found = z.infer<typeof Found>;

/** What a row of Today is about when it is no task. */
export const TodayAbout = z.object({
  kind: z.enum(['change', 'messages', 'form', 'proposal', 'lead']),
  /** A request, a person, a form, a proposal, a deal that came in. */
  id: Id,
  /** The person who waits. */
  who: z.string(),
  since: Instant,
  /** What they said or asked, to read in the pane. */
  says: z.string(),
  /** The order of the button: "Answer Priya". */
  verb: z.string(),
});
export type TodayAbout = z.infer<typeof TodayAbout>;

export const TodayItem = z.object({
  dealId: Id,
  taskId: Id,
  plate: z.string(),
  side: Side,
  street: z.string(),
  title: z.string(),
  detail: z.string(),
  on: Day.nullable(),
  state: ItemState,
  /** Absent for a task. Then `taskId` names no task and is only the key of the row. */
  about: TodayAbout.optional(),
});
export type TodayItem = z.infer<typeof TodayItem>;

export const StateForm = z.object({
  packId: z.string(),
  revision: z.string(),
  state: z.string(),
  form: z.string(),
  /** The anchors a person is asked for, in the words of the form. */
  anchors: z.array(z.object({ name: z.string(), title: z.string() })),
});
export type StateForm = z.infer<typeof StateForm>;

export const Profile = z.object({ memberId: Id, name: z.string(), office: z.string() });
export type Profile = z.infer<typeof Profile>;

export const Settings = z.object({
  theme: z.enum(['system', 'light', 'dark']),
  density: z.enum(['roomy', 'compact']),
});
export type Settings = z.infer<typeof Settings>;

export const Backup = z.object({
  id: z.string(),
  takenAt: Instant,
  bytes: z.int(),
  deals: z.int(),
  isChecked: z.boolean(),
});
export type Backup = z.infer<typeof Backup>;

/** Whether the records could be opened, and if not, why, in words, and what can be done. */
export const RecordsState = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('open') }),
  z.object({
    kind: z.literal('closed'),
    reason: z.enum(['damaged', 'newer', 'bad-place', 'locked', 'read-only', 'full', 'failed']),
    headline: z.string(),
    sentence: z.string(),
    folder: z.string(),
    backups: z.array(Backup),
  }),
]);
export type RecordsState = z.infer<typeof RecordsState>;

/** What the host can do. The renderer shows what is listed and asks nothing about which host it is in. */
export const Capability = z.enum([
  'native-menu',
  'native-dialogs',
  'open-folder',
  'updates',
  'notifications',
  'deep-links',
  'window-controls',
]);
export type Capability = z.infer<typeof Capability>;
