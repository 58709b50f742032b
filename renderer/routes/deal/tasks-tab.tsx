import { type FormEvent, useCallback, useEffect, useRef, useState } from 'react';
import type { PlainDate } from '../../../core/deadlines/plain-date.ts';
import { STAGES } from '../../../core/deals/model.ts';
import type { DealView, TaskView } from '../../../electron/contract/values.ts';
import { newId } from '../../data/ids.ts';
import { useToday } from '../../data/queries.ts';
import { useSession } from '../../data/session.tsx';
import { capital, STAGE_TITLES } from '../../data/words.ts';
import { Middle } from '../../ui/calm.tsx';
import { cx } from '../../ui/cx.ts';
import { parseDayText } from '../../ui/day-text.ts';
import { rowDistance, shortDay } from '../../ui/days.ts';
import { DayField, TextField } from '../../ui/field.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Kbd, useKeys } from '../../ui/keys.tsx';
import { StateIcon } from '../../ui/marks.tsx';
import { PickList } from '../../ui/pick-list.tsx';
import { Split, useIsNarrow } from '../../ui/split.tsx';
import { useStore } from '../../ui/store.ts';
import { taskToShow } from './open-missing.ts';
import styles from './task.module.css';
import { isSettled, taskWhen, useTaskActs, useTell } from './task-acts.ts';
import { TaskPane } from './task-pane.tsx';

const keyOf = (task: TaskView) => task.id;

/** The tasks by stage, and the selected one to act on. */
export function TasksTab(props: { readonly deal: DealView }) {
  const { deal } = props;
  const today = useToday();
  const acts = useTaskActs(deal.id);
  const isNarrow = useIsNarrow();
  const [isAdding, setAdding] = useState(false);
  const [isReading, setReading] = useState(false);
  const tasks = inStages(deal.tasks);
  const [picked, setPicked] = usePicked(deal, tasks);
  const selected = tasks.find((task) => task.id === picked) ?? null;
  const isOpen = deal.closedOn === null;
  const groupOf = useCallback(
    (task: TaskView) => ({ id: task.stage, head: <StageHead deal={deal} task={task} /> }),
    [deal],
  );
  const tick = (id: string) => {
    const task = tasks.find((one) => one.id === id);
    if (task && isOpen) void acts.tick(task);
  };
  useKeys({ a: () => isOpen && setAdding(true), Escape: () => setReading(false) });
  const list = (
    <>
      <div className={styles.head}>
        <h2>Tasks</h2>
        <span className="meta">
          {tasks.filter(isSettled).length} of {tasks.length} done
        </span>
        {isOpen && !isAdding && (
          <button type="button" className="btn sm push" onClick={() => setAdding(true)}>
            <Icon name="plus" size="s" />
            Add a task <Kbd>A</Kbd>
          </button>
        )}
      </div>
      {isAdding && <AddTask deal={deal} today={today} onClose={() => setAdding(false)} onAdded={setPicked} />}
      {tasks.length === 0 ? (
        <Middle>
          <p className="t2">No tasks yet.</p>
        </Middle>
      ) : (
        <PickList
          label="Tasks"
          rows={tasks}
          keyOf={keyOf}
          groupOf={groupOf}
          selected={picked}
          onSelect={setPicked}
          keys={{ ' ': tick, ...(isNarrow && !isReading ? { Enter: () => setReading(true) } : {}) }}
        >
          {(task, isSelected) => (
            <TaskRow task={task} today={today} isSelected={isSelected} onTick={isOpen ? () => tick(task.id) : null} />
          )}
        </PickList>
      )}
    </>
  );
  const pane = selected ? (
    <TaskPane key={selected.id} deal={deal} task={selected} place={<Back onBack={() => setReading(false)} />} />
  ) : null;
  return <Split isReading={isReading} list={list} pane={pane} onBack={() => setReading(false)} />;
}

export function Back(props: { readonly onBack: () => void }) {
  return (
    <button type="button" className={cx('btn', 'bare', 'sm', 'push', styles.narrow)} onClick={props.onBack}>
      <Icon name="left" size="s" /> Back to the list <Kbd>Esc</Kbd>
    </button>
  );
}

function StageHead(props: { readonly deal: DealView; readonly task: TaskView }) {
  const all = props.deal.tasks.filter((task) => task.stage === props.task.stage);
  return (
    <>
      <span>{STAGE_TITLES[props.task.stage]}</span>
      <span className="t3">
        {all.filter(isSettled).length} of {all.length}
      </span>
    </>
  );
}

