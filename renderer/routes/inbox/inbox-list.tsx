import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type MouseEvent, useEffect, useLayoutEffect, useMemo, useRef } from 'react';
import type { PlainDate } from '../../../core/deadlines/plain-date.ts';
import type { InboxItem } from '../../../electron/contract/papers.ts';
import { cx } from '../../ui/cx.ts';
import { Icon } from '../../ui/icon.tsx';
import { keyName, useKeys } from '../../ui/keys.tsx';
import styles from './inbox.module.css';
import { Row } from './inbox-row.tsx';
import { GroupHead, isUndoable, linesOf } from './list-lines.tsx';
import { between, type InboxRow } from './order.ts';

interface Props {
  readonly rows: readonly InboxRow[];
  readonly today: PlainDate;
  readonly selected: string | null;
  readonly onSelect: (id: string) => void;
  /** Several, to be made one file. */
  readonly chosen: ReadonlySet<string>;
  readonly onChoose: (ids: ReadonlySet<string>) => void;
  readonly onUndo: (item: InboxItem) => void;
  readonly onUndoAll: () => void;
  /** Each new number puts the focus on the selected row. */
  readonly focusTurn: number;
}

/**
 * The files that came in, group by group; only the rows in sight exist. What can be pressed lies beside the options and
 * not in them, since an option holds words only.
 */
