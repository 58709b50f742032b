import type { OwnChange } from '../../api/person-home.ts';
import { dayOf, plainDay } from '../format.ts';
import { Icon } from '../icon.tsx';
import { useDeal } from '../inside/deal.ts';
import { useWords } from '../words.ts';
import { iconOf, isForYou, stateOf } from './state.ts';

/** One request in a list: what it is, what would change, how it stands, and the way to it. */
export function ChangeRow({ change }: { readonly change: OwnChange }) {
  const words = useWords();
  const { home, go } = useDeal();
  const { changes, locale } = words;
  const asked = change.askedAt === null ? '' : plainDay(dayOf(change.askedAt), home.today, locale);
  const title = changes.titles[change.kind];
  const isAsked = isForYou(change);
  return (
    <li className="change">
      <Icon {...iconOf(change)} />
      <div>
        <h3>{title}</h3>
        {change.terms.map((term) => (
          <p key={term}>{term}</p>
        ))}
        <p className="t2">{stateOf(change, words)}</p>
        <p className="t2">
          {changes.askedBy(change.askedBy === home.person.name ? changes.you : change.askedBy, asked)}
        </p>
        <button
          type="button"
          className={isAsked ? 'btn' : 'plain'}
          onClick={() => go({ screen: 'change', id: change.id })}
        >
          {isAsked && !home.isPreview ? changes.answer : changes.look}
          <span className="vh"> {title}</span>
        </button>
      </div>
    </li>
  );
}
