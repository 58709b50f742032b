import { isLive } from '../changes/conflicts.ts';
import { CHANGE_RULES } from '../changes/rules.ts';
import { byOpening } from '../changes/words.ts';
import { err, ok, type Result } from '../result.ts';
import { type DocumentNeed, documentNeed, eachPaperOnce, isOwed } from './document-needs.ts';
import {
  type ChangeRow,
  type Deal,
  type Id,
  type Instant,
  type LineRow,
  type Member,
  type PartyRole,
  STAGES,
  type Stage,
  type TaskRow,
} from './model.ts';
import { needsOf, type StageNeed } from './stage-needs.ts';

/** One thing that keeps a stage from being done, and who owes it. */
export interface Missing {
  readonly kind: 'task' | 'document' | 'change' | 'field' | 'person' | 'anchor';
  /** The id of a task, a document line or a request for change, or the name of the need (`lender`, `closing-day`). */
  readonly id: string;
  /** What is to be done, as an order without a full stop: "Name the lender". */
  readonly what: string;
  readonly ownerRole: PartyRole;
  /** The member or person who has it, or null when nobody is named. */
  readonly ownerId: Id | null;
  /** A name, or the role in words: "Priya Raman", "the lender". */
  readonly ownerName: string;
  /** Since when it could have been done: a day, or the instant the stage began. Null: not yet. */
  readonly since: string | null;
  /**
   * `blocked` waits for another open task; `waiting` is with somebody outside the team; `review` is here and waits for
   * our verdict; `open` is with us.
   */
  readonly state: 'open' | 'waiting' | 'blocked' | 'review';
}

export interface StageNotDone {
  readonly type: 'StageNotDone';
  readonly stage: Stage;
  readonly to: Stage;
  readonly missing: readonly Missing[];
  readonly message: string;
}

const STAGE_NAMES: Readonly<Record<Stage, string>> = {
  intake: 'Intake',
  parties: 'Parties',
  disclosures: 'Disclosures',
  milestones: 'Milestones',
  changes: 'Changes',
  closing: 'Closing',
};

const ROLE_WORDS: Readonly<Record<PartyRole, string>> = {
  client: 'the client',
  'co-client': 'the co-client',
  agent: 'the agent',
  tc: 'the coordinator',
  admin: 'the office',
  lender: 'the lender',
  title: 'the title company',
  attorney: 'the attorney',
  'other-agent': "the other side's agent",
  'other-principal': 'the other side',
};

const OUR_ROLES: ReadonlySet<PartyRole> = new Set(['tc', 'admin', 'agent']);
const COUNTS = [
  '',
  'one is',
  'two are',
  'three are',
  'four are',
  'five are',
  'six are',
  'seven are',
  'eight are',
  'nine are',
];

/** What is not in yet for a stage to be done, as rows. Each kind in its order; a paper that is a task as well stands once. */
export interface Owed {
  readonly needs: readonly StageNeed[];
  readonly tasks: readonly TaskRow[];
  readonly lines: readonly LineRow[];
  readonly requests: readonly ChangeRow[];
}

/** The definition of done, without names and words: all three empty, and the stage is done. */
export function owedIn(deal: Deal, stage: Stage): Owed {
  const needs = needsOf(deal, stage).filter((need) => !need.isMet(deal));
  const tasks = deal.tasks.filter((task) => task.stage === stage && task.isRequired && isOpen(task));
  const lines = deal.lines.filter((line) => line.stage === stage && isOwed(line));
  // Terms are settled before the deal closes on them: a request that is on its way belongs to this stage and no other.
  const requests = stage === 'changes' ? deal.changes.filter(isLive) : [];
  return { needs, ...eachPaperOnce(tasks, lines), requests };
}

export function countOwed({ needs, tasks, lines, requests }: Owed): number {
  return needs.length + tasks.length + lines.length + requests.length;
}

/**
 * What a stage still needs: structural needs first, then required tasks, required documents and open requests for change, each in their order.
 * Empty: the stage is done. `members` gives the names of the team; without it a role in words stands for them.
 */
export function missingForStage(deal: Deal, stage: Stage, members: readonly Member[] = []): readonly Missing[] {
  const { needs, tasks, lines, requests } = owedIn(deal, stage);
  return [
    ...needs.map((need) => missingThing(deal, { ...need, since: null, isInReview: false }, members)),
    ...tasks.toSorted(byPosition).map((task) => missingTask(deal, task, members)),
    ...lines.toSorted(byPosition).map((line) => {
      const thing = { ...documentNeed(deal, line), kind: 'document' as const, stage };
      return missingThing(deal, thing, members);
    }),
    ...requests.toSorted(byOpening).map((request) => missingRequest(deal, request, members)),
  ];
}

/** Whether the deal may leave the stage it is in. */
export function mayLeaveStage(deal: Deal, members: readonly Member[] = []): Result<null, StageNotDone> {
  const next = STAGES[STAGES.indexOf(deal.row.stage) + 1] ?? deal.row.stage;
  return mayMoveStage(deal, next, members);
}

/**
 * Whether a card may be moved to a stage. Back is always allowed. Forward asks for every stage from the present one up
 * to the one before `to`; the refusal names the first that is not done.
 */
