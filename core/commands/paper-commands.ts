import { z } from 'zod';
import { type Deal, type LineRow, type PaperRow, SIDES } from '../deals/model.ts';
import { dealContextOf, nothingSaid } from '../documents/document-facts.ts';
import { scoreWireSuspicion } from '../documents/wire-suspicion.ts';
import { type Actor, mayChangeDeal, type PartyActor } from '../permissions/actor.ts';
import { may } from '../permissions/may.ts';
import { no, type Verdict, YES } from '../permissions/verdict.ts';
import { err, ok, type Result } from '../result.ts';
import { insert, update } from './changes.ts';
import { defineCommand } from './define.ts';
import { fileOn } from './document-commands.ts';
import { addLine } from './line-commands.ts';
import { bankNumberIn, idTaken, notHere } from './refusals.ts';
import { DayArg, IdArg, InstantArg, Line } from './schemas.ts';
import type { Change, Refusal, Scope } from './types.ts';
import { chainOf, onLine, onVersion, titleOfLine } from './version-rules.ts';
import { quote } from './words.ts';

const SendArgs = z.strictObject({
  versionId: IdArg,
  /** The line it answers; with `newTitle`, the line that it opens. */
  lineId: IdArg,
  /** For a paper that nobody asked for: what it is, in the sender's words. */
  newTitle: Line.optional(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/, 'a SHA-256'),
  bytes: z.int().min(1),
  extension: z.string().regex(/^[a-z0-9]{1,8}$/),
  originalName: Line,
  /** The day where the property is. */
  on: DayArg,
  at: InstantArg,
});

const HoldArgs = z.strictObject({
  versionId: IdArg,
  /** What its words say; quotes nothing of them. */
  reason: Line,
});

/** What people send, and what is said of a file beside its bytes. */
export const paperCommands = {
  /** A file that a person of the deal sends through the portal: always to review, never in effect by itself. */
  sendDocument: defineCommand({
    args: SendArgs,
    mayRun: partyOnly,
    decide: (scope, args, actor) => decideSend(scope, args, actor),
    label: ({ lineId, newTitle }, _changes, scope) =>
      `Sent ${newTitle === undefined ? titleOfLine(scope, lineId) : `“${quote(newTitle)}”`}`,
  }),

  holdVersion: defineCommand({
    args: HoldArgs,
    mayRun: mayChangeDeal,
    decide: (scope, { versionId }) => decideHold(scope, versionId),
    label: ({ versionId, reason }, _changes, scope) => `Held ${titleOfVersion(scope, versionId)}: ${quote(reason)}`,
  }),

  describeVersion: defineCommand({
    args: z.strictObject({
      versionId: IdArg,
      aboutPersonIds: z.array(IdArg).max(20).optional(),
      paidBySide: z.enum(SIDES).nullable().optional(),
      sharedBy: z.enum(['lender', 'title']).nullable().optional(),
      isRequiredByLender: z.boolean().optional(),
      isWithOtherSide: z.boolean().optional(),
      sentWithRequestId: IdArg.nullable().optional(),
      isDisbursementAuthorization: z.boolean().optional(),
    }),
    mayRun: mayChangeDeal,
    decide: (scope, { versionId, ...wanted }) =>
      onVersion(scope, versionId, (_version, _line, deal) => {
        const said = Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== undefined));
        return ok(paperChanges(deal, versionId, said));
      }),
    label: ({ versionId }, _changes, scope) => `Said who may read ${titleOfVersion(scope, versionId)}`,
  }),
};

/**
 * Holds a file that reads like wire instructions once its words are known: nobody is shown it, and it is reviewed by nobody
 * before a call. What somebody has judged or let go meanwhile stays as they said.
 */
function decideHold(scope: Scope, versionId: string): Result<readonly Change[], Refusal> {
  return onVersion(scope, versionId, (version, line, deal) => {
    if (version.isHeld || version.verdict !== null || wasReviewed(scope, versionId)) return ok([]);
    const isNewest = chainOf(deal, line.id).at(-1)?.id === versionId;
    const isInReview = isNewest && line.state === 'needs-review';
    return ok([
      ...update('version', version, { isHeld: true }),
      ...(isInReview ? update('line', line, { state: 'received', reason: '' }) : []),
    ]);
  });
}

function wasReviewed({ journal }: Scope, versionId: string): boolean {
  const last = journal.lastChangeOf('version', versionId);
  return last?.name === 'reviewLine' && last.undoneBy === null;
}

/** What is said of a file, as one row. */
function paperChanges(deal: Deal, versionId: string, said: Partial<PaperRow>): readonly Change[] {
  const there = deal.papers.find(({ id }) => id === versionId);
  if (there !== undefined) return update('paper', there, said);
  const blank = nothingSaid(versionId, deal.row.id);
  return update('paper', blank, said).length === 0 ? [] : [insert('paper', { ...blank, ...said })];
}

