import { useState } from 'react';
import type { ImpactView } from '../../../electron/contract/impact.ts';
import type { ChangeView } from '../../../electron/contract/portal-views.ts';
import type { DealView } from '../../../electron/contract/values.ts';
import { nowInstant } from '../../data/clock.ts';
import { useToday } from '../../data/queries.ts';
import { AskDialog } from '../../ui/ask.tsx';
import { dayAsTyped } from '../../ui/day-text.ts';
import { fullInstant } from '../../ui/days.ts';
import { DayField, SelectField, TextField } from '../../ui/field.tsx';
import { useTell } from '../deal/task-acts.ts';
import { type Step, usePreview } from '../impact/use-impact.ts';
import styles from './changes.module.css';
import { type EffectDraft, executeArgs } from './execute-draft.ts';
import { seenFrom } from './impact-lines.tsx';
import { EffectDialog } from './look-dialog.tsx';
import { besideWords, lowered } from './words.ts';

const MODES = [
  { id: 'electronic', title: 'Sent electronically' },
  { id: 'mail', title: 'By mail' },
  { id: 'personal', title: 'Handed over' },
];

/** Which document carries the change and when it was signed; then what moves, before anything does. */
export function ExecuteDialog(props: {
  readonly deal: DealView;
  readonly change: ChangeView;
  readonly onClose: () => void;
}) {
  const { deal, change } = props;
  const today = useToday();
  const preview = usePreview(deal.id);
  const tell = useTell(deal.id);
  const [draft, setDraft] = useState<EffectDraft>(() => firstDraft(change));
  const [look, setLook] = useState<{ readonly step: Step; readonly impact: ImpactView } | null>(null);
  const [wrong, setWrong] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const set = (part: Partial<EffectDraft>) => setDraft({ ...draft, ...part });

  async function show(): Promise<string | null> {
    const read = executeArgs(draft, change, { today, now: nowInstant() });
    if ('sentence' in read) return read.sentence;
    const step = { name: 'executeChange', args: read.args };
    const reply = await preview(step);
    if (reply.outcome === 'refused') return reply.refusal.message;
    setWrong(null);
    setLook({ step, impact: seenFrom(reply.impact, change) });
    // Said below: the dialog goes on with what it does.
    return STAY;
  }

  async function take(): Promise<void> {
    if (look === null || isBusy) return;
    setBusy(true);
    const sentence = await tell(look.step.name, { ...look.step.args });
    setBusy(false);
    if (sentence === null) props.onClose();
    else setWrong(sentence);
  }

  const beside = besideWords(change, draft.versionId);
  if (look !== null)
    return (
      <EffectDialog
        deal={deal}
        change={change}
        impact={look.impact}
        {...(beside !== '' && { beside })}
        wrong={wrong}
        isBusy={isBusy}
        onTake={() => void take()}
        onClose={() => setLook(null)}
      />
    );
  const chosen = change.papers.find(({ versionId }) => versionId === draft.versionId);
  return (
    <AskDialog
      title="Put it into effect"
      lead={<p className="meta">{change.title}</p>}
      says="Terms move only with the document that everybody signed and that you reviewed. It came after the request."
      verb="See what moves"
      leave="Not yet"
      onLeave={props.onClose}
      onAnswer={show}
    >
      {change.papers.length === 0 ? (
        <p className={styles.none}>
          No such document is here yet. Drop it on this deal, file it as a contract paper, mark it fully executed, and
          review it.
        </p>
      ) : (
        <>
          <SelectField
            label="The document"
            value={draft.versionId}
            choices={change.papers.map(({ versionId, title, lacks }) => ({
              id: versionId,
              title,
              ...(lacks && { detail: lacks }),
            }))}
            onChange={(versionId) => set({ versionId })}
            hint={chosen?.lacks ? undefined : 'Reviewed'}
            wrong={chosen?.lacks || undefined}
          />
          {beside !== '' && <p className="meta">{beside}</p>}
          <div className={styles.pair}>
            <DayField
              label="Day of the last signature"
              value={draft.day}
              onChange={(day) => set({ day })}
              today={today}
            />
            <TextField label="Hour" value={draft.hour} onChange={(hour) => set({ hour })} placeholder="5:00 PM" />
          </div>
          {change.periodEndsAt !== null && (
            <p className="meta">
              The period that it extends ends {lowered(fullInstant(change.periodEndsAt, today))}. Signed later, it
              extends nothing.
            </p>
          )}
          {change.needsDelivery && (
            <div className={styles.pair}>
              <DayField
                label="The buyer got it on"
                value={draft.deliveredOn}
                onChange={(deliveredOn) => set({ deliveredOn })}
                today={today}
              />
              <SelectField
                label="How"
                value={draft.mode}
                choices={MODES}
                onChange={(mode) => set({ mode: modeOf(mode) })}
              />
            </div>
          )}
        </>
      )}
    </AskDialog>
  );
}

/** Keeps the question open behind what it leads to; never shown, since another dialog stands there then. */
const STAY = 'Nothing has changed yet.';

function firstDraft(change: ChangeView): EffectDraft {
  const paper = change.papers.find(({ fits }) => fits) ?? change.papers[0];
  return {
    versionId: paper?.versionId ?? '',
    day: paper === undefined ? '' : dayAsTyped(paper.documentOn),
    hour: '',
    deliveredOn: '',
    mode: 'electronic',
  };
}

function modeOf(id: string): EffectDraft['mode'] {
  return id === 'mail' || id === 'personal' ? id : 'electronic';
}
