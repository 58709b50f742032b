import { useEffect, useRef, useState } from 'react';
import type { TrailEntry, TrailPage } from '../../../electron/contract/sync.ts';
import type { DealView } from '../../../electron/contract/values.ts';
import { asCallError } from '../../data/api.ts';
import { useUndo } from '../../data/commands.ts';
import { useToday } from '../../data/queries.ts';
import { useSync } from '../../data/sync.ts';
import { type TrailFilter, useTrail } from '../../data/trail.ts';
import { Problem, Waiting } from '../../ui/calm.tsx';
import { cx } from '../../ui/cx.ts';
import { fullInstant } from '../../ui/days.ts';
import { Icon } from '../../ui/icon.tsx';
import { Kbd, useKeys } from '../../ui/keys.tsx';
import styles from './activity.module.css';
import { ActivityExport } from './activity-export.tsx';
import { ActivityFilters } from './activity-filters.tsx';
import { GROUP_FACES } from './activity-words.ts';

const EVERYTHING: TrailFilter = { groups: [], actor: '' };

/** Everything that was done, seen, fetched and denied on the deal, newest first; what can be taken back has its Undo. */
export function ActivityTab(props: { readonly deal: DealView }) {
  const { deal } = props;
  const [filter, setFilter] = useState(EVERYTHING);
  const trail = useTrail(deal.id, filter);
  const first = trail.data?.pages[0];
  const entries = trail.data?.pages.flatMap((page) => page.entries) ?? [];
  const isFiltered = filter.groups.length > 0 || filter.actor !== '';
  return (
    <div className={styles.frame}>
      <div className={styles.head}>
        <ActivityFilters filter={filter} actors={first?.actors ?? []} onFilter={setFilter} />
        <ActivityExport deal={deal} />
      </div>
      {first && <Note page={first} />}
      {trail.isError && !first ? (
        <Problem
          says="Closeboard could not read this."
          detail={asCallError(trail.error).message}
          onAgain={() => void trail.refetch()}
        />
      ) : !first ? (
        <Waiting says="Reading the activity" />
      ) : (
        <div className={styles.scroll}>
          <section className={styles.column} aria-label="Activity" aria-busy={trail.isPlaceholderData}>
            {entries.length === 0 && (
              <p className="t2">
                {isFiltered ? 'Nothing of this kind has happened here.' : 'Nothing has happened here yet.'}
                {isFiltered && (
                  <>
                    {' '}
                    <button type="button" className="btn link" onClick={() => setFilter(EVERYTHING)}>
                      Show everything
                    </button>
                  </>
                )}
              </p>
            )}
            <Entries deal={deal} entries={entries} isFromPortal={first.isFromPortal} />
            {trail.hasNextPage && (
              <Earlier
                isBusy={trail.isFetchingNextPage}
                wrong={trail.isFetchNextPageError ? asCallError(trail.error).message : null}
                onMore={() => void trail.fetchNextPage()}
              />
            )}
          </section>
        </div>
      )}
    </div>
  );
}

/** Where the history comes from, when that is worth knowing; loud when it is not what it should be. */
function Note(props: { readonly page: TrailPage }) {
  const { note, isFromPortal } = props.page;
  const isOffline = useSync()?.status === 'offline';
  if (note === '') return null;
  if (isFromPortal)
    return (
      <p className={`banner late ${styles.note}`} role="alert">
        <Icon name="late" />
        <b>{note}</b>
      </p>
    );
  return (
    <p className={`banner waiting ${styles.note}`} role="status">
      <Icon name={isOffline ? 'offline' : 'saved'} />
      <span>{note}</span>
    </p>
  );
}

function keyOf(entry: TrailEntry): string {
  return entry.n === null ? `own:${entry.commandId ?? entry.at}` : String(entry.n);
}

