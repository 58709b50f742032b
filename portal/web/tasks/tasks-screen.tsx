import type { OwnTask } from '../../api/person-home.ts';
import { firstName, longDay } from '../format.ts';
import { Icon } from '../icon.tsx';
import { useDeal } from '../inside/deal.ts';
import { Screen } from '../inside/screen.tsx';
import { useWords } from '../words.ts';
import { DoneButton, JustDone } from './done-button.tsx';

/** What this person has to do, each with the button that says it is done. */
export function TasksScreen() {
  const { tasks } = useWords();
  const { home } = useDeal();
  return (
    <Screen title={tasks.title} lead={home.tasksDone === 0 ? undefined : tasks.done(home.tasksDone)}>
      <JustDone />
      {home.tasks.length === 0 ? (
        <p>{tasks.none}</p>
      ) : (
        <ul className="rows">
          {home.tasks.map((task) => (
            <Row key={task.id} task={task} />
          ))}
        </ul>
      )}
    </Screen>
  );
}

function Row({ task }: { readonly task: OwnTask }) {
  const { locale, next } = useWords();
  const { home } = useDeal();
  const day = task.dueOn === null ? null : longDay(task.dueOn, home.today, locale);
  return (
    <li>
      <h2>{task.title}</h2>
      {day !== null && (
        <p className="t2">
          <Icon name={task.isLate ? 'late' : 'due'} tone={task.isLate ? 'late' : 'due'} />{' '}
          {task.isLate ? next.late(day) : next.by(day)}
        </p>
      )}
      {!home.isPreview && (
        <div className="buttons">
          <DoneButton id={task.id} title={task.title} />
          <AskAbout task={task} />
        </div>
      )}
    </li>
  );
}

function AskAbout({ task }: { readonly task: OwnTask }) {
  const { next, thread } = useWords();
  const { helper, go } = useDeal();
  const first = helper === null ? thread.coordinator : firstName(helper.name);
  return (
    <button
      type="button"
      className="plain"
      aria-label={next.askAbout(first, task.title)}
      onClick={() => go({ screen: 'messages', id: task.id, also: 'task' })}
    >
      {next.ask(first)}
    </button>
  );
}
