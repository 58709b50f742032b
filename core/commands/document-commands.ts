import { z } from 'zod';
import type { Deal, LineRow, VersionRow } from '../deals/model.ts';
import { isMetadataOnly, VERSION_SUFFIXES } from '../documents/document.ts';
import { moveLine } from '../documents/line.ts';
import { type Actor, mayChangeDeal } from '../permissions/actor.ts';
import { idOf } from '../permissions/conditions.ts';
import { err, ok, type Result } from '../result.ts';
import { insert, remove, update } from './changes.ts';
import { defineCommand } from './define.ts';
import { addLine, NewLine } from './line-commands.ts';
import { readersOfDisclosure, readingsFor } from './reading-commands.ts';
import { idTaken, moved, needsReason } from './refusals.ts';
import { decideReview, REVIEWED, ReviewArgs, refusalOf } from './review-rules.ts';
import { DayArg, IdArg, InstantArg, Line, OptionalLine } from './schemas.ts';
import type { Change, Refusal, Scope } from './types.ts';
import { chainOf, lineStateOf, onLine, onVersion, titleOfLine } from './version-rules.ts';
import { quote } from './words.ts';

const VERDICTS = ['approved', 'rejected'] as const;
const Suffix = z.enum(VERSION_SUFFIXES).nullable();
const FileArgs = z.strictObject({
  versionId: IdArg,
  lineId: IdArg,
  sha256: z.string().regex(/^[0-9a-f]{64}$/, 'a SHA-256'),
  bytes: z.int().min(1),
  extension: z.string().regex(/^[a-z0-9]{1,8}$/),
  originalName: Line,
  suffix: Suffix,
  documentOn: DayArg,
  receivedAt: InstantArg,
  sentBy: OptionalLine,
  isHeld: z.boolean(),
  /** Straight into the review queue. */
  toReview: z.boolean(),
  /** The document it is filed on, when the deal has none for it yet. */
  newLine: NewLine.optional(),
});

/** The commands on files: filing, naming, moving, reviewing. */
export const documentCommands = {
  fileVersion: defineCommand({
    args: FileArgs,
    mayRun: mayChangeDeal,
    decide: (scope, args) => decideFile(scope, args),
    label: ({ lineId, newLine }, changes, scope) => {
      const version = changes.find((change) => change.op === 'insert' && change.table === 'version');
      const number = version?.op === 'insert' && version.table === 'version' ? version.row.number : 1;
      const title = newLine === undefined ? titleOfLine(scope, lineId) : `“${quote(newLine.title)}”`;
      return `Filed ${title}${number === 1 ? '' : `, version ${number}`}`;
    },
  }),

  editVersion: defineCommand({
    args: z.strictObject({ versionId: IdArg, suffix: Suffix.optional(), documentOn: DayArg.optional() }),
    mayRun: mayChangeDeal,
    decide: (scope, { versionId, ...wanted }) =>
      onVersion(scope, versionId, (version) => ok(update('version', version, wanted))),
    label: ({ versionId }, _changes, scope) => `Changed what is known of ${versionName(scope, versionId)}`,
  }),

  moveVersion: defineCommand({
    /** `expected`: the verdict on the file that the person saw; a move takes it away. Steps of before have none. */
    args: z.strictObject({ versionId: IdArg, toLineId: IdArg, expected: z.enum(VERDICTS).nullable().optional() }),
    mayRun: mayChangeDeal,
    decide: (scope, { versionId, toLineId, expected }) =>
      onVersion(scope, versionId, (version, from, deal) => {
        if (from.id === toLineId) return ok([]);
        if (expected !== undefined && version.verdict !== expected)
          return err(moved('the verdict on this file', verdictText(expected), verdictText(version.verdict)));
        return onLine(scope, toLineId, (to) => moveTo(deal, version, { from, to }));
      }),
    label: ({ versionId, toLineId }, _changes, scope) =>
      `Moved ${versionName(scope, versionId)} to ${titleOfLine(scope, toLineId)}`,
  }),

  removeVersion: defineCommand({
    args: z.strictObject({ versionId: IdArg, reason: OptionalLine }),
    mayRun: mayChangeDeal,
    decide: (scope, { versionId, reason }) =>
      onVersion(scope, versionId, (version, line, deal) => {
        if (reason === '') return err(needsReason('why this file does not belong here'));
        return ok([...withoutKnown(deal, version.id), remove('version', version), ...lineWithout(deal, line, version)]);
      }),
    label: ({ versionId, reason }, _changes, scope) => `Took ${versionName(scope, versionId)} out: ${quote(reason)}`,
  }),

  reviewLine: defineCommand({
    args: ReviewArgs,
    mayRun: mayChangeDeal,
    decide: (scope, args, actor) =>
      onLine(scope, args.lineId, (line, deal) => {
        const reviewed = decideReview(deal, line, args);
        return reviewed.ok ? ok([...reviewed.value, ...askedToRead(deal, line, { args, actor })]) : reviewed;
      }),
    label: ({ lineId, act, reason }, _changes, scope) =>
      `${REVIEWED[act]} ${titleOfLine(scope, lineId)}${reason === '' ? '' : `: ${quote(reason)}`}`,
  }),
};

const notKept: Refusal = {
  type: 'NotKeptHere',
  message:
    'Closeboard does not keep income, bank and identity papers. Send this to the lender or whoever asked for it, then note here that they have it.',
};

export type ReviewOf = z.infer<typeof ReviewArgs>;
export type FileOf = z.infer<typeof FileArgs>;

