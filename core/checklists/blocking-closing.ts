import type { PlainDate } from '../deadlines/plain-date.ts';
import { isOpen, type Missing, openSince, ownerOf } from '../deals/definition-of-done.ts';
import type { Deal, Id, Member, TaskRow } from '../deals/model.ts';
import { FINISH_TASK } from './template-schema.ts';

/** One open task that closing waits for. Documents are no steps: tasks get them, and closing a deal asks for each by name. */
export interface BlockingStep extends Pick<Missing, 'ownerRole' | 'ownerId' | 'ownerName' | 'since'> {
  readonly taskId: Id;
  readonly what: string;
  readonly clientTitle: string;
  readonly dueOn: PlainDate | null;
  readonly state: Exclude<Missing['state'], 'review'>;
  /** On the longest chain to closing: the thick line of the diagram. */
  readonly isCritical: boolean;
  /** Open tasks that must come first. */
  readonly waitsFor: readonly Id[];
}

/**
 * What is blocking closing: every open task that the closing waits for, directly or through others, in the order they
 * can be done, the closing itself last. Empty when closing is done or the deal has no closing task. A circle of
 * dependencies cannot hang it: the step that closes the circle is left out.
 *
 * `dueOf` gives the day a task is due, or null. The critical chain goes back from closing through whatever is ready
 * last; where days are equal or unknown, through the longer chain.
 */
export function blockingClosing(
  deal: Deal,
  dueOf: (task: TaskRow) => PlainDate | null,
  members: readonly Member[] = [],
): readonly BlockingStep[] {
  const open = new Map(deal.tasks.filter(isOpen).map((task) => [task.id, task]));
  const walk = walkBack(closingTasks(deal, open), open, dueOf);
  const critical = criticalChain(walk);
  return walk.order.map(({ task, dueOn, waitsFor }) => ({
    taskId: task.id,
    what: task.title,
    clientTitle: task.clientTitle,
    dueOn,
    ...ownerOf(deal, task, members),
    since: openSince(deal, task),
    state: waitsFor.length > 0 ? 'blocked' : isWithTheTeam(task) ? 'open' : 'waiting',
    isCritical: critical.has(task.id),
    waitsFor,
  }));
}

/**
 * The anchors and deadlines that closing really waits for: those that a task on a chain to the closing counts from, done
 * tasks included. The thick line of the diagram; every other date runs beside it.
 */
export function datesCarryingClosing(deal: Deal): ReadonlySet<string> {
  const all = new Map(deal.tasks.map((task) => [task.id, task]));
  const seen = new Set<Id>();
  const open = [...closingTasks(deal, all)];
  const names = new Set<string>();
  for (let task = open.pop(); task !== undefined; task = open.pop()) {
    if (seen.has(task.id)) continue;
    seen.add(task.id);
    if (task.dueRule !== null) names.add(task.dueRule.from);
    open.push(...task.dependsOn.flatMap((id) => all.get(id) ?? []));
  }
  return names;
}

interface Node {
  readonly task: TaskRow;
  readonly dueOn: PlainDate | null;
  readonly waitsFor: readonly Id[];
  /** The latest due day of it and everything before it; empty when no day is known. */
  readonly readyBy: string;
  /** Number of steps on the longest chain that ends here. */
  readonly depth: number;
}

interface Walk {
  readonly roots: readonly Id[];
  readonly nodes: ReadonlyMap<Id, Node>;
  readonly order: readonly Node[];
}

/** The task that the template calls the finish; without one, the required last steps of the last stage. */
function closingTasks(deal: Deal, open: ReadonlyMap<Id, TaskRow>): readonly TaskRow[] {
  const finish = deal.tasks.filter((task) => task.templateTaskId === FINISH_TASK);
  if (finish.length > 0) return finish.filter((task) => open.has(task.id));
  const last = [...open.values()].filter((task) => task.stage === 'closing' && task.isRequired);
  const awaited = new Set(last.flatMap((task) => task.dependsOn));
  return last.filter((task) => !awaited.has(task.id));
}

function walkBack(
  roots: readonly TaskRow[],
  open: ReadonlyMap<Id, TaskRow>,
  dueOf: (task: TaskRow) => PlainDate | null,
): Walk {
  const nodes = new Map<Id, Node>();
  const entered = new Set<Id>();
  const visit = (task: TaskRow): Node | null => {
    const known = nodes.get(task.id);
    if (known !== undefined) return known;
    // Entered but not finished: this edge closes a circle.
    if (entered.has(task.id)) return null;
    entered.add(task.id);
    const before = task.dependsOn.flatMap((id) => visitOpen(open.get(id)));
    const dueOn = dueOf(task);
    const node: Node = {
      task,
      dueOn,
      waitsFor: before.map((one) => one.task.id),
      readyBy: before.reduce((latest, one) => (one.readyBy > latest ? one.readyBy : latest), dueOn ?? ''),
      depth: before.reduce((deepest, one) => Math.max(deepest, one.depth), 0) + 1,
    };
    nodes.set(task.id, node);
    return node;
  };
  const visitOpen = (task: TaskRow | undefined): readonly Node[] => {
    const node = task === undefined ? null : visit(task);
    return node === null ? [] : [node];
  };
  for (const root of roots) visit(root);
  return { roots: roots.map((task) => task.id), nodes, order: inOrder([...nodes.values()]) };
}

/** Dependencies first; among those that can be done now, the earliest due first and the dateless last. */
function inOrder(nodes: readonly Node[]): readonly Node[] {
  const placed = new Set<Id>();
  const order: Node[] = [];
  const rest = [...nodes].sort(byDay);
  while (rest.length > 0) {
    const at = rest.findIndex((node) => node.waitsFor.every((id) => placed.has(id)));
    const [next] = rest.splice(at, 1);
    if (next === undefined) break;
    placed.add(next.task.id);
    order.push(next);
  }
  return order;
}

function byDay(left: Node, right: Node): number {
  const far = '9999-12-31';
  const days = (left.dueOn ?? far) < (right.dueOn ?? far) ? -1 : (left.dueOn ?? far) > (right.dueOn ?? far) ? 1 : 0;
  return days || left.task.position - right.task.position || (left.task.id < right.task.id ? -1 : 1);
}

function criticalChain({ roots, nodes }: Walk): ReadonlySet<Id> {
  const chain = new Set<Id>();
  let candidates: readonly Id[] = roots;
  for (;;) {
    const next = candidates.flatMap((id) => nodes.get(id) ?? []).sort(byUrgency)[0];
    if (next === undefined) return chain;
    chain.add(next.task.id);
    candidates = next.waitsFor;
  }
}

function byUrgency(left: Node, right: Node): number {
  if (left.readyBy !== right.readyBy) return left.readyBy > right.readyBy ? -1 : 1;
  return right.depth - left.depth || left.task.position - right.task.position;
}

function isWithTheTeam(task: TaskRow): boolean {
  return task.assigneeRole === 'tc' || task.assigneeRole === 'admin' || task.assigneeRole === 'agent';
}
