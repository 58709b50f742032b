import { useState } from 'react';
import { type PlainDate, parsePlainDate } from '../../../core/deadlines/plain-date.ts';
import type { Stage } from '../../../core/deals/model.ts';
import type { Missing, Refused } from '../../../electron/contract/values.ts';
import { useToday } from '../../data/queries.ts';
import { capital, STAGE_TITLES } from '../../data/words.ts';
import { rowDay } from '../../ui/days.ts';
import { Dialog, DialogFoot } from '../../ui/dialog.tsx';
import { AreaField } from '../../ui/field.tsx';
import { Kbd } from '../../ui/keys.tsx';
import { Plate, type PlateKind, StateIcon } from '../../ui/marks.tsx';
import { mayOpen } from '../deal/open-missing.ts';
import styles from './not-ready.module.css';

export interface NotReadyFor {
  readonly plate: string;
  readonly kind: PlateKind;
  readonly sideSays: string;
  readonly street: string;
  readonly to: Stage;
  readonly refusal: Refused;
}

/** A move that was refused: what is missing, who has it, and how to go on. */
export function NotReady(props: {
  readonly what: NotReadyFor;
  readonly onLeave: () => void;
  readonly onOpen: (() => void) | null;
  /** Goes to where one missing thing is brought in; absent where the deal is not open. */
  readonly onOpenItem?: (item: Missing) => void;
  /** Sends the move again with the reason; gives back the sentence of a second refusal. */
  readonly onAnyway: (reason: string) => Promise<string | null>;
}) {
  const { what } = props;
  const [reason, setReason] = useState<string | null>(null);
  const [wrong, setWrong] = useState<string | null>(null);
  const mayOverrule = what.refusal.type === 'StageNotDone';
  const title = mayOverrule ? `Not ready for ${STAGE_TITLES[what.to]}` : 'Not moved';
  const lead = (
    <p className={styles.deal}>
      <Plate number={what.plate} kind={what.kind} says={what.sideSays} /> {what.street}
    </p>
  );

  async function moveAnyway(): Promise<void> {
    if ((reason ?? '').trim() === '') {
      setWrong('Say in a few words why it moves on. It stays in the activity.');
      return;
    }
    setWrong(await props.onAnyway((reason ?? '').trim()));
  }

  return (
    <Dialog title={title} lead={lead} onClose={props.onLeave} role="alertdialog">
      {/* biome-ignore lint/a11y/noStaticElementInteractions: Ctrl Enter does it, from the field */}
      <div
        className={styles.body}
        onKeyDown={(event) => {
          if (reason === null || event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
          event.preventDefault();
          void moveAnyway();
        }}
      >
        <p className="t2">{withoutTitle(what.refusal.message, title)}</p>
        <MissingList missing={what.refusal.missing ?? []} onOpen={props.onOpenItem} />
        {reason !== null && (
          <AreaField label="Why it moves on without them" value={reason} onChange={setReason} wrong={wrong} autoFocus />
        )}
      </div>
      <DialogFoot
        says={
          mayOverrule &&
          reason === null && (
            <button type="button" className="btn link" onClick={() => setReason('')}>
              Move anyway…
            </button>
          )
        }
      >
        {/* biome-ignore lint/a11y/noAutofocus: a dialog starts on the safe choice */}
        <button type="button" className="btn" onClick={props.onLeave} autoFocus={reason === null}>
          Leave it <Kbd>Esc</Kbd>
        </button>
        {reason !== null ? (
          <button type="button" className="btn go" onClick={() => void moveAnyway()}>
            Move to {STAGE_TITLES[what.to]} <Kbd>Mod Enter</Kbd>
          </button>
        ) : (
          props.onOpen && (
            <button type="button" className="btn go" onClick={props.onOpen}>
              Open the deal
            </button>
          )
        )}
      </DialogFoot>
    </Dialog>
  );
}

export function MissingList(props: {
  readonly missing: readonly Missing[];
  readonly onOpen?: ((item: Missing) => void) | undefined;
}) {
  const today = useToday();
  const { onOpen } = props;
  return (
    <ol className={styles.need}>
      {props.missing.map((item) => (
        <li key={`${item.kind}:${item.id}`}>
          <StateIcon state={item.state} shape={item.state === 'none' ? 'missing' : undefined} />
          <span>
            {onOpen && mayOpen(item) ? (
              <button type="button" className="btn link" onClick={() => onOpen(item)}>
                {item.what}
              </button>
            ) : (
              item.what
            )}
            <small>{[capital(item.who), detailText(item.detail, today)].filter(Boolean).join(', ')}</small>
          </span>
        </li>
      ))}
    </ol>
  );
}

/** A detail that is a day is when it was or is due. */
function detailText(detail: string, today: PlainDate): string {
  const day = parsePlainDate(detail);
  if (day === null) return detail;
  return `${day < today ? 'was due' : 'due'} ${rowDay(day, today)}`;
}

/** The title says the first sentence already. */
function withoutTitle(message: string, title: string): string {
  return message.startsWith(`${title}.`) ? message.slice(title.length + 1).trim() : message;
}
