import type { OwnTask } from '../../api/person-calls.ts';
import { longDay } from '../format.ts';
import { Icon } from '../icon.tsx';
import { ActLine } from '../inside/act-line.tsx';
import { useAct, useDeal } from '../inside/deal.ts';
import { Screen } from '../inside/screen.tsx';
import { useWords } from '../words.ts';

/** What this person has to do, each with the button that says it is done. */
export function TasksScreen() {
  const { tasks } = useWords();
  const { home } = useDeal();
  return (
    <Screen title={tasks.title} lead={tasks.done(home.tasksDone)}>
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
  const { tasks, locale, next } = useWords();
  const { home } = useDeal();
  const act = useAct('complete-task', task.id);
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
        <button
          type="button"
          className="btn"
          aria-label={tasks.markDone(task.title)}
          disabled={act.isBusy}
          onClick={() => void act.run({ taskId: task.id, isDone: true })}
        >
          <Icon name="check" />
          {tasks.isDone}
        </button>
      )}
      <ActLine act={act} />
    </li>
  );
}
