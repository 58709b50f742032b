import { Link } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import type { InboxView } from '../../../electron/contract/papers.ts';
import { asCallError } from '../../data/api.ts';
import { useInbox } from '../../data/inbox.ts';
import { useToday, useWorkspace } from '../../data/queries.ts';
import { useReady } from '../../data/ready.ts';
import { Middle, Problem, Waiting } from '../../ui/calm.tsx';
import { cx } from '../../ui/cx.ts';
import { AddFilesButton } from '../../ui/drop-zone.tsx';
import { Icon } from '../../ui/icon.tsx';
import { KeyBar, useKeys } from '../../ui/keys.tsx';
import { useSpareFrame } from '../../ui/spare-frame.ts';
import { useIsNarrow, useMedia } from '../../ui/split.tsx';
import { HeldBanner } from './held.tsx';
import styles from './inbox.module.css';
import { InboxList } from './inbox-list.tsx';
import { InboxQuestions } from './inbox-questions.tsx';
import { headline } from './order.ts';
import { Folded, type FoldTab, ListStrip, Side, SideTabs } from './side.tsx';
import { useDesk } from './use-desk.ts';

const HINTS = [
  { keys: ['J', 'K'], does: 'next file' },
  { keys: ['Enter'], does: 'file it' },
  { keys: ['C'], does: 'change' },
  { keys: ['D'], does: 'deal' },
  { keys: ['L'], does: 'document' },
  { keys: ['X'], does: 'not ours' },
  { keys: ['Space'], does: 'full preview' },
  { keys: ['U'], does: 'undo the last' },
  { keys: ['?'], does: 'all keys', isLast: true },
];

/** Everything that came in: what is held, what waits to be confirmed, what filed itself. */
export function InboxScreen() {
  const inbox = useInbox();
  const workspace = useWorkspace();
  useSpareFrame();
  useReady('inbox', inbox.data !== undefined && workspace.data !== undefined);
  if (inbox.isError && inbox.data === undefined)
    return (
      <Problem
        says="Closeboard could not read this."
        detail={asCallError(inbox.error).message}
        onAgain={() => void inbox.refetch()}
      />
    );
  if (!inbox.data || !workspace.data) return <Waiting says="Reading what came in" />;
  const { held, reading, toConfirm, noIdea, refused, done } = inbox.data;
  const count = [held, reading, toConfirm, noIdea, refused, done].reduce((sum, group) => sum + group.length, 0);
  return count === 0 ? <NothingCame /> : <Working view={inbox.data} />;
}

function Working(props: { readonly view: InboxView }) {
  const { view } = props;
  const today = useToday();
  const desk = useDesk(view);
  const isNarrow = useIsNarrow();
  const isFolded = useMedia('(max-width: 1199px)');
  const [tab, setTab] = useState<FoldTab>('where');
  const [isReading, setReading] = useState(false);
  const [isFull, setFull] = useState(false);
  const [isBeside, setBeside] = useState(false);
  const preview = useRef<HTMLElement>(null);
  const side = useRef<HTMLElement>(null);
  const { item, drafts } = desk;
  const isOpen = item?.state === 'new';
  const maySplit = isOpen && item.kind === 'pdf' && (item.pages ?? 0) > 1;

  function showFull(next: boolean): void {
    setFull(next);
    if (!next) desk.focusList();
  }
  // The list is gone while the preview has it all: the focus goes with it, and comes back to the row.
  useEffect(() => {
    if (isFull) preview.current?.focus();
  }, [isFull]);
  useEffect(() => {
    if (isNarrow && isReading) side.current?.focus();
  }, [isNarrow, isReading]);
  function back(): void {
    if (isFull) showFull(false);
    else if (desk.chosen.size > 0) desk.choose(new Set());
    else if (isReading) {
      setReading(false);
      desk.focusList();
    } else desk.focusList();
  }
  const onOpen = (does: () => unknown) => () => void (isOpen && does());
  useKeys({
    Enter: () => (isNarrow && !isReading ? setReading(true) : void desk.file()),
    c: onOpen(() => desk.ask({ kind: 'change' })),
    d: onOpen(() => desk.ask({ kind: 'deal' })),
    l: onOpen(() => desk.ask({ kind: drafts?.draft.deal ? 'line' : 'deal' })),
    x: () => void desk.putAway(),
    s: () => maySplit && desk.ask({ kind: 'split' }),
    u: () => void desk.undo(),
    r: () => {
      setBeside((was) => !was);
      setTab('file');
    },
    ' ': () => showFull(!isFull),
    Escape: back,
  });

  const [heldFirst] = view.held;
  const banner = item?.state === 'held' ? item : heldFirst;
  return (
    <div
      className={cx(styles.frame, isFull && styles.full, isReading && styles.reading)}
      data-preview={isFull ? 'full' : undefined}
    >
      <main className={styles.in} aria-label="Inbox">
        {/* The list has the title, and is gone meanwhile. */}
        {isFull && <h1 className="vh">Inbox</h1>}
        <section className={styles.list} aria-label="Files">
          <header className={styles.listHead}>
            <h1>Inbox</h1>
            <AddFilesButton />
            <p className="t2">{headline(view)}</p>
          </header>
          <ListStrip desk={desk} view={view} />
          <InboxList
            rows={desk.rows}
            today={today}
            selected={item?.id ?? null}
            onSelect={desk.select}
            chosen={desk.chosen}
            onChoose={desk.choose}
            onUndo={(one) => void desk.undo(one)}
            onUndoAll={() => void desk.undoAll()}
            focusTurn={desk.focusTurn}
          />
        </section>
        {item && drafts && (
          <Folded
            tabs={isFolded && !isFull && <SideTabs tab={tab} onTab={setTab} onBack={isReading ? back : null} />}
            preview={
              (!isFolded || isFull || tab === 'file') && {
                desk,
                boxRef: preview,
                isBeside,
                onBeside: setBeside,
                onSplit: maySplit ? () => desk.ask({ kind: 'split' }) : null,
              }
            }
            side={
              !isFull &&
              (!isFolded || tab === 'where') && (
                <Side desk={desk} today={today} boxRef={side} onShowFile={() => setTab('file')} />
              )
            }
          />
        )}
      </main>
      {banner && (
        <HeldBanner
          item={banner}
          others={view.held.length - 1}
          onShow={() => {
            desk.select(banner.id);
            desk.focusList();
          }}
          onVerdict={(asked) => desk.ask({ kind: 'held', asked })}
        />
      )}
      <KeyBar hints={HINTS} />
      <InboxQuestions desk={desk} today={today} />
    </div>
  );
}

function NothingCame() {
  return (
    <div className={styles.frame}>
      <main className={styles.empty} aria-label="Inbox">
        <Middle>
          <span className={cx(styles.big, 't3')}>
            <Icon name="inbox" />
          </span>
          <h1>Nothing has come in</h1>
          <p className="t2">
            Drag files or whole folders from your computer onto this window, a deal or a document. Folders that are
            watched bring theirs by themselves: choose them in <Link to="/settings">Settings</Link>.
          </p>
          <AddFilesButton className="btn" />
        </Middle>
      </main>
      <KeyBar hints={HINTS.filter((hint) => hint.isLast)} />
    </div>
  );
}