function Entries(props: {
  readonly deal: DealView;
  readonly entries: readonly TrailEntry[];
  readonly isFromPortal: boolean;
}) {
  const { deal, entries } = props;
  const undo = useUndo();
  const list = useRef<HTMLOListElement>(null);
  const [picked, setPicked] = useState<string | null>(null);
  const at = entries.findIndex((entry) => keyOf(entry) === picked);
  const takeBack = (entry: TrailEntry | undefined) =>
    entry?.canUndo &&
    !entry.isUndone &&
    entry.commandId !== null &&
    void undo({ commandId: entry.commandId, dealId: deal.id, label: entry.sentence });
  function go(to: number): void {
    const entry = entries[Math.max(0, Math.min(entries.length - 1, to))];
    if (entry === undefined) return;
    setPicked(keyOf(entry));
    const row = list.current?.querySelector<HTMLElement>(`[data-entry="${CSS.escape(keyOf(entry))}"]`);
    row?.focus();
  }
  useKeys({
    j: () => go(at + 1),
    k: () => go(at < 0 ? 0 : at - 1),
    u: () => takeBack(entries[at]),
  });
  return (
    <ol ref={list}>
      {entries.map((entry, index) => (
        <Entry
          key={keyOf(entry)}
          entry={entry}
          // Beside what the portal has, a step without a place in its trail has not reached it. Without the portal none has one.
          isOnlyHere={props.isFromPortal && entry.n === null}
          isStop={at < 0 ? index === 0 : index === at}
          isPicked={index === at}
          onPick={() => setPicked(keyOf(entry))}
          onUndo={() => takeBack(entry)}
        />
      ))}
    </ol>
  );
}

function Entry(props: {
  readonly entry: TrailEntry;
  readonly isOnlyHere: boolean;
  readonly isStop: boolean;
  readonly isPicked: boolean;
  readonly onPick: () => void;
  readonly onUndo: () => void;
}) {
  const { entry } = props;
  const today = useToday();
  const face = GROUP_FACES[entry.group];
  const isStopped = entry.group === 'denied' || entry.group === 'refused';
  return (
    <li
      data-entry={keyOf(entry)}
      data-group={entry.group}
      className={cx(styles.entry, props.isPicked && styles.picked)}
      tabIndex={props.isStop ? 0 : -1}
      onFocus={props.onPick}
    >
      <time dateTime={entry.at}>{fullInstant(entry.at, today)}</time>
      <Icon name={face.icon} size="s" className={isStopped ? 'blocked' : 't3'} />
      <span>
        {isStopped && <b className="blocked">{face.says}. </b>}
        {!isStopped && entry.group !== 'command' && <span className="vh">{face.says}. </span>}
        <span className={entry.isUndone ? styles.undone : undefined}>{entry.sentence}</span>
        {entry.isUndone && <span className="t3"> Taken back.</span>}
        {props.isOnlyHere && <span className="t3"> Only here so far.</span>}
      </span>
      {entry.canUndo && !entry.isUndone && entry.commandId !== null && (
        <button type="button" className="btn bare sm" aria-label={`Undo: ${entry.sentence}`} onClick={props.onUndo}>
          <Icon name="undo" size="s" />
          Undo {props.isPicked && <Kbd>U</Kbd>}
        </button>
      )}
    </li>
  );
}

/** The next page comes when its place comes into sight; the button is for whoever does not scroll. */
function Earlier(props: { readonly isBusy: boolean; readonly wrong: string | null; readonly onMore: () => void }) {
  const place = useRef<HTMLDivElement>(null);
  const latest = useRef(props);
  latest.current = props;
  useEffect(() => {
    if (place.current === null || typeof IntersectionObserver === 'undefined') return;
    const watcher = new IntersectionObserver((seen) => {
      const { isBusy, wrong, onMore } = latest.current;
      if (seen.some((one) => one.isIntersecting) && !isBusy && wrong === null) onMore();
    });
    watcher.observe(place.current);
    return () => watcher.disconnect();
  }, []);
  return (
    <div ref={place}>
      {props.wrong !== null && <p role="alert">The earlier part could not be read. {props.wrong}</p>}
      <button type="button" className="btn" onClick={props.onMore}>
        {props.isBusy ? 'Reading earlier' : props.wrong !== null ? 'Try again' : 'Show earlier'}
      </button>
    </div>
  );
}