export function InboxList(props: Props) {
  const { rows, selected, chosen } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const wantsFocus = useRef(false);
  const anchor = useRef<string | null>(null);
  const lines = useMemo(() => linesOf(rows), [rows]);
  const at = rows.findIndex(({ item }) => item.id === selected);
  const lineAt = lines.findIndex((line) => line.kind === 'row' && line.id === selected);
  const virtual = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => (lines[index]?.kind === 'head' ? 36 : 48),
    getItemKey: (index) => lines[index]?.id ?? index,
    overscan: 10,
    // The row with the focus stays in the page wherever one scrolls, so that the focus is never lost.
    rangeExtractor: ({ startIndex, endIndex, overscan, count }) => {
      const from = Math.max(0, startIndex - overscan);
      const to = Math.min(count - 1, endIndex + overscan);
      const shown = Array.from({ length: to - from + 1 }, (_, offset) => from + offset);
      return lineAt < 0 || (lineAt >= from && lineAt <= to) ? shown : [...shown, lineAt].sort((a, b) => a - b);
    },
  });

  function focusRow(): void {
    const row = scroller.current?.querySelector<HTMLElement>(`[data-row="${CSS.escape(selected ?? '')}"]`);
    row?.focus({ preventScroll: true });
    if (row) wantsFocus.current = false;
  }

  // biome-ignore lint/correctness/useExhaustiveDependencies: asked for by the turn, wherever the row is by then
  useEffect(() => {
    if (props.focusTurn === 0) return;
    wantsFocus.current = true;
    if (lineAt >= 0) virtual.scrollToIndex(lineAt, { align: 'auto' });
  }, [props.focusTurn]);
  useEffect(() => {
    if (wantsFocus.current) focusRow();
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: where the list opens, once
  useEffect(() => {
    if (lineAt > 0) virtual.scrollToIndex(lineAt, { align: 'auto' });
  }, []);

  function go(to: number): void {
    const id = rows[Math.max(0, Math.min(rows.length - 1, to))]?.item.id;
    if (id === undefined) return;
    const line = lines.findIndex((one) => one.id === id);
    // Above the first row of all stands its group's head.
    virtual.scrollToIndex(line === 1 ? 0 : Math.max(0, line), { align: 'auto' });
    if (id === selected) focusRow();
    else {
      wantsFocus.current = true;
      props.onSelect(id);
    }
  }

  function extend(to: number): void {
    const target = rows[Math.max(0, Math.min(rows.length - 1, to))]?.item.id;
    if (target === undefined || selected === null) return;
    anchor.current ??= selected;
    props.onChoose(new Set(between(rows, anchor.current, target)));
    go(to);
  }

  function toggle(id: string): void {
    const next = new Set(chosen.size === 0 && selected !== null && selected !== id ? [selected] : chosen);
    if (!next.delete(id)) next.add(id);
    props.onChoose(next);
  }

  useKeys({ j: () => go(at + 1), k: () => go(at < 0 ? 0 : at - 1) });

  function hear(event: KeyboardEvent): void {
    const moves: Record<string, number> = {
      ArrowDown: at + 1,
      ArrowUp: at - 1,
      Home: 0,
      End: rows.length - 1,
      PageDown: at + 10,
      PageUp: at - 10,
    };
    const name = keyName(event);
    const to = moves[name];
    if (to !== undefined && event.shiftKey) extend(to);
    else if (to !== undefined) {
      anchor.current = null;
      go(to);
    } else if (name === 'mod+ ' && selected !== null) toggle(selected);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** Before the press moves the focus, and with it the selection. */
  function press(event: MouseEvent, id: string): void {
    if (event.button !== 0 || !(event.shiftKey || event.ctrlKey || event.metaKey)) return;
    if (event.shiftKey) {
      anchor.current ??= selected ?? id;
      props.onChoose(new Set(between(rows, anchor.current, id)));
    } else toggle(id);
  }

  function click(event: MouseEvent, id: string): void {
    if (!(event.shiftKey || event.ctrlKey || event.metaKey)) {
      anchor.current = null;
      if (chosen.size > 0) props.onChoose(new Set());
    }
    props.onSelect(id);
  }

  const items = virtual.getVirtualItems();
  const stood = useRef({ rows, selected, start: 0 });
  // Files that come in above do not push the row one is at out of its place.
  useLayoutEffect(() => {
    const was = stood.current;
    const start = virtual.measurementsCache[lineAt]?.start ?? 0;
    stood.current = { rows, selected, start };
    const place = scroller.current;
    if (place === null || place.scrollTop === 0 || was.rows === rows || was.selected !== selected) return;
    place.scrollTop += start - was.start;
  });
  const place = (start: number) => ({ transform: `translateY(${start}px)` });
  return (
    <div ref={scroller} className={styles.scroller}>
      <div className={styles.all} style={{ height: virtual.getTotalSize() }}>
        <div
          role="listbox"
          aria-label="Files that came in"
          aria-orientation="vertical"
          aria-multiselectable="true"
          tabIndex={-1}
          onKeyDown={hear}
        >
          {items.map((item) => {
            const line = lines[item.index];
            if (line?.kind !== 'row') return null;
            const isSelected = line.id === selected;
            const isChosen = chosen.has(line.id);
            return (
              // biome-ignore lint/a11y/useKeyWithClickEvents: the list hears the keys for all its rows
              <div
                key={item.key}
                ref={virtual.measureElement}
                data-index={item.index}
                data-row={line.id}
                data-group={line.row.group}
                role="option"
                aria-selected={isSelected || isChosen}
                aria-posinset={line.index + 1}
                aria-setsize={rows.length}
                tabIndex={isSelected || (at < 0 && line.index === 0) ? 0 : -1}
                className={cx(
                  styles.option,
                  line.row.group === 'held' && styles.heldOption,
                  isSelected && styles.selected,
                  isChosen && styles.chosen,
                )}
                style={place(item.start)}
                onMouseDown={(event) => press(event, line.id)}
                onClick={(event) => click(event, line.id)}
                onFocus={() => !isSelected && props.onSelect(line.id)}
              >
                <Row row={line.row} today={props.today} isSelected={isSelected} isChosen={isChosen} />
              </div>
            );
          })}
        </div>
        {items.map((item) => {
          const line = lines[item.index];
          if (line === undefined) return null;
          if (line.kind === 'head')
            return (
              <div
                key={item.key}
                ref={virtual.measureElement}
                data-index={item.index}
                className={styles.groupHead}
                style={place(item.start)}
              >
                <GroupHead group={line.group} count={line.count}>
                  {line.group === 'alone' && rows.some(isUndoable) && (
                    <button type="button" className="btn link push" onClick={props.onUndoAll}>
                      Undo all
                    </button>
                  )}
                </GroupHead>
              </div>
            );
          const { item: file, group } = line.row;
          if (!file.canUndo || (group !== 'alone' && group !== 'done')) return null;
          return (
            <button
              key={item.key}
              type="button"
              // One tab stop for the list: the row has U, and the pane its own button.
              tabIndex={-1}
              className={cx('btn bare sm', styles.undo)}
              style={place(item.start)}
              aria-label={`Undo ${file.fileName}`}
              onClick={() => props.onUndo(file)}
            >
              <Icon name="undo" size="s" />
              Undo
            </button>
          );
        })}
      </div>
    </div>
  );
}