function decideFile(scope: Scope, args: FileOf): Result<readonly Change[], Refusal> {
  const deal = scope.deal as Deal;
  const there = deal.versions.find((version) => version.id === args.versionId);
  if (there !== undefined)
    return there.sha256 === args.sha256 && there.lineId === args.lineId ? ok([]) : err(idTaken('file'));
  const { newLine } = args;
  if (newLine === undefined || deal.lines.some((line) => line.id === args.lineId))
    return onLine(scope, args.lineId, (line) => fileOn(deal, line, args));
  if (newLine.lineId !== args.lineId)
    return err({
      type: 'BadArgs',
      message: 'The file and its new document name two places. Choose one, then file it.',
    });
  const added = addLine(scope, newLine);
  if (!added.ok) return added;
  const insertion = added.value[0];
  if (insertion === undefined || insertion.op !== 'insert' || insertion.table !== 'line') return added;
  const filed = fileOn(deal, insertion.row, args);
  if (!filed.ok) return filed;
  // The line is written as it is after the file, in one row.
  const own = filed.value.find((change) => change.op === 'update' && change.table === 'line');
  const set = own?.op === 'update' && own.table === 'line' ? own.set : {};
  return ok([insert('line', { ...insertion.row, ...set }), ...filed.value.filter((change) => change !== own)]);
}

export function fileOn(deal: Deal, line: LineRow, args: FileOf): Result<readonly Change[], Refusal> {
  if (isMetadataOnly(line.class)) return err(notKept);
  const { versionId: id, sha256, originalName, suffix, receivedAt, isHeld } = args;
  const chain = chainOf(deal, line.id);
  const version = { id, sha256, originalName, suffix, receivedAt, isHeld };
  const received = moveLine(lineStateOf(line, chain), { type: 'receive', version });
  if (!received.ok) return err(refusalOf(received.error));
  const state = args.toReview && !isHeld ? 'needs-review' : received.value.state;
  const number = received.value.versions.at(-1)?.number ?? 1;
  const row: VersionRow = {
    ...version,
    dealId: deal.row.id,
    lineId: line.id,
    number,
    bytes: args.bytes,
    extension: args.extension,
    documentOn: args.documentOn,
    sentBy: args.sentBy,
    verdict: null,
    verdictReason: '',
    verdictOn: null,
  };
  return ok([insert('version', row), ...update('line', line, { state, reason: '' })]);
}

/** What is left of a line when one of its files goes: the state speaks of the newest that stays. */
function lineWithout(deal: Deal, line: LineRow, gone: VersionRow): readonly Change[] {
  const chain = chainOf(deal, line.id);
  if (chain.at(-1)?.id !== gone.id) return [];
  const left = chain.at(-2);
  if (left === undefined) return update('line', line, { state: 'requested', reason: '' });
  const state = left.verdict ?? 'received';
  return update('line', line, { state, reason: left.verdict === 'rejected' ? left.verdictReason : '' });
}

/** What is said of a file goes with it, and so do requests to read it; what was acknowledged stays in the history. */
function withoutKnown({ papers, readings }: Deal, versionId: string): readonly Change[] {
  return [
    ...readings.filter((reading) => reading.versionId === versionId).map((reading) => remove('reading', reading)),
    ...papers.filter(({ id }) => id === versionId).map((paper) => remove('paper', paper)),
  ];
}

/** Approving a disclosure asks the clients to read it; open requests to read an older version of it fall away. */
function askedToRead(
  deal: Deal,
  line: LineRow,
  { args, actor }: { readonly args: ReviewOf; readonly actor: Actor },
): readonly Change[] {
  const version = deal.versions.find(({ id }) => id === args.versionId);
  if (args.act !== 'approve' || version === undefined || line.state === 'approved' || version.isHeld) return [];
  const stale = deal.readings.filter(
    ({ lineId, versionId, acknowledgedAt }) =>
      lineId === line.id && versionId !== version.id && acknowledgedAt === null,
  );
  const ask = { personIds: readersOfDisclosure(deal, line), at: args.at ?? `${args.on}T12:00:00.000Z` };
  return [
    ...stale.map((reading) => remove('reading', reading)),
    ...readingsFor(deal, version, { ...ask, askedBy: idOf(actor) ?? 'system' }),
  ];
}

function moveTo(
  deal: Deal,
  version: VersionRow,
  { from, to }: { readonly from: LineRow; readonly to: LineRow },
): Result<readonly Change[], Refusal> {
  if (isMetadataOnly(to.class)) return err(notKept);
  const received = moveLine(lineStateOf(to, chainOf(deal, to.id)), { type: 'receive', version });
  if (!received.ok) return err(refusalOf(received.error));
  const number = received.value.versions.at(-1)?.number ?? 1;
  const fresh = { verdict: null, verdictReason: '', verdictOn: null };
  return ok([
    ...deal.readings.filter(({ versionId }) => versionId === version.id).map((reading) => remove('reading', reading)),
    ...update('version', version, { lineId: to.id, number, ...fresh }),
    ...lineWithout(deal, from, version),
    ...update('line', to, { state: version.isHeld ? 'received' : 'needs-review', reason: '' }),
  ]);
}

function verdictText(verdict: VersionRow['verdict']): string {
  return verdict === null ? 'none' : verdict === 'approved' ? 'approved' : 'sent back';
}

function versionName(scope: Scope, versionId: string): string {
  const version = scope.deal?.versions.find((row) => row.id === versionId);
  if (version === undefined) return 'a file';
  return `version ${version.number} of ${titleOfLine(scope, version.lineId)}`;
}
