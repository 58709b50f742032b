import { z } from 'zod';
import { SYNC_TABLES } from '../../../core/sync/rows.ts';
import { Id } from '../../api/values.ts';
import { ENTRY, type Manifest } from './format.ts';
import type { OpenZip } from './read-zip.ts';
import { linesOf, Wrong } from './wrong.ts';

const TABLES = SYNC_TABLES.filter((table) => table !== 'journal');
const ChangeLine = z.looseObject({ op: z.enum(['insert', 'update', 'delete']), table: z.enum(TABLES) });
const CommandLine = z.looseObject({
  workspaceId: Id,
  logNo: z.int().min(1),
  commandId: Id,
  unitId: Id,
  name: z.string(),
  args: z.unknown(),
  outcome: z.enum(['accepted', 'refused', 'defect']),
  changes: z.array(ChangeLine),
  unitVersion: z.int().min(0).nullable(),
});
export type CommandLine = z.infer<typeof CommandLine>;
/** The commands of the export one after another; null after the last. */
export function nextCommand(zip: OpenZip, manifest: Manifest): () => Promise<CommandLine | null> {
  let lines: AsyncIterator<readonly unknown[]> | null = null;
  let group: readonly unknown[] = [];
  let at = 0;
  let logNo = 0;
  return async () => {
    lines ??= (await linesOf(zip, ENTRY.commands))[Symbol.asyncIterator]();
    while (at >= group.length) {
      const step = await lines.next().catch(() => {
        throw new Wrong(ENTRY.commands, 'It does not read as lines of commands.');
      });
      if (step.done === true) return null;
      [group, at] = [step.value, 0];
    }
    const command = commandOf(group[at], manifest);
    at += 1;
    if (command.logNo <= logNo)
      throw new Wrong(ENTRY.commands, `Command ${command.logNo} is not where it was written.`);
    logNo = command.logNo;
    return command;
  };
}

function commandOf(value: unknown, { workspace, deal }: Manifest): CommandLine {
  const parsed = CommandLine.safeParse(value);
  if (!parsed.success || parsed.data.workspaceId !== workspace.id || parsed.data.unitId !== deal.id)
    throw new Wrong(ENTRY.commands, 'A line of it is no command of this deal.');
  return parsed.data;
}
