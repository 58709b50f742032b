import { useState } from 'react';
import { addDays, type PlainDate, weekdayOf } from '../../../core/deadlines/plain-date.ts';
import { PARTY_ROLES, type PartyRole, STAGES, type Stage } from '../../../core/deals/model.ts';
import type { DealView, TaskView } from '../../../electron/contract/values.ts';
import { changesOf } from '../../data/changes-of.ts';
import { useToday, useWorkspace } from '../../data/queries.ts';
import { ROLE_WORDS, STAGE_TITLES } from '../../data/words.ts';
import { AskDialog } from '../../ui/ask.tsx';
import { dayAsTyped, parseDayText } from '../../ui/day-text.ts';
import { rowDay } from '../../ui/days.ts';
import { AreaField, DayField, SelectField, TextField } from '../../ui/field.tsx';
import type { Choice } from '../../ui/pick-face.tsx';
import styles from './task.module.css';
import { useTell } from './task-acts.ts';

interface Props {
  readonly dealId: string;
  readonly task: TaskView;
  readonly onClose: () => void;
}

/** Moves the due day: to one of the next days, or to any day typed. */
export function LaterDialog(props: Props) {
  const today = useToday();
  const tell = useTell(props.dealId);
  const [text, setText] = useState('');
  const read = parseDayText(text, today);
  const quick = [addDays(today, 1), addDays(today, 2), addDays(today, 8 - weekdayOf(today))];
  const days = [...new Set(quick)];
  async function save(): Promise<string | null> {
    const { id: taskId, isDueByHand, dueOn } = props.task;
    // A day set by hand is guarded: it travels with the one that was shown.
    const expectedDueOn = isDueByHand ? dueOn : null;
    if (read.kind === 'day') return tell('editTask', { taskId, dueOn: read.day, expectedDueOn });
    return read.kind === 'empty'
      ? 'Write the day it is due, or pick one.'
      : `${read.sentence} Nothing has changed yet.`;
  }
  return (
    <AskDialog
      title="When is it due?"
      lead={<p className="meta">{props.task.title}</p>}
      verb={read.kind === 'day' ? `Due ${rowDay(read.day, today)}` : 'Change the day'}
      leave={props.task.dueOn === null ? 'Leave it open' : `Keep ${rowDay(props.task.dueOn, today)}`}
      onLeave={props.onClose}
      onAnswer={save}
    >
      <DayField label="Day" value={text} onChange={setText} today={today} autoFocus hint={props.task.dueWhy} />
      <div className={styles.quick}>
        {days.map((day) => (
          <button key={day} type="button" className="btn sm" onClick={() => setText(dayAsTyped(day))}>
            {day === addDays(today, 1) ? 'Tomorrow' : rowDay(day, today)}
          </button>
        ))}
      </div>
    </AskDialog>
  );
}

/** Hands a task to a role of the deal, or to somebody by name. */
export function HandOverDialog(props: Props & { readonly deal: DealView }) {
  const tell = useTell(props.dealId);
  const members = useWorkspace().data?.members ?? [];
  const { task, deal } = props;
  const [to, setTo] = useState(task.assigneeId === null ? `role:${task.assigneeRole}` : `id:${task.assigneeId}`);
  const choices: readonly Choice[] = [
    ...deal.people.map((person) => ({ id: `id:${person.id}`, title: person.name, detail: ROLE_WORDS[person.role] })),
    ...members.map((member) => ({ id: `id:${member.id}`, title: member.name, detail: 'On our desk' })),
    ...PARTY_ROLES.map((role) => ({
      id: `role:${role}`,
      title: ROLE_WORDS[role],
      detail: 'Whoever that is on this deal',
    })),
  ];
  async function save(): Promise<string | null> {
    const id = to.startsWith('id:') ? to.slice(3) : null;
    const role: PartyRole =
      id === null ? (to.slice(5) as PartyRole) : (deal.people.find((one) => one.id === id)?.role ?? 'tc');
    return tell('assignTask', { taskId: task.id, assigneeRole: role, assigneeId: id });
  }
  return (
    <AskDialog
      title="Who has it?"
      lead={<p className="meta">{task.title}</p>}
      verb="Hand over"
      leave={task.who === '' ? 'Leave it' : `Leave it with ${task.who}`}
      onLeave={props.onClose}
      onAnswer={save}
    >
      <SelectField label="Who" value={to} choices={choices} onChange={setTo} />
    </AskDialog>
  );
}

export function WaiveDialog(props: Props) {
  const tell = useTell(props.dealId);
  const today = useToday();
  const [reason, setReason] = useState('');
  return (
    <AskDialog
      title="Not needed?"
      lead={<p className="meta">{props.task.title}</p>}
      says="It stays on the list as not needed, with your reason."
      verb="Not needed"
      leave="Keep it open"
      onLeave={props.onClose}
      onAnswer={async () =>
        reason.trim() === ''
          ? 'Say in a few words why it is not needed.'
          : tell('waiveTask', { taskId: props.task.id, on: today, reason: reason.trim() })
      }
    >
      <AreaField label="Why" value={reason} onChange={setReason} autoFocus />
    </AskDialog>
  );
}

export function EditTaskDialog(props: Props) {
  const { task } = props;
  const tell = useTell(props.dealId);
  const [title, setTitle] = useState(task.title);
  const [stage, setStage] = useState<Stage>(task.stage);
  const [isRequired, setRequired] = useState(task.isRequired);
  async function save(): Promise<string | null> {
    if (title.trim() === '') return 'Write what is to be done.';
    const shown = { title: task.title, stage: task.stage, isRequired: task.isRequired };
    return tell('editTask', { taskId: task.id, ...changesOf(shown, { title: title.trim(), stage, isRequired }) });
  }
  return (
    <AskDialog title="Change the task" verb="Save" leave="Leave it as it was" onLeave={props.onClose} onAnswer={save}>
      <TextField label="What is to be done" value={title} onChange={setTitle} autoFocus />
      <SelectField label="Stage" value={stage} choices={stageChoices()} onChange={(id) => setStage(id as Stage)} />
      <label className={styles.check}>
        <input type="checkbox" checked={isRequired} onChange={(event) => setRequired(event.target.checked)} />
        The stage is not done without it
      </label>
    </AskDialog>
  );
}

export function stageChoices(): readonly Choice[] {
  return STAGES.map((stage) => ({ id: stage, title: STAGE_TITLES[stage] }));
}

export function dayOrNull(text: string, today: PlainDate): PlainDate | null {
  const read = parseDayText(text, today);
  return read.kind === 'day' ? read.day : null;
}
