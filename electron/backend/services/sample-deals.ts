import { z } from 'zod';
import { workflowOf } from '../../../core/checklists/workflow-days.ts';
import type { Command } from '../../../core/commands/types.ts';
import { addDays, type PlainDate } from '../../../core/deadlines/plain-date.ts';
import { isOpen, missingForStage, openDependencies } from '../../../core/deals/definition-of-done.ts';
import { type Deal, SCENARIOS, SIDES, STAGES, type Stage, type TaskRow } from '../../../core/deals/model.ts';
import { inWrite, type Write } from '../../../db/handles.ts';
import file from '../../../resources/samples/deals.json' with { type: 'json' };
import { dealCacheOf } from './deal-cache.ts';
import { dealDates } from './deal-dates.ts';
import type { Resources } from './resources.ts';
import { type CommandRunner, runInside } from './run-command.ts';
import { samplePapers } from './sample-papers.ts';

const Sample = z.strictObject({
  street: z.string(),
  unit: z.string().default(''),
  city: z.string(),
  state: z.string(),
  zip: z.string(),
  side: z.enum(SIDES),
  scenario: z.enum(SCENARIOS),
  stage: z.enum(STAGES),
  /** Whole dollars; a month's rent for rentals. */
  price: z.number(),
  clients: z.array(z.string()),
  agent: z.string().optional(),
  lender: z.string().optional(),
  title: z.string().optional(),
  otherAgent: z.string().optional(),
  /** Days before today that the contract began; null before there is one. */
  accepted: z.number().nullable(),
  /** Days from today to closing. */
  closing: z.number().nullable(),
  /** How many tasks somebody has let slip; everything else that was due before today is done. */
  late: z.int().default(0),
  note: z.string(),
});
type Sample = z.infer<typeof Sample>;

export interface SampleDeps {
  readonly runner: CommandRunner;
  readonly resources: Resources;
  readonly today: () => PlainDate;
  readonly now: () => Date;
  readonly newId: () => string;
  readonly ownerId: () => string;
}

export function sampleDeals(): readonly Sample[] {
  return z.array(Sample).parse(file);
}

/**
 * Opens one made-up deal by the same commands a person would send, in one transaction: its history reads like work.
 * Every earlier stage is really done, and of the rest what was due before today, but for the few that slipped. The
 * papers that get a file are filed right after (papers/sample-files.ts); those that are never kept here are settled.
 */
export function addSample(deps: SampleDeps, sample: Sample): string {
  const dealId = deps.newId();
  inOneStep(deps, dealId, (write) => {
    const send = (name: string, args: unknown) => sendAs(deps, write, { dealId, name, args });
    send('createDeal', createArgs(deps, sample));
    if (sample.note !== '') send('addNote', { noteId: deps.newId(), body: sample.note, at: deps.now().toISOString() });
    settlePapers(deps, write, dealId, sample.stage);
    for (const stage of STAGES.slice(0, STAGES.indexOf(sample.stage))) {
      finish(deps, write, dealId, { sample, isWanted: (task) => task.stage === stage });
      const next = STAGES[STAGES.indexOf(stage) + 1] as Stage;
      const missing = missingForStage(mustRead(deps, write, dealId), stage);
      const anyway = missing.length > 0 ? { anyway: 'Made-up deal: its papers are filed in a moment' } : {};
      send('moveStage', { to: next, expected: stage, at: deps.now().toISOString(), ...anyway });
    }
    const slipped = slippedTasks(deps, mustRead(deps, write, dealId), sample.late);
    const isDue = (_task: TaskRow, on: PlainDate | null) => on !== null && on < deps.today();
    finish(deps, write, dealId, { sample, isWanted: (task, on) => isDue(task, on) && !slipped.has(task.id) });
  });
  return dealId;
}

/** One transaction; what a thrown one leaves in the cache is forgotten with it. */
function inOneStep(deps: SampleDeps, dealId: string, work: (write: Write) => void): void {
  try {
    inWrite(deps.runner.db, work);
  } catch (error) {
    dealCacheOf(deps.runner.db).forget(dealId);
    throw error;
  }
}

/** Private papers are never kept here: of them it is noted that whoever asked has them. */
function settlePapers(deps: SampleDeps, write: Write, dealId: string, stage: Stage): void {
  for (const line of samplePapers(mustRead(deps, write, dealId), stage).elsewhere) {
    const said = { act: 'elsewhere', reason: 'Whoever asked for it has it', on: deps.today(), expected: line.state };
    sendAs(deps, write, { dealId, name: 'reviewLine', args: { lineId: line.id, versionId: null, ...said } });
  }
}

interface Finishing {
  readonly sample: Sample;
  readonly isWanted: (task: TaskRow, on: PlainDate | null) => boolean;
}

