import type { DealView } from '../../../electron/contract/values.ts';
import { asCallError } from '../../data/api.ts';
import { useUndo } from '../../data/commands.ts';
import { useActivity, useToday } from '../../data/queries.ts';
import { Problem, Waiting } from '../../ui/calm.tsx';
import { fullInstant } from '../../ui/days.ts';
import { Icon } from '../../ui/icon.tsx';
import styles from './notes.module.css';

/** Everything that happened on the deal, newest first; what can be taken back has its Undo. */
export function ActivityTab(props: { readonly deal: DealView }) {
  const { deal } = props;
  const today = useToday();
  const undo = useUndo();
  const activity = useActivity(deal.id, 50);
  if (activity.isError)
    return (
      <Problem
        says="Closeboard could not read this."
        detail={asCallError(activity.error).message}
        onAgain={() => void activity.refetch()}
      />
    );
  if (!activity.data) return <Waiting says="Reading the activity" />;
  const entries = activity.data.pages.flatMap((page) => page.entries);
  return (
    <div className={styles.scroll}>
      <section className={styles.column} aria-label="Activity">
        {entries.length === 0 && <p className="t2">Nothing has happened here yet.</p>}
        <ol>
          {entries.map((entry) => (
            <li key={entry.commandId} className={styles.entry}>
              <time dateTime={entry.at}>{fullInstant(entry.at, today)}</time>
              <span>
                <span className={entry.isUndone ? styles.undone : undefined}>{entry.sentence}</span>
                {entry.isUndone && <span className="t3"> Taken back.</span>}
              </span>
              {entry.canUndo && !entry.isUndone && (
                <button
                  type="button"
                  className="btn bare sm"
                  aria-label={`Undo: ${entry.sentence}`}
                  onClick={() => void undo({ commandId: entry.commandId, dealId: deal.id, label: entry.sentence })}
                >
                  <Icon name="undo" size="s" />
                  Undo
                </button>
              )}
            </li>
          ))}
        </ol>
        {activity.hasNextPage && (
          <button type="button" className={`btn ${styles.start}`} onClick={() => void activity.fetchNextPage()}>
            Show earlier
          </button>
        )}
      </section>
    </div>
  );
}
