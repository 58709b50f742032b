import type { PlainDate } from '../deadlines/plain-date.ts';
import { parseStreet, type StreetParts } from './address.ts';
import { countOwed, isOpen, openDependencies, owedIn } from './definition-of-done.ts';
import { foldText } from './fold-text.ts';
import type { Deal, PartyRole, PersonRow, TaskRow } from './model.ts';
import { NO_ADDRESS, type SummaryRow } from './summary.ts';

/** The roles that sit at our own desks; a task with anybody else is waited for, not done by us. */
const OURS: ReadonlySet<PartyRole> = new Set(['tc', 'admin', 'agent']);

/** Raise it when `summarise` gives other rows for the same deal: stored summaries are then made again. */
export const SUMMARY_RULE = 2;

/**
 * The summary of a deal, from its rows alone. `dueOf` is the day a task is due, by hand or by its rule; null when there
 * is none. Next is the earliest open task that nothing blocks; with none of these, the earliest blocked one.
 */
export function summarise(deal: Deal, dueOf: (task: TaskRow) => PlainDate | null): SummaryRow {
  const { plate, street } = nameplateOf(deal);
  const open = deal.tasks.filter(isOpen);
  const next = deal.row.outcome === null ? nextTask(deal, open, dueOf) : null;
  return {
    dealId: deal.row.id,
    plate,
    streetName: street,
    clientNames: clientNames(deal),
    closingOn: closingDay(deal),
    nextTaskId: next?.id ?? null,
    nextTitle: next === null ? '' : next.short || next.title,
    nextOn: next === null ? null : dueOf(next),
    nextRole: next?.assigneeRole ?? null,
    nextAssigneeId: next?.assigneeId ?? null,
    nextState: next === null ? null : stateOf(deal, next),
    missing: deal.row.outcome === null ? countOwed(owedIn(deal, deal.row.stage)) : 0,
    done: deal.tasks.length - open.length,
    total: deal.tasks.length,
    searchText: searchText(deal),
  };
}

/** What stands on the plate and beside it. Without an address the plate has the client's initials and the street is empty. */
export function nameplateOf(deal: Pick<Deal, 'row' | 'people'>): StreetParts {
  const { plate, street } = parseStreet(deal.row.street);
  // A lot or a rural box may be all there is: "Lot 12" stands on the plate and beside it.
  if (deal.row.street !== '') return { plate, street: street || deal.row.street };
  const client = deal.people.find((person) => person.role === 'client' || person.role === 'co-client');
  return { plate: parseStreet(client?.name ?? '').plate, street: '' };
}

/** The day the deal is for: closing, or the start of the lease. */
export function closingDay({ anchors }: Pick<Deal, 'anchors'>): PlainDate | null {
  const day = (name: string) => anchors.find((anchor) => anchor.name === name)?.on ?? null;
  return day('closing') ?? day('lease-start');
}

/** What a deal goes by beside its plate: the street, else its clients. */
export function dealName(deal: Deal): string {
  return nameplateOf(deal).street || clientNames(deal) || NO_ADDRESS;
}

/** Whose move it is: blocked by another open task, waiting for somebody outside the team, or open for us. */
export function stateOf(deal: Deal, task: TaskRow): 'open' | 'blocked' | 'waiting' {
  if (openDependencies(deal, task).length > 0) return 'blocked';
  return OURS.has(task.assigneeRole) ? 'open' : 'waiting';
}

/** "Mei-Lin Forrester", "Raman and Achterberg", "Ewa and Paul Ferro": as the people of a deal are spoken of. */
export function clientNames(deal: Deal): string {
  const clients = deal.people.filter((person) => person.role === 'client' || person.role === 'co-client');
  const first = clients[0];
  if (first === undefined) return '';
  if (clients.length === 1) return first.name;
  const names = [...new Set(clients.map(familyName))];
  const given = clients.map(givenNames);
  if (names.length === 1 && given.every((name) => name !== '')) return `${given.join(' and ')} ${names[0]}`;
  if (names.length === 1) return names[0] ?? '';
  return `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}

function nextTask(deal: Deal, open: readonly TaskRow[], dueOf: (task: TaskRow) => PlainDate | null): TaskRow | null {
  const stages = ['intake', 'parties', 'disclosures', 'milestones', 'changes', 'closing'];
  // A task without a day comes after those with one, in the order of its stage.
  const key = (task: TaskRow) =>
    `${stateOf(deal, task) === 'blocked' ? 1 : 0}${dueOf(task) ?? '9999-99-99'}${stages.indexOf(task.stage)}`;
  let best: { readonly task: TaskRow; readonly key: string } | null = null;
  for (const task of open) {
    const own = key(task);
    if (best === null || own < best.key || (own === best.key && task.position < best.task.position))
      best = { task, key: own };
  }
  return best?.task ?? null;
}

function familyName(person: PersonRow): string {
  const words = person.name.trim().split(/\s+/);
  const last = words.at(-1) ?? '';
  return /^(jr|sr|i{2,3}|iv)\.?$/i.test(last) && words.length > 2 ? (words.at(-2) ?? last) : last;
}

function givenNames(person: PersonRow): string {
  const family = familyName(person);
  const name = person.name.trim();
  const at = name.lastIndexOf(family);
  return at > 0 ? name.slice(0, at).trim() : '';
}

function searchText({ row, people }: Deal): string {
  const address = [row.street, row.unit, row.city, row.state, row.zip];
  const names = people.flatMap((person) => [person.name, person.company, person.email]);
  return foldText([...address, ...names].filter((part) => part !== '').join(' '));
}
