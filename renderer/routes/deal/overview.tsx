import { Link } from '@tanstack/react-router';
import type { DealView, PersonView, TaskView } from '../../../electron/contract/values.ts';
import { useAccess } from '../../data/access.ts';
import type { DealTab } from '../../data/deal-tabs.ts';
import { useToday } from '../../data/queries.ts';
import { capital, countWord, nextStage, ROLE_WORDS, STAGE_TITLES } from '../../data/words.ts';
import { rowDistance, shortDay } from '../../ui/days.ts';
import { Icon } from '../../ui/icon.tsx';
import { Avatar, StateIcon } from '../../ui/marks.tsx';
import { seenText } from '../access/words.ts';
import { MissingList } from '../board/not-ready.tsx';
import { DocumentsNeeded } from './documents-needed.tsx';
import { Facts } from './facts.tsx';
import { useOpenMissing } from './open-missing.ts';
import styles from './overview.module.css';
import { PeopleNeeds } from './people-needs.tsx';
import { PhoneLink } from './phone.tsx';
import { Recent } from './recent.tsx';
import { isSettled, taskWhen, useTaskActs } from './task-acts.ts';
import { Timeline } from './timeline.tsx';

interface Props {
  readonly deal: DealView;
  readonly onGo: (tab: DealTab) => void;
}

/** Where the deal stands: its line, what the stage waits for, who is on it, what happened last. */
export function Overview(props: Props) {
  const today = useToday();
  return (
    <div className={styles.body}>
      <Timeline deal={props.deal} today={today} onDates={() => props.onGo('dates')} />
      <Needs {...props} />
      <aside className={styles.side} aria-label="People and activity">
        <People {...props} />
        <Recent deal={props.deal} onAll={() => props.onGo('activity')} />
      </aside>
    </div>
  );
}

const NEXT_TASKS = 9;

function Needs(props: Props) {
  const { deal, onGo } = props;
  const open = deal.tasks.filter((task) => !isSettled(task));
  const rank = (task: TaskView) => task.dueOn ?? '9999';
  const next = open
    .sort((one, other) => (rank(one) < rank(other) ? -1 : rank(one) > rank(other) ? 1 : 0))
    .slice(0, NEXT_TASKS);
  return (
    <section className={styles.needs} aria-label="What is next">
      <PeopleNeeds deal={deal} />
      {deal.closedOn === null && <StageNeeds deal={deal} />}
      <DocumentsNeeded deal={deal} onOpen={() => onGo('documents')} />
      <div className={styles.sec}>
        <h2>{deal.closedOn === null ? 'Next tasks' : 'Open when it ended'}</h2>
        <span className="meta">{open.length} open</span>
        <button type="button" className="btn bare sm push" onClick={() => onGo('tasks')}>
          All tasks
        </button>
      </div>
      {next.length === 0 ? (
        <p className="t2">Every task is done.</p>
      ) : (
        <ol className={styles.tasks}>
          {next.map((task) => (
            <TaskLine key={task.id} deal={deal} task={task} />
          ))}
        </ol>
      )}
      {open.length > next.length && <p className={`meta ${styles.rest}`}>and {open.length - next.length} more</p>}
      <Facts deal={deal} />
    </section>
  );
}

function StageNeeds(props: { readonly deal: DealView }) {
  const { missing, stage, id } = props.deal;
  const open = useOpenMissing(id);
  const ready = nextStage(stage) === null ? 'Ready to close.' : 'Ready for the next stage.';
  return (
    <>
      <div className={styles.sec}>
        <h2>{STAGE_TITLES[stage]}</h2>
        <span className="meta">
          {missing.length === 0
            ? 'nothing missing'
            : `is done when ${missing.length === 1 ? 'this one is' : `these ${countWord(missing.length)} are`} in`}
        </span>
      </div>
      {missing.length === 0 ? (
        <p className={styles.fine}>
          <Icon name="done" className="done" /> {ready}
        </p>
      ) : (
        <MissingList missing={missing} onOpen={open} />
      )}
    </>
  );
}

function TaskLine(props: { readonly deal: DealView; readonly task: TaskView }) {
  const { deal, task } = props;
  const today = useToday();
  const acts = useTaskActs(deal.id);
  const when = taskWhen(
    task,
    (day) => rowDistance(day, today),
    (day) => shortDay(day, today),
  );
  return (
    <li>
      {deal.closedOn === null ? (
        <button
          type="button"
          className="btn bare ico sm"
          aria-label={`Mark done: ${task.title}`}
          title="Mark done"
          onClick={() => void acts.tick(task)}
        >
          <StateIcon state={task.state} />
        </button>
      ) : (
        <StateIcon state={task.state} />
      )}
      <p>
        {task.title}
        <small>{task.who === '' ? 'Nobody has it yet' : capital(task.who)}</small>
      </p>
      <span className={task.state === 'late' ? 'late' : 't2'}>{when}</span>
    </li>
  );
}

const SHOWN_PEOPLE = 6;

function People(props: Props) {
  const { deal, onGo } = props;
  const answer = useAccess(deal.id).data;
  const today = useToday();
  const entries = new Map(answer?.kind === 'ok' ? answer.value.entries.map((entry) => [entry.id, entry]) : []);
  const says = (person: PersonView) => {
    const entry = entries.get(person.id);
    const seen = entry === undefined ? '' : seenText(entry, today);
    return [entry?.short || person.company || person.email, seen].filter(Boolean).join(' ');
  };
  const rest = deal.people.length - SHOWN_PEOPLE;
  return (
    <section aria-label="People and access">
      <div className={styles.sec}>
        <h2>People and access</h2>
        <Link
          className="btn bare sm push"
          to="/deals/$dealId"
          params={{ dealId: deal.id }}
          search={{ tab: 'people', view: 'access' }}
        >
          <Icon name="key" size="s" /> Who sees what
        </Link>
      </div>
      {deal.people.length === 0 ? (
        <p className="t2">Nobody is on this deal yet.</p>
      ) : (
        <ol className={styles.people}>
          {deal.people.slice(0, SHOWN_PEOPLE).map((person) => (
            <li key={person.id}>
              <Avatar name={person.name} />
              <p>
                <b>
                  <bdi>{person.name}</bdi>
                </b>
                , {ROLE_WORDS[person.role].toLowerCase()}
                <small>{says(person)}</small>
              </p>
              <PhoneLink person={person} />
            </li>
          ))}
        </ol>
      )}
      {rest > 0 && (
        <button type="button" className={`btn link ${styles.more}`} onClick={() => onGo('people')}>
          and {rest} more
        </button>
      )}
    </section>
  );
}
