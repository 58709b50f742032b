/** Words of what somebody has to do. */
export const tasks = {
  title: 'What you have to do',
  none: 'Nothing for you to do right now.',
  done: (count: number) => (count === 0 ? undefined : count === 1 ? 'One is done.' : `${count} are done.`),
  isDone: 'It is done',
  markDone: (title: string) => `It is done: ${title}`,
};
