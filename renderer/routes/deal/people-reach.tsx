import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { AccessEntry, AccessView } from '../../../electron/contract/sync.ts';
import type { DealView, PersonView } from '../../../electron/contract/values.ts';
import { useAccess } from '../../data/access.ts';
import { toShow } from '../../data/portal-rows.ts';
import { useToday } from '../../data/queries.ts';
import { useSession } from '../../data/session.tsx';
import { Refusal } from '../../ui/calm.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Kbd, useKeys } from '../../ui/keys.tsx';
import { LinkDialog } from '../access/link-dialog.tsx';
import { useCanLink, useSeeAs } from '../access/use-see-as.ts';
import { firstName, openLink, seenText } from '../access/words.ts';
import styles from './people.module.css';

interface Props {
  readonly deal: DealView;
  readonly person: PersonView;
  /** They came on to the deal a moment ago: their link is offered at once. */
  readonly isFresh: boolean;
}

/** How a person reaches the deal: what they see of it, when they last did, their link, and looking as they do. */
export function Reach(props: Props) {
  const answer = useAccess(props.deal.id).data;
  if (props.person.role === 'tc' || props.person.role === 'admin') return null;
  if (answer === undefined) return null;
  if (answer.kind === 'no') return props.deal.isSample ? null : <p className="meta">{answer.sentence}</p>;
  const entry = answer.value.entries.find(({ id }) => id === props.person.id);
  if (entry === undefined)
    return props.isFresh ? (
      <p className="banner waiting" role="status">
        <Icon name="waiting" />
        <span>{props.person.name} is on the deal. The portal is being told; their link can be made in a moment.</span>
      </p>
    ) : null;
  return <Reached {...props} entry={entry} view={answer.value} />;
}

function Reached(props: Props & { readonly entry: AccessEntry; readonly view: AccessView }) {
  const { deal, entry, view } = props;
  const today = useToday();
  const session = useSession();
  const canLink = useCanLink(deal, entry);
  const { seeAs, wrong } = useSeeAs(deal.id, entry.id);
  const [isMaking, setMaking] = useState(false);
  const open = openLink(entry);
  const name = firstName(entry.name);
  useKeys({
    s: () => canLink && void seeAs(),
    l: () => canLink && setMaking(true),
  });
  return (
    <section className={styles.reach} aria-label={`What ${entry.name} sees`}>
      {props.isFresh && open === null && canLink && (
        <p className="banner accent" role="status">
          <Icon name="link" />
          <span>{entry.name} is on the deal. Make their link now, and they see it at once.</span>
        </p>
      )}
      <p className="t2" dir="auto">
        {entry.short.replace(/\.$/, '')}
        {'. '}
        {seenText(entry, today) || (open === null ? '' : 'Their link was not opened yet.')}
      </p>
      <div className={styles.acts}>
        {canLink && (
          <>
            <button
              type="button"
              className={props.isFresh && open === null ? 'btn go' : 'btn'}
              onClick={() => setMaking(true)}
            >
              <Icon name="link" /> {open === null ? 'Make a link' : 'Make another link'} <Kbd>L</Kbd>
            </button>
            <button type="button" className="btn" onClick={() => void seeAs()}>
              <Icon name="review" /> See as {name} <Kbd>S</Kbd>
            </button>
          </>
        )}
        <Link
          className="btn bare"
          to="/deals/$dealId"
          params={{ dealId: deal.id }}
          search={{ tab: 'people', view: 'access' }}
          onClick={() => toShow(session, 'person').set(entry.id)}
        >
          <Icon name="key" /> What {name} sees, and why
        </Link>
      </div>
      {wrong && <Refusal says={wrong} />}
      {isMaking && (
        <LinkDialog
          deal={deal}
          entry={entry}
          canMail={view.canMail}
          isShared={view.isShared}
          onClose={() => setMaking(false)}
        />
      )}
    </section>
  );
}
