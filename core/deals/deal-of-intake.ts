import type { PlainDate } from '../deadlines/plain-date.ts';
import { STATE_NAMES } from './address-states.ts';
import type { IntakePerson, IntakeResult } from './intake.ts';
import type { Id, Instant } from './model.ts';

/** One revision of a state form. `state`: two letters, or anything that is no state for the one that stands in. */
export interface FormOfState {
  readonly packId: string;
  readonly revision: string;
  readonly state: string;
}

export interface IntakeDealArgs<Form extends FormOfState> {
  readonly result: IntakeResult;
  /** The newest revision of each form first. */
  readonly forms: readonly Form[];
  readonly dealId: Id;
  readonly ownerId: Id;
  /** The intake link's. */
  readonly intakeId: Id;
  /** What the person wrote for the team. */
  readonly words: string;
  /** The day on which they sent it, where the home is. */
  readonly answeredOn: PlainDate;
  readonly at: Instant;
}

/** The form that a new deal in that state is offered first; undefined only where there are no forms at all. */
export function formOfState<Form extends FormOfState>(state: string | null, forms: readonly Form[]): Form | undefined {
  return forms.find((form) => form.state === state) ?? forms.find((form) => !STATE_NAMES.has(form.state));
}

/**
 * The arguments of createDeal for a finished intake: what the New deal dialog would send if somebody had typed the same.
 * Ids of people follow from that of the deal, so that sending twice says the same twice. Null where there is no form.
 */
export function dealOfIntake<Form extends FormOfState>({ result, forms, dealId, ...by }: IntakeDealArgs<Form>) {
  const form = formOfState(result.state, forms);
  if (form === undefined) return null;
  const { people, priceCents, facts, side, scenario, workflow } = result;
  const { street, unit, city, state, zip } = result;
  return {
    ...{ street, unit, city, state, zip, side, scenario, workflow, priceCents, facts },
    packId: form.packId,
    packRevision: form.revision,
    ownerId: by.ownerId,
    anchors: [],
    people: people.map((person, index) => personOf(person, `${dealId}.person.${index + 1}`)),
    at: by.at,
    lead: { intakeId: by.intakeId, words: by.words, answeredOn: by.answeredOn },
  };
}

function personOf({ name, role, email, phone }: IntakePerson, id: Id) {
  return { id, name, role, company: '', email, phone };
}
