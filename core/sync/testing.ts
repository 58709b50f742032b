import { AT, CREATE, TC, WORKSPACE } from '../commands/testing.ts';
import type { Command } from '../commands/types.ts';
import type { Actor } from '../permissions/actor.ts';
import { type Accepted, acceptCommand } from './accept.ts';
import { pageOf } from './page.ts';
import { emptyUnit, type Ground, type HeldUnit } from './rebase.ts';
import { dealOfRows, journalOf, putRow, rowKey, type SyncRow } from './rows.ts';
import { addPage, openStage, type Stage } from './stage.ts';

/** A server with one deal, in a few lines. `all` holds tombstones too. */
export interface Shelf {
  version: number;
  readonly all: Map<string, SyncRow>;
}

export const THEO: Actor = { kind: 'member', memberId: 'm-theo', role: 'tc' };
export const GROUND: Ground = { workspace: WORKSPACE, actor: TC };

export function command(id: string, name: string, args: unknown): Command {
  return { id, dealId: 'd1', name, args, at: AT };
}

export const OPEN = command('c-open', 'createDeal', CREATE);

export function take(shelf: Shelf, sent: Command, actor: Actor = TC, isOnDeal = true): Accepted {
  const live = new Map<string, SyncRow>();
  for (const row of shelf.all.values()) putRow(live, row);
  const accepted = acceptCommand({
    command: sent,
    unit: { deal: dealOfRows(live), version: shelf.version, journal: journalOf(live) },
    workspace: WORKSPACE,
    actor,
    isOnDeal,
    acceptedAt: AT,
  });
  for (const row of accepted.rows) shelf.all.set(rowKey(row), row);
  shelf.version = accepted.newVersion ?? shelf.version;
  return accepted;
}

export function openShelf(): Shelf {
  const shelf: Shelf = { version: 0, all: new Map() };
  take(shelf, OPEN);
  return shelf;
}

/** Everything after what a desktop holds, in one page. */
export function stageOf(shelf: Shelf, held: HeldUnit = emptyUnit('d1')): Stage {
  const stage = openStage('d1', held.version);
  const unit = { version: shelf.version, rows: [...shelf.all.values()] };
  return addPage(stage, pageOf(unit, { after: stage.at, upTo: null }));
}
