import { workflowOfTemplateId } from '../../../core/checklists/compose.ts';
import { isMoneyStep } from '../../../core/checklists/instantiate.ts';
import type { Template } from '../../../core/checklists/template-schema.ts';
import type { JournalEntry } from '../../../core/commands/types.ts';
import { rowDayText } from '../../../core/deadlines/day-text.ts';
import { addDays, daysBetween, type PlainDate, parsePlainDate, yearOf } from '../../../core/deadlines/plain-date.ts';
import { type Missing, missingForStage, openDependencies, ownerOf } from '../../../core/deals/definition-of-done.ts';
import type { Question } from '../../../core/deals/intake-schema.ts';
import type { Deal, Member, TaskRow } from '../../../core/deals/model.ts';
import { closingDay, dealName, nameplateOf } from '../../../core/deals/summarise.ts';
import type { DealView, ItemState, Missing as MissingView, TaskView } from '../../contract/values.ts';
import type { DealDates } from './deal-dates.ts';
import { askedFact, factViews } from './fact-views.ts';
import { DUE_SOON_DAYS, taskState } from './item-state.ts';

export interface ViewOf {
  readonly deal: Deal;
  readonly dates: DealDates;
  readonly members: readonly Member[];
  readonly formName: string;
  readonly today: PlainDate;
  readonly template: Template | null;
  readonly questions: readonly Question[];
  /** The last command of this deal that can be taken back, and its sentence. */
  readonly lastCommand: { readonly entry: JournalEntry; readonly label: string } | null;
}

/** A deal as its page shows it. Everything that can be derived is derived here, from rows and today's date. */
export function dealView(of: ViewOf): DealView {
  const { deal, dates, members, today } = of;
  const { row } = deal;
  const anchors = dates.anchors();
  const closingOn = closingDay(deal);
  const tasks = deal.tasks.map((task) => taskView(of, task));
  return {
    id: row.id,
    plate: nameplateOf(deal).plate,
    streetName: dealName(deal),
    street: row.street,
    unit: row.unit,
    city: row.city,
    state: row.state,
    zip: row.zip,
    side: row.side,
    scenario: row.scenario,
    workflow: workflowOfTemplateId(row.templateId) ?? 'contract-to-close',
    formName: of.formName,
    priceCents: row.priceCents,
    stage: row.stage,
    ownerId: row.ownerId,
    ownerName: members.find((member) => member.id === row.ownerId)?.name ?? 'nobody',
    outcome: row.outcome,
    outcomeReason: row.outcomeReason,
    closedOn: row.closedOn,
    isSample: row.isSample,
    closingOn,
    daysToClosing: closingOn === null || row.outcome !== null ? null : daysBetween(today, closingOn),
    standing: standingOf(deal, tasks, closingOn, today),
    missing:
      row.outcome === null ? missingForStage(deal, row.stage, members).map((each) => missingView(each, today)) : [],
    tasks,
    people: deal.people.map(({ id, name, role, company, email, phone }) => ({ id, name, role, company, email, phone })),
    notes: [...deal.notes].reverse().map((note) => ({
      id: note.id,
      body: note.body,
      authorName: members.find((member) => member.id === note.authorId)?.name ?? 'a colleague',
      writtenAt: note.writtenAt,
    })),
    anchors: [...anchors],
    dates: [...dates.dates(today)],
    facts: [...factViews(of.template, of.questions, row.facts)],
    canUndo:
      of.lastCommand === null ? null : { commandId: of.lastCommand.entry.commandId, label: of.lastCommand.label },
  };
}

export function missingView({ kind, id, what, ownerName, state, since }: Missing, today: PlainDate): MissingView {
  const shown: ItemState = state === 'open' ? 'none' : state;
  const day = since === null ? null : parsePlainDate(since.slice(0, 10));
  const detail = day === null ? '' : day >= today ? 'since today' : `since ${rowDayText(day, yearOf(today))}`;
  return { kind, id, what, who: ownerName, state: shown, detail };
}

function taskView({ deal, dates, members, today, template }: ViewOf, task: TaskRow): TaskView {
  const dueOn = dates.dueOf(task);
  const days = { today, soon: addDays(today, DUE_SOON_DAYS) };
  return {
    id: task.id,
    stage: task.stage,
    title: task.title,
    asksFact: askedFact(template, task),
    isMoneyStep: template !== null && isMoneyStep(template, task),
    assigneeRole: task.assigneeRole,
    assigneeId: task.assigneeId,
    who: ownerOf(deal, task, members).ownerName,
    dueOn,
    dueWhy: dates.dueWhy(task),
    isDueByHand: task.dueOn !== null,
    isRequired: task.isRequired,
    state: taskState(deal, task, dueOn, days),
    waitsFor: openDependencies(deal, task).map(({ id, title }) => ({ id, title })),
    doneOn: task.doneOn,
    waivedOn: task.waivedOn,
    waiverReason: task.waiverReason,
  };
}

/** One sentence on how the deal stands, worst first. */
function standingOf(
  deal: Deal,
  tasks: readonly TaskView[],
  closingOn: PlainDate | null,
  today: PlainDate,
): DealView['standing'] {
  const { outcome, outcomeReason } = deal.row;
  if (outcome === 'closed') return { state: 'done', headline: 'Closed', detail: outcomeReason };
  if (outcome === 'withdrawn') return { state: 'none', headline: 'Withdrawn', detail: outcomeReason };
  const late = tasks.filter((task) => task.state === 'late');
  if (late.length > 0) {
    const headline = late.length === 1 ? 'One thing is late' : `${late.length} things are late`;
    return { state: 'late', headline, detail: titles(late) };
  }
  if (closingOn !== null && closingOn < today) {
    const isLease = workflowOfTemplateId(deal.row.templateId) === 'rental-onboarding';
    return isLease
      ? { state: 'late', headline: 'The lease has started', detail: 'Close the deal, or set another first day.' }
      : { state: 'late', headline: 'The closing day has passed', detail: 'Close the deal, or set a new closing day.' };
  }
  const due = tasks.filter((task) => task.state === 'due');
  if (due.length > 0) {
    const headline = due.length === 1 ? 'On track, one thing to watch' : `On track, ${due.length} things to watch`;
    return { state: 'due', headline, detail: titles(due) };
  }
  return { state: 'done', headline: 'On track', detail: 'Nothing is due in the next seven days.' };
}

function titles(tasks: readonly TaskView[]): string {
  const [first, second] = tasks;
  if (first === undefined) return '';
  if (second === undefined) return `${first.title}.`;
  const rest = tasks.length - 2;
  return rest === 0 ? `${first.title}; ${second.title}.` : `${first.title}; ${second.title}; and ${rest} more.`;
}
