/** What the watcher says to the person. */
export const SAY = {
  ownPlace: 'Closeboard keeps its own files there. Choose a folder where papers arrive, such as Downloads.',
  insideWatched: (path: string) => `It lies in ${path}, which is watched already. Files in it arrive from there.`,
  holdsWatched: (path: string) => `${path} lies in it and is watched already. Stop watching that one first.`,
  notAFolder: 'That is not a folder. Choose the folder the file lies in.',
  sameId: 'This folder is on the list already.',
  missing: 'This folder is not there now. Plug the drive in or put the folder back; watching goes on by itself.',
  closed: 'Closeboard may not open this folder. Allow it in the system settings; watching goes on by itself.',
  unreadable: 'This folder cannot be read now. Nothing in it has changed; Closeboard tries again by itself.',
  notKept:
    'Closeboard cannot write its records now, so nothing is taken. The files stay where they are; it tries again by itself.',
  paused: 'Paused. What arrives meanwhile is found when you resume.',
  network: (seconds: string) => `On a network drive, so Closeboard looks every ${seconds}.`,
  limit: (seconds: string) =>
    `This computer listens to as many folders as it can. Closeboard looks every ${seconds} instead.`,
  inUse: 'In use by another program. It is taken as soon as that program lets go of it.',
  placeholder: 'Only in the cloud. Open it once, or make it available offline, and it is taken.',
  incomplete: 'Not finished yet. It is taken when it stops changing.',
  closedFolder: 'Closeboard may not open this folder, so files in it do not arrive.',
  tooDeep: 'More than 20 folders deep. Move it up and its files arrive.',
} as const;

/** "10 seconds", "1 second" */
export function secondsOf(ms: number): string {
  const seconds = Math.max(1, Math.round(ms / 1000));
  return seconds === 1 ? 'second' : `${seconds} seconds`;
}