export function mayMoveStage(deal: Deal, to: Stage, members: readonly Member[] = []): Result<null, StageNotDone> {
  const between = STAGES.slice(STAGES.indexOf(deal.row.stage), Math.max(STAGES.indexOf(to), 0));
  for (const stage of between) {
    const missing = missingForStage(deal, stage, members);
    if (missing.length > 0)
      return err({
        type: 'StageNotDone',
        stage,
        to,
        missing,
        message: stageNotDoneSentence(stage, to, missing.length),
      });
  }
  return ok(null);
}

/** "Not ready for Milestones. Disclosures is done when these two are in." */
export function stageNotDoneSentence(stage: Stage, to: Stage, count: number): string {
  const these = count === 1 ? 'this one is' : `these ${COUNTS[count] ?? `${count} are`}`;
  return `Not ready for ${STAGE_NAMES[to]}. ${STAGE_NAMES[stage]} is done when ${these} in.`;
}

/** A role inside a sentence: "the lender". */
export function roleWords(role: PartyRole): string {
  return ROLE_WORDS[role];
}

export function isOpen(task: TaskRow): boolean {
  return task.doneOn === null && task.waivedOn === null;
}

/** Tasks that must be done or waived before this one. Ids of tasks that are gone hold nobody up. */
export function openDependencies(deal: Pick<Deal, 'tasks'>, task: TaskRow): readonly TaskRow[] {
  return deal.tasks.filter((other) => task.dependsOn.includes(other.id) && isOpen(other));
}

/** Who has a task: the named assignee, else the first person with its role, else the role in words. */
export function ownerOf(
  deal: Deal,
  task: Pick<TaskRow, 'assigneeRole' | 'assigneeId'>,
  members: readonly Member[],
): Pick<Missing, 'ownerRole' | 'ownerId' | 'ownerName'> {
  const isOwnersTask = task.assigneeRole === 'tc' && task.assigneeId === null;
  const wanted = task.assigneeId ?? (isOwnersTask && deal.row.ownerId !== '' ? deal.row.ownerId : null);
  const named =
    wanted === null
      ? deal.people.find((person) => person.role === task.assigneeRole && person.name !== '')
      : (deal.people.find((person) => person.id === wanted) ?? members.find((member) => member.id === wanted));
  return {
    ownerRole: task.assigneeRole,
    ownerId: wanted ?? named?.id ?? null,
    ownerName: named?.name ?? ROLE_WORDS[task.assigneeRole],
  };
}

/**
 * Since when an open task could have been worked on: the day its last dependency was done or waived, else the instant
 * its stage began. Null while it is blocked or its stage lies ahead.
 */
export function openSince(deal: Deal, task: TaskRow): string | null {
  const before = deal.tasks.filter((other) => task.dependsOn.includes(other.id));
  if (before.some(isOpen)) return null;
  const days = before.map((other) => other.doneOn ?? other.waivedOn ?? '').sort();
  return days.at(-1) || stageBegan(deal, task.stage);
}

type Thing = DocumentNeed & Pick<Missing, 'kind'> & { readonly stage: Stage };

function missingThing(deal: Deal, thing: Thing, members: readonly Member[]): Missing {
  const { kind, id, what, ownerRole, stage, isInReview } = thing;
  return {
    kind,
    id,
    what,
    ...ownerOf(deal, { assigneeRole: ownerRole, assigneeId: null }, members),
    since: thing.since ?? stageBegan(deal, stage),
    state: isInReview ? 'review' : OUR_ROLES.has(ownerRole) ? 'open' : 'waiting',
  };
}

/** With the coordinator, who sends it on and puts it into effect; while it is agreed, only the signed paper is missing. */
function missingRequest(deal: Deal, { id, kind, state, openedAt }: ChangeRow, members: readonly Member[]): Missing {
  const { words, evidence } = CHANGE_RULES[kind];
  const isWaiting = state === 'approved' && evidence !== 'call-back';
  return {
    kind: 'change',
    id,
    what: isWaiting ? `Bring the signed paper for the change of ${words}` : `Settle the request to change ${words}`,
    ...ownerOf(deal, { assigneeRole: 'tc', assigneeId: null }, members),
    since: openedAt,
    state: 'open',
  };
}

function byPosition(left: TaskRow | LineRow, right: TaskRow | LineRow): number {
  return left.position - right.position || (left.id < right.id ? -1 : 1);
}

function missingTask(deal: Deal, task: TaskRow, members: readonly Member[]): Missing {
  const isBlocked = openDependencies(deal, task).length > 0;
  const state = isBlocked ? 'blocked' : OUR_ROLES.has(task.assigneeRole) ? 'open' : 'waiting';
  return {
    kind: 'task',
    id: task.id,
    what: task.title,
    ...ownerOf(deal, task, members),
    since: openSince(deal, task),
    state,
  };
}

/** When the stage began; for one that the deal has passed, when the present one did; null for one that lies ahead. */
function stageBegan(deal: Deal, stage: Stage): Instant | null {
  return STAGES.indexOf(stage) <= STAGES.indexOf(deal.row.stage) ? deal.row.stageSince : null;
}
