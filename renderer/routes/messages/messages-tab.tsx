import { useEffect, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import type { ThreadView } from '../../../electron/contract/portal-views.ts';
import type { DealView } from '../../../electron/contract/values.ts';
import { asCallError } from '../../data/api.ts';
import { rowToShow, useThreads } from '../../data/portal-views.ts';
import { useToday } from '../../data/queries.ts';
import { useSession } from '../../data/session.tsx';
import { Middle, Problem, Waiting } from '../../ui/calm.tsx';
import { useKeys } from '../../ui/keys.tsx';
import { PickList } from '../../ui/pick-list.tsx';
import { Split, useIsNarrow } from '../../ui/split.tsx';
import { useStore } from '../../ui/store.ts';
import task from '../deal/task.module.css';
import { Back } from '../deal/tasks-tab.tsx';
import { ThreadPane } from './thread-pane.tsx';
import { GroupHead, groupOfThread, ThreadRow } from './thread-row.tsx';

const keyOf = (thread: ThreadView) => thread.personId;

/** The conversations with the people of the deal, one each; those that wait for an answer first. */
export function MessagesTab(props: { readonly deal: DealView }) {
  const { deal } = props;
  const threads = useThreads(deal.id);
  if (threads.isError)
    return (
      <Problem
        says="Closeboard could not read this."
        detail={asCallError(threads.error).message}
        onAgain={() => void threads.refetch()}
      />
    );
  if (threads.data === undefined) return <Waiting says="Reading the messages" />;
  return <Threads deal={deal} threads={threads.data} />;
}

function Threads(props: { readonly deal: DealView; readonly threads: readonly ThreadView[] }) {
  const { deal, threads } = props;
  const today = useToday();
  const isNarrow = useIsNarrow();
  const pane = useRef<HTMLDivElement>(null);
  const [isReading, setReading] = useState(false);
  const [picked, setPicked] = usePicked(threads, () => setReading(true));
  const selected = threads.find(({ personId }) => personId === picked) ?? null;
  const open = threads.reduce((sum, thread) => sum + (thread.open > 0 ? 1 : 0), 0);
  function write(): void {
    // At once, so that the next letter typed is already the field's; where list and pane share one place it is there now.
    flushSync(() => setReading(true));
    pane.current?.querySelector('textarea')?.focus();
  }
  useKeys({
    r: write,
    Enter: () => (isNarrow && !isReading ? setReading(true) : write()),
    Escape: () => setReading(false),
  });
  const list = (
    <>
      <div className={task.head}>
        <h2>Messages</h2>
        <span className="meta">
          {open === 0 ? 'nobody waits' : open === 1 ? 'one waits for an answer' : `${open} wait for an answer`}
        </span>
      </div>
      {threads.length === 0 ? (
        <Middle>
          <p className="t2">Nobody is on this deal yet, so there is nobody to write to.</p>
        </Middle>
      ) : (
        <PickList
          label="Conversations"
          rows={threads}
          keyOf={keyOf}
          groupOf={(thread) => ({
            id: groupOfThread(thread),
            head: <GroupHead thread={thread} of={threads} />,
          })}
          selected={picked}
          onSelect={setPicked}
        >
          {(thread, isSelected) => <ThreadRow thread={thread} today={today} isSelected={isSelected} />}
        </PickList>
      )}
    </>
  );
  return (
    <Split
      isReading={isReading}
      list={list}
      onBack={() => setReading(false)}
      pane={
        <div ref={pane} className={task.whole}>
          {selected && (
            <ThreadPane
              key={selected.personId}
              deal={deal}
              thread={selected}
              place={<Back onBack={() => setReading(false)} />}
            />
          )}
        </div>
      }
    />
  );
}

/** The picked conversation stays picked while others move above it. */
function usePicked(threads: readonly ThreadView[], onShown: () => void) {
  const wanted = rowToShow(useSession(), 'messages');
  const show = useStore(wanted);
  const [picked, setPicked] = useState<string | null>(threads[0]?.personId ?? null);
  const shown = useRef(onShown);
  shown.current = onShown;
  useEffect(() => {
    if (show === null) return;
    wanted.set(null);
    if ('id' in show) setPicked(show.id);
    shown.current();
  }, [show, wanted]);
  const isThere = threads.some(({ personId }) => personId === picked);
  return [isThere ? picked : (threads[0]?.personId ?? null), setPicked] as const;
}
