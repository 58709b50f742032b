import { dropTargetForElements } from '@atlaskit/pragmatic-drag-and-drop/element/adapter';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef } from 'react';
import type { PlainDate } from '../../../core/deadlines/plain-date.ts';
import type { Stage } from '../../../core/deals/model.ts';
import type { Column } from '../../../electron/contract/values.ts';
import { STAGE_TITLES, stageNumber } from '../../data/words.ts';
import { useAfter } from '../../ui/calm.tsx';
import { cx } from '../../ui/cx.ts';
import { Icon } from '../../ui/icon.tsx';
import styles from './board.module.css';
import { BoardCard } from './card.tsx';

interface Props {
  readonly column: Column;
  readonly today: PlainDate;
  readonly meId: string;
  readonly activeId: string | null;
  /** Grows each time the keyboard moved, so that the active card takes the focus. */
  readonly focusTurn: number;
  readonly carriedId: string | null;
  /** A card is held over this column: what it would do here. */
  readonly offer: { readonly kind: 'drop' } | { readonly kind: 'refuse'; readonly reason: string } | null;
  readonly onOpen: (dealId: string) => void;
  readonly onFocus: (dealId: string) => void;
  readonly onMore: (stage: Stage) => void;
}

/** How near the end of what is loaded the next page is asked for. */
const AHEAD = 10;
/** A card of one line of street, roomy, with the gap below it; real heights are measured. */
const CARD_PX = 125;
/** Cards that are drawn beyond the edge, so that scrolling finds them; the first paint does without. */
const BEYOND = 5;

export function BoardColumn(props: Props) {
  const { column, activeId, focusTurn, onMore } = props;
  const { stage, cards } = column;
  const box = useRef<HTMLElement>(null);
  const scroller = useRef<HTMLDivElement>(null);
  const activeAt = cards.findIndex((card) => card.id === activeId);
  const isPainted = useAfter(200);
  const virtual = useVirtualizer({
    count: cards.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => CARD_PX,
    getItemKey: (index) => cards[index]?.id ?? index,
    overscan: isPainted ? BEYOND : 0,
    rangeExtractor: ({ startIndex, endIndex, overscan, count }) => {
      const from = Math.max(0, startIndex - overscan);
      const to = Math.min(count - 1, endIndex + overscan);
      const shown = Array.from({ length: Math.max(0, to - from + 1) }, (_, offset) => from + offset);
      const isShown = activeAt < 0 || (activeAt >= from && activeAt <= to);
      return isShown ? shown : [...shown, activeAt].sort((a, b) => a - b);
    },
  });
  const items = virtual.getVirtualItems();
  const lastShown = items.at(-1)?.index ?? 0;

  useEffect(() => {
    if (column.after !== null && lastShown >= cards.length - AHEAD) onMore(stage);
  }, [column.after, lastShown, cards.length, stage, onMore]);

  useEffect(() => {
    if (box.current === null) return;
    return dropTargetForElements({ element: box.current, getData: () => ({ stage }) });
  }, [stage]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the focus moves when the keyboard moved, not when rows do
  useEffect(() => {
    if (focusTurn === 0 || activeAt < 0) return;
    virtual.scrollToIndex(activeAt, { align: 'auto' });
    scroller.current?.querySelector<HTMLElement>(`[data-deal="${activeId}"]`)?.focus({ preventScroll: true });
  }, [focusTurn, activeAt >= 0]);

  const title = STAGE_TITLES[stage];
  const more = column.count - lastShown - 1;
  return (
    <section
      ref={box}
      className={cx(styles.col, props.offer?.kind === 'drop' && styles.to)}
      aria-labelledby={`stage-${stage}`}
      data-stage={stage}
    >
      <h2 id={`stage-${stage}`}>
        <i>{stageNumber(stage)}</i>
        {title} <span>{column.count.toLocaleString('en-US')}</span>
      </h2>
      {props.offer?.kind === 'drop' && <div className={styles.slot}>Drop here for {title}</div>}
      {props.offer?.kind === 'refuse' && (
        <p className={styles.refuse}>
          <Icon name="blocked" size="s" />
          <span>{props.offer.reason}</span>
        </p>
      )}
      {cards.length === 0 ? (
        <p className={styles.none}>{props.offer === null ? 'No deals' : ''}</p>
      ) : (
        <div ref={scroller} className={styles.scroller} role="listbox" aria-labelledby={`stage-${stage}`} tabIndex={-1}>
          <div role="presentation" className={styles.all} style={{ height: virtual.getTotalSize() }}>
            {items.map((item) => {
              const card = cards[item.index];
              if (card === undefined) return null;
              return (
                <div
                  key={item.key}
                  ref={virtual.measureElement}
                  data-index={item.index}
                  role="presentation"
                  className={styles.cell}
                  style={{ transform: `translateY(${item.start}px)` }}
                >
                  <BoardCard
                    card={card}
                    today={props.today}
                    meId={props.meId}
                    position={item.index + 1}
                    count={column.count}
                    isActive={card.id === activeId}
                    isStop={activeAt < 0 ? item.index === 0 : item.index === activeAt}
                    isCarried={card.id === props.carriedId}
                    onOpen={props.onOpen}
                    onFocus={props.onFocus}
                  />
                </div>
              );
            })}
          </div>
        </div>
      )}
      {more > 6 && <p className={styles.more}>{more.toLocaleString('en-US')} more</p>}
    </section>
  );
}
