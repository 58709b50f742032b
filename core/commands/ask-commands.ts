import { z } from 'zod';
import type { Deal, LineRow, PersonRow } from '../deals/model.ts';
import { LINE_STATES } from '../documents/document.ts';
import { LINE_TRANSITIONS } from '../documents/line.ts';
import { mayChangeDeal, partyActor } from '../permissions/actor.ts';
import { err, ok, type Result } from '../result.ts';
import { insert, update } from './changes.ts';
import { defineCommand } from './define.ts';
import { addLine, NewLine } from './line-commands.ts';
import { answerRefusal, isOwnLine } from './paper-commands.ts';
import { moved, notOnDeal } from './refusals.ts';
import { STANDS } from './review-rules.ts';
import { IdArg } from './schemas.ts';
import type { Change, Refusal, Scope } from './types.ts';
import { onLine, titleOfLine } from './version-rules.ts';
import { quote } from './words.ts';

const AskArgs = z.strictObject({
  lineId: IdArg,
  /** Who sends it: it appears on the page of everybody who answers for their role. */
  personId: IdArg,
  /** For a document that is not on the list yet; `lineId` is the line that it opens. */
  newLine: NewLine.optional(),
  /** Where the document stood when the person looked; of one on the list. */
  expected: z.enum(LINE_STATES).optional(),
});

/** Asking a person of the deal for a document, in one step: on the list, under their role, in words that they read. */
export const askCommands = {
  askDocument: defineCommand({
    args: AskArgs,
    mayRun: mayChangeDeal,
    decide: (scope, args) => decideAsk(scope, args),
    label: ({ lineId, personId, newLine }, _changes, scope) => {
      const title = newLine === undefined ? titleOfLine(scope, lineId) : `“${quote(newLine.title)}”`;
      return `Asked ${quote(scope.deal?.people.find(({ id }) => id === personId)?.name ?? 'a person')} for ${title}`;
    },
  }),
};

function decideAsk(scope: Scope, args: z.infer<typeof AskArgs>): Result<readonly Change[], Refusal> {
  const { lineId, personId, newLine } = args;
  const deal = scope.deal as Deal;
  const person = deal.people.find(({ id }) => id === personId);
  if (person === undefined) return err(notOnDeal);
  if (newLine === undefined || deal.lines.some(({ id }) => id === lineId))
    return onLine(scope, lineId, (line) => {
      if (args.expected !== undefined && line.state !== args.expected)
        return err(moved('the document', STANDS[args.expected], STANDS[line.state]));
      const asked = askedLine(deal, line, person);
      return asked.ok ? ok(update('line', line, asked.value)) : asked;
    });
  if (newLine.lineId !== lineId)
    return err({ type: 'BadArgs', message: 'The document has two names. Choose it again, then ask for it.' });
  const added = addLine(scope, newLine);
  const insertion = added.ok ? added.value[0] : undefined;
  if (!added.ok || insertion?.op !== 'insert' || insertion.table !== 'line') return added;
  const asked = askedLine(deal, insertion.row, person);
  return asked.ok ? ok([insert('line', { ...insertion.row, ...asked.value })]) : asked;
}

type Asked = Pick<LineRow, 'ownerRole' | 'clientTitle' | 'state' | 'reason'>;

/** What a line says once this person is asked for it. */
function askedLine(deal: Deal, line: LineRow, person: PersonRow): Result<Asked, Refusal> {
  const actor = partyActor(person, deal.row);
  const isClient = person.role === 'client' || person.role === 'co-client';
  const isAgain = LINE_TRANSITIONS[line.state]['ask-again'] !== undefined;
  // What came and waits for a look is not asked for again: it is approved or sent back first.
  if (!isAgain && line.state !== 'requested') return err(isHere);
  const asked: Asked = {
    ownerRole: isOwnLine(actor, line) ? line.ownerRole : person.role,
    clientTitle: isClient && line.clientTitle === '' ? line.title : line.clientTitle,
    state: 'requested',
    // Why it was sent back is what the sender needs to know now.
    reason: line.state === 'rejected' ? line.reason : '',
  };
  const refusal = answerRefusal(deal, actor, { ...line, ...asked });
  return refusal === null ? ok(asked) : err(cannotSend(person, refusal));
}

const isHere: Refusal = {
  type: 'IsHere',
  message: 'It came already and waits for your look. Approve it or send it back; then it can be asked for again.',
};

function cannotSend({ name }: PersonRow, { type }: Refusal): Refusal {
  return {
    type,
    message: `${quote(name)} cannot send a paper of this kind through their page, so nobody was asked. Ask somebody else, or change what kind of paper it is.`,
  };
}
