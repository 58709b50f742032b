import { useState } from 'react';
import type { PlainDate } from '../../../core/deadlines/plain-date.ts';
import type { DateView, DealView } from '../../../electron/contract/values.ts';
import { AskDialog } from '../../ui/ask.tsx';
import { Refusal } from '../../ui/calm.tsx';
import { longDay, rowDay } from '../../ui/days.ts';
import { AreaField, NoSuchDay, TextField } from '../../ui/field.tsx';
import { Icon } from '../../ui/icon.tsx';
import { inSentence } from '../impact/impact-words.ts';
import { type Ask, useAsked } from '../impact/use-asked.tsx';
import { readChange } from './read-change.ts';
import styles from './task.module.css';
import { useTell } from './task-acts.ts';

interface Props {
  readonly deal: DealView;
  readonly date: DateView;
  readonly today: PlainDate;
}

/** What can be done with a date of the form: it was done, the contract says another, it is not needed here. */
export function DateActs(props: Props) {
  const { deal, date, today } = props;
  const tell = useTell(deal.id);
  const { ask, dialog } = useAsked(deal);
  const [open, setOpen] = useState<'change' | 'drop' | null>(null);
  const [wrong, setWrong] = useState<string | null>(null);
  if (deal.closedOn !== null) return null;
  const { state } = date.mark;
  const mark = async (to: 'open' | 'completed') =>
    setWrong(await tell('markDeadline', { deadlineId: date.id, state: to, on: today, reason: '', expected: state }));
  return (
    <>
      <p className="t2">{markText(date, today)}</p>
      {wrong && <Refusal says={wrong} />}
      <div className={styles.acts}>
        {state === 'open' ? (
          <>
            <button type="button" className="btn" onClick={() => void mark('completed')}>
              <Icon name="check" /> It is done
            </button>
            <button type="button" className="btn" onClick={() => setOpen('change')}>
              {date.on === null && date.asks !== '' ? 'Answer…' : 'Change…'}
            </button>
            <button type="button" className="btn bare" onClick={() => setOpen('drop')}>
              <Icon name="nn" /> Not needed here
            </button>
          </>
        ) : (
          <button type="button" className="btn" onClick={() => void mark('open')}>
            <Icon name="undo" /> Count it again
          </button>
        )}
      </div>
      {open === 'change' && <ChangeDialog {...props} ask={ask} onClose={() => setOpen(null)} />}
      {open === 'drop' && <DropDialog {...props} ask={ask} onClose={() => setOpen(null)} />}
      {dialog}
    </>
  );
}

function markText(date: DateView, today: PlainDate): string {
  const { state, on, reason } = date.mark;
  const why = reason === '' ? '' : ` ${reason.replace(/\.$/, '')}.`;
  const day = on === null ? '' : ` on ${longDay(on, today)}`;
  if (state === 'completed') return `Done${day}.${why}`;
  if (state === 'waived') return `Waived${day}.${why}`;
  if (state === 'not-applicable') return `Not needed here.${why}`;
  if (state === 'tbd') return `To be decided.${why}`;
  return date.override === null ? '' : `Not the form's own count: ${date.override.reason.replace(/\.$/, '')}.`;
}

function ChangeDialog(props: Props & { readonly ask: Ask; readonly onClose: () => void }) {
  const { date, today } = props;
  const [text, setText] = useState('');
  const [reason, setReason] = useState(date.override?.reason ?? '');
  const read = readChange(text, today);
  const seen = { days: date.override?.days ?? null, on: date.override?.on ?? null };
  const hint =
    'sentence' in read
      ? undefined
      : read.on !== null
        ? rowDay(read.on, today)
        : read.days !== null
          ? `${read.days} days`
          : 'Empty is what the form says';
  return (
    <AskDialog
      title={date.asks === '' ? `When is it by the contract?` : date.asks}
      lead={<p className="meta">{date.title}</p>}
      says={date.formDays === null ? '' : `The form says ${date.formDays} days.`}
      verb="See what moves"
      leave={date.on === null ? 'Leave it open' : `Keep ${rowDay(date.on, today)}`}
      onLeave={props.onClose}
      onAnswer={async () =>
        'sentence' in read
          ? read.sentence
          : props.ask({
              name: 'setDeadline',
              args: { deadlineId: date.id, ...read, reason: reason.trim(), expected: seen },
            })
      }
    >
      <TextField
        label="Days, or a day"
        value={text}
        onChange={setText}
        placeholder="21, or Jun 23"
        autoFocus
        hint={hint}
        wrong={'sentence' in read && <NoSuchDay {...read} onUse={setText} />}
      />
      <TextField label="What says so" value={reason} onChange={setReason} placeholder="Box 3L of the signed contract" />
    </AskDialog>
  );
}

function DropDialog(props: Props & { readonly ask: Ask; readonly onClose: () => void }) {
  const { date, today } = props;
  const [reason, setReason] = useState('');
  return (
    <AskDialog
      title="Not needed on this deal?"
      lead={<p className="meta">{date.title}</p>}
      verb="Not needed"
      leave="Keep the date"
      onLeave={props.onClose}
      onAnswer={() =>
        props.ask(
          {
            name: 'markDeadline',
            args: {
              ...{ deadlineId: date.id, state: 'not-applicable', on: today },
              ...{ reason: reason.trim(), expected: date.mark.state },
            },
          },
          {
            isPlain: true,
            words: { title: `Not needed: ${inSentence(date.title)}`, verb: 'Not needed', leave: 'Keep the date' },
          },
        )
      }
    >
      <AreaField label="Why" value={reason} onChange={setReason} autoFocus />
    </AskDialog>
  );
}
