import { useNavigate } from '@tanstack/react-router';
import type { DealView } from '../../../electron/contract/values.ts';
import { toShow, usePortalRows } from '../../data/portal-rows.ts';
import { useSession } from '../../data/session.tsx';
import { ROLE_WORDS } from '../../data/words.ts';
import { Icon } from '../../ui/icon.tsx';
import styles from './people-needs.module.css';

/** What people of the deal sent that waits for the coordinator: answers to take, and somebody to decide about. */
export function PeopleNeeds(props: { readonly deal: DealView }) {
  const { deal } = props;
  const rows = usePortalRows(deal.id);
  const session = useSession();
  const navigate = useNavigate();
  if (rows === undefined || deal.closedOn !== null) return null;
  const sent = rows.forms.filter(({ state }) => state === 'sent');
  const open = rows.proposals.filter(({ state }) => state === 'open');
  if (sent.length + open.length === 0) return null;
  return (
    <ul className={styles.needs} aria-label="People wait for your answer">
      {sent.map(({ id, person, title }) => (
        <li key={id}>
          <Icon name="review" className="review" />
          <span dir="auto">
            {person} answered “{title}”.
          </span>
          <button type="button" className="btn sm" onClick={() => toShow(session, 'form').set(id)}>
            Look at the answers
          </button>
        </li>
      ))}
      {open.map(({ id, by, name, role }) => (
        <li key={id}>
          <Icon name="people" className="review" />
          <span dir="auto">
            {by} wants {name} as {ROLE_WORDS[role].toLowerCase()}. Call first.
          </span>
          <button
            type="button"
            className="btn sm"
            onClick={() => {
              toShow(session, 'proposal').set(id);
              void navigate({ to: '/deals/$dealId', params: { dealId: deal.id }, search: { tab: 'people' } });
            }}
          >
            Decide
          </button>
        </li>
      ))}
    </ul>
  );
}
