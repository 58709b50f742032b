import { type ReactNode, useId } from 'react';
import type { Workflow } from '../../../core/checklists/template-schema.ts';
import { mayLackAddress } from '../../../core/checklists/workflow-days.ts';
import type { PlainDate } from '../../../core/deadlines/plain-date.ts';
import { readState, STATE_NAMES } from '../../../core/deals/address-states.ts';
import { type PartyRole, SCENARIOS, type Scenario, type Side } from '../../../core/deals/model.ts';
import type { StateForm } from '../../../electron/contract/values.ts';
import { newId } from '../../data/ids.ts';
import { SCENARIO_WORDS, SIDE_WORDS } from '../../data/words.ts';
import { cx } from '../../ui/cx.ts';
import { DayField, SelectField, TextField } from '../../ui/field.tsx';
import { Icon } from '../../ui/icon.tsx';
import { moneyText, parseMoney } from '../../ui/money.ts';
import { phoneProblem } from '../deal/person-checks.ts';
import { roleChoices } from '../deal/person-form.tsx';
import { Choices } from './choices.tsx';
import {
  type Draft,
  type DraftPerson,
  daysOf,
  type Field,
  factsAsked,
  formKey,
  SIDES_OF,
  workflowOfDraft,
} from './draft.ts';
import styles from './new-deal.module.css';

export interface PartProps {
  readonly draft: Draft;
  readonly set: (change: Partial<Draft>) => void;
  readonly problems: ReadonlyMap<Field, string>;
  readonly form: StateForm | undefined;
  readonly forms: readonly StateForm[];
  readonly today: PlainDate;
}

export function AddressPart({ draft, set, problems }: PartProps) {
  const state = readState(draft.state);
  return (
    <Part
      title="Address"
      says={mayLackAddress(workflowOfDraft(draft), draft.side) ? 'Empty until there is a home.' : undefined}
    >
      <div className={styles.address}>
        <TextField
          label="House number and street"
          value={draft.street}
          onChange={(street) => set({ street })}
          autoFocus
          wrong={problems.get('street')}
        />
        <TextField label="Unit" value={draft.unit} onChange={(unit) => set({ unit })} />
        <TextField label="City" value={draft.city} onChange={(city) => set({ city })} />
        <TextField
          label="State"
          value={draft.state}
          onChange={(text) => set({ state: text })}
          onBlur={() => state !== null && set({ state })}
          hint={state === null ? undefined : STATE_NAMES.get(state)}
          wrong={problems.get('state')}
        />
        <TextField label="ZIP" value={draft.zip} onChange={(zip) => set({ zip })} wrong={problems.get('zip')} />
      </div>
    </Part>
  );
}

const STANDS = [
  ['contract', 'Signed contract'],
  ['before', 'No contract yet'],
] as const;

const PRICE_LABELS: Record<Workflow, string> = {
  'buyer-intake': 'Budget in dollars',
  'seller-onboarding': 'List price in dollars',
  'contract-to-close': 'Price in dollars',
  'rental-onboarding': 'Rent in dollars',
};

export function DealPart({ draft, set, problems, form, forms }: PartProps) {
  const price = parseMoney(draft.price);
  const sides = SIDES_OF[draft.scenario];
  const workflow = workflowOfDraft(draft);
  const choose = (scenario: Scenario) => {
    const side = SIDES_OF[scenario].includes(draft.side) ? draft.side : (SIDES_OF[scenario][0] ?? 'buyer');
    set({ scenario, side });
  };
  return (
    <Part title="Deal">
      <div className={styles.deal}>
        <Choices
          label="Our client is"
          choices={SCENARIOS.map((scenario) => [scenario, SCENARIO_WORDS[scenario]])}
          value={draft.scenario}
          onChange={(value) => choose(value as Scenario)}
        />
        {sides.length > 1 && (
          <Choices
            label="Side"
            choices={sides.map((side) => [side, SIDE_WORDS[side]])}
            value={draft.side}
            onChange={(value) => set({ side: value as Side })}
          />
        )}
        {workflow !== 'rental-onboarding' && (
          <Choices
            label="Where does it stand?"
            choices={STANDS}
            value={draft.hasContract ? 'contract' : 'before'}
            onChange={(value) => set({ hasContract: value === 'contract' })}
          />
        )}
        {workflow === 'contract-to-close' && (
          <SelectField
            label="Form"
            value={form === undefined ? '' : formKey(form)}
            choices={forms.map((one) => ({
              id: formKey(one),
              title: one.form,
              detail: STATE_NAMES.get(one.state) ?? 'Any state',
            }))}
            onChange={(key) => set({ formKey: key })}
          />
        )}
        <TextField
          label={PRICE_LABELS[workflow]}
          value={draft.price}
          onChange={(text) => set({ price: text })}
          hint={price.kind === 'cents' ? moneyText(price.cents) : undefined}
          wrong={problems.get('price')}
        />
      </div>
    </Part>
  );
}

