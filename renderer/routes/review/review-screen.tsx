import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { ReviewItem } from '../../../electron/contract/papers.ts';
import { asCallError } from '../../data/api.ts';
import { useToday, useWorkspace } from '../../data/queries.ts';
import { useReady } from '../../data/ready.ts';
import { useJudge, useReviewQueue, type Verdict } from '../../data/review.ts';
import { Problem, Waiting } from '../../ui/calm.tsx';
import { cx } from '../../ui/cx.ts';
import { Kbd, KeyBar, useKeys } from '../../ui/keys.tsx';
import { PickList } from '../../ui/pick-list.tsx';
import { useSpareFrame } from '../../ui/spare-frame.ts';
import { useIsNarrow, useMedia } from '../../ui/split.tsx';
import layout from '../inbox/inbox.module.css';
import { type FoldTab, SideTabs } from '../inbox/side.tsx';
import { useSettled } from '../inbox/use-settled.ts';
import { type Approved, Carried } from './carried.tsx';
import { stay, underReview } from './queue.ts';
import { NothingToReview, QueueHead, QueueRow } from './queue-parts.tsx';
import { ReasonDialog } from './reason-dialog.tsx';
import styles from './review.module.css';
import { ReviewPane } from './review-pane.tsx';
import { ReviewPapers } from './review-papers.tsx';

const HINTS = [
  { keys: ['A'], does: 'approve' },
  { keys: ['R'], does: 'send back' },
  { keys: ['W'], does: 'not needed' },
  { keys: ['J'], does: 'skip' },
  { keys: ['K'], does: 'back' },
  { keys: ['Space'], does: 'full preview' },
  { keys: ['Mod Z'], does: 'undo' },
  { keys: ['?'], does: 'all keys', isLast: true },
];

/** Document after document that waits for a verdict, beside the version before. */
export function ReviewScreen() {
  const { deal } = useSearch({ from: '/review' });
  const queue = useReviewQueue(deal);
  const workspace = useWorkspace();
  const [approved, setApproved] = useState<readonly Approved[]>([]);
  useSpareFrame();
  useReady('review', queue.data !== undefined && workspace.data !== undefined);
  if (queue.isError && queue.data === undefined)
    return (
      <Problem
        says="Closeboard could not read this."
        detail={asCallError(queue.error).message}
        onAgain={() => void queue.refetch()}
      />
    );
  if (!queue.data || !workspace.data) return <Waiting says="Reading what is to be reviewed" />;
  return (
    <div className={styles.screen}>
      {approved.map((one) => (
        <Carried key={one.versionId} approved={one} />
      ))}
      {queue.data.length === 0 ? (
        <NothingToReview ofDeal={deal} />
      ) : (
        <Queue
          key={deal ?? ''}
          queue={queue.data}
          ofDeal={deal}
          onApproved={(one) => setApproved((all) => [...all, one])}
        />
      )}
    </div>
  );
}

