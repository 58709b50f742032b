import type { ChangeEffect } from '../changes/effects.ts';
import { APPROVER_WORDS } from '../changes/rules.ts';
import type { PlainDate } from '../deadlines/plain-date.ts';
import type { Deal, Id, Instant, MilestoneRow, TaskRow } from '../deals/model.ts';
import { normalisePhone } from '../parties/phone.ts';
import type { Actor } from '../permissions/actor.ts';
import { idOf } from '../permissions/conditions.ts';
import { err, ok, type Result } from '../result.ts';
import { insert, update } from './changes.ts';
import { anchorId } from './create-deal.ts';
import { withoutPerson } from './people-commands.ts';
import { moved } from './refusals.ts';
import { blankTask } from './task-commands.ts';
import type { Change, Refusal } from './types.ts';
import { formatDay, formatMoney } from './words.ts';

/** What is said of rows that an executed change writes. */
export interface EffectWords {
  readonly changeId: Id;
  /** The calendar day where the property is. */
  readonly on: PlainDate;
  readonly at: Instant;
  /** Of the document that says so; empty for a call. */
  readonly title: string;
  readonly actor: Actor;
}

/**
 * The rows that an executed change writes. Refused as `Moved` where a term stands otherwise than the request saw it: then
 * somebody looks again, since two signed papers cannot both be the last.
 */
export function effectChanges(
  deal: Deal,
  effects: readonly ChangeEffect[],
  words: EffectWords,
): Result<readonly Change[], Refusal> {
  const changes: Change[] = [];
  for (const [at, effect] of effects.entries()) {
    const next = changesOf(deal, effect, { ...words, at, instant: words.at });
    if (!next.ok) return next;
    changes.push(...next.value);
  }
  return ok(changes);
}

type Told = Omit<EffectWords, 'at'> & { readonly at: number; readonly instant: Instant };
type Rows = Result<readonly Change[], Refusal>;

function changesOf(deal: Deal, effect: ChangeEffect, told: Told): Rows {
  const { row } = deal;
  switch (effect.type) {
    case 'set-anchor':
      return setAnchor(deal, effect, told);
    case 'set-override':
      return setOverride(deal, effect, told);
    case 'set-price':
      if (row.priceCents !== effect.fromCents && row.priceCents !== effect.toCents)
        return err(moved('the price', money(effect.fromCents), money(row.priceCents)));
      return ok(update('deal', row, { priceCents: effect.toCents }));
    case 'set-credit':
      if (creditOf(deal) !== effect.fromCents && creditOf(deal) !== effect.toCents)
        return err(moved('the credit', money(effect.fromCents), money(creditOf(deal))));
      return ok(update('deal', row, { facts: { ...row.facts, creditCents: effect.toCents } }));
    case 'cancel-deal':
      return ok(
        update('deal', row, {
          closedOn: told.on,
          outcome: 'withdrawn',
          outcomeReason: effect.reason || 'Cancelled by agreement',
        }),
      );
    case 'add-task': {
      const { taskId, title, clientTitle, assigneeRole, dueRule } = effect;
      return ok(taskOf(deal, told, { id: taskId, title, clientTitle, assigneeRole, dueRule }));
    }
    case 'restart-rescission':
      return ok(
        taskOf(deal, told, {
          id: `${told.changeId}.rescission`,
          title: `Watch the buyer’s right to end the contract: ${effect.days} days, to ${formatDay(effect.endsOn)}`,
          dueOn: effect.endsOn,
        }),
      );
    case 'notify':
      return ok(notice(deal, effect.role, told));
    default:
      return ok(peopleChanges(deal, effect, told));
  }
}

function setAnchor(deal: Deal, effect: Extract<ChangeEffect, { type: 'set-anchor' }>, { title }: Told): Rows {
  const { name, from, on } = effect;
  const there = deal.anchors.find((anchor) => anchor.name === name);
  const actual = there?.on ?? null;
  if (actual !== from && actual !== on)
    return err(moved(`the ${name.replaceAll('-', ' ')} date`, day(from), day(actual)));
  const evidence = `${title}, fully signed and reviewed`.slice(0, 300);
  if (there !== undefined) return ok(update('anchor', there, { on, evidence }));
  return ok([insert('anchor', { id: anchorId(deal.row.id, name), dealId: deal.row.id, name, on, evidence })]);
}

