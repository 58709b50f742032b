import type { OwnProposal } from '../../api/person-home.ts';
import { Icon } from '../icon.tsx';
import { useDeal } from '../inside/deal.ts';
import { useWords } from '../words.ts';
import { coordinatorOf, isClient } from './coordinator.ts';

const ICONS = {
  open: { name: 'waiting', tone: 'waiting' },
  accepted: { name: 'done', tone: 'done' },
  declined: { name: 'over', tone: 'quiet' },
} as const satisfies Record<OwnProposal['state'], object>;

/** Whom this person proposed, and how each stands. */
export function Proposals() {
  const words = useWords();
  const { onDeal } = words;
  const { home } = useDeal();
  if (home.proposals.length === 0) return null;
  const who = coordinatorOf(home.people, words);
  return (
    <section aria-labelledby="proposed">
      <h2 id="proposed">{onDeal.proposed}</h2>
      <ul className="facts">
        {home.proposals.map(({ id, name, role, state, reason }) => (
          <li key={id}>
            <Icon {...ICONS[state]} />
            <div>
              <h3>{name}</h3>
              <p className="t2">{onDeal.roles(role, home.place.side, isClient(home))}</p>
              <p className="t2">{onDeal.state(state, who)}</p>
              {state === 'declined' && reason !== '' && <p className="t2">{onDeal.because(reason)}</p>}
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}
