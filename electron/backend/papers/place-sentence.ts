import { dealName, nameplateOf } from '../../../core/deals/summarise.ts';
import type { Db } from '../../../db/handles.ts';
import type { VersionPlace } from '../../../db/read/files.ts';
import { dealCacheOf } from '../services/deal-cache.ts';

/** Where a content is filed: "it is on 1847 Marlowe Ave, Purchase contract, version 2." */
export function placeSentence(db: Db, { dealId, lineId, number }: VersionPlace): string {
  const deal = dealCacheOf(db).get(db.read, dealId);
  const line = deal?.lines.find((row) => row.id === lineId);
  if (deal === null || deal === undefined || line === undefined) return 'it is filed already.';
  const where = `${nameplateOf(deal).plate} ${dealName(deal)}`.trim();
  return `it is on ${where}, ${line.title}, version ${number}.`;
}
