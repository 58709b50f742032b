import { useState } from 'react';
import { formatPhone } from '../../../core/parties/phone.ts';
import type { ProposedView } from '../../../electron/contract/portal-rows.ts';
import type { DealView } from '../../../electron/contract/values.ts';
import { newId } from '../../data/ids.ts';
import { useToday } from '../../data/queries.ts';
import { ROLE_WORDS } from '../../data/words.ts';
import { AskDialog } from '../../ui/ask.tsx';
import { Refusal } from '../../ui/calm.tsx';
import { cx } from '../../ui/cx.ts';
import { fullInstant } from '../../ui/days.ts';
import { AreaField } from '../../ui/field.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Kbd, useKeys } from '../../ui/keys.tsx';
import { Avatar, Mark } from '../../ui/marks.tsx';
import styles from './people.module.css';
import task from './task.module.css';
import { useTell } from './task-acts.ts';
import { Back } from './tasks-tab.tsx';

/** Somebody whom a person of the deal wants on it, in the list of people. */
export function ProposalRow(props: { readonly proposal: ProposedView; readonly isSelected: boolean }) {
  const { proposal } = props;
  return (
    <div className={cx(styles.row, props.isSelected && styles.bold)}>
      <Avatar name={proposal.name} />
      <div>
        <p>
          <b>
            <bdi>{proposal.name}</bdi>
          </b>
          , {ROLE_WORDS[proposal.role].toLowerCase()}
        </p>
        <small>
          wanted by <bdi>{proposal.by}</bdi>
        </small>
      </div>
      <Mark state="review">To decide</Mark>
    </div>
  );
}

/** A proposal: who wants whom as what, whom to call first, and the two answers. */
export function ProposalPane(props: {
  readonly deal: DealView;
  readonly proposal: ProposedView;
  /** The person that it became. */
  readonly onAccepted: (personId: string) => void;
  readonly onBack: () => void;
}) {
  const { deal, proposal } = props;
  const tell = useTell(deal.id);
  const today = useToday();
  const [wrong, setWrong] = useState<string | null>(null);
  const [isDeclining, setDeclining] = useState(false);
  const isOpen = deal.closedOn === null;
  async function accept(): Promise<void> {
    const personId = newId();
    const args = { proposalId: proposal.id, personId, at: new Date().toISOString() };
    const sentence = await tell('acceptProposal', args);
    setWrong(sentence);
    if (sentence === null) props.onAccepted(personId);
  }
  useKeys({ p: () => isOpen && void accept(), x: () => isOpen && setDeclining(true) });
  const phone = formatPhone(proposal.phone);
  return (
    <article className={styles.form} aria-label={proposal.name}>
      <Back onBack={props.onBack} />
      <header>
        <p className="meta">{fullInstant(proposal.at, today)}</p>
        <h2 dir="auto">
          {proposal.by} wants {proposal.name} as {ROLE_WORDS[proposal.role].toLowerCase()}
        </h2>
      </header>
      <p className="banner due">
        <Icon name="phone" />
        <span dir="auto">
          Call first, on a number that you find yourself.{' '}
          {phone === '' ? 'No number was given.' : `The number given is ${phone.replaceAll(' ', '\u00a0')}.`}
        </span>
      </p>
      {proposal.words !== '' && (
        <p className={task.say} dir="auto">
          “{proposal.words}”
        </p>
      )}
      <dl className={styles.facts}>
        {[
          ['Company', proposal.company],
          ['E-mail', proposal.email],
          ['Phone', phone],
        ].map(([name, value]) =>
          value === '' ? null : (
            <div key={name}>
              <dt>{name}</dt>
              <dd dir="auto">{value}</dd>
            </div>
          ),
        )}
      </dl>
      {proposal.alike.length > 0 && (
        <p className="t2" dir="auto">
          On the deal already: {proposal.alike.map(({ name }) => name).join(', ')}. Look whether it is the same person.
        </p>
      )}
      {wrong && <Refusal says={wrong} />}
      {isOpen && (
        <div className={task.acts}>
          <button type="button" className="btn go" onClick={() => void accept()}>
            <Icon name="check" /> Put on the deal <Kbd>P</Kbd>
          </button>
          <button type="button" className="btn" onClick={() => setDeclining(true)}>
            Leave out <Kbd>X</Kbd>
          </button>
        </div>
      )}
      {isDeclining && <DeclineDialog deal={deal} proposal={proposal} onClose={() => setDeclining(false)} />}
    </article>
  );
}

function DeclineDialog(props: {
  readonly deal: DealView;
  readonly proposal: ProposedView;
  readonly onClose: () => void;
}) {
  const { proposal } = props;
  const tell = useTell(props.deal.id);
  const [reason, setReason] = useState('');
  return (
    <AskDialog
      title={`Leave out ${proposal.name}?`}
      says={`${proposal.by} reads on their page that it was not done, and why.`}
      verb="Leave out"
      leave="Decide later"
      onLeave={props.onClose}
      onAnswer={async () =>
        reason.trim() === ''
          ? `Say in a few words why: ${proposal.by} reads it.`
          : tell('declineProposal', {
              proposalId: proposal.id,
              reason: reason.trim().slice(0, 300),
              at: new Date().toISOString(),
            })
      }
    >
      <AreaField label="Why" value={reason} onChange={setReason} autoFocus />
    </AskDialog>
  );
}
