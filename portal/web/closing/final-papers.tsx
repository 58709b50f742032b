import { plainDay } from '../format.ts';
import { Icon } from '../icon.tsx';
import { useDeal } from '../inside/deal.ts';
import { useWords } from '../words.ts';

/** The papers of the closing, each with the way to read it. */
export function FinalPapers() {
  const { closing, papers, locale } = useWords();
  const { home, go } = useDeal();
  const own = home.documents.filter(({ isFinal }) => isFinal);
  return (
    <section aria-labelledby="final">
      <h2 id="final">{closing.papers}</h2>
      {own.length === 0 && <p className="t2">{closing.papersNone}</p>}
      {own.length > 0 && !home.mayDownload && <p className="t2">{closing.papersOff}</p>}
      <ul className="facts">
        {own.map(({ title, versionId, version, receivedOn, isFullySigned, state }) => (
          <li key={`${title} ${version ?? 0}`}>
            <Icon name="paper" tone="quiet" />
            <div>
              <h3>{title}</h3>
              <p className="t2">
                {[
                  isFullySigned ? papers.signed : papers.states[state],
                  receivedOn === null ? '' : papers.came(plainDay(receivedOn, home.today, locale)),
                ].join(' ')}
              </p>
              {versionId !== null && !home.isPreview && (
                <button
                  type="button"
                  className="btn"
                  aria-label={closing.read(title)}
                  onClick={() => go({ screen: 'read', id: versionId })}
                >
                  <Icon name="eye" />
                  {closing.readIt}
                </button>
              )}
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}
