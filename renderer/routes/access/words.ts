import { type PlainDate, plainDate } from '../../../core/deadlines/plain-date.ts';
import type { AccessEntry, LinkView } from '../../../electron/contract/sync.ts';
import { ROLE_WORDS } from '../../data/words.ts';
import { fullInstant, rowDay } from '../../ui/days.ts';
import type { MarkState } from '../../ui/marks.tsx';

/** What a link is now, with its silhouette. */
export const LINK_FACES: Readonly<
  Record<LinkView['state'], { readonly state: MarkState; readonly shape: string; readonly says: string }>
> = {
  open: { state: 'done', shape: 'link', says: 'Open' },
  expired: { state: 'none', shape: 'nn', says: 'Ended' },
  revoked: { state: 'none', shape: 'nn', says: 'Revoked' },
};

export const STEP_WORDS: Readonly<Record<LinkView['secondStep'], string>> = {
  code: 'A code by e-mail',
  word: 'The word you agreed on',
  none: 'No second step',
};

/** Of a calendar feed, which asks nobody who they are. */
export const FEED_WORDS = 'Dates and short titles, for whoever has its address';

export function openLink(entry: AccessEntry): LinkView | null {
  return entry.links.find((link) => link.kind === 'portal' && link.state === 'open') ?? null;
}

/** "Until Sat, Aug 1, moves with closing" */
export function untilText(link: LinkView, today: PlainDate): string {
  // It ended when it was revoked: the day that it would have lasted to means nothing any more.
  if (link.state === 'revoked') return '';
  const day = rowDay(lastDayOf(link.expiresAt), today);
  if (link.state === 'expired') return `Ended ${day}`;
  return `Until ${day}${link.movesWithClosing ? ', moves with closing' : ''}`;
}

const HALF_DAY_MS = 43_200_000;

/** The last day of a link as people count it: its end is 12:00 UTC of the day after, when that day is over everywhere. */
export function lastDayOf(expiresAt: string): PlainDate {
  return plainDate(new Date(Date.parse(expiresAt) - HALF_DAY_MS - 1).toISOString().slice(0, 10));
}

/** "Client", "Transaction coordinator": the word for a role, of a person or of a member. */
export function roleText(entry: Pick<AccessEntry, 'kind' | 'role'>): string {
  const words: Readonly<Record<string, string>> = entry.kind === 'member' ? MEMBER_WORDS : ROLE_WORDS;
  return words[entry.role] ?? entry.role;
}

const MEMBER_WORDS = { tc: 'Transaction coordinator', admin: 'Office admin', agent: 'Agent' };

export function usedText(link: LinkView, today: PlainDate): string {
  const isFeed = link.kind === 'calendar';
  if (link.usedAt === null) return isFeed ? 'Not read yet' : 'Not opened yet';
  // Of a feed a read is noted once a day.
  if (isFeed) return `Last day read: ${lower(rowDay(plainDate(link.usedAt.slice(0, 10)), today))}`;
  return `Last opened ${lower(fullInstant(link.usedAt, today))}`;
}

/** When a person last opened their page: "Seen today, 8:15 AM."; empty when they never did. */
export function seenText({ links }: Pick<AccessEntry, 'links'>, today: PlainDate): string {
  const last = links
    .flatMap(({ kind, usedAt }) => (kind === 'portal' && usedAt !== null ? [usedAt] : []))
    .toSorted()
    .at(-1);
  return last === undefined ? '' : `Seen ${lower(fullInstant(last, today))}.`;
}

function lower(text: string): string {
  return text.replace(/^(Today|Yesterday)/, (word) => word.toLowerCase());
}

/** The first name, for sentences; the whole of what is called nothing else. */
export function firstName(name: string): string {
  return name.trim().split(/\s+/)[0] ?? name;
}

/** Easy to say on the phone and hard to mishear. */
const WORDS = [
  ...['almond', 'anchor', 'apron', 'autumn', 'basket', 'blanket', 'bridge', 'butter', 'candle', 'canyon', 'carpet'],
  ...['cherry', 'copper', 'cotton', 'daisy', 'dolphin', 'eagle', 'engine', 'falcon', 'feather', 'forest', 'garden'],
  ...['ginger', 'guitar', 'hammer', 'harbor', 'honey', 'island', 'jacket', 'jungle', 'kettle', 'ladder', 'lantern'],
  ...['lemon', 'magnet', 'maple', 'meadow', 'mirror', 'napkin', 'nutmeg', 'ocean', 'orchard', 'oyster', 'paddle'],
  ...['pepper', 'pillow', 'planet', 'pocket', 'quartz', 'rabbit', 'ribbon', 'river', 'saddle', 'silver', 'sparrow'],
  ...['summer', 'ticket', 'timber', 'tulip', 'tunnel', 'velvet', 'violin', 'walnut', 'window', 'winter', 'zebra'],
] as const;

/** Three words and a figure, by chance: about 24 bits, behind a limit on how often somebody may be wrong. */
export function suggestWord(random: (below: number) => number = randomBelow): string {
  const word = () => WORDS[random(WORDS.length)] ?? WORDS[0];
  return `${word()} ${word()} ${word()} ${random(90) + 10}`;
}

function randomBelow(below: number): number {
  return (crypto.getRandomValues(new Uint32Array(1))[0] ?? 0) % below;
}

/** The address as a picture. An image runs nothing and reaches nothing, whatever its text holds. */
export function pictureOf(svg: string): string {
  return `data:image/svg+xml;utf8,${encodeURIComponent(svg)}`;
}
