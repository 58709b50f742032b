import { type FormEvent, useState } from 'react';
import { PARTY_ROLES, type PartyRole } from '../../../core/deals/model.ts';
import { formatPhone } from '../../../core/parties/phone.ts';
import type { DealView, PersonView } from '../../../electron/contract/values.ts';
import { changesOf } from '../../data/changes-of.ts';
import { newId } from '../../data/ids.ts';
import { ROLE_WORDS } from '../../data/words.ts';
import { Refusal } from '../../ui/calm.tsx';
import { cx } from '../../ui/cx.ts';
import { SelectField, TextField } from '../../ui/field.tsx';
import { useFollowing } from '../../ui/following.ts';
import { Avatar } from '../../ui/marks.tsx';
import styles from './people.module.css';
import { emailProblem, phoneProblem } from './person-checks.ts';
import task from './task.module.css';
import { useTell } from './task-acts.ts';
import { Back } from './tasks-tab.tsx';

export function PersonRow(props: { readonly person: PersonView; readonly isSelected: boolean }) {
  const { person } = props;
  return (
    <div className={cx(styles.row, props.isSelected && styles.bold)}>
      <Avatar name={person.name} />
      <div>
        <p>
          <b>
            <bdi>{person.name}</bdi>
          </b>
          , {ROLE_WORDS[person.role].toLowerCase()}
        </p>
        {(person.company || person.email) !== '' && <small>{person.company || person.email}</small>}
      </div>
      <span className="meta nb">{formatPhone(person.phone)}</span>
    </div>
  );
}

function wordsOf({ name, company, email, phone }: PersonView) {
  return { name, company, email, phone };
}

/** What is known of a person, to change; or the fields of a new one. */
export function PersonForm(props: {
  readonly deal: DealView;
  readonly person: PersonView;
  readonly onDone: (id: string) => void;
  readonly onBack: () => void;
}) {
  const { deal, person } = props;
  const tell = useTell(deal.id);
  const shown = { ...person, phone: formatPhone(person.phone) };
  const [draft, setDraft, ground] = useFollowing(shown, `${deal.id}/${person.id}`);
  const [wrong, setWrong] = useState<string | null>(null);
  const [isChecked, setChecked] = useState(false);
  const isNew = person.id === '';
  const isChanged = JSON.stringify(draft) !== JSON.stringify(shown);
  const set = (change: Partial<PersonView>) => setDraft({ ...draft, ...change });
  const problems = {
    name: draft.name.trim() === '' ? 'Write the name.' : null,
    email: emailProblem(draft.email),
    phone: phoneProblem(draft.phone),
  };

  async function save(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (!isChanged) return;
    setChecked(true);
    if (problems.name || problems.email) return;
    const personId = isNew ? newId() : person.id;
    const { name, role, company, email, phone } = draft;
    const words = { name: name.trim(), company: company.trim(), email: email.trim(), phone: phone.trim() };
    // A role is guarded: it travels with the one that was shown.
    const newRole = role === shown.role ? {} : { role, expectedRole: ground.seen.role };
    const sentence = isNew
      ? await tell('addPerson', { personId, role, ...words })
      : await tell('editPerson', { personId, ...changesOf(wordsOf(shown), words), ...newRole });
    setWrong(sentence);
    if (sentence !== null) return ground.look();
    if (!isNew) setDraft({ ...draft, ...words, phone: formatPhone(words.phone) });
    props.onDone(personId);
  }

  if (deal.closedOn !== null) return <PersonRow person={person} isSelected />;
  return (
    <form
      className={styles.form}
      onSubmit={(event) => void save(event)}
      aria-label={isNew ? 'New person' : person.name}
    >
      <Back onBack={props.onBack} />
      <h2 dir="auto">{isNew ? 'New person' : person.name}</h2>
      <div className={styles.fields}>
        <TextField
          label="Name"
          value={draft.name}
          onChange={(name) => set({ name })}
          autoFocus={isNew}
          wrong={isChecked && problems.name}
        />
        <SelectField
          label="Role"
          value={draft.role}
          choices={roleChoices()}
          onChange={(role) => set({ role: role as PartyRole })}
        />
        <TextField label="Company" value={draft.company} onChange={(company) => set({ company })} />
        <TextField
          label="E-mail"
          type="email"
          value={draft.email}
          onChange={(email) => set({ email })}
          wrong={isChecked && problems.email}
        />
        <TextField
          label="Phone"
          type="tel"
          value={draft.phone}
          onChange={(phone) => set({ phone })}
          hint={problems.phone}
        />
      </div>
      {wrong && <Refusal says={wrong} />}
      <div className={task.acts}>
        <button type="submit" className={isChanged ? 'btn go' : 'btn'} aria-disabled={!isChanged}>
          {isNew ? 'Add to the deal' : 'Save'}
        </button>
        {isChanged && (
          <button type="button" className="btn" onClick={() => (isNew ? props.onBack() : setDraft(shown))}>
            {isNew ? 'Add nobody' : 'Leave as it was'}
          </button>
        )}
        {!isNew && (
          <button
            type="button"
            className="btn bare push"
            onClick={async () => setWrong(await tell('removePerson', { personId: person.id }))}
          >
            Take off the deal
          </button>
        )}
      </div>
    </form>
  );
}

export function roleChoices() {
  return PARTY_ROLES.map((role) => ({ id: role, title: ROLE_WORDS[role] }));
}
