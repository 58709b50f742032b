import { useState } from 'react';
import { TOLD_BY } from '../../../core/changes/request.ts';
import { TOLD_WORDS } from '../../../core/changes/told.ts';
import type { ChangeView } from '../../../electron/contract/portal-views.ts';
import type { DealView } from '../../../electron/contract/values.ts';
import { nowInstant } from '../../data/clock.ts';
import { useToday } from '../../data/queries.ts';
import { AskDialog } from '../../ui/ask.tsx';
import { AreaField, DayField, SelectField, TextField } from '../../ui/field.tsx';
import { useTell } from '../deal/task-acts.ts';
import styles from './changes.module.css';
import { NO_ANSWER, type ToldDraft, toldArgs, whoOf } from './told-draft.ts';

const ANSWERS = [
  { id: 'yes', title: 'They agree' },
  { id: 'no', title: 'They say no' },
];
const WAYS = TOLD_BY.map((id) => ({ id, title: capital(TOLD_WORDS[id]) }));

/** Writes down what somebody said who is asked: it counts as told, never as done by themselves. */
export function ToldDialog(props: {
  readonly deal: DealView;
  readonly change: ChangeView;
  readonly onClose: () => void;
}) {
  const { deal, change } = props;
  const today = useToday();
  const tell = useTell(deal.id);
  const [only, ...others] = change.answerers;
  const [draft, setDraft] = useState<ToldDraft>(() => ({
    ...NO_ANSWER,
    who: only !== undefined && others.length === 0 ? whoOf(only) : '',
  }));
  const set = (part: Partial<ToldDraft>) => setDraft({ ...draft, ...part });
  async function write(): Promise<string | null> {
    const read = toldArgs(draft, change, { today, now: nowInstant() });
    return 'sentence' in read ? read.sentence : tell('recordAnswer', { ...read.args });
  }
  return (
    <AskDialog
      title="Write down an answer"
      lead={<p className="meta">{change.title}</p>}
      says={
        draft.answer === 'no'
          ? 'Their no ends the request for everybody. It is kept as told to you, with how and when.'
          : 'It is kept as told to you, with how and when, and never as done by themselves. Terms still move only with the signed document.'
      }
      verb="Write it down"
      leave="Cancel"
      onLeave={props.onClose}
      onAnswer={write}
    >
      <SelectField
        label="Who answered"
        value={draft.who}
        choices={change.answerers.map((one) => ({ id: whoOf(one), title: one.name, detail: one.capacity }))}
        onChange={(who) => set({ who })}
      />
      <div className={styles.pair}>
        <SelectField
          label="What they said"
          value={draft.answer}
          choices={ANSWERS}
          onChange={(answer) => set({ answer: answer === 'no' ? 'no' : 'yes' })}
        />
        <SelectField label="How" value={draft.by} choices={WAYS} onChange={(by) => set({ by })} />
      </div>
      <div className={styles.pair}>
        <DayField label="On" value={draft.day} onChange={(day) => set({ day })} today={today} />
        <TextField label="Hour" value={draft.hour} onChange={(hour) => set({ hour })} placeholder="5:00 PM" />
      </div>
      {draft.answer === 'no' && (
        <AreaField label="Why, if they said so" value={draft.reason} onChange={(reason) => set({ reason })} />
      )}
    </AskDialog>
  );
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
