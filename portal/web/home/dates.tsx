import { useState } from 'react';
import type { KeyDate } from '../../api/person-home.ts';
import { addressOf, hourOf, shortDay } from '../format.ts';
import { useDeal } from '../inside/deal.ts';
import { useWords } from '../words.ts';

/** So many at first: a phone shows them without scrolling, and closing is always among them. */
const FIRST = 6;

export function Dates() {
  const { home, go } = useDeal();
  const words = useWords();
  const { dates } = words;
  const [isWhole, setIsWhole] = useState(false);
  // Of a deal that has ended without a closing no day holds any more.
  if (home.progress?.outcome === 'withdrawn') return null;
  const isClosed = home.progress?.outcome === 'closed';
  const ahead = home.dates.filter(({ state }) => state === 'ahead');
  const past = home.dates.filter(({ state }) => state !== 'ahead');
  const shown = isWhole ? ahead : shortList(ahead);
  const reasons = [...new Set(shown.map(({ why }) => why))].filter((why) => why !== '');
  return (
    <section className="dates">
      <h2>{dates.title}</h2>
      {home.place.street !== '' && <p className="t2 place">{dates.place(addressOf(home.place))}</p>}
      {ahead.length > 0 && <Days dates={shown} />}
      {ahead.length === 0 && !isClosed && <p className="t2">{dates.none}</p>}
      {ahead.length > 0 && (
        <p className="alt">
          <button type="button" className="plain" onClick={() => go({ screen: 'calendar' })}>
            {dates.add}
          </button>
          {ahead.length > shown.length || isWhole ? (
            <button type="button" className="plain" aria-expanded={isWhole} onClick={() => setIsWhole(!isWhole)}>
              {isWhole ? dates.less : dates.more(ahead.length)}
            </button>
          ) : null}
        </p>
      )}
      {reasons.length > 0 && (
        <details>
          <summary>{dates.why}</summary>
          <dl>
            {reasons.map((why) => (
              <div key={why}>
                {shown
                  .filter((date) => date.why === why)
                  .map((date) => (
                    <dt key={date.title}>{date.title}</dt>
                  ))}
                <dd>{why}</dd>
              </div>
            ))}
          </dl>
        </details>
      )}
      {past.length > 0 && (
        <details>
          <summary>{dates.past(past.length)}</summary>
          <Days dates={past} />
        </details>
      )}
    </section>
  );
}

function shortList(ahead: readonly KeyDate[]): readonly KeyDate[] {
  if (ahead.length <= FIRST) return ahead;
  const first = ahead.slice(0, FIRST);
  const closing = ahead.find(({ isClosing }) => isClosing);
  return closing === undefined || first.includes(closing) ? first : [...first.slice(0, FIRST - 1), closing];
}

/** One row a day, however many things fall on it. */
function Days({ dates }: { readonly dates: readonly KeyDate[] }) {
  const words = useWords();
  const days = [...new Set(dates.map(({ on }) => on))];
  return (
    <ol>
      {days.map((on) => {
        const own = dates.filter((date) => date.on === on);
        return (
          <li key={on} className={own.some(({ isClosing }) => isClosing) ? 'k' : ''}>
            <time dateTime={on}>{shortDay(on, words.locale)}</time>
            <div>
              {own.map((date) => (
                <span key={date.title}>
                  {date.title}
                  {date.at === '' ? '' : ` ${words.dates.until(hourOf(date.at, words.locale))}`}
                </span>
              ))}
            </div>
          </li>
        );
      })}
    </ol>
  );
}
