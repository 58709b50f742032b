import { draggable } from '@atlaskit/pragmatic-drag-and-drop/element/adapter';
import { disableNativeDragPreview } from '@atlaskit/pragmatic-drag-and-drop/element/disable-native-drag-preview';
import { memo, type Ref, useEffect, useRef } from 'react';
import type { PlainDate } from '../../../core/deadlines/plain-date.ts';
import type { Card, ItemState } from '../../../electron/contract/values.ts';
import { capital, cardName, PLATE_KINDS, SIDE_WORDS, sideSays } from '../../data/words.ts';
import { cx } from '../../ui/cx.ts';
import { rowDistance, shortDay } from '../../ui/days.ts';
import { dropMarks } from '../../ui/drop-marks.ts';
import { Icon } from '../../ui/icon.tsx';
import { Avatar, Bar, Plate, StateIcon } from '../../ui/marks.tsx';
import styles from './card.module.css';

interface Props {
  readonly card: Card;
  readonly today: PlainDate;
  readonly meId: string;
  readonly position: number;
  readonly count: number;
  readonly isActive: boolean;
  readonly isStop: boolean;
  /** Its place is kept, dashed, while it is carried. */
  readonly isCarried: boolean;
  readonly onOpen: (dealId: string) => void;
  readonly onFocus: (dealId: string) => void;
}

/** A deal on the board: picked up with the pointer or with M. */
export const BoardCard = memo(function BoardCard(props: Props) {
  const { card } = props;
  const element = useRef<HTMLDivElement>(null);
  const latest = useRef(card);
  latest.current = card;
  const name = `${card.plate} ${cardName(card)}`;
  useEffect(() => {
    if (element.current === null) return;
    return draggable({
      element: element.current,
      getInitialData: () => ({ card: latest.current }),
      onGenerateDragPreview: ({ nativeSetDragImage }) => disableNativeDragPreview({ nativeSetDragImage }),
    });
  }, []);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the board hears the keys for all its cards
    <div
      ref={element}
      role="option"
      aria-selected={props.isActive}
      aria-setsize={props.count}
      aria-posinset={props.position}
      tabIndex={props.isStop ? 0 : -1}
      data-deal={card.id}
      {...dropMarks('card', `File on ${name}`, { dealId: card.id, name })}
      className={cx(styles.card, props.isCarried && styles.carried)}
      onClick={() => props.onOpen(card.id)}
      onFocus={() => props.onFocus(card.id)}
    >
      {props.isCarried && <span className={styles.left}>{`${card.plate} ${cardName(card)}`}</span>}
      <CardFace card={card} today={props.today} meId={props.meId} />
    </div>
  );
});

/** The card that follows the pointer. */
export function LiftedCard(props: {
  readonly card: Card;
  readonly today: PlainDate;
  readonly meId: string;
  readonly width: number;
  readonly boxRef: Ref<HTMLDivElement>;
}) {
  return (
    <div
      ref={props.boxRef}
      className={cx(styles.card, styles.lifted)}
      style={{ width: props.width }}
      aria-hidden="true"
    >
      <CardFace card={props.card} today={props.today} meId={props.meId} />
    </div>
  );
}

function CardFace(props: { readonly card: Card; readonly today: PlainDate; readonly meId: string }) {
  const { card, today } = props;
  return (
    <>
      <header className={styles.head}>
        <Plate number={card.plate} kind={PLATE_KINDS[card.side]} says={sideSays(card.side)} size="m" />
        <b dir="auto">{cardName(card)}</b>
        {card.waits !== undefined && <Waits count={card.waits} />}
      </header>
      <p className={cx('meta', styles.who)}>
        {clientLine(card)}{' '}
        {card.isNewLead && (
          <span className={styles.lead}>
            <Icon name="link" size="s" /> New, by link
          </span>
        )}{' '}
        {card.isSample && <span className={styles.sample}>Sample</span>}
      </p>
      <p className={cx(styles.next, card.next?.state === 'late' && styles.hot)}>
        {card.next === null ? (
          <span className="t3">Nothing open</span>
        ) : (
          <>
            <StateIcon state={card.next.state} size="s" />
            <span className="vh">{STATE_SAYS[card.next.state]}</span>
            <span className={styles.title} title={card.next.title}>
              {card.next.title}
            </span>
            <b>{nextWhen(card.next, today)}</b>
          </>
        )}
      </p>
      <footer className={styles.foot}>
        <Bar done={card.done} total={card.total} />
        <span>{missingText(card.missing)}</span>
        <Avatar name={card.ownerName} isMe={card.ownerId === props.meId} />
        <span className="vh">{card.ownerId === props.meId ? 'You have it' : `${card.ownerName} has it`}</span>
      </footer>
    </>
  );
}

/** Somebody did something that waits for the team: the deal itself says what. */
function Waits({ count }: { readonly count: number }) {
  const says = count === 1 ? 'One thing waits for you' : `${count} things wait for you`;
  return (
    <span className={styles.waits} title={says}>
      <span className="vh">{says}</span>
    </span>
  );
}

export function clientLine(card: Card): string {
  const who = card.street === '' ? 'no address yet' : card.clientNames || 'no client yet';
  return `${SIDE_WORDS[card.side]}, ${who}`;
}

export function missingText(missing: number): string {
  return missing === 0 ? 'none missing' : `${missing} missing`;
}

function nextWhen(next: NonNullable<Card['next']>, today: PlainDate): string {
  if (next.on === null) return next.state === 'waiting' ? capital(next.who) : '';
  if (next.state === 'late' || next.state === 'due') return rowDistance(next.on, today);
  return shortDay(next.on, today);
}

/** The state in words, where the row does not say it already. */
const STATE_SAYS: Record<ItemState, string> = {
  late: '',
  due: 'due',
  blocked: 'blocked',
  waiting: 'waiting',
  review: 'to review',
  done: 'done',
  none: '',
};
