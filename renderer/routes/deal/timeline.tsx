import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { Dialog, OverlayArrow, Popover } from 'react-aria-components';
import { daysBetween, type PlainDate } from '../../../core/deadlines/plain-date.ts';
import type { DealView } from '../../../electron/contract/values.ts';
import { CloseButton } from '../../ui/close-button.tsx';
import { cx } from '../../ui/cx.ts';
import { rowDay, rowDistance } from '../../ui/days.ts';
import { keyName, useKeys } from '../../ui/keys.tsx';
import { StateIcon } from '../../ui/marks.tsx';
import popover from '../../ui/popover.module.css';
import { useIsNarrow } from '../../ui/split.tsx';
import { type Stop, stopsOf, waitsText } from './stops.ts';
import styles from './timeline.module.css';
import { Why, whyTitle } from './why.tsx';

/** The deal as a transit line: days in order, today across it, the reason for each on W. */
export function Timeline(props: { readonly deal: DealView; readonly today: PlainDate; readonly onDates: () => void }) {
  const { deal, today } = props;
  const stops = stopsOf(deal, today);
  const end = endOf(deal);
  // What nobody knows the day of is of no use once the deal has ended.
  const dayless = end === null ? deal.dates.filter((date) => date.on === null) : [];
  const line = end ?? { on: today, says: 'Today' };
  const nowAt = stops.filter(({ on }) => (end === null ? on < today : on <= end.on)).length;
  const [picked, setPicked] = useState<string | null>(null);
  const [isWhy, setWhy] = useState(false);
  // The line takes the whole width then, and leaves no room beside it.
  const isNarrow = useIsNarrow();
  const list = useRef<HTMLDivElement>(null);
  const row = useRef<HTMLElement | null>(null);
  const at = stops.findIndex((stop) => stop.id === picked);
  const stop = stops[at];

  useEffect(() => {
    row.current =
      picked === null
        ? null
        : (list.current?.querySelector<HTMLElement>(`[data-stop="${CSS.escape(picked)}"]`) ?? null);
  });

  function go(to: number): void {
    const next = stops[Math.max(0, Math.min(stops.length - 1, to))];
    if (next === undefined) return;
    setPicked(next.id);
    list.current?.querySelector<HTMLElement>(`[data-stop="${CSS.escape(next.id)}"]`)?.focus();
  }
  function why(id?: string): void {
    const first =
      stops.find((one) => one.date !== null && !one.isDone && one.on >= today) ??
      stops.find((one) => one.date !== null);
    const wanted = id ?? (stop?.date ? stop.id : first?.id);
    if (stops.find((one) => one.id === wanted)?.date == null) return;
    setPicked(wanted ?? null);
    setWhy(true);
  }
  useKeys({ j: () => go(at < 0 ? nowAt : at + 1), k: () => go(at < 0 ? nowAt - 1 : at - 1), w: () => why() });

  function hear(event: KeyboardEvent): void {
    const name = keyName(event);
    const moves: Record<string, number> = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: stops.length - 1 };
    const to = moves[name];
    if (to !== undefined) go(to);
    else if (name === 'Enter' || name === ' ') why();
    else return;
    event.preventDefault();
  }

  return (
    <section className={styles.line} aria-label="Timeline">
      <div className={styles.sec}>
        <h2>Timeline</h2>
        {deal.dates.length > 0 && stops.length > 0 && (
          <span className="meta push" aria-hidden="true">
            <i className={cx(styles.k, styles.crit)} />
            critical path <i className={styles.k} />
            beside it
          </span>
        )}
      </div>
      {stops.length === 0 ? (
        <NoDays deal={deal} onDates={props.onDates} />
      ) : (
        <div
          ref={list}
          role="listbox"
          aria-label="Days of this deal"
          tabIndex={-1}
          className={styles.stops}
          onKeyDown={hear}
        >
          {stops.map((one, index) => (
            <StopRow
              key={one.id}
              stop={one}
              today={today}
              lineBefore={index === nowAt ? line : null}
              isFirst={index === 0}
              isLast={index === stops.length - 1}
              isPicked={one.id === picked}
              isTabStop={at < 0 ? index === Math.min(nowAt, stops.length - 1) : index === at}
              onPick={() => (one.date === null ? setPicked(one.id) : why(one.id))}
              onFocus={() => setPicked(one.id)}
            />
          ))}
          {nowAt === stops.length && <LineRow line={line} />}
        </div>
      )}
      {stops.length > 0 && dayless.length > 0 && (
        <ul className={styles.dayless} aria-label="No day yet">
          {dayless.map((date) => (
            <li key={date.id}>
              {date.title} <small>{waitsText(date) || 'no day yet'}</small>
            </li>
          ))}
        </ul>
      )}
      <Popover
        className={popover.float}
        triggerRef={row}
        isOpen={isWhy && stop?.date != null}
        onOpenChange={setWhy}
        placement={isNarrow ? 'bottom' : 'right top'}
        offset={12}
        data-overlay=""
      >
        <OverlayArrow>
          <div className={popover.arrow} />
        </OverlayArrow>
        {stop?.date && (
          <Dialog className={popover.inner} aria-label={whyTitle(stop.date, today)}>
            <header className={styles.whyHead}>
              <div>
                <p className="meta">{stop.title}</p>
                <h2>{whyTitle(stop.date, today)}</h2>
              </div>
              <CloseButton says="Close" onPress={() => setWhy(false)} />
            </header>
            <Why date={stop.date} today={today} />
          </Dialog>
        )}
      </Popover>
    </section>
  );
}

