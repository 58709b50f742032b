import type { AuditHead } from './wire.ts';

export interface Mirrored {
  readonly head: AuditHead | null;
  /** The server showed the same place of the trail with another hash: it was written anew. The head that was kept stays. */
  readonly isTampered: boolean;
}

/**
 * What a desktop keeps of a deal's audit chain after a page: the furthest end that it was told. A shorter one may be a
 * page that came late, so it says nothing by itself; that a chain was cut is found by whoever reads it against this.
 * After a change of store begin with `held` null: a restored server rightly has less.
 */
export function mirrorHead(held: AuditHead | null, told: AuditHead | null): Mirrored {
  if (held === null || told === null) return { head: held ?? told, isTampered: false };
  if (told.count === held.count) return { head: held, isTampered: told.hash !== held.hash };
  return { head: told.count > held.count ? told : held, isTampered: false };
}
