import type { ProposedTerm } from '../../../core/changes/request.ts';
import type { ChangeFactsKnown, ChangeKind } from '../../../core/changes/rules.ts';
import type { PlainDate } from '../../../core/deadlines/plain-date.ts';
import type { PartyRole } from '../../../core/deals/model.ts';
import type { ChangeView } from '../../../electron/contract/portal-views.ts';
import type { DealView } from '../../../electron/contract/values.ts';
import { dayAsTyped, parseDayText } from '../../ui/day-text.ts';
import { moneyText, parseMoney } from '../../ui/money.ts';
import { instantOf } from './execute-draft.ts';

/** What is being asked, as it is typed. Fields of other kinds keep what was written in them. */
export interface AskDraft {
  readonly kind: ChangeKind | '';
  readonly day: string;
  readonly money: string;
  /** Of a deadline, a person or a document, by the kind. */
  readonly ofId: string;
  readonly title: string;
  readonly role: PartyRole;
  readonly field: 'phone' | 'email';
  readonly disclosure: '' | 'TDS' | 'NHD';
  /** Until when the others may agree; empty: no end. */
  readonly until: string;
  readonly reason: string;
}

export const NO_DRAFT: AskDraft = {
  ...{ kind: '', day: '', money: '', ofId: '', title: '', role: 'other-agent', field: 'phone' },
  ...{ disclosure: '', until: '', reason: '' },
};

/** The same once more, as far as a request says it in one value: with its kind and its words, and no end to it. */
export function draftOf({ kind, value, reason }: Pick<ChangeView, 'kind' | 'value' | 'reason'>): AskDraft {
  const day = value?.type === 'day' ? dayAsTyped(value.to) : '';
  const money = value?.type === 'money' ? moneyText(value.toCents) : '';
  return { ...NO_DRAFT, kind, day, money, reason };
}

/** What is asked about, for the fields: each kind has its own few. */
export type Shape = 'day' | 'money' | 'deadline' | 'repair' | 'new-person' | 'person' | 'line' | 'cancel' | 'contact';

export const KINDS: readonly { readonly id: ChangeKind; readonly title: string; readonly shape: Shape }[] = [
  { id: 'closing-date', title: 'Another closing day', shape: 'day' },
  { id: 'contingency-extension', title: 'More time for a contingency', shape: 'deadline' },
  { id: 'repairs', title: 'A repair', shape: 'repair' },
  { id: 'price', title: 'Another price', shape: 'money' },
  { id: 'credit', title: 'A credit', shape: 'money' },
  { id: 'possession-date', title: 'Another possession day', shape: 'day' },
  { id: 'option-extension', title: 'More time for the option', shape: 'deadline' },
  { id: 'replace-document', title: 'A document replaced', shape: 'line' },
  { id: 'form-correction', title: 'A form corrected', shape: 'line' },
  { id: 'add-party', title: 'Somebody added to the contract', shape: 'new-person' },
  { id: 'remove-party', title: 'Somebody taken off the contract', shape: 'person' },
  { id: 'power-of-attorney', title: 'Somebody signs for another', shape: 'person' },
  { id: 'entity', title: 'A company or a trust buys or sells', shape: 'person' },
  { id: 'contact-info', title: 'Another phone number or e-mail address', shape: 'contact' },
  { id: 'bank-info', title: 'Other bank details', shape: 'person' },
  { id: 'cancellation', title: 'The end of the deal', shape: 'cancel' },
];

export function shapeOf(kind: AskDraft['kind']): Shape | null {
  return KINDS.find(({ id }) => id === kind)?.shape ?? null;
}

export type Asked = { readonly args: Readonly<Record<string, unknown>> } | { readonly sentence: string };

interface Now {
  readonly today: PlainDate;
  readonly now: string;
  readonly newId: () => string;
}

/** The step that asks, or the sentence that says what is still to be written. */
export function askArgs(draft: AskDraft, deal: DealView, { today, now, newId }: Now): Asked {
  if (draft.kind === '') return { sentence: 'Say what should change.' };
  const term = termOf(draft, deal, { today, newId });
  if (typeof term === 'string') return { sentence: term };
  const until = parseDayText(draft.until, today);
  if (until.kind === 'wrong') return { sentence: until.sentence };
  return {
    args: {
      ...{ changeId: newId(), at: now, kind: draft.kind, terms: [term], reason: draft.reason.trim() },
      facts: factsOf(deal),
      expiresAt: until.kind === 'day' ? instantOf(until.day, LAST_MINUTE) : null,
      periodEndsAt: periodEnd(draft, deal),
    },
  };
}

