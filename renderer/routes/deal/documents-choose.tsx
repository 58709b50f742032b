import { type KeyboardEvent, useEffect, useRef } from 'react';
import { pagesText, versionMark } from '../../data/papers.ts';
import { STAGE_TITLES } from '../../data/words.ts';
import { Middle } from '../../ui/calm.tsx';
import { cx } from '../../ui/cx.ts';
import { Icon } from '../../ui/icon.tsx';
import styles from './documents.module.css';
import { type Choosable, shifted } from './documents-state.ts';

export type Chosen = Choosable;

/** The ids of what is ticked, in the order of the list. */
export function pickedOf(rows: readonly Chosen[]): readonly string[] {
  return rows.filter((row) => row.isPicked).map((row) => row.version.id);
}

/** Files to tick and to put in order: Space ticks, Ctrl or Command with the arrows moves. */
export function ChooseFiles(props: {
  readonly rows: readonly Chosen[];
  readonly onRows: (rows: readonly Chosen[]) => void;
}) {
  const { rows, onRows } = props;
  const list = useRef<HTMLOListElement>(null);
  const follows = useRef<string | null>(null);
  useEffect(() => {
    if (follows.current === null) return;
    list.current?.querySelector<HTMLElement>(`[data-choice="${CSS.escape(follows.current)}"] input`)?.focus();
    follows.current = null;
  });
  if (rows.length === 0)
    return (
      <Middle>
        <p className="t2">No file is on this deal yet.</p>
      </Middle>
    );
  const tick = (at: number) =>
    onRows(rows.map((row, index) => (index === at ? { ...row, isPicked: !row.isPicked } : row)));
  const shift = (at: number, by: 1 | -1) => {
    follows.current = rows[at]?.version.id ?? null;
    onRows(shifted(rows, at, by));
  };
  const hear = (at: number) => (event: KeyboardEvent) => {
    const by = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : null;
    if (by === null) return;
    event.preventDefault();
    if (event.ctrlKey || event.metaKey) return shift(at, by);
    const other = rows[at + by];
    if (other)
      list.current?.querySelector<HTMLElement>(`[data-choice="${CSS.escape(other.version.id)}"] input`)?.focus();
  };
  return (
    <ol ref={list} className={styles.choose} aria-label="Documents in their order">
      {rows.map((row, at) => (
        <li key={row.version.id} data-choice={row.version.id} className={cx(!row.isPicked && styles.left)}>
          <label>
            <input type="checkbox" checked={row.isPicked} onChange={() => tick(at)} onKeyDown={hear(at)} />
            <span>
              <b>{row.line.title}</b>
              <small>
                {[STAGE_TITLES[row.line.stage], versionMark(row.version), pagesText(row.version.pages), row.note]
                  .filter(Boolean)
                  .join(', ')}
              </small>
            </span>
          </label>
          <Shift icon="up" says={`Earlier: ${row.line.title}`} isOff={at === 0} onPress={() => shift(at, -1)} />
          <Shift
            icon="down"
            says={`Later: ${row.line.title}`}
            isOff={at === rows.length - 1}
            onPress={() => shift(at, 1)}
          />
        </li>
      ))}
    </ol>
  );
}

function Shift(props: {
  readonly icon: 'up' | 'down';
  readonly says: string;
  readonly isOff: boolean;
  readonly onPress: () => void;
}) {
  return (
    <button
      type="button"
      className="btn bare ico"
      aria-label={props.says}
      title={props.icon === 'up' ? 'Earlier' : 'Later'}
      aria-disabled={props.isOff}
      onClick={() => !props.isOff && props.onPress()}
    >
      <Icon name="down" className={props.icon === 'up' ? styles.up : undefined} />
    </button>
  );
}
