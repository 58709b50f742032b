import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type ReactNode, useEffect, useMemo, useRef } from 'react';
import { cx } from './cx.ts';
import { keyName, useKeys } from './keys.tsx';
import styles from './pick-list.module.css';

export interface PickGroup {
  readonly id: string;
  readonly head: ReactNode;
}

interface Props<T> {
  readonly label: string;
  readonly rows: readonly T[];
  readonly keyOf: (row: T) => string;
  readonly groupOf?: (row: T) => PickGroup | null;
  /** A row is read out as it stands; it says its state in words, if only for the ear. */
  readonly children: (row: T, isSelected: boolean) => ReactNode;
  readonly selected: string | null;
  readonly onSelect: (key: string) => void;
  /** Enter or a double click on a row. */
  readonly onEnter?: (key: string) => void;
  /** Further keys of the list, with the row they were pressed on. */
  readonly keys?: Readonly<Record<string, (key: string) => void>>;
  readonly rowHeight?: number;
}

type Line<T> =
  | { readonly head: ReactNode; readonly id: string }
  | { readonly row: T; readonly index: number; readonly id: string };

/**
 * A list to pick one row from: one tab stop, J K and the arrows move, only the rows in sight exist.
 * The group heads are drawn for the eye; the rows themselves say the same to a screen reader.
 */
export function PickList<T>(props: Props<T>) {
  const scroller = useRef<HTMLDivElement>(null);
  const wantsFocus = useRef(false);
  const { rows, keyOf, groupOf } = props;
  const lines = useMemo(() => linesOf(rows, keyOf, groupOf), [rows, keyOf, groupOf]);
  const at = rows.findIndex((row) => keyOf(row) === props.selected);
  const lineAt = lines.findIndex((line) => 'row' in line && line.id === props.selected);
  const virtual = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => (lines[index] && 'head' in lines[index] ? 30 : (props.rowHeight ?? 46)),
    getItemKey: (index) => lines[index]?.id ?? index,
    overscan: 12,
    // The row with the focus stays in the page wherever one scrolls, so that the focus is never lost.
    rangeExtractor: ({ startIndex, endIndex, overscan, count }) => {
      const from = Math.max(0, startIndex - overscan);
      const to = Math.min(count - 1, endIndex + overscan);
      const shown = Array.from({ length: to - from + 1 }, (_, offset) => from + offset);
      return lineAt < 0 || (lineAt >= from && lineAt <= to) ? shown : [...shown, lineAt].sort((a, b) => a - b);
    },
  });

  useEffect(() => {
    if (!wantsFocus.current || lineAt < 0) return;
    wantsFocus.current = false;
    focusRow(props.selected ?? '');
  });

  // biome-ignore lint/correctness/useExhaustiveDependencies: where the list opens, once
  useEffect(() => {
    if (lineAt > 0) virtual.scrollToIndex(lineAt, { align: 'center' });
  }, []);

  function focusRow(key: string): void {
    scroller.current?.querySelector<HTMLElement>(`[data-row="${CSS.escape(key)}"]`)?.focus({ preventScroll: true });
  }

  function go(to: number): void {
    const row = rows[Math.max(0, Math.min(rows.length - 1, to))];
    if (row === undefined) return;
    const key = keyOf(row);
    // At an end nothing changes and nothing is drawn again: a wish left open would take the focus from elsewhere later.
    wantsFocus.current = key !== props.selected;
    if (key === props.selected) focusRow(key);
    virtual.scrollToIndex(
      Math.max(
        0,
        lines.findIndex((line) => line.id === key),
      ),
      { align: 'auto' },
    );
    props.onSelect(key);
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
    const own = props.keys?.[name];
    if (to !== undefined) go(to);
    else if (props.selected === null) return;
    else if (own !== undefined) own(props.selected);
    else if (name === 'Enter' && props.onEnter) props.onEnter(props.selected);
    else return;
    event.preventDefault();
  }

  return (
    <div
      ref={scroller}
      className={styles.scroller}
      role="listbox"
      aria-label={props.label}
      aria-orientation="vertical"
      tabIndex={-1}
      onKeyDown={hear}
    >
      <div role="presentation" className={styles.all} style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map((item) => {
          const line = lines[item.index];
          if (line === undefined) return null;
          const place = { transform: `translateY(${item.start}px)` };
          if ('head' in line)
            return (
              <div
                key={item.key}
                ref={virtual.measureElement}
                data-index={item.index}
                role="presentation"
                aria-hidden="true"
                className={styles.head}
                style={place}
              >
                {line.head}
              </div>
            );
          const isSelected = line.id === props.selected;
          const isStop = isSelected || (at < 0 && line.index === 0);
          return (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the list hears the keys for all its rows
            <div
              key={item.key}
              ref={virtual.measureElement}
              data-index={item.index}
              data-row={line.id}
              role="option"
              aria-selected={isSelected}
              aria-posinset={line.index + 1}
              aria-setsize={rows.length}
              tabIndex={isStop ? 0 : -1}
              className={cx(styles.row, isSelected && styles.selected)}
              style={place}
              onClick={() => props.onSelect(line.id)}
              onDoubleClick={() => props.onEnter?.(line.id)}
              onFocus={() => !isSelected && props.onSelect(line.id)}
            >
              {props.children(line.row, isSelected)}
            </div>
          );
        })}
      </div>
    </div>
  );
}

function linesOf<T>(
  rows: readonly T[],
  keyOf: (row: T) => string,
  groupOf: ((row: T) => PickGroup | null) | undefined,
): readonly Line<T>[] {
  const lines: Line<T>[] = [];
  let group: string | null = null;
  rows.forEach((row, index) => {
    const next = groupOf?.(row) ?? null;
    if (next !== null && next.id !== group) {
      group = next.id;
      lines.push({ head: next.head, id: `group:${next.id}` });
    }
    lines.push({ row, index, id: keyOf(row) });
  });
  return lines;
}
