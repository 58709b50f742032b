import type { PortalContext } from '../context.ts';
import type { LinkRow } from '../store/areas/links.ts';
import type { Read } from '../store/types.ts';
import type { Feed, FeedDate } from './calendar-file.ts';
import { countDeal, readDeal } from './deal-facts.ts';
import { type OwnDate, ownDatesOf } from './home/dates.ts';
import { eyeOf } from './home/eye.ts';
import { sha256 } from './secrets.ts';

/**
 * Whoever has the address of a feed reads it, and calendars copy it to other companies: so it holds days and short titles
 * of the form, and no place, no name, no amount and no word that somebody typed.
 */
const NAME = 'Dates until closing';

/** The dates of the person of a feed as they see them now; null for somebody who sees nothing of the deal any more. */
export async function feedOf(read: Read, context: PortalContext, link: LinkRow): Promise<Feed | null> {
  const { workspaceId, rules, now, config } = context;
  const kept = await readDeal(read, workspaceId, link.dealId);
  const person = kept?.deal.people.find(({ id }) => id === link.personId);
  if (kept === null || person === undefined) return null;
  const eye = eyeOf({ kept, person, counted: countDeal(kept, rules, now()), mayDownload: false });
  if (eye === null) return null;
  const closing = eye.view.anchors.find(({ name }) => name === 'closing')?.on ?? null;
  const host = new URL(config.publicUrl).hostname;
  const uidOf = (id: string) =>
    `${sha256([workspaceId, link.dealId, link.personId, id].join('\n')).slice(0, 32)}@${host}`;
  // Any change of the deal may move a date, also one that takes something away.
  const sequence = (await read.units.get(workspaceId, link.dealId))?.version ?? 0;
  const dates = ownDatesOf(eye, closing).map((date) => feedDateOf(date, uidOf));
  const known = new Set<string>();
  const once = dates.filter(({ uid }) => !known.has(uid) && known.add(uid));
  return { name: NAME, sequence, dates: once };
}

/** The closing day is one date to people, whether it is counted or agreed. */
function feedDateOf({ id, on, at, zone, title, isOff, isClosing }: OwnDate, uidOf: (id: string) => string): FeedDate {
  const uid = uidOf(isClosing ? 'closing' : id);
  return { uid, on: on as FeedDate['on'], at: zone === '' ? '' : at, zone, title, isCancelled: isOff };
}
