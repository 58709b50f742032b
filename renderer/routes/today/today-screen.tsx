import { useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useCallback, useEffect, useMemo, useState } from 'react';
import type { PlainDate } from '../../../core/deadlines/plain-date.ts';
import type { ItemState, TodayItem } from '../../../electron/contract/values.ts';
import { asCallError, call } from '../../data/api.ts';
import { useAttentionNow } from '../../data/attention.ts';
import { keys, useInboxCount, useToday, useTodayList, useWorkspace } from '../../data/queries.ts';
import { useReady } from '../../data/ready.ts';
import { capital, counted, countWord, PLATE_KINDS, sideSays } from '../../data/words.ts';
import { Middle, Problem, Waiting } from '../../ui/calm.tsx';
import { cx } from '../../ui/cx.ts';
import { longDay, rowDistance, rowInstant, shortDay } from '../../ui/days.ts';
import { Icon } from '../../ui/icon.tsx';
import { KeyBar, useKeys } from '../../ui/keys.tsx';
import { Mark, Plate } from '../../ui/marks.tsx';
import { PickList } from '../../ui/pick-list.tsx';
import { Split, useIsNarrow } from '../../ui/split.tsx';
import { AttentionPane } from '../attention/attention-pane.tsx';
import { AttentionRow } from '../attention/attention-row.tsx';
import { FirstRun } from '../first-run/first-run.tsx';
import { heldInPlace, inGroups, isAttention, type QueueItem, withAttention } from './queue.ts';
import styles from './today.module.css';
import { Place, TodayPane } from './today-pane.tsx';
import { WaitingPane } from './waiting-pane.tsx';

const HINTS = [
  { keys: ['J', 'K'], does: 'move' },
  { keys: ['Enter'], does: 'mark done' },
  { keys: ['S'], does: 'later' },
  { keys: ['H'], does: 'hand over' },
  { keys: ['O'], does: 'open deal' },
  { keys: ['Mod Z'], does: 'undo' },
  { keys: ['?'], does: 'all keys', isLast: true },
];

/** One ranked queue of what needs the person now, and the selected thing to act on. */
export function TodayScreen() {
  const list = useTodayList();
  const workspace = useWorkspace();
  // Above the rest, so it comes with the rest. What could not be read of it takes nothing from the day's own list.
  const attention = useAttentionNow();
  useReady('today', list.data !== undefined && workspace.data !== undefined && !attention.isPending);
  const items = useMemo(
    () => withAttention(attention.data ?? [], inGroups(list.data?.items ?? [])),
    [attention.data, list.data],
  );
  if (list.isError || workspace.isError)
    return (
      <Problem
        says="Closeboard could not read this."
        detail={asCallError(list.error ?? workspace.error).message}
        onAgain={() => void Promise.all([list.refetch(), workspace.refetch()])}
      />
    );
  if (!list.data || !workspace.data || attention.isPending) return <Waiting says="Reading what needs you" />;
  if (workspace.data.dealCount === 0 && items.length === 0) return <FirstRun />;
  return <Queue items={items} quietDeals={list.data.quietDeals} />;
}

const keyOf = (item: QueueItem) => item.taskId;

function Queue(props: { readonly items: readonly QueueItem[]; readonly quietDeals: number }) {
  const today = useToday();
  const navigate = useNavigate();
  const isNarrow = useIsNarrow();
  const [picked, setPicked] = useState<string | null>(props.items[0]?.taskId ?? null);
  const [held, setHeld] = useState(props.items);
  const [isReading, setReading] = useState(false);
  // What was finished keeps its row until the hand has moved on, so that nothing slides under it.
  const items = useMemo(() => heldInPlace(held, props.items, picked), [held, props.items, picked]);
  useEffect(() => setHeld(items), [items]);
  const at = items.findIndex((item) => item.taskId === picked);
  const selected = items[at];
  const open = useCallback(
    (item: QueueItem | undefined) => item && void navigate({ to: '/deals/$dealId', params: { dealId: item.dealId } }),
    [navigate],
  );
  const groupOf = useGroups(items, today);
  usePrefetchNext(items[at + 1]);
  useKeys({ o: () => open(selected), Escape: () => setReading(false) });
  if (items.length === 0) return <NothingNeedsYou quietDeals={props.quietDeals} />;
  const list = (
    <>
      <Head count={props.items.length} quietDeals={props.quietDeals} />
      <PickList
        label="What needs you"
        rows={items}
        keyOf={keyOf}
        groupOf={groupOf}
        selected={picked}
        onSelect={setPicked}
        keys={isNarrow && !isReading ? { Enter: () => setReading(true) } : {}}
      >
        {(item, isSelected) =>
          isAttention(item) ? (
            <AttentionRow item={item.attention} today={today} isSelected={isSelected} />
          ) : (
            <Row item={item} today={today} isSelected={isSelected} />
          )
        }
      </PickList>
    </>
  );
  const place = {
    at,
    count: items.length,
    onGo: (to: number) => setPicked(items[to]?.taskId ?? picked),
    onBack: () => setReading(false),
  };
  const pane =
    selected &&
    (isAttention(selected) ? (
      <AttentionPane
        key={selected.taskId}
        item={selected.attention}
        isOpen={props.items.includes(selected)}
        place={<Place {...place} />}
        onOpenDeal={() => open(selected)}
      />
    ) : selected.about ? (
      <WaitingPane
        key={selected.taskId}
        {...place}
        item={selected}
        about={selected.about}
        onOpen={() => open(selected)}
      />
    ) : (
      <TodayPane key={selected.taskId} {...place} item={selected} onOpen={() => open(selected)} />
    ));
  return (
    <div className={styles.frame}>
      <main className={styles.main} aria-label="Today">
        <Split isReading={isReading} list={list} pane={pane} onBack={() => setReading(false)} />
      </main>
      <KeyBar hints={HINTS} />
    </div>
  );
}

