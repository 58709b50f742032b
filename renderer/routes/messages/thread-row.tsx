import type { PlainDate } from '../../../core/deadlines/plain-date.ts';
import type { ThreadView } from '../../../electron/contract/portal-views.ts';
import { ROLE_WORDS } from '../../data/words.ts';
import { cx } from '../../ui/cx.ts';
import { rowInstant } from '../../ui/days.ts';
import { Avatar, Mark } from '../../ui/marks.tsx';
import styles from './messages.module.css';

/** One conversation in the list: with whom, what was said last, and whether they wait. */
export function ThreadRow(props: {
  readonly thread: ThreadView;
  readonly today: PlainDate;
  readonly isSelected: boolean;
}) {
  const { thread, today } = props;
  const last = thread.messages.at(-1);
  return (
    <div className={cx(styles.row, props.isSelected && styles.bold)}>
      <Avatar name={thread.name} />
      <div>
        <p>
          <b>
            <bdi>{thread.name}</bdi>
          </b>
          , {ROLE_WORDS[thread.role].toLowerCase()}
        </p>
        <small className="cut" dir="auto">
          {last === undefined ? 'No messages yet' : `${last.isMine ? 'You: ' : ''}${last.body}`}
        </small>
      </div>
      <span className={styles.when}>
        {thread.open > 0 ? (
          <Mark state="blocked" shape="mail">
            {thread.openSince === null ? 'waits' : rowInstant(thread.openSince, today)}
            <span className="vh">, waits for an answer</span>
          </Mark>
        ) : (
          thread.lastAt !== null && rowInstant(thread.lastAt, today)
        )}
      </span>
    </div>
  );
}

export function groupOfThread({ open, lastAt }: ThreadView): 'open' | 'quiet' | 'none' {
  return open > 0 ? 'open' : lastAt === null ? 'none' : 'quiet';
}

const GROUPS = { open: 'Wait for an answer', quiet: 'Answered', none: 'Write to' } as const;

export function GroupHead(props: { readonly thread: ThreadView; readonly of: readonly ThreadView[] }) {
  const group = groupOfThread(props.thread);
  return (
    <>
      <span>{GROUPS[group]}</span>
      <span className="t3">{props.of.filter((one) => groupOfThread(one) === group).length}</span>
    </>
  );
}
