import { type ReactNode, useState } from 'react';
import type { DealView, TaskView } from '../../../electron/contract/values.ts';
import { useToday, useWorkspace } from '../../data/queries.ts';
import { capital, STAGE_TITLES } from '../../data/words.ts';
import { longDay, rowDistance } from '../../ui/days.ts';
import { Icon } from '../../ui/icon.tsx';
import { Kbd, useKeys } from '../../ui/keys.tsx';
import { Mark } from '../../ui/marks.tsx';
import { ActMenu } from '../../ui/pick-menu.tsx';
import styles from './task.module.css';
import { isSettled, useTaskActs, useTell } from './task-acts.ts';
import { EditTaskDialog, HandOverDialog, LaterDialog, WaiveDialog } from './task-dialogs.tsx';

interface Props {
  readonly deal: DealView;
  readonly task: TaskView;
  /** The line that names the deal, where the deal is not on screen anyway. */
  readonly dealLine?: ReactNode;
  /** "1 of 12" and the arrows. */
  readonly place?: ReactNode;
  readonly more?: ReactNode;
  readonly onTick?: () => void;
}

/** One task to read and act on: why it is due, who has it, what it waits for, and what can be done. */
export function TaskPane(props: Props) {
  const { deal, task } = props;
  const today = useToday();
  const me = useWorkspace().data?.profile.name;
  return (
    <article className={styles.pane} aria-label="Selected task">
      <header>
        <div className={styles.line}>
          <StateTag task={task} />
          <span className="meta">{dueLine(task, today)}</span>
          {props.place}
        </div>
        <h2>{task.title}</h2>
        {props.dealLine}
      </header>
      <p className={styles.say}>{whoLine(task, me)}</p>
      {deal.closedOn === null ? (
        <Acts {...props} />
      ) : (
        <p className="t2">This deal is closed, so its tasks can be read and not changed.</p>
      )}
      {task.waitsFor.length > 0 && !isSettled(task) && (
        <section>
          <h3>Waits for</h3>
          <ul className={styles.waits}>
            {task.waitsFor.map((other) => (
              <li key={other.id}>
                <Icon name="waiting" size="s" className="waiting" /> {other.title}
              </li>
            ))}
          </ul>
        </section>
      )}
      {(task.dueWhy !== '' || task.dueOn === null) && !isSettled(task) && (
        <section>
          <h3>{task.dueOn === null ? 'No day yet' : `Why ${longDay(task.dueOn, today)}`}</h3>
          <p className="t2">
            {task.dueWhy === '' ? 'Nobody has said when it is due.' : `${task.dueWhy.replace(/\.$/, '')}.`}
          </p>
        </section>
      )}
      {props.more}
    </article>
  );
}

type Open = 'later' | 'hand' | 'waive' | 'edit' | null;

function Acts(props: Props) {
  const { deal, task } = props;
  const acts = useTaskActs(deal.id);
  const tell = useTell(deal.id);
  const [open, setOpen] = useState<Open>(null);
  const settled = isSettled(task);
  const tick = () => (props.onTick ? props.onTick() : void acts.tick(task));
  const close = () => setOpen(null);
  useKeys({
    Enter: tick,
    s: () => !settled && setOpen('later'),
    h: () => !settled && setOpen('hand'),
    x: () => !settled && setOpen('waive'),
    e: () => setOpen('edit'),
  });
  const menu = [
    { id: 'edit', title: 'Change title or stage', icon: 'pen', onPick: () => setOpen('edit') },
    { id: 'remove', title: 'Remove the task', icon: 'x', onPick: () => void tell('removeTask', { taskId: task.id }) },
  ];
  const common = { dealId: deal.id, task, onClose: close };
  return (
    <div className={styles.acts}>
      <button type="button" className={settled ? 'btn' : 'btn go'} onClick={tick}>
        <Icon name={settled ? 'undo' : 'check'} />
        {settled ? 'Reopen' : 'Mark done'} <Kbd>Enter</Kbd>
      </button>
      {!settled && (
        <>
          <button type="button" className="btn" onClick={() => setOpen('later')}>
            <Icon name="snooze" />
            Later <Kbd>S</Kbd>
          </button>
          <button type="button" className="btn bare" onClick={() => setOpen('hand')}>
            <Icon name="hand" />
            Hand over
          </button>
          <button type="button" className="btn bare" onClick={() => setOpen('waive')}>
            <Icon name="nn" />
            Not needed
          </button>
        </>
      )}
      <ActMenu label="More for this task" acts={menu} />
      {open === 'later' && <LaterDialog {...common} />}
      {open === 'hand' && <HandOverDialog {...common} deal={deal} />}
      {open === 'waive' && <WaiveDialog {...common} />}
      {open === 'edit' && <EditTaskDialog {...common} />}
    </div>
  );
}

function StateTag(props: { readonly task: TaskView }) {
  const { task } = props;
  const today = useToday();
  if (task.waivedOn !== null)
    return (
      <Mark state="none" shape="nn">
        Not needed
      </Mark>
    );
  if (task.doneOn !== null)
    return (
      <Mark state="done" isBoxed>
        Done
      </Mark>
    );
  const words: Record<TaskView['state'], string> = {
    late: task.dueOn === null ? 'Late' : rowDistance(task.dueOn, today),
    due: task.dueOn === null ? 'Due' : `Due ${rowDistance(task.dueOn, today)}`,
    blocked: 'Blocked',
    waiting: 'Waiting',
    review: 'To review',
    done: 'Done',
    none: 'Open',
  };
  return (
    <Mark state={task.state} isBoxed={task.state !== 'none'}>
      {words[task.state]}
    </Mark>
  );
}

function dueLine(task: TaskView, today: Parameters<typeof longDay>[1]): string {
  if (task.waivedOn !== null) return `since ${longDay(task.waivedOn, today)}`;
  if (task.doneOn !== null) return longDay(task.doneOn, today);
  if (task.dueOn === null) return 'no due day';
  return task.dueOn < today ? `was due ${longDay(task.dueOn, today)}` : `due ${longDay(task.dueOn, today)}`;
}

function whoLine(task: TaskView, me: string | undefined): string {
  const parts = [
    task.waiverReason === '' ? '' : `${task.waiverReason.replace(/\.$/, '')}.`,
    task.who === '' ? 'Nobody has it yet.' : task.who === me ? 'You have it.' : `${capital(task.who)} has it.`,
    task.isRequired ? `${STAGE_TITLES[task.stage]} is not done without it.` : `Part of ${STAGE_TITLES[task.stage]}.`,
  ];
  return parts.filter(Boolean).join(' ');
}
