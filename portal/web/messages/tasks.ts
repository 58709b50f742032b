/** Words of what somebody has to do. */
export const tasks = {
  title: 'What you have to do',
  none: 'Nothing for you to do right now.',
  done: (count: number) => (count === 1 ? 'One is done.' : `${count} are done.`),
  isDone: 'It is done',
  wasDone: (title: string) => `Marked as done: ${title}`,
  isOpen: 'It is not done after all',
  markOpen: (title: string) => `It is not done after all: ${title}`,
  markDone: (title: string) => `It is done: ${title}`,
};
