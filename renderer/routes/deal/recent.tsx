import type { DealView } from '../../../electron/contract/values.ts';
import { useActivity, useToday } from '../../data/queries.ts';
import { useRecent } from '../../data/trail.ts';
import { rowInstant } from '../../ui/days.ts';
import { Icon } from '../../ui/icon.tsx';
import styles from './overview.module.css';

interface Entry {
  readonly key: string;
  readonly at: string;
  readonly sentence: string;
  readonly isUndone: boolean;
  readonly isStopped: boolean;
}

/** What happened last, people at their pages too. Until the portal answers, what this computer knows. */
export function Recent(props: { readonly deal: DealView; readonly onAll: () => void }) {
  const today = useToday();
  const entries = useEntries(props.deal.id);
  return (
    <section aria-label="Activity">
      <div className={styles.sec}>
        <h2>Activity</h2>
        <button type="button" className="btn bare sm push" onClick={props.onAll}>
          All of it
        </button>
      </div>
      <ol className={styles.log}>
        {entries.map((entry) => (
          <li key={entry.key}>
            <time dateTime={entry.at}>{rowInstant(entry.at, today).replace(/ [AP]M$/, '')}</time>
            <span className={entry.isUndone ? styles.undone : undefined}>
              {entry.isStopped && <Icon name="blocked" size="s" className="blocked" />} {entry.sentence}
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}

const SHOWN = 8;

function useEntries(dealId: string): readonly Entry[] {
  const recent = useRecent(dealId, SHOWN).data?.entries;
  const local = useActivity(dealId, SHOWN).data?.pages[0]?.entries ?? [];
  if (recent !== undefined && recent.length > 0)
    return recent.map(({ at, n, sentence, isUndone, group, commandId }) => ({
      ...{ key: `${n ?? commandId} ${at}`, at, sentence, isUndone },
      isStopped: group === 'denied' || group === 'refused',
    }));
  return local.map(({ commandId: key, at, sentence, isUndone }) => ({ key, at, sentence, isUndone, isStopped: false }));
}
