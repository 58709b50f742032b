import { z } from 'zod';
import type { Deal, LineRow, ReadingRow, VersionRow } from '../deals/model.ts';
import { dealContextOf, documentFacts } from '../documents/document-facts.ts';
import { type Actor, mayChangeDeal, partyActor } from '../permissions/actor.ts';
import { idOf } from '../permissions/conditions.ts';
import { may } from '../permissions/may.ts';
import { no, type Verdict, YES } from '../permissions/verdict.ts';
import { err, ok, type Result } from '../result.ts';
import { insert, remove, update } from './changes.ts';
import { defineCommand } from './define.ts';
import { notHere, notOnDeal } from './refusals.ts';
import { IdArg, InstantArg } from './schemas.ts';
import type { Change, Refusal, Scope } from './types.ts';
import { onVersion, titleOfLine } from './version-rules.ts';
import { quote } from './words.ts';

/** The commands on reading: asking a person to read one version of a document, and their word that they did. */
export const readingCommands = {
  askToRead: defineCommand({
    args: z.strictObject({ versionId: IdArg, personIds: z.array(IdArg).min(1).max(20), at: InstantArg }),
    mayRun: mayChangeDeal,
    decide: (scope, { versionId, personIds, at }, actor) =>
      onVersion(scope, versionId, (version, line, deal) => {
        if (personIds.some((personId) => !deal.people.some(({ id }) => id === personId))) return err(notOnDeal);
        const blind = personIds.find((personId) => !maySee(deal, personId, { version, line }));
        if (blind !== undefined) return err(cannotSee(deal, blind));
        return ok(readingsFor(deal, version, { personIds, at, askedBy: idOf(actor) ?? 'system' }));
      }),
    label: ({ versionId, personIds }, _changes, scope) =>
      `Asked ${namesOf(scope, personIds)} to read ${titleOfVersion(scope, versionId)}`,
  }),

  dropReading: defineCommand({
    args: z.strictObject({ readingId: IdArg }),
    mayRun: mayChangeDeal,
    decide: (scope, { readingId }) => {
      const row = scope.deal?.readings.find(({ id }) => id === readingId);
      if (row === undefined) return err(notHere('DocumentNotAvailable', 'request to read'));
      if (row.acknowledgedAt !== null)
        return err({ type: 'WasRead', message: 'They have read it already, and that stays in the record.' });
      return ok([remove('reading', row)]);
    },
    label: () => 'Took back a request to read',
  }),

  acknowledge: defineCommand({
    /** `sha256`: of the file that the person had before them. */
    args: z.strictObject({ versionId: IdArg, sha256: z.string().regex(/^[0-9a-f]{64}$/), at: InstantArg }),
    mayRun: partyOnly,
    decide: (scope, args, actor) => decideAcknowledge(scope, args, actor),
    label: ({ versionId }, _changes, scope) => `Acknowledged ${titleOfVersion(scope, versionId)}`,
  }),
};

/** The rows that ask people to read a version; those who were asked already keep theirs. */
export function readingsFor(
  deal: Deal,
  version: Pick<VersionRow, 'id' | 'lineId' | 'sha256'>,
  ask: { readonly personIds: readonly string[]; readonly at: string; readonly askedBy: string },
): readonly Change[] {
  return ask.personIds.flatMap((personId) => {
    const id = readingId(version.id, personId);
    if (deal.readings.some((row) => row.id === id)) return [];
    const { lineId, sha256 } = version;
    const row: ReadingRow = {
      ...{ id, dealId: deal.row.id, lineId, versionId: version.id, sha256, personId },
      ...{ askedAt: ask.at, askedBy: ask.askedBy, acknowledgedAt: null },
    };
    return [insert('reading', row)];
  });
}

function readingId(versionId: string, personId: string): string {
  return `${versionId}.read.${personId}`;
}

/** Who reads a disclosure once it is approved: the clients who did not make it themselves. */
export function readersOfDisclosure(deal: Deal, line: LineRow): readonly string[] {
  if (line.class !== 'disclosure' || line.clientTitle === '') return [];
  if (line.ownerRole === 'client' || line.ownerRole === 'co-client') return [];
  return deal.people.filter(({ role }) => role === 'client' || role === 'co-client').map(({ id }) => id);
}

interface AcknowledgeArgs {
  readonly versionId: string;
  readonly sha256: string;
  readonly at: string;
}

function decideAcknowledge(
  scope: Scope,
  { versionId, sha256, at }: AcknowledgeArgs,
  actor: Actor,
): Result<readonly Change[], Refusal> {
  if (actor.kind !== 'party') return err(notHere('DocumentNotAvailable', 'document'));
  return onVersion(scope, versionId, (version, line, deal) => {
    if (!maySee(deal, actor.personId, { version, line })) return err(notHere('DocumentNotAvailable', 'document'));
    if (version.sha256 !== sha256)
      return err({ type: 'Moved', message: 'The paper was replaced meanwhile. Open it again and read the new one.' });
    const id = readingId(versionId, actor.personId);
    const there = deal.readings.find((row) => row.id === id);
    if (there !== undefined)
      return there.acknowledgedAt === null ? ok(update('reading', there, { acknowledgedAt: at })) : ok([]);
    const row: ReadingRow = {
      ...{ id, dealId: deal.row.id, lineId: line.id, versionId, sha256, personId: actor.personId },
      ...{ askedAt: at, askedBy: actor.personId, acknowledgedAt: at },
    };
    return ok([insert('reading', row)]);
  });
}

function maySee(
  deal: Deal,
  personId: string,
  filed: { readonly version: VersionRow; readonly line: LineRow },
): boolean {
  const person = deal.people.find(({ id }) => id === personId);
  if (person === undefined) return false;
  const isClient = person.role === 'client' || person.role === 'co-client';
  if (isClient && filed.line.clientTitle === '') return false;
  const thing = { type: 'document', document: documentFacts(deal, filed) } as const;
  return may(partyActor(person, deal.row), 'see', thing, dealContextOf(deal, [])).ok;
}

function partyOnly(actor: Actor): Verdict {
  return actor.kind === 'party'
    ? YES
    : no('PeopleOnly', 'Only the person themselves says that they have read it. Ask them to, on their page.');
}

function cannotSee(deal: Deal, personId: string): Refusal {
  const name = deal.people.find(({ id }) => id === personId)?.name ?? 'This person';
  return {
    type: 'NotShared',
    message: `${quote(name)} cannot see this paper yet, so nobody was asked. Approve it first, or look under Who sees what.`,
  };
}

function titleOfVersion(scope: Scope, versionId: string): string {
  const version = scope.deal?.versions.find(({ id }) => id === versionId);
  return version === undefined ? 'a document' : `${titleOfLine(scope, version.lineId)}, version ${version.number}`;
}

function namesOf({ deal }: Scope, personIds: readonly string[]): string {
  const names = personIds.map((personId) => deal?.people.find(({ id }) => id === personId)?.name ?? 'a person');
  return names.map(quote).join(' and ');
}
