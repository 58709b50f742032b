import { longDay } from '../format.ts';
import { useDeal } from '../inside/deal.ts';
import { useWords } from '../words.ts';
import type { Choice } from './choices.ts';
import { DayField } from './day-field.tsx';
import { type ChangeDraft, type DraftField, JOIN_ROLES, needsReason, PAPERS } from './draft.ts';
import { type Fault, LongField, MoneyField, PickField, RadioField, TextField } from './field.tsx';
import { dollars } from './money.ts';
import { WorksField } from './works-field.tsx';

export interface FieldsProps {
  readonly choice: Choice;
  readonly draft: ChangeDraft;
  readonly fault: Fault | null;
  set(more: Partial<ChangeDraft>): void;
}

/** The few fields that one choice needs, and the why at the end. */
export function Fields(props: FieldsProps) {
  const { form } = useWords().changes;
  const { choice } = props;
  const reason = needsReason(choice) ? form.reason[choice as 'cancellation'] : form.reason.plain;
  return (
    <>
      {choice === 'cancellation' && <p>{form.cancelNote}</p>}
      {choice === 'bank-info' && <p>{form.bankNote}</p>}
      <OwnFields {...props} />
      <LongField {...fieldOf(props, 'reason')} label={reason} help={form.reasonHelp} />
    </>
  );
}

function OwnFields(props: FieldsProps) {
  const { choice, draft, fault, set } = props;
  const { home } = useDeal();
  const { form } = useWords().changes;
  switch (choice) {
    case 'closing-date':
      return <DayField {...fieldOf(props, 'on')} label={form.newDay} from={home.askable.closingOn} />;
    case 'possession-date':
      return <DayField {...fieldOf(props, 'on')} label={form.newDay} from={home.askable.possessionOn} />;
    case 'contingency-extension':
      return <Extension {...props} />;
    case 'repairs':
      return (
        <>
          <WorksField works={draft.works} fault={fault} onChange={(works) => set({ works })} />
          <MoneyField {...fieldOf(props, 'amount')} label={form.instead} help={form.insteadHelp} />
        </>
      );
    case 'price':
    case 'credit':
      return <Amount {...props} />;
    case 'replace-document':
    case 'form-correction':
      return <Paper {...props} />;
    case 'contact-info':
      return <Reach {...props} />;
    case 'cancellation':
    case 'bank-info':
      return null;
    default:
      return <AboutPeople {...props} />;
  }
}

function Extension(props: FieldsProps) {
  const { changes, locale } = useWords();
  const { home } = useDeal();
  const { form } = changes;
  const { deadlines } = home.askable;
  const chosen = deadlines.find(({ id }) => id === props.draft.deadlineId);
  const options = deadlines.map(({ id, title, on }) => ({
    value: id,
    label: form.deadlineOn(title, longDay(on, home.today, locale)),
  }));
  return (
    <>
      <PickField {...fieldOf(props, 'deadlineId')} label={form.deadline} options={options} none={form.choose} />
      {chosen !== undefined && <DayField {...fieldOf(props, 'on')} label={form.newDay} from={chosen.on} />}
    </>
  );
}

function Amount(props: FieldsProps) {
  const { changes, locale } = useWords();
  const { askable } = useDeal().home;
  const { form } = changes;
  const isPrice = props.choice === 'price';
  const from = isPrice ? askable.priceCents : askable.creditCents === 0 ? null : askable.creditCents;
  const none = isPrice ? form.priceNone : form.creditNone;
  const help = from === null ? none : form.priceNow(dollars(from, locale));
  return <MoneyField {...fieldOf(props, 'amount')} label={isPrice ? form.price : form.credit} help={help} />;
}

function Paper(props: FieldsProps) {
  const { form } = useWords().changes;
  const options = useDeal().home.askable.papers.map(({ lineId, title }) => ({ value: lineId, label: title }));
  return <PickField {...fieldOf(props, 'lineId')} label={form.paper} options={options} none={form.choose} />;
}

function AboutPeople(props: FieldsProps) {
  const { form } = useWords().changes;
  const { askable } = useDeal().home;
  if (props.choice === 'add-party')
    return (
      <>
        <TextField {...fieldOf(props, 'name')} label={form.joinName} />
        <RadioField
          {...fieldOf(props, 'role')}
          label={form.joinRole}
          options={JOIN_ROLES.map((role) => ({ value: role, label: form.joinRoles[role] }))}
        />
      </>
    );
  const people = askable.people.map(({ id, name }) => ({ value: id, label: name }));
  return (
    <>
      {props.choice === 'entity' && (
        <RadioField
          {...fieldOf(props, 'paper')}
          label={form.entity}
          options={PAPERS.map((paper) => ({ value: paper, label: form.entities[paper] }))}
        />
      )}
      <PickField {...fieldOf(props, 'personId')} label={form.who} options={people} none={form.choose} />
    </>
  );
}

function Reach(props: FieldsProps) {
  const { form } = useWords().changes;
  const isEmail = props.draft.reachBy === 'email';
  return (
    <>
      <p>{form.reachNote}</p>
      <RadioField
        {...fieldOf(props, 'reachBy')}
        label={form.reachBy}
        options={[
          { value: 'phone', label: form.reachByPhone },
          { value: 'email', label: form.reachByEmail },
        ]}
      />
      <TextField
        {...fieldOf(props, 'reach')}
        label={isEmail ? form.newEmail : form.newPhone}
        type={isEmail ? 'email' : 'tel'}
      />
    </>
  );
}

function fieldOf({ draft, fault, set }: FieldsProps, name: Exclude<DraftField, 'works'>) {
  return { name, value: draft[name], fault, onChange: (value: string) => set({ [name]: value }) };
}
