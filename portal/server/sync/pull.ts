import { ok, type Result } from '../../../core/result.ts';
import type { HeadsReply, HeadsRequest, PageReply, PageRequest, Problem } from '../../../core/sync/wire.ts';
import type { ApiError } from '../../api/values.ts';
import type { DeviceCaller, PortalContext } from '../context.ts';
import type { MemberRow } from '../store/areas/members.ts';
import { type Moved, type MovedUnit, WORKSPACE_UNIT } from '../store/areas/units.ts';
import type { Read } from '../store/types.ts';
import { problemOf, unitNotAvailable } from './problems.ts';
import { isOnDeal } from './rights.ts';

type Told<T> = { readonly reply: T; readonly problem: null } | { readonly reply: null; readonly problem: Problem };

/** Units of one step of a list. */
const STEP = 1_000;

/** Which of a member's units moved since a head, all of them at one moment. */
export function heads(
  context: PortalContext,
  caller: DeviceCaller,
  request: HeadsRequest,
): Promise<Result<Told<HeadsReply>, ApiError>> {
  const { store, workspaceId } = context;
  return store.read(async (read) => {
    const problem = await problemOf(read, context, caller, request);
    if (problem !== null) return ok({ reply: null, problem });
    const member = (await read.members.get(workspaceId, caller.member.memberId)) ?? caller.member;
    // Who got another role may see other units than those that moved: they are all told again.
    const after = request.since < member.accessHead ? 0 : request.since;
    const { units, cursor } = await movedSince(read, member, after);
    const deals = units.filter(({ unitId }) => unitId !== WORKSPACE_UNIT);
    const reply = {
      storeId: await read.storeId(),
      since: request.since,
      head: cursor,
      units: deals
        .filter(({ isRevoked, version }) => !isRevoked && version > 0)
        .map(({ unitId, version }) => ({ unitId, version })),
      gone: deals.filter(({ isRevoked }) => isRevoked).map(({ unitId }) => unitId),
    };
    return ok({ reply, problem: null });
  });
}

/** Every unit of a member that moved after a head; those they were taken off too. */
export async function movedSince(
  read: Read,
  { workspaceId, memberId, role }: MemberRow,
  since: number,
): Promise<Pick<Moved, 'units' | 'cursor'>> {
  const units: MovedUnit[] = [];
  for (let after = since; ; ) {
    const ask = { workspaceId, after, limit: STEP };
    const moved = role === 'agent' ? await read.units.movedFor({ ...ask, memberId }) : await read.units.moved(ask);
    units.push(...moved.units);
    if (moved.isLast) return { units, cursor: moved.cursor };
    after = moved.cursor;
  }
}

/** Rows of a unit after a place, with the end of its audit chain, which desktops keep. */
export function page(
  context: PortalContext,
  caller: DeviceCaller,
  request: PageRequest,
): Promise<Result<Told<PageReply>, ApiError>> {
  const { store, workspaceId } = context;
  const { unitId, after, upTo } = request;
  return store.read(async (read) => {
    const problem = await problemOf(read, context, caller, request);
    if (problem !== null) return ok({ reply: null, problem });
    const member = (await read.members.get(workspaceId, caller.member.memberId)) ?? caller.member;
    const mayRead = await isOnDeal(read, member, unitId);
    const unit = await read.units.get(workspaceId, unitId);
    if (!mayRead || unit === null) return ok({ reply: null, problem: unitNotAvailable });
    const found = await read.rows.page({ workspaceId, unitId, after, upTo });
    const chain = await read.audit.head(workspaceId, unitId);
    const reply = {
      ...{ storeId: await read.storeId(), unitId, after, upTo: found.upTo, current: found.current, next: found.next },
      rows: found.rows.map(({ table, rowId, version, row }) => ({ table, rowId, version, row })),
      audit: chain.count === 0 ? null : { count: chain.count, hash: chain.hash },
    };
    return ok({ reply, problem: null });
  });
}
