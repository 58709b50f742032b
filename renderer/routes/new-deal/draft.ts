import type { Workflow } from '../../../core/checklists/template-schema.ts';
import { type AskedDay, mayLackAddress, WORKFLOW_DAYS, workflowOf } from '../../../core/checklists/workflow-days.ts';
import type { PlainDate } from '../../../core/deadlines/plain-date.ts';
import { readState, STATE_NAMES } from '../../../core/deals/address-states.ts';
import type { PartyRole, Scenario, Side } from '../../../core/deals/model.ts';
import type { StateForm } from '../../../electron/contract/values.ts';
import { parseDayText } from '../../ui/day-text.ts';
import { parseMoney } from '../../ui/money.ts';
import { emailProblem } from '../deal/person-checks.ts';

export interface DraftPerson {
  readonly id: string;
  readonly name: string;
  readonly role: PartyRole;
  readonly email: string;
  readonly phone: string;
}

/** A deal as it is being typed: days and money are text until they are read. */
export interface Draft {
  readonly street: string;
  readonly unit: string;
  readonly city: string;
  readonly state: string;
  readonly zip: string;
  readonly side: Side;
  readonly scenario: Scenario;
  /** Whether there is a signed contract; a rental is never asked. */
  readonly hasContract: boolean;
  /** The key of a form that was chosen by hand; empty until then, and the state chooses. */
  readonly formKey: string;
  readonly price: string;
  readonly days: Readonly<Record<string, string>>;
  readonly people: readonly DraftPerson[];
  readonly yearBuilt: string;
  readonly hoa: '' | 'yes' | 'no';
  readonly financing: string;
}

export type Field =
  | 'street'
  | 'state'
  | 'zip'
  | 'price'
  | 'yearBuilt'
  | `day:${string}`
  | `name:${string}`
  | `email:${string}`;

export function emptyDraft(personId: string): Draft {
  return {
    street: '',
    unit: '',
    city: '',
    state: '',
    zip: '',
    side: 'buyer',
    scenario: 'buy',
    hasContract: true,
    formKey: '',
    price: '',
    days: {},
    people: [{ id: personId, name: '', role: 'client', email: '', phone: '' }],
    yearBuilt: '',
    hoa: '',
    financing: '',
  };
}

/** Whether anything was typed that would be lost. */
export function isTouched(draft: Draft): boolean {
  const people = draft.people.flatMap((person) => [person.name, person.email, person.phone]);
  const texts = [draft.street, draft.unit, draft.city, draft.state, draft.zip, draft.price, draft.yearBuilt];
  return [...texts, ...people, ...Object.values(draft.days)].some((text) => text.trim() !== '');
}

/** The sides a scenario has; the first is the usual one. */
export const SIDES_OF: Record<Scenario, readonly Side[]> = {
  buy: ['buyer'],
  sell: ['seller'],
  rent: ['tenant', 'landlord'],
  invest: ['buyer', 'seller', 'landlord'],
};

/** The checklist that the draft would open with. */
export function workflowOfDraft({ scenario, side, hasContract }: Draft): Workflow {
  return workflowOf(scenario, side, hasContract);
}

/** The days to ask for: those of the form once there is a contract, else those of the listing or the lease. */
export function daysOf(draft: Draft, form: StateForm | undefined): readonly AskedDay[] {
  const workflow = workflowOfDraft(draft);
  return workflow === 'contract-to-close' ? (form?.anchors ?? []) : WORKFLOW_DAYS[workflow];
}

/** One form in one revision: Texas has two under one name. */
export function formKey({ packId, revision }: StateForm): string {
  return `${packId} ${revision}`;
}

/** The form that was chosen, else the one of the state, else the one for any contract. */
export function formOf(draft: Draft, forms: readonly StateForm[]): StateForm | undefined {
  const chosen = forms.find((form) => formKey(form) === draft.formKey);
  if (chosen !== undefined) return chosen;
  const state = readState(draft.state);
  return forms.find((form) => form.state === state) ?? forms.find((form) => !STATE_NAMES.has(form.state));
}

