import { placeOfNeed, wordsOfNeed } from '../home/need-words.ts';
import { Icon } from '../icon.tsx';
import { useDeal } from '../inside/deal.ts';
import { useWords } from '../words.ts';

/** The papers that this person is asked for, each with the way to send it. */
export function Wanted() {
  const words = useWords();
  const { home, go } = useDeal();
  if (home.wanted.length === 0) return null;
  return (
    <section className="papers">
      <h2>{words.reading.wanted}</h2>
      <ol>
        {home.wanted.map((paper) => {
          const need = { kind: 'paper', id: paper.lineId, paper } as const;
          const at = placeOfNeed(need);
          return (
            <li key={paper.lineId}>
              <Icon name={paper.why === 'again' ? 'back' : 'sent'} />
              <div>
                <b>{paper.title}</b>
                <p>{paper.why === 'again' ? wordsOfNeed(need, words, home.today).text : words.need.askedFor}</p>
              </div>
              {at !== null && !home.isPreview && (
                <button
                  type="button"
                  className="btn"
                  aria-label={words.need.sendIt(paper.title)}
                  onClick={() => go(at)}
                >
                  <Icon name="camera" />
                  {words.need.buttons.paper}
                </button>
              )}
            </li>
          );
        })}
      </ol>
    </section>
  );
}
