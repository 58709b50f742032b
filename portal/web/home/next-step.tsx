import { useState } from 'react';
import { dialled, firstName } from '../format.ts';
import { Icon, type IconName } from '../icon.tsx';
import { useDeal } from '../inside/deal.ts';
import { DoneButton, JustDone } from '../tasks/done-button.tsx';
import { useWords } from '../words.ts';
import { aboutNeed, placeOfNeed, wordsOfNeed } from './need-words.ts';
import { type Need, needsOf } from './needs.ts';

/** The one most urgent thing, with the button that leads straight to it, and the rest under it. */
export function NextStep() {
  return (
    <>
      <JustDone />
      <Steps />
    </>
  );
}

function Steps() {
  const { home } = useDeal();
  const { next } = useWords();
  const [first, ...rest] = needsOf(home);
  if (first !== undefined)
    return (
      <>
        <First key={`${first.kind} ${first.id}`} need={first} />
        {rest.length > 0 && <Others needs={rest} />}
      </>
    );
  // Who is on the other side has no list here at all, so nothing is said of one; and a deal that is over needs nothing.
  if (home.progress === null || home.progress.outcome !== null) return null;
  return (
    <section className="next calm" aria-labelledby="next">
      <h2 id="next">{next.nothing}</h2>
      <p>{next.nothingText}</p>
    </section>
  );
}

function First({ need }: { readonly need: Need }) {
  const words = useWords();
  const { home } = useDeal();
  const { title, text, by } = wordsOfNeed(need, words, home.today);
  return (
    <section className="next" aria-labelledby="next">
      <p className="lab">{words.next.label}</p>
      <h2 id="next">{title}</h2>
      {text !== '' && <p>{text}</p>}
      {by !== null && (
        <p className="by">
          <Icon name={by.isLate ? 'late' : 'due'} tone={by.isLate ? 'late' : 'due'} /> {by.text}
        </p>
      )}
      {!home.isPreview &&
        (need.kind === 'task' ? <DoneButton id={need.id} title={title} isFilled /> : <GoButton need={need} />)}
      {!home.isPreview && <Asks need={need} title={title} />}
    </section>
  );
}

const ICONS: Readonly<Record<Need['kind'], IconName>> = {
  task: 'check',
  paper: 'camera',
  read: 'paper',
  form: 'edit',
  change: 'eye',
};

function GoButton({ need }: { readonly need: Need }) {
  const { need: say } = useWords();
  const { go } = useDeal();
  const at = placeOfNeed(need);
  if (at === null) return null;
  return (
    <button type="button" className="btn go" onClick={() => go(at)}>
      <Icon name={ICONS[need.kind]} />
      {say.buttons[need.kind]}
    </button>
  );
}

/** Ways to ask about it: in writing, which says what it is about, and by telephone. */
function Asks({ need, title }: { readonly need: Need; readonly title: string }) {
  const { next } = useWords();
  const { helper, go } = useDeal();
  if (helper === null) return <p className="by">{next.howNobody}</p>;
  const first = firstName(helper.name);
  return (
    <p className="alt">
      <button
        type="button"
        className="plain"
        aria-label={next.askAbout(first, title)}
        onClick={() => go(aboutNeed(need))}
      >
        {next.ask(first)}
      </button>
      {helper.phone !== '' && (
        <a className="plain" href={`tel:${dialled(helper.phone)}`}>
          {next.call(first)}
        </a>
      )}
    </p>
  );
}

/** So many at first, so that what closing waits for is not pushed out of sight. */
const FIRST_NEEDS = 5;

function Others({ needs }: { readonly needs: readonly Need[] }) {
  const words = useWords();
  const { home, go } = useDeal();
  const [isWhole, setIsWhole] = useState(false);
  const shown = isWhole || needs.length <= FIRST_NEEDS + 1 ? needs : needs.slice(0, FIRST_NEEDS);
  return (
    <section className="needs" aria-labelledby="needs">
      <h2 id="needs">{words.need.others}</h2>
      <ul>
        {shown.map((need) => {
          const { title, by } = wordsOfNeed(need, words, home.today);
          const at = placeOfNeed(need) ?? ({ screen: 'tasks' } as const);
          return (
            <li key={`${need.kind} ${need.id}`}>
              <button type="button" className="row" onClick={() => go(at)}>
                <Icon name={ICONS[need.kind]} tone={by?.isLate === true ? 'late' : undefined} />
                <span>
                  <b>{title}</b> {by !== null && <span className="sub">{by.text}</span>}
                </span>
                <Icon name="right" tone="quiet" />
              </button>
            </li>
          );
        })}
      </ul>
      {(isWhole || shown.length < needs.length) && (
        <button type="button" className="plain" aria-expanded={isWhole} onClick={() => setIsWhole(!isWhole)}>
          {isWhole ? words.dates.less : words.need.all(needs.length)}
        </button>
      )}
    </section>
  );
}
