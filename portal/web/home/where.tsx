import type { PersonHome } from '../../api/person-home.ts';
import { daysBetween, firstName, longDay } from '../format.ts';
import { Icon } from '../icon.tsx';
import { useDeal } from '../inside/deal.ts';
import type { Messages } from '../messages.ts';
import { useWords } from '../words.ts';

/** Five stops of the line; a change to the deal is worked out while the checks go on. */
const STOP_OF = { intake: 0, parties: 1, disclosures: 2, milestones: 3, changes: 3, closing: 4 } as const;

export function Where() {
  const { home } = useDeal();
  const words = useWords();
  const days = home.closingOn === null ? null : daysBetween(home.today, home.closingOn);
  return (
    <section className="where">
      <h1>{words.hello(home, days, firstName(home.person.name))}</h1>
      <p>{sentencesOf(home, words).join(' ')}</p>
      {home.progress !== null && home.progress.outcome !== 'withdrawn' && (
        <Way progress={home.progress} isLease={isLease(home)} />
      )}
    </section>
  );
}

function sentencesOf({ progress, closingOn, today, place }: PersonHome, words: Messages): readonly string[] {
  const day = (on: string) => longDay(on, today, words.locale);
  if (progress?.outcome === 'closed') return progress.closedOn === null ? [] : [words.closedOn(day(progress.closedOn))];
  if (progress?.outcome === 'withdrawn') return [];
  const stage = progress === null ? [] : [words.stage[progress.stage]];
  if (closingOn === null) return isLease({ place }) ? stage : [...stage, words.noClosing];
  return [...stage, closingOn < today ? words.closingWas(day(closingOn)) : words.closingOn(day(closingOn))];
}

function isLease({ place }: Pick<PersonHome, 'place'>): boolean {
  return place.side === 'tenant' || place.side === 'landlord';
}

interface WayProps {
  readonly progress: NonNullable<PersonHome['progress']>;
  readonly isLease: boolean;
}

function Way({ progress, isLease }: WayProps) {
  const words = useWords();
  const { way } = words;
  const stops = isLease ? words.stops.lease : words.stops.sale;
  const now = progress.outcome === 'closed' ? stops.length : STOP_OF[progress.stage];
  return (
    <ol className="way" aria-label={way.label}>
      {stops.map((stop, index) => (
        <li
          key={stop}
          className={index < now ? 'd' : index === now ? 'n' : ''}
          aria-current={index === now ? 'step' : undefined}
        >
          {index < now ? <Icon name="check" /> : <b />}
          <span>
            {stop}
            <span className="vh">, {index < now ? way.done : index === now ? way.now : way.ahead}</span>
          </span>
        </li>
      ))}
    </ol>
  );
}