function TaskRow(props: {
  readonly task: TaskView;
  readonly today: PlainDate;
  readonly isSelected: boolean;
  readonly onTick: (() => void) | null;
}) {
  const { task, today } = props;
  const shape = task.waivedOn !== null ? 'nn' : undefined;
  return (
    <div className={cx(styles.row, props.isSelected && styles.bold, isSettled(task) && styles.settled)}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the pointer's way to what Space does on the row */}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: Space on the row is the key */}
      <span
        className={props.onTick ? styles.tick : undefined}
        title={props.onTick ? (isSettled(task) ? 'Reopen' : 'Mark done') : undefined}
        onClick={(event) => {
          event.stopPropagation();
          props.onTick?.();
        }}
      >
        <StateIcon state={task.state} shape={shape} />
      </span>
      <div>
        <b>
          {task.title}
          <span className="vh">, {task.waivedOn === null ? STATE_SAYS[task.state] : 'not needed'}</span>
        </b>
        <small>{secondLine(task)}</small>
      </div>
      <span className={cx(styles.when, task.state === 'late' && 'late')}>
        {taskWhen(
          task,
          (day) => rowDistance(day, today),
          (day) => shortDay(day, today),
        )}
      </span>
    </div>
  );
}

function secondLine(task: TaskView): string {
  if (task.waivedOn !== null) return task.waiverReason;
  if (task.waitsFor.length > 0 && !isSettled(task))
    return `Waits for ${task.waitsFor.map((one) => one.title).join(', ')}`;
  return task.who === '' ? 'Nobody has it yet' : capital(task.who);
}

const STATE_SAYS: Record<TaskView['state'], string> = {
  late: 'late',
  due: 'due',
  blocked: 'blocked',
  waiting: 'waiting',
  review: 'to review',
  done: 'done',
  none: 'open',
};

function inStages(tasks: readonly TaskView[]): readonly TaskView[] {
  return STAGES.flatMap((stage) => tasks.filter((task) => task.stage === stage));
}

/** The picked task; somebody who came to see one finds it picked. */
function usePicked(deal: DealView, tasks: readonly TaskView[]) {
  const store = taskToShow(useSession());
  const wanted = useStore(store);
  const [picked, setPicked] = useState<string | null>(() => wanted ?? firstOpen(deal, tasks));
  useEffect(() => {
    if (wanted === null) return;
    setPicked(wanted);
    store.set(null);
  }, [store, wanted]);
  return [picked, setPicked] as const;
}

function firstOpen(deal: DealView, tasks: readonly TaskView[]): string | null {
  const open = tasks.filter((task) => !isSettled(task));
  return (open.find((task) => task.stage === deal.stage) ?? open[0] ?? tasks[0])?.id ?? null;
}

function AddTask(props: {
  readonly deal: DealView;
  readonly today: PlainDate;
  readonly onClose: () => void;
  readonly onAdded: (id: string) => void;
}) {
  const { deal, today } = props;
  const tell = useTell(deal.id);
  const [title, setTitle] = useState('');
  const [due, setDue] = useState('');
  const [wrong, setWrong] = useState<string | null>(null);
  const first = useRef<HTMLInputElement>(null);
  async function add(event: FormEvent): Promise<void> {
    event.preventDefault();
    const read = parseDayText(due, today);
    if (title.trim() === '') return setWrong('Write what is to be done.');
    if (read.kind === 'wrong') return;
    const taskId = newId();
    const dueOn = read.kind === 'day' ? read.day : null;
    const args = {
      taskId,
      stage: deal.stage,
      title: title.trim(),
      assigneeRole: 'tc',
      assigneeId: null,
      dueOn,
      isRequired: false,
    };
    const sentence = await tell('addTask', args);
    setWrong(sentence);
    if (sentence !== null) return;
    props.onAdded(taskId);
    setTitle('');
    setDue('');
    first.current?.focus();
  }
  return (
    <form
      className={styles.add}
      onSubmit={(event) => void add(event)}
      onKeyDown={(event) => event.key === 'Escape' && props.onClose()}
    >
      <TextField
        label={`New task in ${STAGE_TITLES[deal.stage]}`}
        value={title}
        onChange={setTitle}
        autoFocus
        inputRef={first}
        wrong={wrong}
      />
      <DayField label="Due" value={due} onChange={setDue} today={today} />
      <div className={styles.addActs}>
        <button type="submit" className="btn">
          Add <Kbd>Enter</Kbd>
        </button>
        <button type="button" className="btn bare" onClick={props.onClose}>
          Done adding
        </button>
      </div>
    </form>
  );
}
