import type { ClosingStep } from '../../api/person-home.ts';
import '../changes/changes.css';
import { longDay } from '../format.ts';
import { Icon } from '../icon.tsx';
import { useDeal } from '../inside/deal.ts';
import { Screen } from '../inside/screen.tsx';
import { useWords } from '../words.ts';
import { Over } from './after-closing.tsx';
import { FinalPapers } from './final-papers.tsx';

/** What is still to be done before closing and by whom; after it, that it is done, and the final papers. */
export function ClosingScreen() {
  const { closing } = useWords();
  const { home } = useDeal();
  const isOver = home.progress?.outcome != null;
  return (
    <Screen title={closing.title} lead={isOver ? undefined : <Lead />}>
      {isOver ? <Over isHeaded={false} /> : <Steps />}
      <FinalPapers />
    </Screen>
  );
}

function Lead() {
  const { closing, locale } = useWords();
  const { closingOn, today } = useDeal().home;
  if (closingOn === null) return closing.leadNone;
  if (closingOn === today) return closing.leadToday;
  const day = longDay(closingOn, today, locale);
  return closingOn < today ? closing.leadPast(day) : closing.leadOn(day);
}

function Steps() {
  const { closing } = useWords();
  const { home } = useDeal();
  if (home.closing.length === 0) return <p>{closing.none}</p>;
  const done = home.closing.filter(({ isDone }) => isDone).length;
  return (
    <section aria-labelledby="steps">
      <h2 id="steps">{closing.steps}</h2>
      <p className="t2">{closing.count(done, home.closing.length)}</p>
      <ul className="facts">
        {home.closing.map((step) => (
          <Step key={`${step.title} ${step.who}`} step={step} today={home.today} />
        ))}
      </ul>
    </section>
  );
}

const ICONS = {
  done: { name: 'done', tone: 'done' },
  yours: { name: 'due', tone: 'due' },
  ahead: { name: 'waiting', tone: 'waiting' },
} as const;

function Step({ step, today }: { readonly step: ClosingStep; readonly today: string }) {
  const { closing, locale } = useWords();
  const day = step.dueOn === null ? null : longDay(step.dueOn, today, locale);
  const due = day === null || step.dueOn === null ? '' : step.dueOn < today ? closing.late(day) : closing.due(day);
  const who = step.isYours ? closing.yours : closing.theirs(step.who);
  return (
    <li>
      <Icon {...ICONS[step.isDone ? 'done' : step.isYours ? 'yours' : 'ahead']} />
      <div>
        <h3>{step.title}</h3>
        <p className="t2">{step.isDone ? closing.isDone : [who, due].filter((part) => part !== '').join(' ')}</p>
      </div>
    </li>
  );
}
