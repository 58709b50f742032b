import { useRef, useState } from 'react';
import type { KeyDate, PersonHome } from '../../api/person-home.ts';
import { ask } from '../ask.ts';
import { handFile } from '../files/hand-over.ts';
import { addressOf, hourOf, longDay } from '../format.ts';
import { Trouble } from '../frame.tsx';
import { Icon } from '../icon.tsx';
import { useDeal } from '../inside/deal.ts';
import { Screen } from '../inside/screen.tsx';
import type { Messages } from '../messages.ts';
import { useWords } from '../words.ts';
import { icsOf } from './ics.ts';

/** The days ahead for a calendar: one by one as a file, or all of them as a feed that follows the deal. */
export function CalendarScreen() {
  const words = useWords();
  const { home } = useDeal();
  const { calendar, dates } = words;
  const ahead = home.dates.filter(({ state }) => state === 'ahead');
  return (
    <Screen title={calendar.title} lead={addressOf(home.place)}>
      {!home.isPreview && <Subscribe />}
      <section>
        <h2>{calendar.one}</h2>
        {ahead.length === 0 ? (
          <p className="t2">{dates.none}</p>
        ) : (
          <>
            <p className="t2">{calendar.oneText}</p>
            <ul className="rows days">
              {ahead.map((date) => (
                <Day key={`${date.on} ${date.title}`} date={date} />
              ))}
            </ul>
          </>
        )}
      </section>
    </Screen>
  );
}

function Day({ date }: { readonly date: KeyDate }) {
  const words = useWords();
  const { home } = useDeal();
  const { calendar, dates, locale } = words;
  const title = titleOf(date, words);
  const add = () => {
    const text = icsOf({ ...dayOf(date, title, home) }, new Date());
    handFile(new Blob([text], { type: 'text/calendar' }), `${date.on} ${fileName(date.title)}.ics`);
  };
  return (
    <li>
      <div>
        <b>{date.title}</b>
        <p className="t2">
          {longDay(date.on, home.today, locale)}
          {date.at === '' ? '' : `, ${dates.until(hourOf(date.at, locale))}`}
        </p>
      </div>
      <button type="button" className="btn" aria-label={calendar.addOne(date.title)} onClick={add}>
        <Icon name="calendar" />
        {calendar.add}
      </button>
    </li>
  );
}

function titleOf({ title, at }: KeyDate, { dates, locale }: Messages): string {
  return at === '' ? title : `${title}, ${dates.until(hourOf(at, locale))}`;
}

function dayOf(date: KeyDate, title: string, { place }: PersonHome) {
  const uid = `${hashOf(`${addressOf(place)} ${date.title}`)}@closing`;
  return { uid, on: date.on, title, text: date.why, place: addressOf(place) };
}

/** Two days of one deal differ in it; it need not be secret (FNV-1a, 32 bits). */
function hashOf(text: string): string {
  let hash = 0x811c9dc5;
  for (const character of text) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
  return (hash >>> 0).toString(16).padStart(8, '0');
}

function fileName(title: string): string {
  return title.replaceAll(/[^\p{L}\p{N} ]/gu, '').slice(0, 60);
}

/** A feed that a calendar reads by itself. Its address is shown once, right after it is made. */
function Subscribe() {
  const { calendar, problem, workingOnIt } = useWords();
  const { home, refresh, leave } = useDeal();
  const [url, setUrl] = useState<string | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  const [said, setSaid] = useState('');
  const [trouble, setTrouble] = useState<string | null>(null);
  const run = async (name: 'make-calendar' | 'end-calendar') => {
    setIsBusy(true);
    setTrouble(null);
    setSaid('');
    const answer = await ask(name, {});
    setIsBusy(false);
    if (!answer.ok) {
      if (answer.problem.type === 'not-signed-in') return leave();
      return setTrouble(problem(answer.problem));
    }
    setUrl('url' in answer.value ? answer.value.url : null);
    setSaid(name === 'make-calendar' ? calendar.made : calendar.ended);
    await refresh();
  };
  return (
    <section className="feed">
      <h2>{calendar.all}</h2>
      <p className="t2">{calendar.allText}</p>
      {url !== null && <Address url={url} />}
      {url === null && home.hasCalendar && <p>{calendar.hasOne}</p>}
      <div className="buttons">
        {url === null && (
          <button type="button" className="btn" disabled={isBusy} onClick={() => void run('make-calendar')}>
            <Icon name="calendar" />
            {isBusy ? workingOnIt : home.hasCalendar ? calendar.makeNew : calendar.make}
          </button>
        )}
        {(url !== null || home.hasCalendar) && (
          <button type="button" className="plain" disabled={isBusy} onClick={() => void run('end-calendar')}>
            {calendar.end}
          </button>
        )}
      </div>
      <p role="status">{said}</p>
      <Trouble text={trouble} />
    </section>
  );
}

function Address({ url }: { readonly url: string }) {
  const { calendar } = useWords();
  const field = useRef<HTMLInputElement>(null);
  const [isCopied, setIsCopied] = useState(false);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(url);
      setIsCopied(true);
    } catch {
      // Where the browser gives no clipboard, the address is marked, ready to be copied by hand.
      field.current?.select();
    }
  };
  return (
    <div className="feed-address">
      <label htmlFor="feed">{calendar.address}</label>
      <input
        id="feed"
        ref={field}
        className="field"
        readOnly
        value={url}
        onFocus={(event) => event.target.select()}
        aria-describedby="feed-once"
      />
      <p id="feed-once" className="t2">
        {calendar.once}
      </p>
      <div className="buttons">
        {/* `webcals` for https: under plain `webcal` a program may send the address unencrypted. */}
        <a className="btn go" href={url.replace(/^http/, 'webcal')}>
          {calendar.open}
        </a>
        <button type="button" className="btn" onClick={() => void copy()}>
          {isCopied ? calendar.copied : calendar.copy}
        </button>
      </div>
    </div>
  );
}
