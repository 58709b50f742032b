import { useState } from 'react';
import type { MissingStep } from '../../api/person-home.ts';
import { Icon } from '../icon.tsx';
import { useDeal } from '../inside/deal.ts';
import { useWords } from '../words.ts';

/** So many at first; a stage may miss thirty things. */
const FIRST = 8;

const ICONS = {
  open: { name: 'due', tone: 'due' },
  waiting: { name: 'waiting', tone: 'waiting' },
  blocked: { name: 'later', tone: 'quiet' },
  review: { name: 'eye', tone: 'review' },
} as const satisfies Record<MissingStep['state'], object>;

/** What the present stage still needs, and who has it. */
export function Missing() {
  const { missing } = useWords().partners;
  const { home } = useDeal();
  const [isWhole, setIsWhole] = useState(false);
  if (home.progress === null || home.progress.outcome !== null) return null;
  const shown = isWhole ? home.missing : home.missing.slice(0, FIRST);
  return (
    <section className="hold" aria-labelledby="missing">
      <h2 id="missing">{missing.title}</h2>
      {home.missing.length === 0 && <p className="t2">{missing.none}</p>}
      <ol>
        {shown.map(({ what, who, state }) => (
          <li key={`${what} ${who}`}>
            <Icon {...ICONS[state]} />
            <div>
              <b>{what}</b>
              <p>
                {[who === '' ? '' : missing.who(who), missing.state[state]].filter((part) => part !== '').join(' ')}
              </p>
            </div>
          </li>
        ))}
      </ol>
      {home.missing.length > FIRST && (
        <button type="button" className="plain" aria-expanded={isWhole} onClick={() => setIsWhole(!isWhole)}>
          {isWhole ? missing.less : missing.more(home.missing.length)}
        </button>
      )}
    </section>
  );
}
