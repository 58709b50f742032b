import type { InboxItem, InboxView } from '../../../electron/contract/papers.ts';

export type GroupId = 'held' | 'confirm' | 'unknown' | 'refused' | 'reading' | 'alone' | 'done';

export interface InboxRow {
  readonly item: InboxItem;
  readonly group: GroupId;
}

export const GROUP_TITLES: Readonly<Record<GroupId, string>> = {
  held: 'Held',
  confirm: 'To confirm',
  unknown: 'No idea yet',
  refused: 'Could not be taken',
  reading: 'Being read',
  alone: 'Filed for you',
  done: 'Decided lately',
};

/** The groups as they stand in the list: what is dangerous, what waits, what is under way, what was done. */
export function rowsOf(view: InboxView): readonly InboxRow[] {
  const alone = view.done.filter(isFiledAlone);
  const rows = (group: GroupId, items: readonly InboxItem[]) => items.map((item) => ({ item, group }));
  return [
    ...rows('held', view.held),
    ...rows('confirm', view.toConfirm),
    ...rows('unknown', view.noIdea),
    ...rows('refused', view.refused),
    ...rows('reading', view.reading),
    ...rows('alone', alone),
    ...rows(
      'done',
      view.done.filter((item) => !isFiledAlone(item)),
    ),
  ];
}

/** By a rule that the person allowed, or as the same content again: nobody was asked. */
function isFiledAlone(item: InboxItem): boolean {
  return item.filed?.byRule === true || item.state === 'same';
}

/** Waits for the person, in the order in which one would take it up. */
const FIRST: readonly GroupId[] = ['confirm', 'unknown', 'refused', 'held', 'reading', 'alone', 'done'];
const OPEN: ReadonlySet<GroupId> = new Set(['held', 'confirm', 'unknown', 'refused']);

export function isWaiting({ group }: InboxRow): boolean {
  return OPEN.has(group);
}

/** Where the list opens. */
export function firstRow(rows: readonly InboxRow[]): string | null {
  for (const group of FIRST) {
    const row = rows.find((one) => one.group === group);
    if (row !== undefined) return row.item.id;
  }
  return null;
}

/** What comes up when these are decided: the next that waits below the first of them, else above, else wherever. */
export function nextAfter(rows: readonly InboxRow[], decided: readonly string[]): string | null {
  const at = rows.findIndex(({ item }) => decided.includes(item.id));
  const waits = (row: InboxRow) => isWaiting(row) && !decided.includes(row.item.id);
  const next = rows.slice(at + 1).find(waits) ?? rows.slice(0, Math.max(0, at)).findLast(waits);
  return next?.item.id ?? firstRow(rows.filter(({ item }) => !decided.includes(item.id)));
}

/** Every row from one to the other, whichever stands first. */
export function between(rows: readonly InboxRow[], from: string, to: string): readonly string[] {
  const ends = [from, to].map((id) => rows.findIndex(({ item }) => item.id === id)).sort((a, b) => a - b);
  const [first = -1, last = -1] = ends;
  return first < 0 ? [to] : rows.slice(first, last + 1).map(({ item }) => item.id);
}

/** "11 files came in since yesterday. 6 were certain and are filed. 5 need a look." */
export function headline(view: InboxView): string {
  const { came } = view;
  const byRule = view.done.filter((item) => item.filed?.byRule === true).length;
  const look = view.open - view.reading.length;
  const parts = [
    came === 0 ? 'Nothing new since yesterday.' : `${files(came)} came in since yesterday.`,
    view.filed > 0 && (byRule >= view.filed ? `${certain(view.filed)} filed.` : `${isAre(view.filed)} filed.`),
    look > 0 ? `${count(look)} ${look === 1 ? 'needs' : 'need'} a look.` : view.filed > 0 && 'None needs a look.',
  ];
  return parts.filter(Boolean).join(' ');
}

function certain(filed: number): string {
  return filed === 1 ? '1 was certain and is' : `${count(filed)} were certain and are`;
}

function isAre(filed: number): string {
  return filed === 1 ? '1 is' : `${count(filed)} are`;
}

function files(number: number): string {
  return number === 1 ? '1 file' : `${count(number)} files`;
}

function count(number: number): string {
  return number.toLocaleString('en-US');
}