/** Marks the wanted tasks done, the earliest due first, in an order that their dependencies allow. */
function finish(deps: SampleDeps, write: Write, dealId: string, { sample, isWanted }: Finishing): void {
  for (;;) {
    const deal = mustRead(deps, write, dealId);
    const task = freeTasks(deps, deal, isWanted)[0];
    if (task === undefined) return;
    sendAs(deps, write, { dealId, name: 'completeTask', args: { taskId: task.id, on: doneOn(deps, sample, task) } });
  }
}

/** The last of what could have been done by now. */
function slippedTasks(deps: SampleDeps, deal: Deal, count: number): ReadonlySet<string> {
  const due = freeTasks(deps, deal, (_task, on) => on !== null && on < deps.today());
  return new Set(count === 0 ? [] : due.slice(-count).map((task) => task.id));
}

function freeTasks(deps: SampleDeps, deal: Deal, isWanted: Finishing['isWanted']): readonly TaskRow[] {
  const dates = dealDates(deal, deps.resources);
  const key = (task: TaskRow) => `${dates.dueOf(task) ?? '9999-99-99'} ${String(task.position).padStart(4, '0')}`;
  return deal.tasks
    .filter((task) => isOpen(task) && openDependencies(deal, task).length === 0 && isWanted(task, dates.dueOf(task)))
    .toSorted((a, b) => (key(a) < key(b) ? -1 : 1));
}

/** Done about when it was due, and never in the future. */
function doneOn(deps: SampleDeps, sample: Sample, task: TaskRow): PlainDate {
  const today = deps.today();
  const began = addDays(today, -(sample.accepted ?? 2));
  const wanted = task.dueRule === null || task.dueRule.offset < 0 ? began : addDays(began, task.dueRule.offset);
  return wanted > today ? today : wanted;
}

function sendAs(deps: SampleDeps, write: Write, command: Pick<Command, 'dealId' | 'name' | 'args'>): void {
  const reply = runInside(deps.runner, write, { ...command, id: deps.newId(), at: deps.now().toISOString() });
  if (reply.outcome === 'refused') throw new Error(`sample ${command.name} was refused: ${reply.refusal.type}`);
}

function createArgs(deps: SampleDeps, sample: Sample): unknown {
  const { street, unit, city, state, zip, side, scenario } = sample;
  const forms = deps.resources.forms();
  const form = forms.find((each) => each.state === state) ?? forms.find((each) => each.packId === 'generic');
  if (form === undefined) throw new Error('no form for a sample');
  const today = deps.today();
  const contractAnchor = form.anchors.find((anchor) => anchor.name !== 'closing')?.name ?? 'acceptance';
  const isLease = workflowOf(scenario, side, true) === 'rental-onboarding';
  const anchors = [
    ...(sample.accepted === null || isLease
      ? []
      : [{ name: contractAnchor, on: addDays(today, -sample.accepted), evidence: 'Signed copy in the file' }]),
    ...(sample.closing === null
      ? []
      : [{ name: isLease ? 'lease-start' : 'closing', on: addDays(today, sample.closing), evidence: '' }]),
  ];
  return {
    street,
    unit,
    city,
    state,
    zip,
    side,
    scenario,
    packId: form.packId,
    packRevision: form.revision,
    ownerId: deps.ownerId(),
    priceCents: sample.price * 100,
    facts: {},
    anchors,
    people: peopleOf(deps, sample),
    at: deps.now().toISOString(),
    isSample: true,
  };
}

function peopleOf(deps: SampleDeps, sample: Sample): readonly unknown[] {
  const named: readonly (readonly [string, string | undefined])[] = [
    ...sample.clients.map((name, index) => [index === 0 ? 'client' : 'co-client', name] as const),
    ['agent', sample.agent],
    ['lender', sample.lender],
    ['title', sample.title],
    ['other-agent', sample.otherAgent],
  ];
  return named.flatMap(([role, name]) =>
    name === undefined
      ? []
      : [{ id: deps.newId(), name, role, company: '', email: mailOf(name), phone: phoneOf(name) }],
  );
}

/** Addresses under `.example` and numbers 555-01xx reach nobody, by the standards that keep them free. */
function mailOf(name: string): string {
  const words =
    name
      .normalize('NFD')
      .replace(/\p{M}/gu, '')
      .toLowerCase()
      .match(/[a-z]+/g) ?? [];
  return `${words.join('.')}@sample.example`;
}

function phoneOf(name: string): string {
  const sum = [...name].reduce((total, letter) => (total * 31 + (letter.codePointAt(0) ?? 0)) % 100, 7);
  return `(916) 555-01${String(sum).padStart(2, '0')}`;
}

function mustRead(deps: SampleDeps, write: Write, dealId: string): Deal {
  const deal = dealCacheOf(deps.runner.db).get(write, dealId);
  if (deal === null) throw new Error('a sample deal went missing while it was made');
  return deal;
}
