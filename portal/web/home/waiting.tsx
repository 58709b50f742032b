import type { WaitingStep } from '../../api/person-home.ts';
import { longDay } from '../format.ts';
import { Icon } from '../icon.tsx';
import { useDeal } from '../inside/deal.ts';
import { useWords } from '../words.ts';

export function Waiting() {
  const { home } = useDeal();
  const words = useWords();
  if (home.waiting.length === 0) return null;
  return (
    <section className="hold">
      <h2>{words.waiting.title}</h2>
      <ol>
        {home.waiting.map((step) => (
          <li key={`${step.what} ${step.who}`}>
            <Icon name={iconOf(step)} tone={step.isYours ? 'due' : 'waiting'} />
            <div>
              <b>{step.what}</b>
              <Line step={step} today={home.today} />
            </div>
          </li>
        ))}
      </ol>
    </section>
  );
}

function iconOf({ isYours, state }: WaitingStep) {
  if (state === 'blocked') return 'later' as const;
  return isYours ? ('due' as const) : ('waiting' as const);
}

function Line({ step, today }: { readonly step: WaitingStep; readonly today: string }) {
  const { waiting, locale } = useWords();
  const due = step.dueOn === null ? null : { day: longDay(step.dueOn, today, locale), isPast: step.dueOn < today };
  if (step.state === 'blocked') return <p>{waiting.blocked(due)}</p>;
  return <p>{step.isYours ? waiting.yours(due) : waiting.theirs(step, due)}</p>;
}