function Head(props: { readonly count: number; readonly quietDeals: number }) {
  const today = useToday();
  const { count, quietDeals } = props;
  const needs = count === 1 ? 'One thing needs you.' : `${capital(countWord(count))} things need you.`;
  const quiet = quietDeals === 0 ? '' : ` The other ${counted(quietDeals, 'deal is', 'deals are')} moving without you.`;
  return (
    <header className={styles.head}>
      <div>
        <h1>Today</h1>
        <p className="meta">{longDay(today, today)}</p>
      </div>
      <p className="t2">{needs + quiet}</p>
      <FilesLine />
    </header>
  );
}

/** What files ask for, besides what stands in the queue. Nothing while they ask for nothing. */
function FilesLine() {
  const { open, toReview } = useInboxCount() ?? { open: 0, toReview: 0 };
  if (open === 0 && toReview === 0) return null;
  return (
    <p className="t2">
      {open > 0 && <Link to="/inbox">{counted(open, 'file waits', 'files wait')} in the inbox</Link>}
      {open > 0 && toReview > 0 && ', '}
      {toReview > 0 && <Link to="/review">{counted(toReview, 'document')} to review</Link>}.
    </p>
  );
}

function attentionGroup(count: number) {
  const head = (
    <>
      <Mark state="blocked" shape="back">
        Needs attention
      </Mark>{' '}
      <span className={styles.count}>{count}</span>
    </>
  );
  return { id: 'attention', head };
}

const GROUPS: Record<ItemState, string> = {
  late: 'Late',
  due: 'Due today',
  blocked: 'Someone is stopped until you act',
  review: 'To review',
  waiting: 'With someone else',
  done: 'Done',
  none: 'Open',
};

function useGroups(items: readonly QueueItem[], today: PlainDate) {
  return useCallback(
    (item: QueueItem) => {
      if (isAttention(item)) return attentionGroup(items.filter(isAttention).length);
      const group = items.filter((other) => other.state === item.state);
      const isLater =
        item.state === 'due' && group.some((other) => !isAttention(other) && other.on !== null && other.on > today);
      const head = (
        <>
          <Mark state={item.state}>{isLater ? 'Due today and tomorrow' : GROUPS[item.state]}</Mark>{' '}
          <span className={styles.count}>{group.length}</span>
        </>
      );
      return { id: item.state, head };
    },
    [items, today],
  );
}

function Row(props: { readonly item: TodayItem; readonly today: PlainDate; readonly isSelected: boolean }) {
  const { item } = props;
  return (
    <div className={cx(styles.row, props.isSelected && styles.bold)}>
      <Plate number={item.plate} kind={PLATE_KINDS[item.side]} says={sideSays(item.side)} />
      <div>
        <span className="vh">{GROUPS[item.state]}: </span>
        <b className="cut" title={item.title}>
          {item.title}
        </b>
        <p>{item.detail}</p>
      </div>
      <span className={cx(styles.when, item.state === 'late' && 'late')}>{whenOf(item, props.today)}</span>
    </div>
  );
}

function whenOf(item: TodayItem, today: PlainDate): string {
  if (item.about) return rowInstant(item.about.since, today);
  if (item.on === null) return '';
  return item.state === 'late' || item.state === 'due' ? rowDistance(item.on, today) : shortDay(item.on, today);
}

/** The deal of the next row is read before it is selected, so that its pane is there at once. */
function usePrefetchNext(next: QueueItem | undefined): void {
  const client = useQueryClient();
  const dealId = next?.dealId;
  useEffect(() => {
    if (dealId === undefined) return;
    void client.prefetchQuery({ queryKey: keys.deal(dealId), queryFn: () => call('deals:get', { dealId }) });
  }, [client, dealId]);
}

function NothingNeedsYou(props: { readonly quietDeals: number }) {
  const navigate = useNavigate();
  return (
    <div className={styles.frame}>
      <main className={styles.main} aria-label="Today">
        <Middle>
          <span className={cx(styles.big, 'done')}>
            <Icon name="done" />
          </span>
          <h1>Nothing needs you</h1>
          <p className="t2">{counted(props.quietDeals, 'deal is', 'deals are')} moving.</p>
          <FilesLine />
          <button type="button" className="btn" onClick={() => void navigate({ to: '/board' })}>
            Look at the board
          </button>
        </Middle>
      </main>
      <KeyBar hints={HINTS.filter((hint) => hint.does === 'undo' || hint.isLast)} />
    </div>
  );
}
