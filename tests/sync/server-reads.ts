import { comparePlaces, cutRows, PAGE_LIMITS, type Page, pageOf, placeOf } from '../../core/sync/page.ts';
import { PROTOCOL_FLOOR, PROTOCOL_VERSION } from '../../core/sync/protocol.ts';
import type { SyncRow } from '../../core/sync/rows.ts';
import type { HeadsReply, HelloReply, PageRequest, TeamMember } from '../../core/sync/wire.ts';
import { auditHead, isOn, memberOf, no, ok, type State, says, type Told } from './server-state.ts';
import type { World } from './world.ts';

/** What the server tells of its state. */

export function helloOf(state: State, who: { memberId: string; lastSeq: number; at: string }): HelloReply {
  const { storeId, team } = state;
  const role = memberOf(state, who.memberId)?.role ?? 'agent';
  const workspace = { workspaceName: 'Fennimore', team: team as TeamMember[] };
  return { protocol: PROTOCOL_VERSION, floor: PROTOCOL_FLOOR, storeId, role, ...workspace, ...who };
}

export function headsOf(
  world: World,
  state: State,
  { memberId, since }: { memberId: string; since: number },
): HeadsReply {
  const units: { unitId: string; version: number }[] = [];
  const gone: string[] = [];
  for (const [unitId, unit] of state.units) {
    const turned = state.access.get(`${memberId}/${unitId}`)?.head ?? 0;
    if (isOn(state, memberId, unitId) || world.plant === 'heads-tell-all') {
      if (Math.max(unit.head, turned) > since) units.push({ unitId, version: unit.version });
    } else if (turned > since) gone.push(unitId);
  }
  return { storeId: state.storeId, since, head: state.head, units, gone };
}

export function pageTold(
  world: World,
  state: State,
  { memberId, asked }: { memberId: string; asked: PageRequest },
): Told {
  const { unitId, after, upTo } = asked;
  const unit = state.units.get(unitId);
  const mayRead = world.plant === 'open-pages' || isOn(state, memberId, unitId);
  if (unit === undefined || !mayRead) return no(says('UnitNotAvailable'));
  const isAll = world.plant !== 'tombstones-dropped';
  const rows = [...unit.all.values()].filter((row) => isAll || row.row !== null);
  const limits = { rows: world.pageRows, bytes: Number.POSITIVE_INFINITY };
  const cut = world.plant === 'comparator-mismatch' ? mismatched : pageOf;
  const found = cut({ version: unit.version, rows }, { after: after as Page['after'], upTo }, limits);
  return ok({
    storeId: state.storeId,
    unitId,
    ...found,
    rows: [...found.rows],
    audit: auditHead(state, unitId),
  });
}

/** The planted bug: sorted as a computer's language sorts names, cut by code point. */
function mismatched(...[unit, { after, upTo }, limits]: Parameters<typeof pageOf>): Page {
  const end = upTo ?? unit.version;
  const byName = (a: SyncRow, b: SyncRow) =>
    a.version - b.version || a.table.localeCompare(b.table) || b.rowId.localeCompare(a.rowId);
  const found = unit.rows.filter((row) => row.version <= end && comparePlaces(row, after) > 0).sort(byName);
  const rows = cutRows(found, limits ?? PAGE_LIMITS);
  const last = rows.at(-1);
  const next = rows.length < found.length && last !== undefined ? placeOf(last) : null;
  return { after, upTo: end, current: unit.version, rows, next };
}
