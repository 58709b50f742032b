import { z } from 'zod';
import type { Result } from '../../../core/result.ts';
import { Id, Sha256 } from '../../api/values.ts';
import { type AuditHead, type AuditRow, createVerifier } from '../audit/chain.ts';
import { aboutOf, digestOfAbout } from './about.ts';
import { type CommandLine, nextCommand } from './commands-in-zip.ts';
import { ENTRY, ExportDetails, type Manifest } from './format.ts';
import type { NotIntact, OpenZip } from './read-zip.ts';
import { caught, linesOf, Wrong } from './wrong.ts';

const AuditLine = z.strictObject({
  workspaceId: Id,
  unitId: Id,
  n: z.int().min(1),
  at: z.string(),
  actor: z.string(),
  kind: z.string(),
  details: z.unknown(),
  hash: Sha256,
});

/** The chain, and that it says the same as the commands, in the same order. */
export async function checkTrail(
  zip: OpenZip,
  manifest: Manifest,
  heads: readonly AuditHead[],
): Promise<Result<AuditHead, NotIntact>> {
  const verifier = createVerifier(heads);
  const commands = inStep(nextCommand(zip, manifest));
  let last: AuditRow | null = null;
  return await caught(ENTRY.audit, async () => {
    for await (const values of await linesOf(zip, ENTRY.audit)) {
      for (const value of values) {
        const row = auditRow(value, manifest);
        const broken = verifier.push(row);
        if (broken !== null) throw new Wrong(ENTRY.audit, broken.sentence);
        last = row;
        if (isOfCommand(row)) mustAgree(row, await commands(row));
      }
    }
    const end = verifier.end();
    if (!end.ok) throw new Wrong(ENTRY.audit, end.error.sentence);
    const more = await commands(null);
    if (more !== null)
      throw new Wrong(ENTRY.commands, `Command ${more.logNo} is not in the trail: it was added, or the trail was cut.`);
    mustEndWell(end.value, last, manifest);
    return end.value;
  });
}

function auditRow(value: unknown, { workspace, deal }: Manifest): AuditRow {
  const parsed = AuditLine.safeParse(value);
  const row = parsed.success ? parsed.data : null;
  if (row === null || row.workspaceId !== workspace.id || row.unitId !== deal.id)
    throw new Wrong(ENTRY.audit, 'A line of it is no row of the trail of this deal.');
  return row as AuditRow;
}

interface Said {
  readonly commandId?: unknown;
  readonly name?: unknown;
  readonly isTaken?: unknown;
}

/** Whether a row speaks of a command of the log. One that came under the id of another is in the trail alone. */
function isOfCommand({ kind, details }: AuditRow): boolean {
  const { commandId, name, isTaken } = (details ?? {}) as Said;
  if (isTaken === true) return false;
  return (
    kind === 'command-accepted' ||
    kind === 'command-refused' ||
    (kind === 'denied' && commandId !== undefined && name !== undefined)
  );
}

/**
 * The commands one after another, as the trail speaks of them. What was refused before there was this deal is in the
 * trail of the workspace, so it is passed over.
 */
function inStep(next: () => Promise<CommandLine | null>): (row: AuditRow | null) => Promise<CommandLine | null> {
  let hasBegun = false;
  return async (row) => {
    const said = (row?.details as Said | null | undefined)?.commandId;
    let command = await next();
    while (!hasBegun && command !== null && command.outcome !== 'accepted' && command.commandId !== said)
      command = await next();
    hasBegun ||= command?.outcome === 'accepted';
    return command;
  };
}

function mustAgree(row: AuditRow, command: CommandLine | null): void {
  const said = (row.details as Said | null)?.commandId;
  if (command === null)
    throw new Wrong(
      ENTRY.commands,
      `Row ${row.n} of the trail speaks of a command that is not here: it was taken out.`,
    );
  const isAccepted = command.outcome === 'accepted';
  if (said === command.commandId && isAccepted === (row.kind === 'command-accepted')) return;
  throw new Wrong(
    ENTRY.commands,
    `Command ${command.logNo} is not the one that row ${row.n} of the trail speaks of: one was changed, moved or taken out.`,
  );
}

function mustEndWell(end: AuditHead, last: AuditRow | null, manifest: Manifest): void {
  if (end.count !== manifest.audit.count || end.hash !== manifest.audit.hash)
    throw new Wrong(ENTRY.audit, `It ends at row ${end.count}, and the manifest names another end.`);
  const parsed = ExportDetails.safeParse(last?.kind === 'export' ? last.details : null);
  if (manifest.isInTrail && !parsed.success)
    throw new Wrong(ENTRY.audit, 'Its last row is not the one of this export.');
  // Where the last row is one of an earlier export, nothing was done since: rows and commands still are what it says.
  if (parsed.success) mustBeExported(parsed.data, manifest);
}

function mustBeExported(said: ExportDetails, manifest: Manifest): void {
  const hashOf = (path: string) => manifest.entries.find((entry) => entry.path === path)?.sha256;
  if (said.rowsSha256 !== hashOf(ENTRY.rows))
    throw new Wrong(ENTRY.rows, 'It is not what the trail says was exported: it was changed.');
  if (said.commandsSha256 !== hashOf(ENTRY.commands))
    throw new Wrong(ENTRY.commands, 'It is not what the trail says was exported: it was changed.');
  if (manifest.isInTrail && said.aboutSha256 !== digestOfAbout(aboutOf(manifest)))
    throw new Wrong(
      ENTRY.manifest,
      'It does not say what the trail says was exported: it, or the README, was changed.',
    );
}
