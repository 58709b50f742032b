import { useState } from 'react';
import { keys, useToday } from '../../data/queries.ts';
import { useAskPortal } from '../../data/sync.ts';
import ask from '../../ui/ask.module.css';
import { AskDialog } from '../../ui/ask.tsx';
import { CopyButton } from '../../ui/copy.tsx';
import { fullInstant } from '../../ui/days.ts';
import { Dialog, DialogFoot } from '../../ui/dialog.tsx';
import { SelectField, TextField } from '../../ui/field.tsx';
import { Kbd } from '../../ui/keys.tsx';
import { firstName } from '../access/words.ts';
import { emailProblem } from '../deal/person-checks.ts';
import { type MemberRole, roleChoices } from './member-words.ts';
import styles from './portal.module.css';

export interface NewCode {
  readonly code: string;
  readonly expiresAt: string;
}

/** Somebody new for the team: who, as what; then their code, once. */
export function InviteDialog(props: { readonly url: string; readonly onClose: () => void }) {
  const askPortal = useAskPortal();
  const [made, setMade] = useState<NewCode | null>(null);
  const [name, setName] = useState('');
  const [email, setEmail] = useState('');
  const [role, setRole] = useState<MemberRole>('tc');
  const [isChecked, setChecked] = useState(false);
  const problems = {
    name: name.trim() === '' ? 'Write the name.' : null,
    email: email.trim() === '' ? 'Write the e-mail address.' : emailProblem(email),
  };
  async function invite(): Promise<string | null> {
    setChecked(true);
    if (problems.name !== null || problems.email !== null) return '';
    const told = await askPortal('team:invite', { name: name.trim(), email: email.trim(), role }, [keys.team]);
    if (!told.ok) return told.sentence;
    setMade(told.value);
    // The code goes on in place of the questions.
    return '';
  }
  if (made !== null) return <CodeDialog code={made} url={props.url} whose={name.trim()} onClose={props.onClose} />;
  return (
    <AskDialog
      title="Invite somebody"
      verb="Make the code"
      leave="Invite nobody"
      onLeave={props.onClose}
      onAnswer={invite}
    >
      <TextField
        label="Name"
        value={name}
        onChange={setName}
        maxLength={120}
        autoFocus
        wrong={isChecked && problems.name}
      />
      <TextField
        label="E-mail"
        type="email"
        value={email}
        onChange={setEmail}
        maxLength={320}
        wrong={isChecked && problems.email}
      />
      <SelectField label="Role" value={role} choices={roleChoices()} onChange={(id) => setRole(id as MemberRole)} />
    </AskDialog>
  );
}

/** A code that works once, shown once: to copy, with what to tell whoever gets it. `whose` null: for oneself. */
export function CodeDialog(props: {
  readonly code: NewCode;
  readonly url: string;
  readonly whose: string | null;
  readonly onClose: () => void;
}) {
  const { code, url, whose } = props;
  const today = useToday();
  const until = fullInstant(code.expiresAt, today).replace(/^Today/, 'today');
  const steps = `Open Closeboard, then Settings, Portal and team, Connect a shared portal. Address: ${url}  Code: ${code.code}`;
  return (
    <Dialog title={whose === null ? 'Code for another computer' : `Code for ${whose}`} onClose={props.onClose}>
      <div className={ask.fields}>
        <p className={styles.code}>
          <output aria-label="Code">{code.code}</output>
          <CopyButton text={code.code} says="Copy the code" isMain />
        </p>
        <p className="t2">It works once, until {until}. It is not shown again; if it is lost, make a new one.</p>
        <section aria-label="What to do with it">
          <h2 className={styles.small}>
            {whose === null ? 'On the other computer' : `What to tell ${firstName(whose)}`}
          </h2>
          <ol className={styles.steps}>
            <li>Open Closeboard, then Settings, Portal and team.</li>
            <li>Choose “Connect a shared portal”. A computer that was signed out asks for the code there.</li>
            <li>
              Address <span className={`mono ${styles.url}`}>{url}</span>, then the code.
            </li>
          </ol>
          <p className={styles.acts}>
            <CopyButton text={steps} says="Copy all of it" />
          </p>
        </section>
      </div>
      <DialogFoot>
        <button type="button" className="btn" onClick={props.onClose}>
          Done <Kbd>Esc</Kbd>
        </button>
      </DialogFoot>
    </Dialog>
  );
}
