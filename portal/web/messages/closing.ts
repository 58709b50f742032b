/** Words of the closing, of what comes after it. */
export const closing = {
  title: 'Closing',
  link: 'Closing checklist',
  leadOn: (day: string) => `Planned for ${day}.`,
  leadToday: 'It is today.',
  leadPast: (day: string) => `It was planned for ${day}. Your coordinator can say what comes now.`,
  leadNone: 'No day is set yet.',
  steps: 'Before closing',
  none: 'The checklist appears here when closing comes near. Nothing for you to do about it now.',
  count: (done: number, all: number) => `${done} of ${all} done`,
  finals: (count: number) =>
    count === 0 ? 'The final papers come here' : count === 1 ? '1 final paper' : `${count} final papers`,
  yours: 'You do this.',
  theirs: (who: string) =>
    `${who.charAt(0).toUpperCase()}${who.slice(1)} ${/ and | you$/.test(who) ? 'do' : 'does'} this.`,
  due: (day: string) => `By ${day}.`,
  late: (day: string) => `It was due ${day}.`,
  isDone: 'Done.',
  papers: 'Your final papers',
  papersNone: 'The final papers appear here when they are signed.',
  papersOff: 'This link shows papers and does not hand them out. Ask your coordinator for copies.',
  read: (title: string) => `Read ${title}`,
  readIt: 'Read',

  over: {
    sale: {
      buyer: 'The home is yours',
      seller: 'Your home is sold',
      tenant: 'The home is yours to live in',
      landlord: 'Your home is let',
    },
    professional: 'This deal is closed',
    closedOn: (day: string) => `It closed on ${day}.`,
    congratulations: 'Congratulations, and thank you for doing your part on time.',
    where: 'Keep copies of the final papers: you may need them for your taxes, or when you sell one day.',
    whereNone: 'The final papers come here as soon as they are signed.',
    until: (day: string) => `This link works until ${day}. After that, ask your coordinator for copies.`,
    withdrawn: 'This deal has ended',
    withdrawnText: 'It did not come to a closing. Your coordinator can say what happens to deposits and papers.',
    see: 'Closing and final papers',
  },
};
