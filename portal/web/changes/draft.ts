import type { ProposedTerm } from '../../../core/changes/request.ts';
import type { PlainDate } from '../../../core/deadlines/plain-date.ts';
import type { PartyRole } from '../../../core/deals/model.ts';
import type { PersonHome } from '../../api/person-home.ts';
import type { Choice } from './choices.ts';
import { readDollars } from './money.ts';

/** One line of work in a request for repairs. Its id is made once, so that the same request sent twice is the same. */
export interface Work {
  readonly id: string;
  readonly title: string;
}

/** What was filled in, as text. Each choice reads the fields that it needs. */
export interface ChangeDraft {
  readonly on: string;
  readonly deadlineId: string;
  readonly amount: string;
  readonly works: readonly Work[];
  readonly lineId: string;
  readonly name: string;
  readonly role: string;
  readonly personId: string;
  readonly newId: string;
  readonly paper: string;
  readonly reachBy: string;
  readonly reach: string;
  readonly reason: string;
}
export type DraftField = keyof ChangeDraft;

/** What is wrong with a field; the catalogue has the sentence. */
export type Wrong =
  | 'no-day'
  | 'past-day'
  | 'same-day'
  | 'no-deadline'
  | 'no-amount'
  | 'same-amount'
  | 'no-work'
  | 'no-paper'
  | 'no-name'
  | 'no-person'
  | 'no-email'
  | 'no-phone'
  | 'no-reason';

export type Terms =
  | { readonly ok: true; readonly terms: readonly ProposedTerm[] }
  | { readonly ok: false; readonly field: DraftField; readonly wrong: Wrong };

/** In which roles somebody may be asked to join by a client or an agent. */
export const JOIN_ROLES = ['co-client', 'attorney', 'lender', 'title'] as const satisfies readonly PartyRole[];
export const PAPERS = ['trust', 'entity'] as const;
/** A request has at most 20 terms; one of them may be money. */
export const MOST_WORKS = 15;

export function blankDraft(newId: () => string): ChangeDraft {
  return {
    ...{ on: '', deadlineId: '', amount: '', works: [{ id: newId(), title: '' }], lineId: '', name: '' },
    ...{ role: 'co-client', personId: '', newId: newId(), paper: 'trust', reachBy: 'phone', reach: '', reason: '' },
  };
}

/** A draft that the browser kept, or a blank one: what was kept may be of an older page. */
export function draftFrom(kept: unknown, blank: ChangeDraft): ChangeDraft {
  if (typeof kept !== 'object' || kept === null) return blank;
  const found = kept as Partial<Record<DraftField, unknown>>;
  const text = (field: DraftField) => (typeof found[field] === 'string' ? found[field] : String(blank[field]));
  return {
    ...{ on: text('on'), deadlineId: text('deadlineId'), amount: text('amount'), lineId: text('lineId') },
    ...{ name: text('name'), role: text('role'), personId: text('personId'), newId: text('newId') },
    ...{ paper: text('paper'), reachBy: text('reachBy'), reach: text('reach'), reason: text('reason') },
    works: worksFrom(found.works) ?? blank.works,
  };
}

function worksFrom(kept: unknown): readonly Work[] | null {
  if (!Array.isArray(kept) || kept.length === 0) return null;
  const works = kept.filter(
    (work): work is Work => typeof work === 'object' && typeof work?.id === 'string' && typeof work.title === 'string',
  );
  return works.length === kept.length ? works : null;
}

export type AskingDeal = Pick<PersonHome, 'askable' | 'place' | 'today'>;

/** What is sent for a draft, or the first field that is not right yet. Days are the deal's, amounts whole cents. */
export function termsOf(choice: Choice, draft: ChangeDraft, deal: AskingDeal): Terms {
  const terms = ownTerms(choice, draft, deal);
  if (terms.ok && needsReason(choice) && draft.reason.trim() === '') return wrong('reason', 'no-reason');
  return terms;
}

/** Where the request says little without the why. */
export function needsReason(choice: Choice): boolean {
  return ['replace-document', 'form-correction', 'cancellation', 'power-of-attorney'].includes(choice);
}

function ownTerms(choice: Choice, draft: ChangeDraft, deal: AskingDeal): Terms {
  const { askable } = deal;
  switch (choice) {
    case 'closing-date':
      return dayTerm(draft, deal, { name: 'closing', from: askable.closingOn });
    case 'possession-date':
      return dayTerm(draft, deal, { name: 'possession', from: askable.possessionOn });
    case 'contingency-extension':
      return extensionTerm(draft, deal);
    case 'repairs':
      return repairTerms(draft, deal);
    case 'price':
      return amountTerm(draft, askable.priceCents, (toCents) => ({
        ...{ type: 'price', fromCents: askable.priceCents, toCents },
      }));
    case 'credit':
      return amountTerm(draft, askable.creditCents, (toCents) => ({
        ...{ type: 'credit', fromCents: askable.creditCents, toCents },
      }));
    case 'replace-document':
    case 'form-correction': {
      const { lineId } = draft;
      const isThere = askable.papers.some((paper) => paper.lineId === lineId);
      return isThere ? one({ type: 'new-version', lineId }) : wrong('lineId', 'no-paper');
    }
    case 'cancellation':
      return one({ type: 'cancel', reason: draft.reason.trim().slice(0, 300) });
    default:
      return peopleTerm(choice, draft, deal);
  }
}

