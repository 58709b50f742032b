import { longDay } from '../format.ts';
import type { At } from '../inside/at.ts';
import type { Messages } from '../messages.ts';
import type { Need } from './needs.ts';

export interface NeedWords {
  /** What to do, as a person would say it. */
  readonly title: string;
  /** Why, and what is enough; empty when the title says it all. */
  readonly text: string;
  /** Until when; null without a day. */
  readonly by: { readonly text: string; readonly isLate: boolean } | null;
}

export function wordsOfNeed(need: Need, words: Messages, today: string): NeedWords {
  const { need: say, next } = words;
  switch (need.kind) {
    case 'task': {
      const { title, dueOn, isLate } = need.task;
      const day = dueOn === null ? null : longDay(dueOn, today, words.locale);
      const by = day === null ? null : { text: isLate ? next.late(day) : next.by(day), isLate };
      return { title, text: '', by };
    }
    case 'paper': {
      const { title, why, reason } = need.paper;
      const text = why === 'again' ? say.paperAgain(reason) : say.paper;
      return { title: say.send(title, why === 'again'), text, by: null };
    }
    case 'read':
      return { title: say.read(need.title), text: say.readText, by: null };
    case 'form':
      return {
        title: say.answer(need.title),
        text: need.reason === '' ? say.formText(need.count) : say.returned(need.reason),
        by: null,
      };
    case 'change':
      return { title: say.agree(words.changes.titles[need.of]), text: need.terms.join(' '), by: null };
  }
}

/** Where it is done; null for what is done away from the page. */
export function placeOfNeed({ kind, id }: Need): At | null {
  switch (kind) {
    case 'task':
      return null;
    case 'read':
      return { screen: 'read', id };
    case 'form':
      return { screen: 'form', id };
    case 'paper':
      return { screen: 'upload', id };
    case 'change':
      return { screen: 'change', id };
  }
}

/** What a message about it names. */
export function aboutNeed({ kind, id }: Need): At {
  const also = { task: 'task', paper: 'document', read: 'document', form: 'deal', change: 'change' }[kind];
  return { screen: 'messages', id: kind === 'form' ? '' : id, also };
}
