import type { PlainDate } from '../../../core/deadlines/plain-date.ts';
import { PARTY_ROLES, type PartyRole } from '../../../core/deals/model.ts';
import type { DealView } from '../../../electron/contract/values.ts';
import { useLines } from '../../data/queries.ts';
import { ROLE_WORDS } from '../../data/words.ts';
import { rowDay } from '../../ui/days.ts';
import { DayField, SelectField, TextField } from '../../ui/field.tsx';
import { moneyText } from '../../ui/money.ts';
import { type AskDraft, shapeOf } from './ask-draft.ts';
import styles from './changes.module.css';

interface Props {
  readonly deal: DealView;
  readonly draft: AskDraft;
  readonly today: PlainDate;
  readonly onSet: (part: Partial<AskDraft>) => void;
}

/** The few fields of the kind that is asked for. */
export function AskFields(props: Props) {
  const { deal, draft, today, onSet } = props;
  switch (shapeOf(draft.kind)) {
    case 'day':
      return <Day {...props} />;
    case 'money':
      return (
        <TextField
          label="Amount in dollars"
          value={draft.money}
          onChange={(money) => onSet({ money })}
          hint={draft.kind === 'price' && deal.priceCents !== null ? `Now ${moneyText(deal.priceCents)}` : undefined}
        />
      );
    case 'deadline':
      return (
        <>
          <SelectField
            label="Which deadline"
            value={draft.ofId}
            choices={deal.dates
              .filter(({ on, mark }) => on !== null && mark.state === 'open')
              .map(({ id, title, on }) => ({ id, title, ...(on && { detail: rowDay(on, today) }) }))}
            onChange={(ofId) => onSet({ ofId })}
          />
          <DayField label="New last day" value={draft.day} onChange={(day) => onSet({ day })} today={today} />
        </>
      );
    case 'repair':
      return (
        <div className={styles.pair}>
          <TextField label="What is to be repaired" value={draft.title} onChange={(title) => onSet({ title })} />
          <Role label="Who sees to it" {...props} />
        </div>
      );
    case 'new-person':
      return (
        <div className={styles.pair}>
          <TextField label="Name" value={draft.title} onChange={(title) => onSet({ title })} />
          <Role label="As" {...props} />
        </div>
      );
    case 'person':
      return <Person {...props} />;
    case 'contact':
      return <Contact {...props} />;
    case 'line':
      return <Line {...props} />;
    default:
      return null;
  }
}

function Day({ deal, draft, today, onSet }: Props) {
  const name = draft.kind === 'closing-date' ? 'closing' : 'possession';
  const now = deal.anchors.find((anchor) => anchor.name === name)?.on ?? null;
  return (
    <DayField
      label={now === null ? 'The day' : `The day, now ${rowDay(now, today)}`}
      value={draft.day}
      onChange={(day) => onSet({ day })}
      today={today}
    />
  );
}

function Role(props: Props & { readonly label: string }) {
  return (
    <SelectField
      label={props.label}
      value={props.draft.role}
      choices={PARTY_ROLES.map((id) => ({ id, title: ROLE_WORDS[id] }))}
      onChange={(role) => props.onSet({ role: role as PartyRole })}
    />
  );
}

function Person({ deal, draft, onSet }: Props) {
  return (
    <SelectField
      label="Who"
      value={draft.ofId}
      choices={deal.people.map(({ id, name, role }) => ({ id, title: name, detail: ROLE_WORDS[role] }))}
      onChange={(ofId) => onSet({ ofId })}
    />
  );
}

const FIELDS = [
  { id: 'phone', title: 'Phone number' },
  { id: 'email', title: 'E-mail address' },
];

function Contact(props: Props) {
  const { draft, onSet } = props;
  return (
    <>
      <Person {...props} />
      <div className={styles.pair}>
        <SelectField
          label="What"
          value={draft.field}
          choices={FIELDS}
          onChange={(field) => onSet({ field: field === 'email' ? 'email' : 'phone' })}
        />
        <TextField label="The new one" value={draft.title} onChange={(title) => onSet({ title })} />
      </div>
    </>
  );
}

const DISCLOSURES = [
  { id: 'none', title: 'No disclosure of its own law' },
  { id: 'TDS', title: 'The Transfer Disclosure Statement' },
  { id: 'NHD', title: 'The Natural Hazard Disclosure' },
];

/** In California an amended disclosure gives the buyer a new right, so it is asked for by name. */
function Line({ deal, draft, onSet }: Props) {
  const lines = useLines(deal.id).data ?? [];
  const disclosure = draft.disclosure === '' ? 'none' : draft.disclosure;
  return (
    <>
      <SelectField
        label="Which document"
        value={draft.ofId}
        choices={lines.filter(({ isMetadataOnly }) => !isMetadataOnly).map(({ id, title }) => ({ id, title }))}
        onChange={(ofId) => onSet({ ofId })}
      />
      {deal.state === 'CA' && (
        <SelectField
          label="An amended disclosure"
          value={disclosure}
          choices={DISCLOSURES}
          onChange={(id) => onSet({ disclosure: id === 'TDS' || id === 'NHD' ? id : '' })}
        />
      )}
    </>
  );
}