/** Nothing to draw yet: which day would begin it, and the way there. */
function NoDays(props: { readonly deal: DealView; readonly onDates: () => void }) {
  const { deal } = props;
  const first = deal.anchors[0];
  const follow = deal.dates.length === 0 ? '' : ' The dates of the form are counted from it.';
  if (deal.closedOn !== null) return <p className={cx('t2', styles.none)}>No days were written.</p>;
  return (
    <div className={cx('t2', styles.none)}>
      <p>
        {first === undefined
          ? 'No contract yet, so no dates of one. Tasks are due by the day the deal was opened.'
          : `No days yet. The first to write is “${first.title}”.${follow}`}
      </p>
      {first !== undefined && (
        <button type="button" className="btn sm" onClick={props.onDates}>
          Write the day
        </button>
      )}
    </div>
  );
}

/** What stands across the line: today, or the day on which the deal ended. */
interface Line {
  readonly on: PlainDate;
  readonly says: string;
}

function endOf({ closedOn, outcome }: DealView): Line | null {
  return closedOn === null ? null : { on: closedOn, says: outcome === 'withdrawn' ? 'Withdrawn' : 'Closed' };
}

interface RowProps {
  readonly stop: Stop;
  readonly today: PlainDate;
  readonly lineBefore: Line | null;
  readonly isFirst: boolean;
  readonly isLast: boolean;
  readonly isPicked: boolean;
  readonly isTabStop: boolean;
  readonly onPick: () => void;
  readonly onFocus: () => void;
}

function StopRow(props: RowProps) {
  const { stop, today } = props;
  const when = stop.isOver ? 'no longer counts' : stop.state === 'none' ? '' : rowDistance(stop.on, today);
  return (
    <>
      {props.lineBefore !== null && <LineRow line={props.lineBefore} isFirst={props.isFirst} />}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the list hears the keys for all its rows */}
      <div
        role="option"
        aria-selected={props.isPicked}
        tabIndex={props.isTabStop ? 0 : -1}
        data-stop={stop.id}
        className={cx(
          styles.stop,
          styles[stop.lane],
          stop.isDone && styles.done,
          stop.isOver && styles.over,
          props.isFirst && styles.first,
          props.isLast && styles.end,
          props.isPicked && styles.open,
        )}
        onClick={props.onPick}
        onFocus={props.onFocus}
      >
        <time dateTime={stop.on}>{dayOfStop(stop.on, today)}</time>
        <i />
        <p>
          {stop.title}
          {stop.detail !== '' && <small dir="auto">{stop.detail}</small>}
        </p>
        <em className={stop.isDone ? 'done' : stop.isOver ? 't3' : stop.state}>
          {(stop.isDone || stop.state !== 'none') && <StateIcon state={stop.isDone ? 'done' : stop.state} size="s" />}
          {stop.isDone ? <span className="vh">done</span> : when}
        </em>
      </div>
    </>
  );
}

/** The line is in the order of its days, so the year is said only of one that could be of this year too. */
function dayOfStop(on: PlainDate, today: PlainDate): string {
  return Math.abs(daysBetween(today, on)) < NEAR_DAYS ? rowDay(on, on) : rowDay(on, today);
}
const NEAR_DAYS = 300;

function LineRow(props: { readonly line: Line; readonly isFirst?: boolean }) {
  const { on, says } = props.line;
  return (
    <div role="presentation" aria-hidden="true" className={cx(styles.stop, styles.now, props.isFirst && styles.bare)}>
      <time>{rowDay(on, on)}</time>
      <i />
      <p>{says}</p>
    </div>
  );
}
