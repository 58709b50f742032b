import type { PersonHome } from '../../api/person-home.ts';
import type { Messages } from '../messages.ts';

/** The way from home to the closing: once it comes near, and after it. Null before. */
export function closingDoor(home: PersonHome, { closing }: Messages) {
  const final = home.documents.filter(({ isFinal }) => isFinal).length;
  const done = home.closing.filter(({ isDone }) => isDone).length;
  if (home.closing.length === 0 && final === 0) return null;
  const isOver = home.progress?.outcome === 'closed' || home.closing.length === 0;
  const text = isOver ? closing.finals(final) : closing.count(done, home.closing.length);
  return {
    ...{ at: { screen: 'closing' } as const, icon: 'done' as const, text },
    title: isOver ? closing.over.see : closing.link,
  };
}
