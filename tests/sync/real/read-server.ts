import { type Cursor, type Page, startOf } from '../../../core/sync/page.ts';
import { putRow, type SyncRow } from '../../../core/sync/rows.ts';
import { verifyChain } from '../../../portal/server/audit/chain.ts';
import type { CommandRow } from '../../../portal/server/store/areas/commands.ts';
import type { MemberRow } from '../../../portal/server/store/areas/members.ts';
import { WORKSPACE_UNIT } from '../../../portal/server/store/areas/units.ts';
import type { Read, Store } from '../../../portal/server/store/types.ts';

const MAIN = 'main';
const MANY = 1_000;

/** One deal as the server keeps it. */
export interface ServerUnit {
  readonly version: number;
  /** Rows that are there, by `rowKey`. */
  readonly live: ReadonlyMap<string, SyncRow>;
  readonly onIt: ReadonlySet<string>;
  /** The hash of each row of its trail, from the first. */
  readonly trail: readonly string[];
}

/** Everything that the laws look at, read at one moment. */
export interface ServerDump {
  readonly units: ReadonlyMap<string, ServerUnit>;
  /** The log of the workspace, in the order of commits. */
  readonly log: readonly CommandRow[];
  readonly members: readonly MemberRow[];
  /** How often each content is named, as the references say. */
  readonly references: (sha256: string) => Promise<number>;
  /** What is wrong with the trails; empty when they hold together. */
  readonly broken: readonly string[];
}

export function readServer(store: Store): Promise<ServerDump> {
  return store.read(async (read) => {
    const { units } = await read.units.moved({ workspaceId: MAIN, after: 0, limit: MANY });
    const members = await read.members.list(MAIN);
    const broken: string[] = [];
    const dumped = new Map<string, ServerUnit>();
    for (const { unitId, version } of units) {
      const rows = await read.audit.after({ workspaceId: MAIN, unitId, after: 0, limit: 100_000 });
      const verified = verifyChain(rows);
      if (!verified.ok) broken.push(`${unitId}: ${verified.error.sentence}`);
      if (unitId === WORKSPACE_UNIT) continue;
      const trail = rows.map(({ hash }) => hash);
      dumped.set(unitId, {
        ...{ version, trail, live: await liveRows(read, unitId) },
        onIt: new Set(await membersOn(read, members, unitId)),
      });
    }
    return {
      ...{ units: dumped, log: await wholeLog(read), members, broken },
      references: (sha256) => store.read((again) => again.files.references(MAIN, sha256)),
    };
  });
}

async function membersOn(read: Read, members: readonly MemberRow[], unitId: string): Promise<readonly string[]> {
  const granted = new Set(await read.members.ofDeal(MAIN, unitId));
  return members
    .filter(({ memberId, role, revokedAt }) => revokedAt === null && (role !== 'agent' || granted.has(memberId)))
    .map(({ memberId }) => memberId);
}

async function liveRows(read: Read, unitId: string): Promise<ReadonlyMap<string, SyncRow>> {
  const live = new Map<string, SyncRow>();
  let after: Cursor | null = startOf(0);
  while (after !== null) {
    const page: Page = await read.rows.page({ workspaceId: MAIN, unitId, after, upTo: null });
    for (const row of page.rows) putRow(live, row);
    after = page.next;
  }
  return live;
}

async function wholeLog(read: Read): Promise<readonly CommandRow[]> {
  const log: CommandRow[] = [];
  for (;;) {
    const more = await read.commands.after(MAIN, log.at(-1)?.logNo ?? 0, MANY);
    log.push(...more);
    if (more.length < MANY) return log;
  }
}