/** The lines that a person is asked to answer: their role's own; the two clients answer for each other. */
export function isOwnLine(actor: Pick<PartyActor, 'role'>, { ownerRole }: Pick<LineRow, 'ownerRole'>): boolean {
  const isClient = (role: string) => role === 'client' || role === 'co-client';
  return ownerRole === actor.role || (isClient(ownerRole) && isClient(actor.role));
}

function titleOfVersion(scope: Scope, versionId: string): string {
  const lineId = scope.deal?.versions.find(({ id }) => id === versionId)?.lineId;
  return lineId === undefined ? 'a file' : titleOfLine(scope, lineId);
}

function partyOnly(actor: Actor): Verdict {
  return actor.kind === 'party'
    ? YES
    : no('PeopleOnly', 'The team files documents on the desktop. Drop the file on the deal.');
}

function decideSend(scope: Scope, args: z.infer<typeof SendArgs>, actor: Actor): Result<readonly Change[], Refusal> {
  const { versionId, lineId, newTitle, sha256, bytes, extension, originalName, on, at } = args;
  if (actor.kind !== 'party') return err(notHere('DocumentNotAvailable', 'document'));
  const bank = bankNumberIn([newTitle ?? '']);
  if (bank !== null) return err(bank);
  const deal = scope.deal as Deal;
  const there = deal.versions.find((version) => version.id === versionId);
  if (there !== undefined) return there.sha256 === sha256 && there.lineId === lineId ? ok([]) : err(idTaken('file'));
  const sentBy = deal.people.find(({ id }) => id === actor.personId)?.name ?? '';
  const file = { versionId, lineId, sha256, bytes, extension, originalName, suffix: null, documentOn: on };
  const isHeld = scoreWireSuspicion(originalName.replace(/[._-]+/g, ' ')).isHeld;
  const filed = { ...file, receivedAt: at, sentBy, isHeld, toReview: true };
  const onto = (line: LineRow): Result<readonly Change[], Refusal> => {
    const refusal = classRefusal(deal, actor, line);
    if (refusal !== null) return err(refusal);
    const changes = fileOn(deal, line, filed);
    return changes.ok
      ? ok([...changes.value, ...paperChanges(deal, versionId, { sentById: actor.personId })])
      : changes;
  };
  if (newTitle === undefined || deal.lines.some(({ id }) => id === lineId))
    return onLine(scope, lineId, (line) => {
      const refusal = answerRefusal(deal, actor, line);
      return refusal === null ? onto(line) : err(refusal);
    });
  return ontoNew(scope, { lineId, title: newTitle, actor }, onto);
}

/** Why a person may not send a file for this line at present, whatever the file is; null when they may. */
export function answerRefusal(deal: Deal, actor: PartyActor, line: LineRow): Refusal | null {
  if (!mayAnswer(actor, line)) return notHere('DocumentNotAvailable', 'document');
  const refusal = classRefusal(deal, actor, line);
  if (refusal !== null) return refusal;
  // What was approved is in effect: nobody outside the team puts a file in front of it unasked.
  if (line.state === 'approved') return notWanted('AlreadyApproved', 'This paper was approved meanwhile');
  return line.state === 'waived' ? notWanted('NotNeeded', 'This paper is not needed any more') : null;
}

function classRefusal(deal: Deal, actor: PartyActor, line: LineRow): Refusal | null {
  const verdict = may(actor, 'upload', { type: 'upload', class: line.class }, dealContextOf(deal, []));
  return verdict.ok ? null : { type: verdict.code, message: verdict.reason };
}

function notWanted(type: string, what: string): Refusal {
  return {
    type,
    message: `${what}, so yours was not filed with it. It is kept for now: send it as something else if your coordinator should have it.`,
  };
}

/** A line for a client has words for clients; without them it is not there for them. */
function mayAnswer(actor: PartyActor, line: LineRow): boolean {
  const isClient = actor.role === 'client' || actor.role === 'co-client';
  return isOwnLine(actor, line) && !(isClient && line.clientTitle === '');
}

function ontoNew(
  scope: Scope,
  { lineId, title, actor }: { readonly lineId: string; readonly title: string; readonly actor: PartyActor },
  onto: (line: LineRow) => Result<readonly Change[], Refusal>,
): Result<readonly Change[], Refusal> {
  const deal = scope.deal as Deal;
  const words = { lineId, title, clientTitle: title, stage: deal.row.stage, ownerRole: actor.role } as const;
  const added = addLine(scope, { ...words, class: 'correspondence', isRequired: false });
  const insertion = added.ok ? added.value[0] : undefined;
  if (!added.ok || insertion?.op !== 'insert' || insertion.table !== 'line') return added;
  const filed = onto(insertion.row);
  if (!filed.ok) return filed;
  // The line is written as it is after the file, in one row.
  const own = filed.value.find((change) => change.op === 'update' && change.table === 'line');
  const set = own?.op === 'update' && own.table === 'line' ? own.set : {};
  return ok([insert('line', { ...insertion.row, ...set }), ...filed.value.filter((change) => change !== own)]);
}