type PeopleChoice = 'add-party' | 'remove-party' | 'power-of-attorney' | 'entity' | 'contact-info' | 'bank-info';

function peopleTerm(choice: PeopleChoice, draft: ChangeDraft, { askable }: AskingDeal): Terms {
  if (choice === 'add-party') {
    const role = JOIN_ROLES.find((each) => each === draft.role) ?? 'co-client';
    const name = draft.name.trim();
    return name === '' ? wrong('name', 'no-name') : one({ type: 'add-party', personId: draft.newId, name, role });
  }
  const you = askable.people.find(({ isYou }) => isYou);
  if (choice === 'contact-info') return reachTerm(draft, you?.id ?? '');
  if (choice === 'bank-info') return one({ type: 'bank', personId: you?.id ?? '' });
  const personId = askable.people.find(({ id }) => id === draft.personId)?.id;
  if (personId === undefined) return wrong('personId', 'no-person');
  if (choice === 'remove-party') return one({ type: 'remove-party', personId });
  const what = choice === 'power-of-attorney' ? choice : (PAPERS.find((each) => each === draft.paper) ?? 'trust');
  return one({ type: 'paper', what, personId });
}

function reachTerm({ reachBy, reach }: ChangeDraft, personId: string): Terms {
  const to = reach.trim();
  const isPhone = reachBy !== 'email';
  if (isPhone && to.replaceAll(/\D/g, '').length < 7) return wrong('reach', 'no-phone');
  if (!isPhone && !/^\S+@\S+\.\S+$/.test(to)) return wrong('reach', 'no-email');
  return one({ type: 'contact', personId, field: isPhone ? 'phone' : 'email', to });
}

interface FromDay {
  readonly name: string;
  readonly from: string | null;
}

function dayTerm({ on }: ChangeDraft, { today }: AskingDeal, { name, from }: FromDay): Terms {
  const fault = wrongDay(on, today, from);
  if (fault !== null) return wrong('on', fault);
  return one({ type: 'anchor', name, from: from as PlainDate | null, to: on as PlainDate });
}

function extensionTerm({ on, deadlineId }: ChangeDraft, { askable, today }: AskingDeal): Terms {
  const deadline = askable.deadlines.find(({ id }) => id === deadlineId);
  if (deadline === undefined) return wrong('deadlineId', 'no-deadline');
  const fault = wrongDay(on, today, deadline.on);
  if (fault !== null) return wrong('on', fault);
  return one({ type: 'override', deadlineId, from: deadline.on as PlainDate, to: on as PlainDate });
}

function wrongDay(on: string, today: string, from: string | null): Wrong | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(on)) return 'no-day';
  if (on < today) return 'past-day';
  return on === from ? 'same-day' : null;
}

/** Work is done by the side that sells or lets; money instead is a credit beside it, or alone. */
function repairTerms({ works, amount }: ChangeDraft, { askable, place }: AskingDeal): Terms {
  const by = place.side === 'buyer' || place.side === 'tenant' ? 'other-principal' : 'client';
  const lines = works
    .map(({ id, title }) => ({ id, title: title.trim() }))
    .filter(({ title }) => title !== '')
    .map(({ id, title }): ProposedTerm => ({ type: 'repair', taskId: id, title, clientTitle: title, by }));
  if (amount.trim() === '')
    return lines.length === 0 ? wrong('works', 'no-work') : { ok: true, terms: lines.slice(0, MOST_WORKS) };
  const toCents = readDollars(amount);
  if (toCents === null) return wrong('amount', 'no-amount');
  if (toCents === askable.creditCents) return wrong('amount', 'same-amount');
  const credit: ProposedTerm = { type: 'credit', fromCents: askable.creditCents, toCents };
  return { ok: true, terms: [...lines.slice(0, MOST_WORKS), credit] };
}

function amountTerm({ amount }: ChangeDraft, from: number | null, term: (toCents: number) => ProposedTerm): Terms {
  const toCents = readDollars(amount);
  if (toCents === null) return wrong('amount', 'no-amount');
  return toCents === from ? wrong('amount', 'same-amount') : one(term(toCents));
}

function one(term: ProposedTerm): Terms {
  return { ok: true, terms: [term] };
}

function wrong(field: DraftField, fault: Wrong): Terms {
  return { ok: false, field, wrong: fault };
}
