import { addDays, type PlainDate } from '../../../../core/deadlines/plain-date.ts';
import { isOpen, missingForStage, openDependencies, ownerOf } from '../../../../core/deals/definition-of-done.ts';
import type { LineRow, TaskRow, VersionRow } from '../../../../core/deals/model.ts';
import { documentFacts } from '../../../../core/documents/document-facts.ts';
import { may } from '../../../../core/permissions/may.ts';
import type { ClosingStep, MissingStep, OwnTask, WaitingStep } from '../../../api/person-home.ts';
import { isClient, memberOf } from '../deal-facts.ts';
import { compareDays, type Eye, ownTasks } from './eye.ts';

/** Open ones that can be done now, by day; those without a day last. */
export function tasksOf(eye: Eye): OwnTask[] {
  const { kept, counted } = eye;
  return ownTasks(eye)
    .filter((task) => isOpen(task) && openDependencies(kept.deal, task).length === 0)
    .map((task) => ({ task, dueOn: counted.dueOf(task), title: titleFor(eye, task) }))
    .toSorted((a, b) => compareDays(a.dueOn, b.dueOn) || a.task.position - b.task.position)
    .map(({ task, title, dueOn }) => ({ id: task.id, title, dueOn, isLate: dueOn !== null && dueOn < counted.today }));
}

/** Steps in words for clients; who has one is told by a name on the deal, or by the role. */
export function waitingOf(eye: Eye): WaitingStep[] {
  const { counted, person, actor, context } = eye;
  const own = new Set(ownTasks(eye).map(({ id }) => id));
  const isProfessional = !isClient(person.role);
  return counted
    .blocking()
    .filter(({ clientTitle }) => may(actor, 'see', { type: 'closing-step', task: { clientTitle } }, context).ok)
    .filter(({ state, taskId }) => state !== 'blocked' || own.has(taskId))
    .map((step) => ({
      what: isProfessional ? step.what : step.clientTitle,
      who: step.ownerName,
      isYours: own.has(step.taskId),
      dueOn: step.dueOn,
      state: step.state,
    }));
}

/** So many days before the closing day its checklist is shown. */
const CLOSING_NEAR_DAYS = 21;

/** What closing consists of, done or not, once it is near. */
export function closingOf(eye: Eye, closingOn: string | null): ClosingStep[] {
  const { kept, counted, actor, context } = eye;
  const { deal, members } = kept;
  const isNear = closingOn !== null && closingOn <= addDays(counted.today, CLOSING_NEAR_DAYS);
  if (deal.row.stage !== 'closing' && !isNear) return [];
  const own = new Set(ownTasks(eye).map(({ id }) => id));
  return deal.tasks
    .filter(({ stage, waivedOn }) => stage === 'closing' && waivedOn === null)
    .filter((task) => may(actor, 'see', { type: 'closing-step', task }, context).ok)
    .map((task) => ({ task, dueOn: counted.dueOf(task) }))
    .toSorted((a, b) => compareDays(a.dueOn, b.dueOn) || a.task.position - b.task.position)
    .map(({ task, dueOn }) => ({
      title: titleFor(eye, task),
      who: ownerOf(deal, task, members.map(memberOf)).ownerName,
      isYours: own.has(task.id),
      isDone: task.doneOn !== null,
      dueOn,
    }));
}

/** What the present stage still needs: our agent's, whom the stage of the deal concerns as it does the team. */
export function missingOf(eye: Eye): MissingStep[] {
  const { person, kept, view } = eye;
  if (person.role !== 'agent' || view.deal.stage === undefined) return [];
  const { deal, members } = kept;
  return missingForStage(deal, view.deal.stage, members.map(memberOf))
    .filter(({ kind, id }) => kind !== 'document' || mayKnowOf(eye, id))
    .map(({ what, ownerName, state }) => ({ what, who: ownerName, state }));
}

/** Whether a paper of this line would be known to this person: private papers are named to nobody whom they do not concern. */
function mayKnowOf({ kept, counted, actor, context }: Eye, lineId: string): boolean {
  const line = kept.deal.lines.find(({ id }) => id === lineId);
  if (line === undefined) return false;
  const document = {
    ...documentFacts(kept.deal, { line, version: notYet(line, counted.today) }),
    state: 'approved' as const,
  };
  return may(actor, 'see-metadata', { type: 'document', document }, context).ok;
}

function notYet({ dealId, id: lineId }: LineRow, today: PlainDate): VersionRow {
  return {
    ...{ id: '', dealId, lineId, number: 1, suffix: null, sha256: '', bytes: 0, extension: 'pdf', originalName: '' },
    ...{ documentOn: today, receivedAt: '', sentBy: '', isHeld: false },
    ...{ verdict: null, verdictReason: '', verdictOn: null },
  };
}

function titleFor({ person }: Pick<Eye, 'person'>, { title, clientTitle }: TaskRow): string {
  return isClient(person.role) ? clientTitle : title;
}
