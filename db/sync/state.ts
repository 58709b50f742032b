import { z } from 'zod';
import { isSame } from '../../core/commands/changes.ts';
import type { Id } from '../../core/deals/model.ts';
import type { Follow } from '../../core/sync/heads.ts';
import { MAX_FORMER_IDS, openSession } from '../../core/sync/session.ts';
import type { Read, Write } from '../handles.ts';
import { syncStates } from './tables.ts';

const KEY = 'portal';

const Kept = z.object({
  /** The portal of this computer, or one that a team shares. */
  kind: z.enum(['own', 'shared']),
  /** Address of a shared portal; empty for the own one, which is told at each start. */
  url: z.string(),
  workspaceName: z.string(),
  role: z.enum(['tc', 'admin', 'agent']),
  /** Under which this desktop numbers its commands. */
  deviceId: z.string(),
  formerIds: z.array(z.string()).readonly(),
  nextSeq: z.int(),
  answeredSeq: z.int(),
  storeId: z.string().nullable(),
  cursor: z.int(),
  isStartingOver: z.boolean(),
  /** A new id that it asks for: the store forgot, or this desktop was set back itself. */
  renewing: z.object({ deviceId: z.string(), didForget: z.boolean() }).nullable(),
  /** When everything was last there and here; null when never. */
  currentAt: z.string().nullable(),
  /** The server said that it does not know this computer's key (any more). */
  isSignedOut: z.boolean(),
  /** A team was left and its deals are on their way off this computer. */
  isLeaving: z.boolean(),
  filesPaused: z.boolean(),
  filesCap: z.number().nullable(),
});

/** How this desktop stands with its portal. One record, written whole in the transaction of what it tells about. */
export type PortalState = Readonly<z.infer<typeof Kept>>;

/** What is kept; null before there was anything to keep. Throws when it cannot be read: nothing may be guessed here. */
function readPortalState(read: Read): PortalState | null {
  const row = syncStates.get(read, 'WHERE key = ?', KEY);
  return row === null ? null : Kept.parse(row.value);
}

function putPortalState(write: Write, state: PortalState): void {
  const kept = { ...state, formerIds: state.formerIds.slice(-MAX_FORMER_IDS) };
  syncStates.put(write, { key: KEY, value: Kept.parse(kept) });
}

/** A desktop that has not spoken with any portal yet. */
export function firstPortalState(deviceId: Id): PortalState {
  return {
    kind: 'own',
    url: '',
    workspaceName: '',
    role: 'tc',
    ...openSession(deviceId),
    formerIds: [],
    storeId: null,
    cursor: 0,
    isStartingOver: false,
    currentAt: null,
    isSignedOut: false,
    isLeaving: false,
    filesPaused: false,
    filesCap: null,
  };
}

/** The whole of it as core's rules read it: who this desktop is to its server (`Session`), and what it follows (`Follow`). */
export type Standing = PortalState & Follow;

const WANTED_SQL = {
  all: 'SELECT unit_id AS unitId, version FROM sync_wanted ORDER BY unit_id',
  put: `INSERT INTO sync_wanted (unit_id, version) VALUES (?, ?)
    ON CONFLICT (unit_id) DO UPDATE SET version = excluded.version`,
  drop: 'DELETE FROM sync_wanted WHERE unit_id = ?',
} as const;

/** With the units to fetch. Null before there was anything to keep. */
export function readStanding(read: Read): Standing | null {
  const state = readPortalState(read);
  if (state === null) return null;
  const rows = read.all<{ unitId: Id; version: number }>(WANTED_SQL.all);
  return { ...state, wanted: new Map(rows.map(({ unitId, version }) => [unitId, version])) };
}

/** Writes what differs between two standings. */
export function writeStanding(write: Write, before: Standing, after: Standing): void {
  if (before.wanted !== after.wanted) {
    for (const unitId of before.wanted.keys()) if (!after.wanted.has(unitId)) write.run(WANTED_SQL.drop, unitId);
    for (const [unitId, version] of after.wanted)
      if (before.wanted.get(unitId) !== version) write.run(WANTED_SQL.put, unitId, version);
  }
  const { wanted: _before, ...was } = before;
  const { wanted: _after, ...is } = after;
  if (!isSame(was, is)) putPortalState(write, is);
}
