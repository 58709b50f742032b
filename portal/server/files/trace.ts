import type { PortalContext } from '../context.ts';

/** What somebody tried or did with a file, for the trail of its deal. */
export interface FileAct {
  readonly actor: string;
  readonly dealId: string;
  readonly kind: 'download' | 'denied' | 'upload' | 'other';
  readonly details: Readonly<Record<string, string | number | boolean | null>>;
}

const ONCE_MS = 60_000;

/** Appends to the trail. A deal that is not there has no chain of its own: what was tried of it is told of the workspace. */
export async function trace(context: PortalContext, { actor, dealId, kind, details }: FileAct): Promise<void> {
  const { workspaceId } = context;
  const at = context.now().toISOString();
  await context.store.transaction(workspaceId, async (tx) => {
    const isThere = (await tx.units.get(workspaceId, dealId)) !== null;
    const unitId = isThere ? dealId : 'workspace';
    const told = isThere ? details : { ...details, dealId: dealId.slice(0, 200) };
    await tx.audit.append({ workspaceId, unitId, at, actor, kind, details: told });
  });
}

/** The same, but not again within a minute: somebody who asks a thousand times fills no trail. */
export async function traceOnce(context: PortalContext, act: FileAct, about: string): Promise<void> {
  if (await isFirst(context, `${act.kind}:${act.actor}:${act.dealId}:${about}`)) await trace(context, act);
}

/** Whether this is the first of its kind within a minute, in any server process. */
export async function isFirst(context: PortalContext, key: string): Promise<boolean> {
  const { store, workspaceId, now } = context;
  const counted = await store.limits.hit({ workspaceId, key, limit: 1, windowMs: ONCE_MS, nowMs: now().getTime() });
  return counted.isAllowed;
}
