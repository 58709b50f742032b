import { dayOfMonth, type PlainDate } from '../../../core/deadlines/plain-date.ts';
import type { DateView } from '../../../electron/contract/values.ts';
import { cx } from '../../ui/cx.ts';
import { longDay } from '../../ui/days.ts';
import { Icon } from '../../ui/icon.tsx';
import { type CountedDay, countedWeeks, waitsText } from './stops.ts';
import styles from './why.module.css';

export function whyTitle(date: DateView, today: PlainDate): string {
  return date.on === null ? 'No day yet' : `Why ${longDay(date.on, today)}`;
}

/** Why a date is that date: sentence, counted calendar, clause, anchor, count, roll, what happens if it is missed. */
export function Why(props: { readonly date: DateView; readonly today: PlainDate }) {
  const { date, today } = props;
  const weeks = countedWeeks(date, today);
  const said = new Set(date.steps.map((step) => step.label.toLowerCase()));
  return (
    <>
      <p className={styles.sum}>{date.on === null ? waitsText(date) || date.sentence : date.sentence}</p>
      {weeks && <CountedCalendar weeks={weeks} />}
      <dl className={styles.steps}>
        {date.clause !== '' && !said.has('clause') && <Step label="Clause" text={date.clause} />}
        {date.steps.map((step) => (
          <Step key={`${step.label}:${step.text}`} label={step.label} text={step.text} />
        ))}
        {date.ifMissed !== '' && !said.has('if missed') && <Step label="If missed" text={date.ifMissed} />}
      </dl>
      {date.warnings.map((warning) => (
        <p key={warning} className={cx('banner', 'due', styles.warning)}>
          <Icon name="due" size="s" />
          <span>{warning}</span>
        </p>
      ))}
    </>
  );
}

function Step(props: { readonly label: string; readonly text: string }) {
  return (
    <>
      <dt>{props.label}</dt>
      <dd>{props.text}</dd>
    </>
  );
}

const HEADS = [
  ['Monday', 'M'],
  ['Tuesday', 'T'],
  ['Wednesday', 'W'],
  ['Thursday', 'T'],
  ['Friday', 'F'],
  ['Saturday', 'S'],
  ['Sunday', 'S'],
] as const;

function CountedCalendar(props: { readonly weeks: readonly (readonly CountedDay[])[] }) {
  return (
    <table className={styles.cal} aria-label="How the days were counted">
      <thead>
        <tr>
          {HEADS.map(([name, letter]) => (
            <th key={name} scope="col" abbr={name}>
              {letter}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {props.weeks.map((week) => (
          <tr key={week[0]?.day}>
            {week.map((cell) => (
              <td key={cell.day} className={cx(styles[cell.kind], cell.isToday && styles.today)}>
                {dayOfMonth(cell.day)}
                {cell.label !== '' && <i>{cell.label}</i>}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
