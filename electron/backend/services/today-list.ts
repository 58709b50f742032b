import type { PlainDate } from '../../../core/deadlines/plain-date.ts';
import { isOpen, ownerOf } from '../../../core/deals/definition-of-done.ts';
import type { Deal, Member } from '../../../core/deals/model.ts';
import { dealName, nameplateOf } from '../../../core/deals/summarise.ts';
import type { Actor } from '../../../core/permissions/actor.ts';
import type { Db } from '../../../db/handles.ts';
import { activeDealCount, dealsDueBy } from '../../../db/read/today.ts';
import { dealsWaiting } from '../../../db/read/waiting.ts';
import type { TodayItem } from '../../contract/values.ts';
import { dealCacheOf } from './deal-cache.ts';
import type { DealDates } from './deal-dates.ts';
import { taskState } from './item-state.ts';
import { termNames } from './term-names.ts';
import { waitingOf } from './today-waiting.ts';

export interface TodayDeps {
  readonly db: Db;
  readonly members: () => readonly Member[];
  /** Those that are on the team now. */
  readonly team: () => readonly Member[];
  readonly actor: () => Actor;
  /** The member at this computer. */
  readonly myId: () => string;
  readonly datesOf: (deal: Deal) => DealDates;
  readonly now: () => string;
}

/** What needs somebody now, over all deals: open tasks that are late or due today, and people who wait for an answer. */
export interface TodayList {
  list(today: PlainDate): { readonly items: readonly TodayItem[]; readonly quietDeals: number };
  /** How many things of people wait for the team on one deal. */
  waitsOf(dealId: string, today: PlainDate): number;
  /** Forgets what was worked out for these deals; an empty list forgets all. */
  forget(dealIds: readonly string[]): void;
}

/** A queue longer than this is no queue for one person; the most urgent deals are looked through first. */
const MOST_DEALS = 200;

export function createTodayList({ db, members, team, actor, myId, datesOf, now }: TodayDeps): TodayList {
  const kept = new Map<string, readonly TodayItem[]>();
  let keptFor: PlainDate | null = null;

  const itemsOf = (dealId: string, today: PlainDate) => {
    const known = kept.get(dealId);
    if (known !== undefined) return known;
    const deal = dealCacheOf(db).get(db.read, dealId);
    const us = { members: members(), team: team(), actor: actor(), myId: myId(), now: now() };
    const items = deal === null ? [] : itemsOfDeal(deal, datesOf(deal), us, today);
    kept.set(dealId, items);
    return items;
  };
  const keepFor = (today: PlainDate) => {
    if (keptFor !== today) kept.clear();
    keptFor = today;
  };
  return {
    list: (today) => {
      keepFor(today);
      // Somebody who waits for an answer is never crowded out by tasks.
      const ids = new Set([
        ...dealsWaiting(db.read).slice(0, MOST_DEALS),
        ...dealsDueBy(db.read, today).slice(0, MOST_DEALS),
      ]);
      const items = [...ids].flatMap((id) => itemsOf(id, today)).toSorted(byUrgency);
      const loud = new Set(items.map((item) => item.dealId)).size;
      return { items, quietDeals: activeDealCount(db.read) - loud };
    },
    waitsOf: (dealId, today) => {
      keepFor(today);
      return itemsOf(dealId, today).filter(({ about }) => about !== undefined).length;
    },
    forget: (dealIds) => {
      if (dealIds.length === 0) kept.clear();
      for (const id of dealIds) kept.delete(id);
    },
  };
}

interface Us {
  readonly members: readonly Member[];
  readonly team: readonly Member[];
  readonly actor: Actor;
  readonly myId: string;
  readonly now: string;
}

function itemsOfDeal(deal: Deal, dates: DealDates, us: Us, today: PlainDate): readonly TodayItem[] {
  const { members, myId } = us;
  const { plate } = nameplateOf(deal);
  const street = [dealName(deal), deal.row.street && deal.row.unit].filter(Boolean).join(' ');
  const { id: dealId, side } = deal.row;
  const waiting = waitingOf({ deal, ...us, names: termNames(deal, dates, today) }).map(
    ({ title, detail, state, about }): TodayItem => {
      const mark = { dealId, plate, side, street, taskId: `${about.kind}:${dealId}:${about.id}` };
      return { ...mark, title, detail: `${street}. ${detail}`, on: null, state, about };
    },
  );
  // A row of its own stands for what came in and waits: the task that says the same comes once it is taken.
  const isNew = deal.leads.some(({ state }) => state === 'new');
  const open = deal.tasks.filter((task) => isOpen(task) && !(isNew && task.templateTaskId === 'answer-lead'));
  const tasks = open.flatMap((task): readonly TodayItem[] => {
    const on = dates.dueOf(task);
    if (on === null || on > today) return [];
    const { ownerId, ownerName } = ownerOf(deal, task, members);
    const who = ownerId === myId ? 'You have it' : `${capital(ownerName)} has it`;
    const detail = `${street}. ${who}.`;
    const state = taskState(deal, task, on, { today, soon: today });
    return [{ dealId, taskId: task.id, plate, side, street, title: task.title, detail, on, state }];
  });
  return [...waiting, ...tasks];
}

function byUrgency(a: TodayItem, b: TodayItem): number {
  const key = ({ on, street, taskId, about }: TodayItem) =>
    `${on ?? '9999-99-99'} ${about?.since ?? ''} ${street} ${taskId}`;
  return key(a) < key(b) ? -1 : 1;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
