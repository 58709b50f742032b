import type { Command } from '../../core/commands/types.ts';
import type { Deal } from '../../core/deals/model.ts';
import type { Stage } from './scene.ts';
import { nextOfPerson } from './with-people.ts';
import { send } from './world.ts';

/** People at the portal tick their tasks and jobs of ours write, in the middle of what desktops send. */

export function everyVisit(stage: Stage): void {
  const { world } = stage;
  if (world.isQuiet) return;
  visit(stage);
  world.after(world.random.between(80, 700), () => everyVisit(stage));
}

function visit(stage: Stage): void {
  const { world, server, laws, visits } = stage;
  const open = [...server.state.units].filter(([, unit]) => unit.deal !== null);
  if (open.length === 0) return;
  const [dealId, unit] = world.random.pick(open);
  if (unit.deal === null) return;
  const personId = world.random.chance(0.6) ? (world.random.pick(PEOPLE) as string) : null;
  const id = `p-${visits.size}.${world.now}`;
  const at = new Date(Date.UTC(2026, 5, 2, 16) + world.now).toISOString();
  const command: Command = { id, dealId, at, ...doing(stage, unit.deal, { personId, at }) };
  laws.made(null, command, unit.deal);
  visits.add(id);
  ask(stage, command, personId);
}

/** Sent again under the same id until there is an answer, as a page and a job do. */
function ask(stage: Stage, command: Command, personId: string | null): void {
  const { world, server, laws, visits } = stage;
  if (!visits.has(command.id)) return;
  send(world, () => {
    if (server.isDown) return;
    const answer = server.bring(command, personId);
    const { storeId } = server.state;
    send(
      world,
      () => {
        visits.delete(command.id);
        if (answer !== null) laws.toldPortal(`${storeId}/${command.id}`, answer);
      },
      true,
    );
  });
  world.after(world.isQuiet ? 60 : world.random.between(100, 900), () => ask(stage, command, personId));
}

const PEOPLE = ['p-priya', 'p-marisol'];

function doing(
  { world, visits }: Stage,
  deal: Deal,
  { personId, at }: { readonly personId: string | null; readonly at: string },
): Pick<Command, 'name' | 'args'> {
  const { random } = world;
  let made = 0;
  const newId = () => `r-${visits.size}.${world.now}.${++made}`;
  if (world.isWithPeople && personId !== null && random.chance(0.8))
    return nextOfPerson({ random, deal, newId, at, personId });
  if (world.isWithPeople && personId === null && random.chance(0.3)) {
    const versionId = deal.versions.length === 0 ? 'x-missing' : random.pick(deal.versions).id;
    return { name: 'holdVersion', args: { versionId, reason: 'Names a routing number' } };
  }
  const taskId = deal.tasks.length === 0 ? 't-missing' : random.pick(deal.tasks).id;
  const tick = random.chance(0.5)
    ? { name: 'completeTask', args: { taskId, on: '2026-06-20' } }
    : { name: 'reopenTask', args: { taskId } };
  if (personId !== null) return tick;
  return random.pick([
    tick,
    { name: 'editTask', args: { taskId, title: `Call back ${random.int(1000)}` } },
    { name: 'setPrice', args: { priceCents: random.pick([null, 100, 200]), expected: deal.row.priceCents } },
  ]);
}