function setOverride(deal: Deal, effect: Extract<ChangeEffect, { type: 'set-override' }>, { title }: Told): Rows {
  const { deadlineId, from, on, documentId } = effect;
  const id = `${deal.row.id}.milestone.${deadlineId}`;
  const set = { days: null, on, reason: `${title}, fully signed and reviewed`.slice(0, 300), documentId };
  const there = deal.milestones.find((milestone) => milestone.id === id);
  // A day that was set since the request was made; one that is counted follows from what it counts from.
  const actual = there?.on ?? null;
  if (actual !== null && actual !== from && actual !== on)
    return err(moved(`the end of ${deadlineId.replaceAll('-', ' ')}`, day(from), day(actual)));
  if (there !== undefined) return ok(update('milestone', there, set));
  const row: MilestoneRow = { id, dealId: deal.row.id, deadlineId, state: 'open', stateOn: null, ...set };
  return ok([insert('milestone', row)]);
}

/** Whom it is to be told, as a task of the coordinator: nothing is sent by itself. */
function notice(deal: Deal, role: 'lender' | 'title', told: Told): readonly Change[] {
  const who = deal.people.find((person) => person.role === role)?.name;
  const title = `Tell ${APPROVER_WORDS[role]}${who === undefined ? '' : `, ${who},`} what was agreed: ${told.title}`;
  return taskOf(deal, told, { id: `${told.changeId}.tell-${role}`, title: title.slice(0, 300), dueOn: told.on });
}

function taskOf(deal: Deal, told: Told, words: Partial<TaskRow> & Pick<TaskRow, 'id' | 'title'>): readonly Change[] {
  if (deal.tasks.some(({ id }) => id === words.id)) return [];
  const position = Math.max(0, ...deal.tasks.map((task) => task.position)) + 1 + told.at;
  const base = { assigneeRole: 'tc', assigneeId: null, dueOn: null, isRequired: true } as const;
  const task: TaskRow = { ...blankTask, ...base, dealId: deal.row.id, stage: deal.row.stage, ...words, position };
  return [insert('task', task)];
}

function peopleChanges(deal: Deal, effect: ChangeEffect, told: Told): readonly Change[] {
  if (effect.type === 'add-person') {
    if (deal.people.some(({ id }) => id === effect.personId)) return [];
    const position = Math.max(0, ...deal.people.map((person) => person.position)) + 1 + told.at;
    const { personId: id, name, role } = effect;
    return [insert('person', { id, dealId: deal.row.id, name, role, company: '', email: '', phone: '', position })];
  }
  if (effect.type === 'mark-bank-confirmed') return [bankNote(deal, effect.personId, told)];
  if (effect.type !== 'remove-person' && effect.type !== 'set-contact') return [];
  const person = deal.people.find(({ id }) => id === effect.personId);
  if (person === undefined) return [];
  if (effect.type === 'remove-person') return withoutPerson(deal, person);
  const to = effect.field === 'phone' ? normalisePhone(effect.to) : effect.to;
  return update('person', person, { [effect.field]: to });
}

function bankNote(deal: Deal, personId: Id, told: Told): Change {
  const name = deal.people.find(({ id }) => id === personId)?.name ?? 'a person';
  return insert('note', {
    id: `${told.changeId}.bank`,
    dealId: deal.row.id,
    body: `New bank details of ${name} were confirmed by a call to a known number. The numbers are not kept here.`,
    authorId: idOf(told.actor) ?? 'system',
    writtenAt: told.instant,
  });
}

function creditOf({ row }: Deal): number {
  return typeof row.facts.creditCents === 'number' ? row.facts.creditCents : 0;
}

function money(cents: number | null): string {
  return cents === null ? 'no price' : formatMoney(cents);
}

function day(on: PlainDate | null): string {
  return on === null ? 'no day' : formatDay(on);
}
