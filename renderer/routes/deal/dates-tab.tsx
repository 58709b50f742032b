import { type FormEvent, useCallback, useRef, useState } from 'react';
import type { PlainDate } from '../../../core/deadlines/plain-date.ts';
import type { AnchorView, DateView, DealView } from '../../../electron/contract/values.ts';
import { useToday } from '../../data/queries.ts';
import { Middle, Refusal } from '../../ui/calm.tsx';
import { cx } from '../../ui/cx.ts';
import { dayAsTyped, parseDayText } from '../../ui/day-text.ts';
import { longDay, rowDay, rowDistance } from '../../ui/days.ts';
import { DayField, TextField } from '../../ui/field.tsx';
import { useFollowing } from '../../ui/following.ts';
import { useKeys } from '../../ui/keys.tsx';
import { StateIcon } from '../../ui/marks.tsx';
import { PickList } from '../../ui/pick-list.tsx';
import { Split } from '../../ui/split.tsx';
import { useAsked } from '../impact/use-asked.tsx';
import { DateActs } from './date-acts.tsx';
import styles from './dates.module.css';
import { isPastEnd, waitsText } from './stops.ts';
import task from './task.module.css';
import { useTell } from './task-acts.ts';
import { Back } from './tasks-tab.tsx';
import { Why, whyTitle } from './why.tsx';

type Row =
  | { readonly kind: 'anchor'; readonly id: string; readonly anchor: AnchorView }
  | { readonly kind: 'date'; readonly id: string; readonly date: DateView };

const keyOf = (row: Row) => row.id;

/** The days that were said, to change, and the days that are counted from them, each with its reason. */
export function DatesTab(props: { readonly deal: DealView }) {
  const { deal } = props;
  const today = useToday();
  const rows = rowsOf(deal);
  const [picked, setPicked] = useState<string | null>(rows[0]?.id ?? null);
  const [isReading, setReading] = useState(false);
  const selected = rows.find((row) => row.id === picked);
  const pane = useRef<HTMLDivElement>(null);
  const groupOf = useCallback(
    (row: Row) => ({
      id: row.kind,
      head: <span>{row.kind === 'anchor' ? 'Days that others count from' : 'Counted from them'}</span>,
    }),
    [],
  );
  useKeys({ Escape: () => setReading(false) });
  if (rows.length === 0)
    return (
      <Middle>
        <h2>No dates before there is a contract</h2>
        <p className="t2">Tasks are due by the day the deal was opened. Any due day can be set by hand.</p>
      </Middle>
    );
  const list = (
    <>
      <div className={task.head}>
        <h2>Dates</h2>
        {deal.workflow === 'contract-to-close' && <span className="meta">{deal.formName}</span>}
      </div>
      <PickList
        label="Dates"
        rows={rows}
        keyOf={keyOf}
        groupOf={groupOf}
        selected={picked}
        onSelect={setPicked}
        rowHeight={36}
        onEnter={() => {
          setReading(true);
          pane.current?.querySelector('input')?.focus();
        }}
      >
        {(row, isSelected) => <DateRow deal={deal} row={row} today={today} isSelected={isSelected} />}
      </PickList>
    </>
  );
  const detail = selected && (
    <div className={task.pane} ref={pane}>
      <Back onBack={() => setReading(false)} />
      {selected.kind === 'anchor' ? (
        <AnchorPane key={selected.id} deal={deal} anchor={selected.anchor} today={today} />
      ) : (
        <section aria-label={whyTitle(selected.date, today)}>
          <p className="meta">{selected.date.title}</p>
          <h2>{whyTitle(selected.date, today)}</h2>
          <Why date={selected.date} today={today} />
          <div className={styles.acts}>
            <DateActs key={selected.id} deal={deal} date={selected.date} today={today} />
          </div>
        </section>
      )}
    </div>
  );
  return <Split isReading={isReading} list={list} pane={detail} onBack={() => setReading(false)} />;
}

function rowsOf(deal: DealView): readonly Row[] {
  const anchors = deal.anchors.map((anchor): Row => ({ kind: 'anchor', id: `anchor:${anchor.name}`, anchor }));
  const dates = [...deal.dates]
    .sort((one, other) => ((one.on ?? '9999') < (other.on ?? '9999') ? -1 : 1))
    .map((date): Row => ({ kind: 'date', id: `date:${date.id}`, date }));
  return [...anchors, ...dates];
}