export function DaysPart({ draft, set, form, today }: PartProps) {
  const anchors = daysOf(draft, form);
  if (anchors.length === 0) return null;
  const main = anchors.filter((anchor, index) => index < 2 || anchor.name === 'closing');
  const rest = anchors.filter((anchor) => !main.includes(anchor));
  const field = (anchor: { name: string; title: string }) => (
    <DayField
      key={anchor.name}
      label={anchor.title}
      value={draft.days[anchor.name] ?? ''}
      today={today}
      onChange={(text) => set({ days: { ...draft.days, [anchor.name]: text } })}
    />
  );
  return (
    <Part title="Days" says="As Jun 2 or 6/2. Empty is not known yet.">
      <div className={styles.days}>{main.map(field)}</div>
      {rest.length > 0 && (
        <details className={styles.rest}>
          <summary>Other days of this form</summary>
          <div className={styles.days}>{rest.map(field)}</div>
        </details>
      )}
    </Part>
  );
}

export function PeoplePart({ draft, set, problems }: PartProps) {
  const change = (id: string, to: Partial<DraftPerson>) =>
    set({ people: draft.people.map((person) => (person.id === id ? { ...person, ...to } : person)) });
  const add = () =>
    set({
      people: [
        ...draft.people,
        { id: newId(), name: '', role: draft.people.length === 0 ? 'client' : 'co-client', email: '', phone: '' },
      ],
    });
  return (
    <Part
      title="People"
      says={
        mayLackAddress(workflowOfDraft(draft), draft.side) && draft.street.trim() === ''
          ? 'Without an address the deal goes by its client.'
          : 'The client can come later.'
      }
    >
      <ol className={styles.people}>
        {draft.people.map((person, index) => (
          <li key={person.id}>
            <TextField
              label="Name"
              isLabelHidden={index > 0}
              value={person.name}
              onChange={(name) => change(person.id, { name })}
              autoFocus={index > 0}
              wrong={problems.get(`name:${person.id}`)}
            />
            <SelectField
              label="Role"
              isLabelHidden={index > 0}
              value={person.role}
              choices={roleChoices()}
              onChange={(role) => change(person.id, { role: role as PartyRole })}
            />
            <TextField
              label="E-mail"
              type="email"
              isLabelHidden={index > 0}
              value={person.email}
              onChange={(email) => change(person.id, { email })}
              wrong={problems.get(`email:${person.id}`)}
            />
            <TextField
              label="Phone"
              type="tel"
              isLabelHidden={index > 0}
              value={person.phone}
              onChange={(phone) => change(person.id, { phone })}
              hint={phoneProblem(person.phone)}
            />
            <button
              type="button"
              className={cx('btn bare ico', index === 0 && styles.low)}
              aria-label={`Leave out ${person.name || 'this person'}`}
              title="Leave out"
              onClick={() => set({ people: draft.people.filter((other) => other.id !== person.id) })}
            >
              <Icon name="x" size="s" />
            </button>
          </li>
        ))}
      </ol>
      <button type="button" className="btn bare sm" onClick={add}>
        <Icon name="plus" size="s" />
        Add a person
      </button>
    </Part>
  );
}

const FINANCING = [
  ['', 'Not known'],
  ['cash', 'Cash'],
  ['conventional', 'Bank loan'],
  ['fha', 'FHA loan'],
  ['va', 'VA loan'],
  ['other', 'Another way'],
] as const;

export function FactsPart({ draft, set, problems }: PartProps) {
  const asked = factsAsked(draft);
  if (!asked.home && !asked.money) return null;
  return (
    <Part
      title={asked.home ? 'About the home' : 'About the money'}
      says="What is known decides which papers are asked for."
    >
      <div className={styles.facts}>
        {asked.home && (
          <TextField
            label="Year built"
            value={draft.yearBuilt}
            onChange={(yearBuilt) => set({ yearBuilt })}
            maxLength={4}
            wrong={problems.get('yearBuilt')}
          />
        )}
        {asked.money && (
          <SelectField
            label="Paid with"
            value={draft.financing === '' ? 'unknown' : draft.financing}
            choices={FINANCING.map(([id, title]) => ({ id: id || 'unknown', title }))}
            onChange={(id) => set({ financing: id === 'unknown' ? '' : id })}
          />
        )}
        {asked.home && (
          <Choices
            label="Owners' association"
            choices={[
              ['', 'Not known'],
              ['yes', 'Yes'],
              ['no', 'No'],
            ]}
            value={draft.hoa}
            onChange={(value) => set({ hoa: value as Draft['hoa'] })}
          />
        )}
      </div>
    </Part>
  );
}

function Part(props: { readonly title: string; readonly says?: string | undefined; readonly children: ReactNode }) {
  const id = useId();
  return (
    <section className={styles.part} aria-labelledby={id}>
      <h2 id={id}>
        {props.title} {props.says && <span>{props.says}</span>}
      </h2>
      {props.children}
    </section>
  );
}
