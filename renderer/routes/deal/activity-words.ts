import type { TrailEntry } from '../../../electron/contract/sync.ts';

type Group = TrailEntry['group'];

/** What each kind of entry is called, with its drawing. Denied and refused have the octagon: both stopped somebody. */
export const GROUP_FACES: Readonly<Record<Group, { readonly icon: string; readonly says: string }>> = {
  command: { icon: 'check', says: 'Done' },
  refused: { icon: 'blocked', says: 'Refused' },
  denied: { icon: 'blocked', says: 'Denied' },
  view: { icon: 'review', says: 'Seen' },
  download: { icon: 'file', says: 'Downloaded' },
  'sign-in': { icon: 'key', says: 'Signed in' },
  access: { icon: 'link', says: 'Access' },
  export: { icon: 'db', says: 'Exported' },
  file: { icon: 'clip', says: 'File' },
  other: { icon: 'more', says: 'Other' },
};

/** The kinds a person filters by; those that belong together are one. */
export const CHIPS: readonly { readonly title: string; readonly groups: readonly Group[] }[] = [
  { title: 'Done', groups: ['command'] },
  { title: 'Seen', groups: ['view'] },
  { title: 'Downloaded', groups: ['download'] },
  { title: 'Denied or refused', groups: ['denied', 'refused'] },
  { title: 'Sign-ins', groups: ['sign-in'] },
  { title: 'Access', groups: ['access'] },
  { title: 'Files', groups: ['file'] },
  { title: 'Exports', groups: ['export'] },
];

export function isChipOn(chip: (typeof CHIPS)[number], groups: readonly Group[]): boolean {
  return chip.groups.every((group) => groups.includes(group));
}

/** The kinds that are shown after a chip was pressed; none means all. */
export function toggled(chip: (typeof CHIPS)[number], groups: readonly Group[]): Group[] {
  const without = groups.filter((group) => !chip.groups.includes(group));
  return isChipOn(chip, groups) ? without : [...without, ...chip.groups];
}
