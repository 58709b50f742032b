import { TOLD_WORDS } from '../../../core/changes/told.ts';
import type { PlainDate } from '../../../core/deadlines/plain-date.ts';
import type { ChangeView, SlotView } from '../../../electron/contract/portal-views.ts';
import { rowInstant } from '../../ui/days.ts';
import { Avatar, Mark } from '../../ui/marks.tsx';
import styles from './changes.module.css';
import { listedRoles } from './words.ts';

/** Everybody whose agreement a request needs, and whether it is there. */
export function MustAgree(props: {
  readonly change: ChangeView;
  readonly today: PlainDate;
  /** Takes back an answer that was written down; absent where nothing is done. */
  readonly onTakeBack?: (told: NonNullable<SlotView['told']>) => void;
}) {
  const { change, today } = props;
  return (
    <section aria-label="Must agree before it counts">
      <h3>Must agree before it counts</h3>
      {change.slots.length === 0 ? (
        <p className="t2">Nobody signs for this. It counts once you called and they confirmed it.</p>
      ) : (
        <ul className={styles.slots}>
          {change.slots.map((slot) => (
            <li key={`${slot.approver} ${slot.personId ?? ''}`}>
              <Avatar name={slot.name} />
              <p>
                <bdi>{slot.name}</bdi>
                {slot.capacity !== '' && <small>{slot.capacity}</small>}
                {slot.told !== null && (
                  <small>
                    told to <bdi>{slot.told.to}</bdi> {TOLD_WORDS[slot.told.by]}
                  </small>
                )}
              </p>
              <div className={styles.state}>
                <SlotState slot={slot} today={today} />
                {slot.told?.mayTakeBack && props.onTakeBack !== undefined && (
                  <TakeBack told={slot.told} name={slot.name} onTakeBack={props.onTakeBack} />
                )}
              </div>
            </li>
          ))}
        </ul>
      )}
      {change.told.length > 0 && (
        <p className={`meta ${styles.told}`}>{listedRoles(change.told)} told once it counts.</p>
      )}
    </section>
  );
}

function TakeBack(props: {
  readonly told: NonNullable<SlotView['told']>;
  readonly name: string;
  readonly onTakeBack: (told: NonNullable<SlotView['told']>) => void;
}) {
  return (
    <button type="button" className="btn sm bare" onClick={() => props.onTakeBack(props.told)}>
      Take back<span className="vh"> what {props.name} said</span>
    </button>
  );
}

function SlotState({ slot, today }: { readonly slot: SlotView; readonly today: PlainDate }) {
  if (slot.state === 'agreed')
    return <Mark state="done">agreed{slot.at === null ? '' : ` ${rowInstant(slot.at, today)}`}</Mark>;
  return <Mark state="waiting">{slot.state === 'asked' ? 'no answer yet' : 'not asked'}</Mark>;
}