/** What stands in the way of creating the deal, by field, each as a sentence. Empty fields that may come later are fine. */
export function problemsOf(draft: Draft, form: StateForm | undefined, today: PlainDate): ReadonlyMap<Field, string> {
  const problems = new Map<Field, string>();
  const mayBeNameless = mayLackAddress(workflowOfDraft(draft), draft.side);
  if (draft.street.trim() === '' && !mayBeNameless) problems.set('street', 'Write the house number and the street.');
  if (readState(draft.state) === null)
    problems.set(
      'state',
      draft.state.trim() === ''
        ? 'Write the state, like CA.'
        : 'No state is called that. Write it like CA or California.',
    );
  if (draft.zip.trim() !== '' && !/^\d{5}(-\d{4})?$/.test(draft.zip.trim()))
    problems.set('zip', 'A ZIP code has 5 digits, or 5 and 4.');
  const price = parseMoney(draft.price);
  if (price.kind === 'wrong') problems.set('price', price.sentence);
  if (factsAsked(draft).home && draft.yearBuilt.trim() !== '' && yearOf(draft.yearBuilt, today) === null)
    problems.set('yearBuilt', 'Write the year with 4 digits, like 1962.');
  for (const { name } of daysOf(draft, form)) {
    const read = parseDayText(draft.days[name] ?? '', today);
    if (read.kind === 'wrong') problems.set(`day:${name}`, read.sentence);
  }
  for (const person of draft.people) {
    const email = emailProblem(person.email);
    if (email !== null) problems.set(`email:${person.id}`, email);
    if (person.name.trim() === '' && (person.email + person.phone).trim() !== '')
      problems.set(`name:${person.id}`, 'Write the name that goes with it.');
  }
  const first = draft.people[0];
  if (mayBeNameless && draft.street.trim() === '' && draft.people.every((person) => person.name.trim() === ''))
    problems.set(
      first ? `name:${first.id}` : 'street',
      'Without an address the deal goes by its client. Write the name.',
    );
  return problems;
}

export interface Stamp {
  readonly ownerId: string;
  readonly at: string;
  readonly today: PlainDate;
}

/** The arguments of createDeal for a draft without problems. */
export function argsOf(draft: Draft, form: StateForm, stamp: Stamp): Record<string, unknown> {
  const price = parseMoney(draft.price);
  const people = draft.people
    .filter((person) => person.name.trim() !== '')
    .map(({ id, name, role, email, phone }) => ({
      id,
      name: name.trim(),
      role,
      company: '',
      email: email.trim(),
      phone: phone.trim(),
    }));
  return {
    street: draft.street.trim(),
    unit: draft.unit.trim(),
    city: draft.city.trim(),
    state: readState(draft.state),
    zip: draft.zip.trim(),
    side: draft.side,
    scenario: draft.scenario,
    workflow: workflowOfDraft(draft),
    packId: form.packId,
    packRevision: form.revision,
    ownerId: stamp.ownerId,
    priceCents: price.kind === 'cents' ? price.cents : null,
    facts: factsOf(draft, stamp.today),
    anchors: anchorsOf(draft, form, stamp.today),
    people,
    at: stamp.at,
  };
}

/** The days that could be read; a text that is no day is left out. */
export function anchorsOf(
  draft: Draft,
  form: StateForm,
  today: PlainDate,
): { name: string; on: PlainDate; evidence: string }[] {
  return daysOf(draft, form).flatMap(({ name }) => {
    const read = parseDayText(draft.days[name] ?? '', today);
    return read.kind === 'day' ? [{ name, on: read.day, evidence: '' }] : [];
  });
}

/** What can be known at this point: a home only once there is one, a loan only where somebody buys. */
export function factsAsked(draft: Draft): { readonly home: boolean; readonly money: boolean } {
  const workflow = workflowOfDraft(draft);
  return {
    home: workflow !== 'buyer-intake' || draft.street.trim() !== '',
    money: workflow === 'contract-to-close' || workflow === 'buyer-intake',
  };
}

/** Only what somebody said: an unknown fact is left out. */
export function factsOf(draft: Draft, today: PlainDate): Record<string, string | number | boolean> {
  const asked = factsAsked(draft);
  const year = asked.home ? yearOf(draft.yearBuilt, today) : null;
  return {
    ...(year === null ? {} : { yearBuilt: year }),
    ...(draft.hoa === '' || !asked.home ? {} : { hoa: draft.hoa === 'yes' }),
    ...(draft.financing === '' || !asked.money ? {} : { financing: draft.financing }),
  };
}

function yearOf(text: string, today: PlainDate): number | null {
  const year = /^\d{4}$/.test(text.trim()) ? Number(text.trim()) : 0;
  return year >= 1600 && year <= Number(today.slice(0, 4)) + 3 ? year : null;
}
