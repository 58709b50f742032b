import type { Id } from '../deals/model.ts';
import type { HeldUnit } from './rebase.ts';

/** What a desktop follows. It is on disk, and written together with the cursor: a unit to fetch is never forgotten. */
export interface Follow {
  /** Null until the first server. */
  readonly storeId: string | null;
  /** The server's head up to which `wanted` is complete. */
  readonly cursor: number;
  /** Units to fetch, with the version that is known of. */
  readonly wanted: ReadonlyMap<Id, number>;
  /** Another store: everything is fetched anew before anything is sent. */
  readonly isStartingOver: boolean;
}

type Held = Pick<HeldUnit, 'version' | 'isStale' | 'isGone'>;

export interface Heads {
  /** The cursor that was asked with. */
  readonly since: number;
  readonly head: number;
  readonly units: readonly { readonly unitId: Id; readonly version: number }[];
  /** Units that this member may not have any more, of those that moved after `since`. Only this purges. */
  readonly gone: readonly Id[];
}

export const NOT_FOLLOWING: Follow = {
  storeId: null,
  cursor: 0,
  wanted: new Map(),
  isStartingOver: false,
};

/**
 * Takes in a list of heads: grants and moved units to fetch, revoked ones to purge. Null for a list that answers an
 * older question: taken late it would purge what was granted since. A list from the beginning names everything, so
 * whatever else the server once gave us goes.
 */
export function noteHeads(
  follow: Follow,
  held: ReadonlyMap<Id, Held>,
  heads: Heads,
): { readonly follow: Follow; readonly purge: readonly Id[] } | null {
  if (heads.since !== follow.cursor) return null;
  const wanted = new Map(heads.since > 0 ? follow.wanted : []);
  for (const { unitId, version } of heads.units) {
    if (version > versionOf(held.get(unitId))) wanted.set(unitId, version);
  }
  const listed = new Set(heads.units.map((unit) => unit.unitId));
  const unlisted =
    heads.since > 0 ? [] : [...held.keys()].filter((id) => isFromServer(held.get(id)) && !listed.has(id));
  const purge = [...new Set([...heads.gone, ...unlisted])];
  for (const unitId of purge) wanted.delete(unitId);
  const isStartingOver = follow.isStartingOver && wanted.size > 0;
  const isSame = heads.head === follow.cursor && !follow.isStartingOver && purge.length === 0;
  if (isSame && wanted.size === follow.wanted.size) return { follow, purge };
  return { follow: { ...follow, cursor: heads.head, wanted, isStartingOver }, purge };
}

/**
 * A poke or an answer says that a unit is at a version: fetch it if an older one is held. One of a unit that is not
 * here may be late, and must not bring back what was purged: ask for heads instead. (That a page is refused means
 * nothing by itself, it may be late too: drop its stage, and heads decide.)
 */
export function want(follow: Follow, head: { unitId: Id; version: number }, held: Held | undefined): Follow {
  const { unitId, version } = head;
  if (held === undefined || held.isGone || version <= versionOf(held) || version <= (follow.wanted.get(unitId) ?? 0))
    return follow;
  return { ...follow, wanted: new Map(follow.wanted).set(unitId, version) };
}

/** A unit switched, or is gone (`version: null`). */
export function noteSwitched(follow: Follow, unitId: Id, version: number | null): Follow {
  const wanted = new Map(follow.wanted);
  if (version === null || version >= (wanted.get(unitId) ?? 0)) wanted.delete(unitId);
  return { ...follow, wanted, isStartingOver: follow.isStartingOver && wanted.size > 0 };
}

/** Another store, or the same one that forgot: all is fetched anew. Every held unit becomes its `staleUnit` in the same transaction. */
export function followAnew(storeId: string): Follow {
  return { storeId, cursor: 0, wanted: new Map(), isStartingOver: true };
}

/** The version to fetch after: nothing that is held of another store counts. */
export function versionOf(held: Held | undefined): number {
  return held === undefined || held.isStale ? 0 : held.version;
}

function isFromServer(held: Held | undefined): boolean {
  return held !== undefined && (held.version > 0 || held.isGone);
}
