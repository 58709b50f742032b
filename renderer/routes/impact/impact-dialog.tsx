import { useEffect, useRef, useState } from 'react';
import type { PlainDate } from '../../../core/deadlines/plain-date.ts';
import type { ImpactView as Impact } from '../../../electron/contract/impact.ts';
import type { DealView } from '../../../electron/contract/values.ts';
import { useToday } from '../../data/queries.ts';
import { PLATE_KINDS, sideSays } from '../../data/words.ts';
import { Refusal } from '../../ui/calm.tsx';
import { rowDay } from '../../ui/days.ts';
import { Dialog, DialogFoot } from '../../ui/dialog.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Kbd, keyName } from '../../ui/keys.tsx';
import { Plate } from '../../ui/marks.tsx';
import { useTell } from '../deal/task-acts.ts';
import styles from './impact.module.css';
import { ImpactView } from './impact-view.tsx';
import { movesOthers, type Said, type StepWords, stepWords } from './impact-words.ts';
import { type Step, useImpact } from './use-impact.ts';

/** A step that was looked at, in the words of whoever asked; those of the one day it says, when there are none. */
export interface Asked {
  readonly step: Step;
  readonly impact: Impact;
  readonly words?: StepWords;
}

/**
 * Shows what a step would do, then takes it or leaves it. Starts on leaving; Ctrl Enter takes it. While it is open it is
 * asked again whenever the deal changes, and a refusal stands in it.
 */
export function ImpactDialog(props: {
  readonly deal: DealView;
  readonly asked: Asked;
  readonly onLeave: () => void;
  readonly onDone: () => void;
}) {
  const { deal, asked } = props;
  const today = useToday();
  const tell = useTell(deal.id);
  const reply = useImpact(deal.id, asked.step).data;
  const [wrong, setWrong] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  // While it is being taken, the deal changes by this very step: what was shown stays.
  const impact = reply?.outcome === 'impact' && !isBusy ? reply.impact : asked.impact;
  const refused = reply?.outcome === 'refused' && !isBusy ? reply.refusal.message : null;
  const [said] = impact.said;
  const words = asked.words ?? (said === undefined ? PLAIN : stepWords(said, today));
  const isOneDay = asked.words === undefined && impact.said.length === 1;

  async function take(): Promise<void> {
    if (isBusy || refused !== null) return;
    setBusy(true);
    const sentence = await tell(asked.step.name, { ...asked.step.args });
    if (sentence === null) return props.onDone();
    setBusy(false);
    setWrong(sentence);
  }

  useModEnter(() => void take());

  return (
    <Dialog
      title={isOneDay && said ? `${words.title}, ${spoken(said, today)}` : words.title}
      heading={isOneDay && said && <Heading title={words.title} said={said} today={today} />}
      lead={<Lead deal={deal} />}
      width={movesOthers(impact) ? 'full' : 'wide'}
      onClose={props.onLeave}
      closeSays="Close, nothing changes"
    >
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          void take();
        }}
      >
        <ImpactView impact={impact} today={today} />
        {(wrong ?? refused) !== null && (
          <div className={styles.refused}>
            <Refusal says={wrong ?? refused ?? ''} />
          </div>
        )}
        <DialogFoot
          says={
            <>
              <b>Nothing has changed yet.</b> Days set by hand and finished tasks stay. Undo takes all of it back.
            </>
          }
        >
          {/* biome-ignore lint/a11y/noAutofocus: the safe choice */}
          <button type="button" className="btn" autoFocus onClick={props.onLeave}>
            {words.leave} <Kbd>Esc</Kbd>
          </button>
          <button type="submit" className="btn go" aria-disabled={refused !== null}>
            {words.verb} <Kbd>Mod Enter</Kbd>
          </button>
        </DialogFoot>
      </form>
    </Dialog>
  );
}

/** Wherever the focus is: whoever clicked on a sentence to read it is still in this dialog. */
function useModEnter(press: () => void): void {
  const latest = useRef(press);
  latest.current = press;
  useEffect(() => {
    function hear(event: KeyboardEvent): void {
      if (keyName(event) !== 'mod+Enter' || event.repeat) return;
      event.preventDefault();
      latest.current();
    }
    document.addEventListener('keydown', hear);
    return () => document.removeEventListener('keydown', hear);
  }, []);
}

const PLAIN: StepWords = { title: 'What this does', verb: 'Do it', leave: 'Leave it as it is' };

function Lead({ deal }: { readonly deal: DealView }) {
  return (
    <p className={`meta ${styles.lead}`}>
      <Plate number={deal.plate} kind={PLATE_KINDS[deal.side]} says={sideSays(deal.side)} />
      <span>
        {deal.streetName}
        {deal.city !== '' && `, ${deal.city}`}
      </span>
    </p>
  );
}

function Heading(props: { readonly title: string; readonly said: Said; readonly today: PlainDate }) {
  const { said, today } = props;
  return (
    <span className={styles.heading}>
      {props.title}
      {said.from !== null && said.from !== said.to && <s>{rowDay(said.from, today)}</s>}
      {said.from !== null && said.to !== null && said.from !== said.to && <Icon name="arrow" />}
      {said.to !== null && <em>{rowDay(said.to, today)}</em>}
    </span>
  );
}

/** The days of the title as they are read out. */
function spoken({ from, to }: Said, today: PlainDate): string {
  if (to === null) return from === null ? '' : rowDay(from, today);
  return from === null || from === to ? rowDay(to, today) : `${rowDay(from, today)} to ${rowDay(to, today)}`;
}
