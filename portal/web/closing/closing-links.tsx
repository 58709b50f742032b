import { Icon } from '../icon.tsx';
import { useDeal } from '../inside/deal.ts';
import { useWords } from '../words.ts';

/** On the home page: the checklist once closing comes near, and the final papers after it. */
export function ClosingLinks() {
  const { closing } = useWords();
  const { home, go } = useDeal();
  const isClosed = home.progress?.outcome === 'closed';
  const hasFinal = home.documents.some(({ isFinal }) => isFinal);
  const done = home.closing.filter(({ isDone }) => isDone).length;
  if (home.closing.length === 0 && !hasFinal) return null;
  return (
    <ul className="ways">
      <li>
        <button type="button" className="row" onClick={() => go({ screen: 'closing' })}>
          <Icon name="check" />
          <span>
            <b>{isClosed ? closing.over.see : closing.link}</b>
            {!isClosed && home.closing.length > 0 && (
              <span className="t2">{closing.count(done, home.closing.length)}</span>
            )}
          </span>
          <Icon name="right" />
        </button>
      </li>
    </ul>
  );
}
