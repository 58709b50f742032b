import type { PersonHome } from '../../api/person-home.ts';
import { longDay } from '../format.ts';
import type { Messages } from '../messages.ts';
import type { Choice } from './choices.ts';
import type { ChangeDraft } from './draft.ts';
import { dollars, readDollars } from './money.ts';

/** What a draft asks for, as sentences for whoever looks it over. */
export function sentencesOf(choice: Choice, draft: ChangeDraft, home: PersonHome, words: Messages): readonly string[] {
  const { sentences } = words.changes.review;
  const { askable } = home;
  const day = (on: string | null) => (on === null || on === '' ? '' : longDay(on, home.today, words.locale));
  switch (choice) {
    case 'closing-date':
      return [sentences.day(sentences.closing, day(askable.closingOn), day(draft.on))];
    case 'possession-date':
      return [sentences.day(sentences.possession, day(askable.possessionOn), day(draft.on))];
    case 'contingency-extension': {
      const deadline = askable.deadlines.find(({ id }) => id === draft.deadlineId);
      return [sentences.day(deadline?.title ?? '', day(deadline?.on ?? null), day(draft.on))];
    }
    case 'repairs':
      return [...repairs(draft, words), ...(draft.amount.trim() === '' ? [] : money('credit', draft, home, words))];
    case 'price':
    case 'credit':
      return money(choice, draft, home, words);
    case 'replace-document':
    case 'form-correction': {
      const title = askable.papers.find(({ lineId }) => lineId === draft.lineId)?.title ?? '';
      return [choice === 'replace-document' ? sentences.replace(title) : sentences.correct(title)];
    }
    case 'cancellation':
      return [sentences.cancel];
    default:
      return [aboutPeople(choice, draft, home, words)];
  }
}

function repairs({ works }: ChangeDraft, { changes }: Messages): readonly string[] {
  const titles = works.map(({ title }) => title.trim()).filter((title) => title !== '');
  return titles.map(changes.review.sentences.repair);
}

function money(kind: 'price' | 'credit', draft: ChangeDraft, home: PersonHome, words: Messages): readonly string[] {
  const { priceCents, creditCents } = home.askable;
  const from = kind === 'price' ? priceCents : creditCents === 0 ? null : creditCents;
  const to = dollars(readDollars(draft.amount) ?? 0, words.locale);
  return [words.changes.review.sentences[kind](to, from === null ? '' : dollars(from, words.locale))];
}

type PeopleChoice = 'add-party' | 'remove-party' | 'power-of-attorney' | 'entity' | 'contact-info' | 'bank-info';

function aboutPeople(choice: PeopleChoice, draft: ChangeDraft, { askable }: PersonHome, { changes }: Messages): string {
  const { review, form } = changes;
  const name = askable.people.find(({ id }) => id === draft.personId)?.name ?? '';
  switch (choice) {
    case 'add-party': {
      const role = Object.entries(form.joinRoles).find(([each]) => each === draft.role)?.[1];
      return review.sentences.join(draft.name.trim(), role ?? form.joinRoles['co-client']);
    }
    case 'remove-party':
      return review.sentences.leave(name);
    case 'power-of-attorney':
      return review.sentences.signer(name);
    case 'entity':
      return review.sentences.entity(draft.paper === 'entity' ? form.entities.entity : form.entities.trust, name);
    case 'contact-info':
      return draft.reachBy === 'email' ? review.sentences.email(draft.reach) : review.sentences.phone(draft.reach);
    case 'bank-info':
      return review.sentences.bank;
  }
}
