import { type ReactNode, useId, useState } from 'react';
import type { PlainDate } from '../../../core/deadlines/plain-date.ts';
import type { ConflictKind } from '../../../core/deals/impact-shape.ts';
import type { ImpactView as Impact } from '../../../electron/contract/impact.ts';
import { cx } from '../../ui/cx.ts';
import { Icon } from '../../ui/icon.tsx';
import { type MarkState, StateIcon } from '../../ui/marks.tsx';
import styles from './impact.module.css';
import { cellsOf, datesHead, movesOthers, type Row, staysWords, tasksHead } from './impact-words.ts';

/**
 * What a step would do: the dates that move with their reasons, those that stay, the tasks; beside it the conflicts and
 * what must be agreed. `agree` stands there instead of the words for a day that is set by hand.
 */
export function ImpactView(props: { readonly impact: Impact; readonly today: PlainDate; readonly agree?: ReactNode }) {
  const { impact, today } = props;
  const [head, note] = datesHead(impact);
  const [count, stays] = staysWords(impact);
  return (
    <div className={styles.two}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be scrolled by keyboard */}
      <section className={styles.effects} aria-label="What it does" tabIndex={0}>
        <Rows head={head} note={note} rows={impact.dates} today={today} />
        {count > 0 && (
          <p className={styles.stay}>
            <Icon name="pin" size="s" />
            <span>
              <b>{count === 1 ? 'One stays where it is' : `${count} stay where they are`}:</b> {stays}.
            </span>
          </p>
        )}
        <Tasks impact={impact} today={today} />
        {!movesOthers(impact) && <p className="t2">Nothing else moves with it.</p>}
      </section>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be scrolled by keyboard */}
      <section className={styles.beside} aria-label="Before you decide" tabIndex={0}>
        <Conflicts conflicts={impact.conflicts} />
        {props.agree ?? <ByDocument isTerm={impact.isTermOfContract} />}
      </section>
    </div>
  );
}

function Tasks({ impact, today }: { readonly impact: Impact; readonly today: PlainDate }) {
  const { tasks, finishedTasks, tasksThatStay } = impact;
  const rest = [
    ...(tasksThatStay > 0 ? [`${tasksThatStay} open ${tasksThatStay === 1 ? 'one stays' : 'ones stay'}`] : []),
    ...(finishedTasks > 0
      ? [`${finishedTasks} finished ${finishedTasks === 1 ? 'one is' : 'ones are'} not touched`]
      : []),
  ];
  if (tasks.length === 0) return null;
  const [head, note] = tasksHead(impact);
  return (
    <Rows head={head} note={note} rows={tasks} today={today} most={MOST_TASKS}>
      {rest.length > 0 && `${rest.join(', ')}.`}
    </Rows>
  );
}

const MOST_TASKS = 6;

function Rows(props: {
  readonly head: string;
  readonly note: string;
  readonly rows: readonly (Row & { readonly isSaid?: boolean })[];
  readonly today: PlainDate;
  readonly most?: number;
  readonly children?: ReactNode;
}) {
  const { rows, today, most = rows.length } = props;
  const id = useId();
  const [isAll, setAll] = useState(false);
  const shown = isAll || rows.length <= most + 1 ? rows : rows.slice(0, most);
  const hidden = rows.length - shown.length;
  return (
    <>
      <h2 id={id}>
        {props.head} {props.note !== '' && <span>{props.note}</span>}
      </h2>
      {shown.length > 0 && (
        <table className={styles.rows} aria-labelledby={id}>
          <tbody>
            {shown.map((row) => (
              <ImpactLine key={row.id} row={row} today={today} />
            ))}
          </tbody>
        </table>
      )}
      {(hidden > 0 || props.children) && (
        <p className={cx('meta', styles.rest)}>
          {hidden > 0 && (
            <button type="button" className="btn link" onClick={() => setAll(true)}>
              {hidden} more
            </button>
          )}
          {hidden > 0 && '. '}
          {props.children}
        </p>
      )}
    </>
  );
}

function ImpactLine({ row, today }: { readonly row: Row & { readonly isSaid?: boolean }; readonly today: PlainDate }) {
  const [from, to] = cellsOf(row, today);
  return (
    <tr className={row.isSaid ? styles.said : undefined}>
      <th scope="row">{row.title}</th>
      <td className={styles.old}>{from}</td>
      <td className={styles.arrow}>
        <Icon name="arrow" size="s" />
        <span className="vh">becomes</span>
      </td>
      <td className={styles.new}>{to}</td>
      <td className={styles.why}>{row.why}</td>
    </tr>
  );
}

const SHAPES: Record<ConflictKind, MarkState> = {
  past: 'late',
  'after-closing': 'blocked',
  request: 'review',
  'late-task': 'late',
  'closed-day': 'due',
  'done-before': 'review',
};

function Conflicts({ conflicts }: Pick<Impact, 'conflicts'>) {
  const count = conflicts.length;
  return (
    <>
      <h2>{count === 0 ? 'No conflicts' : count === 1 ? 'One conflict' : `${count} conflicts`}</h2>
      {count === 0 && (
        <p className={cx('t2', styles.say)}>
          Nothing that moves falls on a closed day or after closing, and no task is late at once.
        </p>
      )}
      {conflicts.map(({ kind, id, title, sentence }) => (
        <div key={`${kind} ${id}`} className={styles.conflict}>
          <p>
            <StateIcon state={SHAPES[kind]} />
            <b>{title}</b>
          </p>
          <p className="t2">{sentence}</p>
        </div>
      ))}
    </>
  );
}

/** For a day that is set by hand: only paper moves a term, and this writes down what the paper says. */
function ByDocument({ isTerm }: { readonly isTerm: boolean }) {
  return (
    <>
      <h2>{isTerm ? 'What must be agreed' : 'Who is told'}</h2>
      {isTerm && (
        <p className={cx('t2', styles.say)}>
          The terms of a contract move only with the document that everybody signed. Write down here what it says, and
          name it as the reason.
        </p>
      )}
      <p className={cx('meta', styles.say)}>
        Nobody is written to. People with a link to this deal see the new days on their page.
      </p>
    </>
  );
}
