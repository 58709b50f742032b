import type { Contact, WantedPaper } from '../../api/person-calls.ts';
import { dialled, firstName, longDay } from '../format.ts';
import { Icon } from '../icon.tsx';
import { useDeal } from '../inside/deal.ts';
import { useWords } from '../words.ts';

/** What this person has to do. Until papers can be sent from here, the way to get it done is the telephone, so that is the button. */
export function NextStep() {
  const { home, helper } = useDeal();
  const words = useWords();
  const { next } = words;
  const [first, ...rest] = home.tasks;
  if (home.progress?.outcome === 'closed' || home.progress?.outcome === 'withdrawn') return null;
  if (first === undefined && home.wanted.length === 0) {
    // Who is on the other side has no list here at all, so nothing is said of one.
    if (home.progress === null) return null;
    return (
      <section className="next calm" aria-labelledby="next">
        <h2 id="next">{next.nothing}</h2>
        <p>{next.nothingText}</p>
      </section>
    );
  }
  const day = (on: string) => longDay(on, home.today, words.locale);
  return (
    <section className="next" aria-labelledby="next">
      {first === undefined ? (
        <h2 id="next">{next.papers}</h2>
      ) : (
        <>
          <p className="lab">{next.label}</p>
          <h2 id="next">{first.title}</h2>
          {first.dueOn !== null && (
            <p className="by">
              <Icon name={first.isLate ? 'late' : 'due'} tone={first.isLate ? 'late' : 'due'} />{' '}
              {first.isLate ? next.late(day(first.dueOn)) : next.by(day(first.dueOn))}
            </p>
          )}
        </>
      )}
      {rest.length > 0 && (
        <div className="then">
          <h3>{next.after}</h3>
          <ul>
            {rest.map((task) => (
              <li key={task.title}>
                {task.title}
                {task.dueOn !== null && <p className="t2">{next.by(day(task.dueOn))}</p>}
              </li>
            ))}
          </ul>
        </div>
      )}
      {home.wanted.length > 0 && <Wanted wanted={home.wanted} helper={helper} isAlone={first === undefined} />}
      {!home.isPreview && <Ask helper={helper} isFilled={first !== undefined} />}
    </section>
  );
}

interface WantedProps {
  readonly wanted: readonly WantedPaper[];
  readonly helper: Contact | null;
  readonly isAlone: boolean;
}

function Wanted({ wanted, helper, isAlone }: WantedProps) {
  const { next } = useWords();
  return (
    <div className="then">
      {!isAlone && <h3>{next.papers}</h3>}
      <ul>
        {wanted.map((paper) => (
          <li key={paper.title}>
            {paper.title}
            {paper.why === 'again' && <p className="t2">{next.again}</p>}
          </li>
        ))}
      </ul>
      <p className="t2">{helper === null ? next.papersTextNobody : next.papersText(firstName(helper.name))}</p>
    </div>
  );
}

function Ask({ helper, isFilled }: { readonly helper: Contact | null; readonly isFilled: boolean }) {
  const { next } = useWords();
  if (helper === null) return <p className="by">{next.howNobody}</p>;
  const first = firstName(helper.name);
  const isPhone = helper.phone !== '';
  return (
    <>
      <p className="by">{next.how(first)}</p>
      <a
        className={isFilled ? 'btn go' : 'btn'}
        href={isPhone ? `tel:${dialled(helper.phone)}` : `mailto:${helper.email}`}
      >
        <Icon name={isPhone ? 'phone' : 'mail'} />
        {isPhone ? next.call(first) : next.write(first)}
      </a>
    </>
  );
}
