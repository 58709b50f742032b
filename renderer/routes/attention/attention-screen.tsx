import { useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect, useMemo, useState } from 'react';
import type { AttentionItem } from '../../../electron/contract/sync.ts';
import { asCallError } from '../../data/api.ts';
import { useAttentionNow } from '../../data/attention.ts';
import { useDeal, useToday } from '../../data/queries.ts';
import { useReady } from '../../data/ready.ts';
import { capital, countWord } from '../../data/words.ts';
import { Middle, Problem, Waiting } from '../../ui/calm.tsx';
import { cx } from '../../ui/cx.ts';
import { Icon } from '../../ui/icon.tsx';
import { KeyBar, useKeys } from '../../ui/keys.tsx';
import { Mark } from '../../ui/marks.tsx';
import { PickList } from '../../ui/pick-list.tsx';
import { Split, useIsNarrow } from '../../ui/split.tsx';
import { placeOf } from '../deal/deal-header.tsx';
import { Back } from '../deal/tasks-tab.tsx';
import { heldInPlaceBy } from '../today/queue.ts';
import today from '../today/today.module.css';
import { AttentionPane } from './attention-pane.tsx';
import { AttentionRow } from './attention-row.tsx';
import { inKinds, KIND_FACES } from './attention-words.ts';

const HINTS = [
  { keys: ['J', 'K'], does: 'move' },
  { keys: ['1'], does: 'keep mine' },
  { keys: ['2'], does: 'keep theirs' },
  { keys: ['3'], does: 'write a third' },
  { keys: ['R'], does: 'again, or restore' },
  { keys: ['X'], does: 'put away' },
  { keys: ['O'], does: 'open deal' },
  { keys: ['Mod Z'], does: 'undo' },
  { keys: ['?'], does: 'all keys', isLast: true },
];

/** What the portal sent back: two values to choose from, steps it refused, words that were replaced. */
export function AttentionScreen() {
  const { deal } = useSearch({ from: '/attention' });
  const list = useAttentionNow(deal);
  useReady('attention', list.data !== undefined);
  const items = useMemo(() => inKinds(list.data ?? []), [list.data]);
  if (list.isError)
    return (
      <Problem
        says="Closeboard could not read this."
        detail={asCallError(list.error).message}
        onAgain={() => void list.refetch()}
      />
    );
  if (!list.data) return <Waiting says="Reading what needs attention" />;
  return <Queue key={deal ?? ''} items={items} dealId={deal} />;
}

const keyOf = (item: AttentionItem) => item.id;

function groupOf(item: AttentionItem) {
  const { state, shape, says } = KIND_FACES[item.kind];
  return {
    id: item.kind,
    head: (
      <Mark state={state} shape={shape}>
        {says}
      </Mark>
    ),
  };
}

function Queue(props: { readonly items: readonly AttentionItem[]; readonly dealId: string | undefined }) {
  const day = useToday();
  const navigate = useNavigate();
  const isNarrow = useIsNarrow();
  const [picked, setPicked] = useState<string | null>(props.items[0]?.id ?? null);
  const [held, setHeld] = useState(props.items);
  const [isReading, setReading] = useState(false);
  const items = useMemo(() => heldInPlaceBy(keyOf, held, props.items, picked), [held, props.items, picked]);
  useEffect(() => setHeld(items), [items]);
  const selected = items.find((item) => item.id === picked) ?? items[0];
  const open = () => selected && void navigate({ to: '/deals/$dealId', params: { dealId: selected.dealId } });
  useKeys({ o: open, Escape: () => setReading(false) });
  if (selected === undefined) return <Nothing />;
  const list = (
    <>
      <Head count={props.items.length} dealId={props.dealId} />
      <PickList
        label="What needs attention"
        rows={items}
        keyOf={keyOf}
        groupOf={groupOf}
        selected={selected.id}
        onSelect={setPicked}
        keys={isNarrow && !isReading ? { Enter: () => setReading(true) } : {}}
      >
        {(item, isSelected) => <AttentionRow item={item} today={day} isSelected={isSelected} />}
      </PickList>
    </>
  );
  return (
    <div className={today.frame}>
      <main className={today.main} aria-label="Needs attention">
        <Split
          isReading={isReading}
          list={list}
          onBack={() => setReading(false)}
          pane={
            <AttentionPane
              key={selected.id}
              item={selected}
              isOpen={props.items.some((item) => item.id === selected.id)}
              place={isNarrow && <Back onBack={() => setReading(false)} />}
              onOpenDeal={() => void open()}
            />
          }
        />
      </main>
      <KeyBar hints={HINTS} />
    </div>
  );
}

function Head(props: { readonly count: number; readonly dealId: string | undefined }) {
  const deal = useDeal(props.dealId ?? null).data;
  const { count } = props;
  const says =
    count === 0
      ? 'Everything is answered.'
      : count === 1
        ? 'One thing came back and waits for you.'
        : `${capital(countWord(count))} things came back and wait for you.`;
  const where = deal ? ` On ${deal.plate} ${placeOf(deal)}.` : '';
  return (
    <header className={today.head}>
      <div>
        <h1>Needs attention</h1>
      </div>
      <p className="t2">
        {says}
        {where}
      </p>
    </header>
  );
}

function Nothing() {
  return (
    <div className={today.frame}>
      <main className={today.main} aria-label="Needs attention">
        <Middle>
          <span className={cx(today.big, 'done')}>
            <Icon name="done" />
          </span>
          <h1>Nothing needs your attention</h1>
          <p className="t2">
            What two people change at once, and what the portal sends back, waits here until you have answered it.
          </p>
        </Middle>
      </main>
      <KeyBar hints={HINTS.filter((hint) => hint.does === 'undo' || hint.isLast)} />
    </div>
  );
}