const LAST_MINUTE = 23 * 60 + 59;

function termOf(draft: AskDraft, deal: DealView, { today, newId }: Omit<Now, 'now'>): ProposedTerm | string {
  const { ofId, title } = draft;
  switch (draft.kind) {
    case 'closing-date':
    case 'possession-date': {
      const name = draft.kind === 'closing-date' ? 'closing' : 'possession';
      const to = dayOf(draft.day, today);
      return 'sentence' in to ? to.sentence : { type: 'anchor', name, from: anchorOf(deal, name), to: to.day };
    }
    case 'contingency-extension':
    case 'option-extension': {
      const date = deal.dates.find(({ id }) => id === ofId);
      if (date === undefined) return 'Say which deadline gets more time.';
      const to = dayOf(draft.day, today);
      return 'sentence' in to ? to.sentence : { type: 'override', deadlineId: ofId, from: date.on, to: to.day };
    }
    case 'price':
    case 'credit': {
      const read = parseMoney(draft.money);
      if (read.kind !== 'cents') return read.kind === 'wrong' ? read.sentence : 'Write the amount in dollars.';
      return draft.kind === 'price'
        ? { type: 'price', fromCents: deal.priceCents, toCents: read.cents }
        : { type: 'credit', fromCents: 0, toCents: read.cents };
    }
    case 'repairs':
      if (title.trim() === '') return 'Say what is to be repaired.';
      return { type: 'repair', taskId: newId(), title: title.trim(), clientTitle: '', by: draft.role };
    default:
      return otherTerm(draft, deal, newId);
  }
}

function otherTerm(draft: AskDraft, deal: DealView, newId: () => string): ProposedTerm | string {
  const { ofId, title, kind } = draft;
  if (kind === 'cancellation') return { type: 'cancel', reason: draft.reason.trim().slice(0, 300) };
  if (kind === 'add-party') {
    if (title.trim() === '') return 'Write the name.';
    return { type: 'add-party', personId: newId(), name: title.trim(), role: draft.role };
  }
  if (kind === 'replace-document' || kind === 'form-correction') {
    if (ofId === '') return 'Say which document.';
    return draft.disclosure === ''
      ? { type: 'new-version', lineId: ofId }
      : { type: 'amended-disclosure', lineId: ofId, disclosure: draft.disclosure };
  }
  if (!deal.people.some(({ id }) => id === ofId)) return 'Say who.';
  if (kind === 'remove-party') return { type: 'remove-party', personId: ofId };
  if (kind === 'power-of-attorney' || kind === 'entity') return { type: 'paper', what: kind, personId: ofId };
  if (kind === 'bank-info') return { type: 'bank', personId: ofId };
  if (title.trim() === '') return draft.field === 'phone' ? 'Write the new number.' : 'Write the new address.';
  return { type: 'contact', personId: ofId, field: draft.field, to: title.trim() };
}

function dayOf(text: string, today: PlainDate): { readonly day: PlainDate } | { readonly sentence: string } {
  const read = parseDayText(text, today);
  if (read.kind === 'day') return { day: read.day };
  return { sentence: read.kind === 'wrong' ? read.sentence : 'Write the day.' };
}

function anchorOf(deal: DealView, name: string): PlainDate | null {
  return deal.anchors.find((anchor) => anchor.name === name)?.on ?? null;
}

/** Both sides agree before the deadline ends: its day, at the hour that the form says. */
function periodEnd({ kind, ofId }: AskDraft, deal: DealView): string | null {
  if (kind !== 'contingency-extension' && kind !== 'option-extension') return null;
  const date = deal.dates.find(({ id }) => id === ofId);
  if (date === undefined || date.on === null) return null;
  const [hours = 23, minutes = 59] = (date.at === '' ? '23:59' : date.at).split(':').map(Number);
  return instantOf(date.on, hours * 60 + minutes);
}

/** What the deal knows of itself; what nobody has said counts as yes, so that nobody is forgotten. */
function factsOf(deal: DealView): ChangeFactsKnown {
  const financing = deal.facts.find(({ name }) => name === 'financing')?.value ?? null;
  const isFinanced = financing === null || financing === 'unknown' ? null : financing !== 'cash';
  return { isFinanced, hasCostOrCredit: null, hasDeposit: null, wasSigned: null };
}
