import type { Actor, PartyActor } from './actor.ts';
import { CONDITIONS, type DealContext, documentOf, idOf } from './conditions.ts';
import { type Action, type Column, type Grant, MATRIX } from './matrix.ts';
import { ROW_WORDS } from './row-words.ts';
import { type MatrixRow, rowOf, type Thing } from './things.ts';
import { no, type Verdict, YES } from './verdict.ts';

/** Rows whose papers are read by a party before a reviewer approved them: private papers, which no reviewer may open. */
const UNREVIEWED: readonly MatrixRow[] = ['npi'];
const READING: readonly Action[] = ['see', 'see-metadata', 'download'];

/**
 * Whether somebody may do something with a thing of a deal. Scope first (another deal, a person who left), then the
 * matrix cell, then its conditions. The reason is the first condition that failed, as a sentence to that person.
 */
export function may(actor: Actor, action: Action, thing: Thing, context: DealContext): Verdict {
  const column = columnOf(actor, context);
  if (column === null) return notOnDeal(actor);
  const row = rowOf(thing);
  if (row === 'wire') return no('NeverInProduct', WIRE_REASON);
  if (isSender(actor, thing, row) && action === 'see-metadata') return YES;
  const unread = needsReviewFirst(actor, action, thing, row);
  if (unread) return no('NotShared', 'This is being reviewed. You will see it when the coordinator has approved it.');
  if (action === 'download' && isDownloadOff(actor, context))
    return no('NotShared', 'Your link shows files but does not hand them out. Ask the coordinator for a copy.');
  return judge(MATRIX[row][column] ?? [], { actor, action, thing, context, row });
}

/** The column of the matrix that an actor reads, or null when they are not on this deal (or are a job). */
export function columnOf(actor: Actor, context: DealContext): Column | null {
  if (actor.kind === 'system') return null;
  if (actor.kind === 'party') return columnOfParty(actor, context);
  if (actor.role === 'admin') return 'admin';
  if (actor.memberId !== context.deal.row.ownerId && !context.teamIds.includes(actor.memberId)) return null;
  return actor.role === 'tc' ? 'tc' : 'own-agent';
}

interface Question {
  readonly actor: Actor;
  readonly action: Action;
  readonly thing: Thing;
  readonly context: DealContext;
  readonly row: MatrixRow;
}

const WIRE_REASON =
  'Wire instructions are never kept or shown here. Call title or escrow on a number you already know, and ask them.';

function judge(cell: readonly Grant[], question: Question): Verdict {
  const grants = cell.filter((grant) => grant.may.includes(question.action));
  const failures = grants.map((grant) => firstFailure(grant, question));
  if (failures.includes(null)) return YES;
  const failed = failures[0];
  if (failed) return no(failed.code, failed.reason);
  return noGrant(cell, question);
}

function firstFailure(grant: Grant, { thing, actor, context }: Question) {
  const name = grant.when.find((condition) => !CONDITIONS[condition].holds(thing, actor, context));
  return name === undefined ? null : CONDITIONS[name];
}

function noGrant(cell: readonly Grant[], { row, action }: Question): Verdict {
  if (row === 'held') return no('Held', 'Held: looks like wire instructions. Not opened, not filed, shown to nobody.');
  const isMetadataOnly = cell.some((grant) => grant.may.includes('see-metadata')) && READING.includes(action);
  if (row === 'npi' && isMetadataOnly)
    return no('MetadataOnly', 'The lender keeps this one. You will see that it was received.');
  if (READING.includes(action))
    return no('NotYourRole', `Your role on this deal does not include ${ROW_WORDS[row]}. Ask the coordinator.`);
  return no('NotYourRole', `That is done by the coordinator for ${ROW_WORDS[row]}. Send them a message.`);
}

/** A person counts only while their row on this deal stands with that role. Team roles have desktops, not links. */
function columnOfParty(actor: PartyActor, { deal }: DealContext): Column | null {
  const isThere = deal.people.some((person) => person.id === actor.personId && person.role === actor.role);
  if (!isThere) return null;
  const isAcross = actor.side !== 'neutral' && actor.side !== deal.row.side;
  switch (actor.role) {
    case 'tc':
    case 'admin':
      return null;
    case 'other-agent':
    case 'other-principal':
      return 'other-side';
    case 'agent':
      return isAcross ? 'other-side' : 'own-agent';
    case 'lender':
    case 'title':
      return actor.role;
    default:
      return isAcross ? 'other-side' : actor.role;
  }
}

function notOnDeal(actor: Actor): Verdict {
  if (actor.kind === 'system') return no('PeopleOnly', 'A job reads what it needs and is shown nothing.');
  if (actor.kind === 'party' && (actor.role === 'tc' || actor.role === 'admin'))
    return no('NotYourRole', 'Team members work on their desktop. Sign in there.');
  return no('NotOnDeal', 'Nothing is shared with you here. If you expected something, call your coordinator.');
}

/** Whoever sent a paper sees that it came, whatever became of it; not when it is held. */
function isSender(actor: Actor, thing: Thing, row: MatrixRow): boolean {
  const sentBy = documentOf(thing)?.uploadedBy ?? null;
  return row !== 'held' && sentBy !== null && sentBy === idOf(actor);
}

function needsReviewFirst(actor: Actor, action: Action, thing: Thing, row: MatrixRow): boolean {
  const document = documentOf(thing);
  if (document === null || actor.kind !== 'party' || row === 'held') return false;
  if (!READING.includes(action) || UNREVIEWED.includes(row) || document.uploadedBy === actor.personId) return false;
  return row !== 'strategy' && row !== 'contract-in-signing' && document.state !== 'approved';
}

function isDownloadOff(actor: Actor, context: DealContext): boolean {
  return actor.kind === 'party' && context.downloadsOffFor.includes(actor.personId);
}
