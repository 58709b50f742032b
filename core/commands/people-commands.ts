import { z } from 'zod';
import { type Deal, type NoteRow, PARTY_ROLES, type PersonRow } from '../deals/model.ts';
import { normalisePhone } from '../parties/phone.ts';
import { type Actor, mayAddNote, mayManagePeople } from '../permissions/actor.ts';
import { err, ok, type Result } from '../result.ts';
import { insert, isSame, remove, update } from './changes.ts';
import { defineCommand } from './define.ts';
import { guardedWish, idTaken, moved, notHere } from './refusals.ts';
import { Body, IdArg, InstantArg, Line, OptionalLine } from './schemas.ts';
import type { Change, Refusal, Scope } from './types.ts';
import { quote } from './words.ts';

const OnPerson = z.strictObject({ personId: IdArg });
const OnNote = z.strictObject({ noteId: IdArg });

/** The commands on the people of a deal and on its notes: plain fields, where the later word stands, and guarded roles. */
export const peopleCommands = {
  addPerson: defineCommand({
    args: OnPerson.extend({
      name: Line,
      role: z.enum(PARTY_ROLES),
      company: OptionalLine,
      email: OptionalLine,
      phone: OptionalLine,
    }),
    mayRun: mayManagePeople,
    decide: (scope, { personId, ...words }) =>
      decideAddPerson(scope, {
        ...words,
        id: personId,
        dealId: scope.dealId,
        phone: normalisePhone(words.phone),
        position: 0,
      }),
    label: ({ name }) => `Added ${quote(name)}`,
  }),

  editPerson: defineCommand({
    args: OnPerson.extend({
      name: Line.optional(),
      role: z.enum(PARTY_ROLES).optional(),
      /** The role that the person saw. A step of before there was this has none, and its word stands as it comes. */
      expectedRole: z.enum(PARTY_ROLES).optional(),
      company: OptionalLine.optional(),
      email: OptionalLine.optional(),
      phone: OptionalLine.optional(),
    }),
    mayRun: mayManagePeople,
    decide: (scope, { personId, phone, role, expectedRole, ...wanted }) =>
      onPerson(scope, personId, (person) => {
        const wish = guardedWish(person.role, role, expectedRole);
        if (wish.type === 'moved' && expectedRole !== undefined)
          return err(moved(`the role of ${quote(person.name)}`, roleName(expectedRole), roleName(person.role)));
        const written = phone === undefined ? wanted : { ...wanted, phone: normalisePhone(phone) };
        return ok(update('person', person, wish.type === 'write' ? { ...written, role: wish.value } : written));
      }),
    label: ({ personId }, _changes, scope) => `Changed the details of ${personName(scope, personId)}`,
  }),

  removePerson: defineCommand({
    args: OnPerson,
    mayRun: mayManagePeople,
    decide: (scope, { personId }) => onPerson(scope, personId, (person, deal) => ok(withoutPerson(deal, person))),
    label: ({ personId }, _changes, scope) => `Removed ${personName(scope, personId)}`,
  }),

  addNote: defineCommand({
    args: OnNote.extend({ body: Body, at: InstantArg }),
    mayRun: mayAddNote,
    decide: (scope, { noteId, body, at }, actor) =>
      decideAddNote(scope, { id: noteId, dealId: scope.dealId, body, authorId: authorOf(actor), writtenAt: at }),
    label: ({ body }) => `Wrote a note: “${quote(body)}”`,
  }),

  editNote: defineCommand({
    args: OnNote.extend({ body: Body }),
    mayRun: mayAddNote,
    decide: (scope, { noteId, body }) => onNote(scope, noteId, (note) => ok(update('note', note, { body }))),
    label: ({ body }) => `Changed a note: “${quote(body)}”`,
  }),

  removeNote: defineCommand({
    args: OnNote,
    mayRun: mayAddNote,
    decide: (scope, { noteId }) => onNote(scope, noteId, (note) => ok([remove('note', note)])),
    label: (_args, changes) => `Removed a note${removedBody(changes)}`,
  }),
};

export function decideAddPerson(scope: Scope, wanted: PersonRow): Result<readonly Change[], Refusal> {
  const deal = scope.deal as Deal;
  const there = deal.people.find((person) => person.id === wanted.id);
  if (there !== undefined) return isSame({ ...there, position: 0 }, wanted) ? ok([]) : err(idTaken('person'));
  const position = Math.max(0, ...deal.people.map((person) => person.position)) + 1;
  return ok([insert('person', { ...wanted, position })]);
}

/** Their tasks stay with the role: somebody else of that role, or the coordinator, takes them. */
export function withoutPerson(deal: Deal, person: PersonRow): readonly Change[] {
  const theirs = deal.tasks.filter((task) => task.assigneeId === person.id);
  return [...theirs.flatMap((task) => update('task', task, { assigneeId: null })), remove('person', person)];
}

function decideAddNote(scope: Scope, wanted: NoteRow): Result<readonly Change[], Refusal> {
  const there = scope.deal?.notes.find((note) => note.id === wanted.id);
  if (there === undefined) return ok([insert('note', wanted)]);
  return isSame(there, wanted) ? ok([]) : err(idTaken('note'));
}

function onPerson(
  scope: Scope,
  personId: string,
  rule: (person: PersonRow, deal: Deal) => Result<readonly Change[], Refusal>,
): Result<readonly Change[], Refusal> {
  const person = scope.deal?.people.find((other) => other.id === personId);
  if (scope.deal === null || person === undefined) return err(notHere('PersonNotAvailable', 'person'));
  return rule(person, scope.deal);
}

function onNote(
  scope: Scope,
  noteId: string,
  rule: (note: NoteRow) => Result<readonly Change[], Refusal>,
): Result<readonly Change[], Refusal> {
  const note = scope.deal?.notes.find((other) => other.id === noteId);
  return note === undefined ? err(notHere('NoteNotAvailable', 'note')) : rule(note);
}

function roleName(role: PersonRow['role']): string {
  return role.replaceAll('-', ' ');
}

function personName(scope: Scope, personId: string): string {
  return quote(scope.deal?.people.find((person) => person.id === personId)?.name ?? 'a person');
}

function removedBody(changes: readonly Change[]): string {
  const first = changes[0];
  return first?.op === 'delete' && first.table === 'note' ? `: “${quote(first.was.body)}”` : '';
}

function authorOf(actor: Actor): string {
  return actor.kind === 'member' ? actor.memberId : actor.kind === 'party' ? actor.personId : 'system';
}
