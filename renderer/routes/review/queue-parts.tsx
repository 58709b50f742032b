import { Link } from '@tanstack/react-router';
import type { PlainDate } from '../../../core/deadlines/plain-date.ts';
import type { ReviewItem } from '../../../electron/contract/papers.ts';
import { useDeal } from '../../data/queries.ts';
import { Middle } from '../../ui/calm.tsx';
import { cx } from '../../ui/cx.ts';
import { rowInstant } from '../../ui/days.ts';
import { Icon } from '../../ui/icon.tsx';
import { KeyBar } from '../../ui/keys.tsx';
import layout from '../inbox/inbox.module.css';
import { DealPlate } from '../inbox/inbox-row.tsx';
import { underReview } from './queue.ts';
import styles from './review.module.css';

const HINTS = [
  { keys: ['Mod Z'], does: 'undo' },
  { keys: ['?'], does: 'all keys', isLast: true },
];

/** How many wait; of one deal, which. */
export function QueueHead(props: { readonly queue: readonly ReviewItem[]; readonly ofDeal: string | undefined }) {
  const { queue, ofDeal } = props;
  const count = queue.length === 1 ? 'One document waits' : `${queue.length.toLocaleString('en-US')} documents wait`;
  const deal = queue[0]?.deal;
  return (
    <header className={layout.listHead}>
      <h1>Review queue</h1>
      <p className="t2">
        {count} for your look, the oldest first.
        {ofDeal !== undefined && deal && (
          <>
            {' '}
            Only {deal.plate} {deal.street}. <Link to="/review">All deals</Link>
          </>
        )}
      </p>
    </header>
  );
}

/** A document in the queue: of which deal, which version, since when. */
export function QueueRow(props: {
  readonly item: ReviewItem;
  readonly today: PlainDate;
  readonly isSelected: boolean;
}) {
  const { item } = props;
  const what = underReview(item);
  return (
    <div className={cx(styles.row, props.isSelected && styles.bold)}>
      <DealPlate deal={item.deal} />
      <div className={styles.words}>
        <b className="cut" title={item.line.title} dir="auto">
          {item.line.title}
        </b>
        <p className="cut" dir="auto">
          Version {what?.version.number ?? 1}
          {item.deal.street !== '' && `, ${item.deal.street}`}
          {what?.version.isFromPage && `, sent by ${what.version.sentBy}`}
        </p>
      </div>
      <span className={styles.when}>
        <span className="vh">since </span>
        {what && rowInstant(what.version.receivedAt, props.today)}
      </span>
    </div>
  );
}

/** An empty queue. */
export function NothingToReview(props: { readonly ofDeal: string | undefined }) {
  const deal = useDeal(props.ofDeal ?? null).data;
  return (
    <div className={layout.frame}>
      <main className={layout.empty} aria-label="Review queue">
        <Middle>
          <span className={cx(layout.big, 'done')}>
            <Icon name="done" />
          </span>
          <h1>Nothing to review.</h1>
          <p className="t2">
            {deal
              ? `Every document of ${deal.plate} ${deal.streetName} has its verdict.`
              : 'Every document that came has its verdict.'}
          </p>
          {props.ofDeal === undefined ? (
            <Link to="/inbox" className="btn">
              Look at the inbox
            </Link>
          ) : (
            <Link to="/review" className="btn">
              All deals
            </Link>
          )}
        </Middle>
      </main>
      <KeyBar hints={HINTS} />
    </div>
  );
}