function DateRow(props: {
  readonly deal: DealView;
  readonly row: Row;
  readonly today: PlainDate;
  readonly isSelected: boolean;
}) {
  const { row, today } = props;
  const on = row.kind === 'anchor' ? row.anchor.on : row.date.on;
  const title = row.kind === 'anchor' ? row.anchor.title : row.date.title;
  const second =
    row.kind === 'anchor'
      ? row.anchor.evidence
      : row.date.waitsFor && on === null
        ? waitsText(row.date)
        : row.date.clause;
  const state = row.kind === 'date' ? row.date.state : 'none';
  const isOver = on !== null && state !== 'done' && isPastEnd(props.deal, on);
  return (
    <div className={cx(styles.row, props.isSelected && styles.bold)}>
      <time className={on === null ? 't3' : undefined}>{on === null ? 'no day yet' : rowDay(on, today)}</time>
      <div>
        <b>{title}</b>
        {second && <small>{second}</small>}
      </div>
      <span className={cx(styles.when, state)}>
        {state !== 'none' && <StateIcon state={state} size="s" />}
        {state !== 'none' && state !== 'late' && <span className="vh">{state} </span>}
        {isOver && <span className="t3">no longer counts</span>}
        {on !== null && state !== 'none' && state !== 'done' && rowDistance(on, today)}
      </span>
    </div>
  );
}

/** A day that was said: typed, with how we know. It travels with the day that was seen here, so that two people cannot overwrite each other. */
function AnchorPane(props: { readonly deal: DealView; readonly anchor: AnchorView; readonly today: PlainDate }) {
  const { deal, anchor, today } = props;
  const tell = useTell(deal.id);
  const { ask, dialog } = useAsked(deal);
  const of = `${deal.id}/${anchor.name}`;
  const [text, setText, day] = useFollowing(dayAsTyped(anchor.on), of);
  const [evidence, setEvidence] = useFollowing(anchor.evidence, of);
  const [wrong, setWrong] = useState<string | null>(null);
  const read = parseDayText(text, today);
  const on = read.kind === 'day' ? read.day : null;
  const isChanged = on !== anchor.on || evidence.trim() !== anchor.evidence;
  async function save(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (!isChanged || read.kind === 'wrong') return;
    const seen = parseDayText(day.seen, today);
    const expected = seen.kind === 'day' ? seen.day : null;
    const args = { name: anchor.name, on, evidence: evidence.trim(), expected };
    const settle = () => {
      setText(dayAsTyped(on));
      setEvidence(evidence.trim());
    };
    // Words on how we know move no date: there is nothing to look at before.
    const isDay = on !== anchor.on || on !== expected;
    const sentence = isDay ? await ask({ name: 'setAnchor', args }, { onDone: settle }) : await tell('setAnchor', args);
    setWrong(sentence);
    if (sentence !== null) return day.look();
    if (!isDay) settle();
  }
  if (deal.closedOn !== null)
    return (
      <section>
        <h2>{anchor.title}</h2>
        <p className="t2">
          {anchor.on === null ? 'Nobody said when.' : `${longDay(anchor.on, today)}. ${anchor.evidence}`}
        </p>
      </section>
    );
  return (
    <>
      <form className={styles.anchor} onSubmit={(event) => void save(event)} aria-label={anchor.title}>
        <h2>{anchor.title}</h2>
        <p className="t2">
          {anchor.on === null
            ? 'Nobody has said when. The days that count from it wait.'
            : 'You see what moves with it before anything changes. Days set by hand stay.'}
        </p>
        <div className={styles.fields}>
          <DayField
            label="Day"
            value={text}
            onChange={setText}
            today={today}
            hint="Empty means that it is not known yet"
          />
          <TextField
            label="How we know"
            value={evidence}
            onChange={setEvidence}
            maxLength={500}
            placeholder="Signed copy by e-mail, 4:12 PM"
          />
        </div>
        {wrong && <Refusal says={wrong} />}
        <div className={task.acts}>
          <button
            type="submit"
            className={isChanged ? 'btn go' : 'btn'}
            aria-disabled={!isChanged || read.kind === 'wrong'}
          >
            {on === anchor.on ? 'Save the words' : 'See what moves…'}
          </button>
          {isChanged && (
            <button
              type="button"
              className="btn"
              onClick={() => {
                setText(dayAsTyped(anchor.on));
                setEvidence(anchor.evidence);
                setWrong(null);
              }}
            >
              {anchor.on === null ? 'Leave it open' : `Keep ${rowDay(anchor.on, today)}`}
            </button>
          )}
        </div>
      </form>
      {dialog}
    </>
  );
}
