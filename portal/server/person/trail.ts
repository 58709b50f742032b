import type { NewAudit } from '../store/areas/audit.ts';
import { WORKSPACE_UNIT } from '../store/areas/units.ts';
import type { Tx } from '../store/types.ts';

/** Writes what a person did that changes no row of the deal, and pokes, so that desktops that show it look again. */
export async function tellTrail(tx: Tx, row: NewAudit): Promise<void> {
  await tx.audit.append(row);
  // That of the workspace is nobody's page, and its poke would have every desktop greet anew.
  if (row.unitId !== WORKSPACE_UNIT) await tx.units.poke(row.workspaceId, row.unitId);
}
