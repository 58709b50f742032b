import { z } from 'zod';
import { applyToDeal, rowsOf } from '../../../core/commands/apply.ts';
import type { Change } from '../../../core/commands/types.ts';
import type { Deal } from '../../../core/deals/model.ts';
import { canonicalJson, isShallow } from '../../../core/sync/canonical.ts';
import { SYNC_TABLES } from '../../../core/sync/rows.ts';
import { nextCommand } from './commands-in-zip.ts';
import { ENTRY, type Manifest } from './format.ts';
import type { NotIntact, OpenZip } from './read-zip.ts';
import { caught, linesOf, Wrong } from './wrong.ts';

const RowLine = z.strictObject({
  table: z.enum(SYNC_TABLES),
  rowId: z.string(),
  version: z.int().min(1),
  row: z.record(z.string(), z.unknown()).nullable(),
});

interface Made {
  /** Rows of the deal as the commands leave them, by table and id, as canonical JSON. */
  readonly rows: Map<string, string>;
  /** Accepted commands that changed something: what their row of the journal has to say. */
  readonly journal: Map<string, string>;
  readonly version: number;
}

/** That the rows are what the commands made, and that every file of them is in the export or named as left out. */
export async function checkRows(zip: OpenZip, manifest: Manifest): Promise<NotIntact | null> {
  const checked = await caught(ENTRY.rows, async () => {
    const made = await madeByCommands(zip, manifest);
    const versions = new Map<string, string>();
    for await (const values of await linesOf(zip, ENTRY.rows)) {
      for (const value of values) mustBeMade(value, made, versions);
    }
    const missing = [...made.rows.keys(), ...[...made.journal.keys()].map((id) => `journal/${id}`)][0];
    if (missing !== undefined) throw new Wrong(ENTRY.rows, `The row ${missing} is missing: it was taken out.`);
    if (made.version !== manifest.deal.unitVersion)
      throw new Wrong(ENTRY.manifest, 'It names another version of the deal than the commands make.');
    mustListAll(manifest, versions);
    return null;
  });
  return checked.ok ? checked.value : checked.error;
}

async function madeByCommands(zip: OpenZip, manifest: Manifest): Promise<Made> {
  const next = nextCommand(zip, manifest);
  const journal = new Map<string, string>();
  let deal: Deal | null = null;
  let version = 0;
  for (let command = await next(); command !== null; command = await next()) {
    const { commandId, name, args, changes, unitVersion, logNo } = command;
    if (unitVersion === null) continue;
    version += 1;
    if (command.outcome !== 'accepted' || unitVersion !== version || !isShallow(args) || !isShallow(changes))
      throw new Wrong(ENTRY.commands, `Command ${logNo} does not follow from those before it.`);
    try {
      deal = applyToDeal(deal, changes as unknown as readonly Change[]);
    } catch {
      throw new Wrong(ENTRY.commands, `What command ${logNo} changed does not fit what was there before it.`);
    }
    journal.set(commandId, canonicalJson({ commandId, name, args, changes }));
  }
  const rows = new Map<string, string>();
  for (const [table, list] of Object.entries(rowsOf(deal)))
    for (const row of list) rows.set(`${table}/${row.id}`, canonicalJson(row));
  return { rows, journal, version };
}

function mustBeMade(value: unknown, made: Made, versions: Map<string, string>): void {
  const parsed = RowLine.safeParse(value);
  if (!parsed.success || !isShallow(value)) throw new Wrong(ENTRY.rows, 'A line of it is no row of a deal.');
  const { table, rowId, row } = parsed.data;
  const key = `${table}/${rowId}`;
  const notMade = () => new Wrong(ENTRY.rows, `The row ${key} is not what the commands made: it was changed or added.`);
  if (table === 'journal') {
    const { commandId, name, args, changes } = (row ?? {}) as Readonly<Record<string, unknown>>;
    if (made.journal.get(rowId) !== canonicalJson({ commandId, name, args, changes })) throw notMade();
    made.journal.delete(rowId);
    return;
  }
  if (row === null && !made.rows.has(key)) return;
  if (row === null || made.rows.get(key) !== canonicalJson(row)) throw notMade();
  made.rows.delete(key);
  if (table === 'version') versions.set(rowId, String(row.sha256));
}

/** Each file of the deal is in the export or named as left out, under the hash that its row has. */
function mustListAll({ files, notIncluded }: Manifest, versions: Map<string, string>): void {
  for (const { versionId, sha256 } of [...files, ...notIncluded]) {
    if (versions.get(versionId) !== sha256)
      throw new Wrong(ENTRY.manifest, `It names the file ${sha256} of a document that the rows do not have.`);
    versions.delete(versionId);
  }
  const [missing] = versions.keys();
  if (missing !== undefined)
    throw new Wrong(ENTRY.manifest, `It says nothing of the file ${missing}, which the rows have: it was taken out.`);
}