function Queue(props: {
  readonly queue: readonly ReviewItem[];
  readonly ofDeal: string | undefined;
  readonly onApproved: (approved: Approved) => void;
}) {
  const { queue } = props;
  const today = useToday();
  const navigate = useNavigate();
  const judge = useJudge();
  const isNarrow = useIsNarrow();
  const isFolded = useMedia('(max-width: 1199px)');
  const [place, setPlace] = useState({ lineId: queue[0]?.line.id ?? null, at: 0 });
  const [asking, setAsking] = useState<'reject' | 'waive' | null>(null);
  const [refused, setRefused] = useState<{ readonly lineId: string; readonly sentence: string } | null>(null);
  const [isBeside, setBeside] = useState(true);
  const [isFull, setFull] = useState(false);
  const [isReading, setReading] = useState(false);
  const [tab, setTab] = useState<FoldTab>('file');
  const busy = useRef(false);
  const preview = useRef<HTMLElement>(null);
  const side = useRef<HTMLElement>(null);
  const list = useRef<HTMLElement>(null);
  const at = stay(queue, place.lineId, place.at);
  const item = queue[at];
  const what = item && underReview(item);
  const isSettled = useSettled(item?.versionId ?? '');
  const lineId = item?.line.id ?? null;

  // Where the one that left stood, the next one stands now.
  useEffect(() => {
    if (lineId !== place.lineId || at !== place.at) setPlace({ lineId, at });
  }, [lineId, at, place]);
  useEffect(() => {
    if (isFull) preview.current?.focus();
  }, [isFull]);
  useEffect(() => {
    if (isNarrow && isReading) side.current?.focus();
  }, [isNarrow, isReading]);

  const focusRow = useCallback(() => {
    requestAnimationFrame(() => list.current?.querySelector<HTMLElement>('[role="option"][tabindex="0"]')?.focus());
  }, []);

  async function say(verdict: Verdict, reason?: string): Promise<string | null> {
    if (item === undefined || busy.current) return null;
    busy.current = true;
    setRefused(null);
    const sentence = await judge(item, verdict, reason);
    busy.current = false;
    if (sentence === null && verdict === 'approve')
      props.onApproved({ dealId: item.deal.dealId, versionId: item.versionId });
    if (sentence === null) goOn(item.line.id);
    else if (verdict === 'approve') {
      setRefused({ lineId: item.line.id, sentence });
      setTab('where');
    }
    return sentence;
  }

  /** The next comes up at once; the one that was judged leaves the list when the records were read again. */
  function goOn(judged: string): void {
    const next = queue[at + 1] ?? queue[at - 1];
    if (next !== undefined && next.line.id !== judged) setPlace({ lineId: next.line.id, at });
    if (!isReading && !isFull) focusRow();
  }

  function back(): void {
    if (isFull) setFull(false);
    else if (isReading) setReading(false);
    focusRow();
  }

  function skip(by: 1 | -1): void {
    const to = queue[at + by];
    if (to !== undefined) setPlace({ lineId: to.line.id, at: at + by });
  }

  useKeys({
    a: () => void say('approve'),
    r: () => setAsking('reject'),
    w: () => setAsking('waive'),
    v: () => setBeside((was) => !was),
    o: () => item && void navigate({ to: '/deals/$dealId', params: { dealId: item.deal.dealId } }),
    ' ': () => (isFull ? back() : setFull(true)),
    Enter: () => isNarrow && setReading(true),
    Escape: back,
    // The list hears J and K while it is there.
    ...(isFull || (isNarrow && isReading) ? { ArrowDown: () => skip(1), ArrowUp: () => skip(-1) } : {}),
  });

  if (item === undefined) return null;
  const showsFile = !isFolded || isFull || tab === 'file';
  const showsSide = !isFull && (!isFolded || tab === 'where');
  return (
    <div className={cx(layout.frame, isFull && layout.full, isReading && layout.reading)}>
      <main className={cx(layout.in, styles.in)} aria-label="Review queue">
        {isFull && <h1 className="vh">Review queue</h1>}
        <section ref={list} className={layout.list} aria-label="Documents to review">
          <QueueHead queue={queue} ofDeal={props.ofDeal} />
          <PickList
            label="To review"
            rows={queue}
            keyOf={keyOf}
            selected={lineId}
            onSelect={(id) => setPlace({ lineId: id, at: queue.findIndex((one) => one.line.id === id) })}
          >
            {(one, isSelected) => <QueueRow item={one} today={today} isSelected={isSelected} />}
          </PickList>
        </section>
        <div className={layout.pane}>
          {isFolded && !isFull && (
            <SideTabs tab={tab} onTab={setTab} onBack={isReading ? back : null} words="The review">
              {tab === 'file' && (
                <span className={styles.tabActs}>
                  <button type="button" className="btn sm" onClick={() => void say('approve')}>
                    Approve <Kbd>A</Kbd>
                  </button>
                  <button type="button" className="btn bare sm" onClick={() => setAsking('reject')}>
                    Send back <Kbd>R</Kbd>
                  </button>
                </span>
              )}
            </SideTabs>
          )}
          {showsFile && (
            <ReviewPapers
              key={item.versionId}
              boxRef={preview}
              isSettled={isSettled}
              what={what ?? null}
              title={item.line.title}
              isBeside={isBeside}
              onBeside={setBeside}
            />
          )}
          {showsSide && (
            <section ref={side} className={layout.side} aria-label="Review" tabIndex={-1}>
              <ReviewPane
                item={item}
                what={what ?? null}
                today={today}
                place={{ at, count: queue.length }}
                refusal={refused?.lineId === lineId ? (refused?.sentence ?? null) : null}
                onApprove={() => void say('approve')}
                onSendBack={() => setAsking('reject')}
                onNotNeeded={() => setAsking('waive')}
                onStep={skip}
              />
            </section>
          )}
        </div>
      </main>
      <KeyBar hints={HINTS} />
      {asking !== null && (
        <ReasonDialog
          kind={asking}
          item={item}
          onLeave={() => setAsking(null)}
          onAnswer={(reason) => say(asking, reason)}
        />
      )}
    </div>
  );
}

const keyOf = (item: ReviewItem) => item.line.id;
