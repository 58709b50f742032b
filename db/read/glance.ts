import type { Id, LineRow, Side, VersionRow } from '../../core/deals/model.ts';
import type { Read } from '../handles.ts';

/** A few columns of a deal, for lists that name hundreds of deals: reading one whole costs a hundred times as much. */
export interface DealGlance {
  readonly dealId: Id;
  /** As in the deal's row: "1847 Marlowe Ave". */
  readonly street: string;
  readonly side: Side;
  readonly plate: string;
  readonly streetName: string;
  readonly clientNames: string;
}

export type LineGlance = Pick<LineRow, 'id' | 'title' | 'class'>;
export interface VersionGlance extends Pick<VersionRow, 'id' | 'number' | 'sha256' | 'lineId'> {
  readonly isHeld: boolean;
}

/** Pinned by files.db.test.ts: each finds its row by an index. */
export const GLANCE_SQL = {
  deal: `SELECT d.id AS dealId, d.street, d.side, s.plate, s.street_name AS streetName, s.client_names AS clientNames
    FROM deal AS d JOIN summary AS s ON s.deal_id = d.id WHERE d.id = ?`,
  line: 'SELECT id, title, class FROM line WHERE id = ? AND deal_id = ?',
  newest: `SELECT id, number, sha256, line_id AS lineId, is_held AS isHeld FROM version
    WHERE deal_id = ? AND line_id = ? ORDER BY number DESC LIMIT 1`,
  version: 'SELECT id, number, sha256, line_id AS lineId, is_held AS isHeld FROM version WHERE id = ? AND deal_id = ?',
} as const;

export function dealGlance(read: Read, dealId: Id): DealGlance | null {
  return read.get<DealGlance>(GLANCE_SQL.deal, dealId) ?? null;
}

export function lineGlance(read: Read, dealId: Id, lineId: Id): LineGlance | null {
  return read.get<LineGlance>(GLANCE_SQL.line, lineId, dealId) ?? null;
}

/** The newest file of a line. */
export function newestGlance(read: Read, dealId: Id, lineId: Id): VersionGlance | null {
  return versionOf(read.get<StoredVersion>(GLANCE_SQL.newest, dealId, lineId));
}

export function versionGlance(read: Read, dealId: Id, versionId: Id): VersionGlance | null {
  return versionOf(read.get<StoredVersion>(GLANCE_SQL.version, versionId, dealId));
}

interface StoredVersion extends Omit<VersionGlance, 'isHeld'> {
  readonly isHeld: number;
}

function versionOf(stored: StoredVersion | undefined): VersionGlance | null {
  return stored === undefined ? null : { ...stored, isHeld: stored.isHeld === 1 };
}
