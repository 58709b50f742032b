import type { PlainDate } from '../../../core/deadlines/plain-date.ts';
import type { ChangeView } from '../../../electron/contract/portal-views.ts';
import { cx } from '../../ui/cx.ts';
import { rowDay, rowInstant } from '../../ui/days.ts';
import { Icon } from '../../ui/icon.tsx';
import { Mark } from '../../ui/marks.tsx';
import { moneyText } from '../../ui/money.ts';
import styles from './changes.module.css';

export function isLive({ state }: Pick<ChangeView, 'state'>): boolean {
  return state === 'open' || state === 'approved';
}

/** One request in the list: what, who asked and when, and where it stands. */
export function ChangeRow(props: {
  readonly change: ChangeView;
  readonly today: PlainDate;
  readonly isSelected: boolean;
}) {
  const { change, today } = props;
  const value = valueText(change, today);
  return (
    <div className={cx(styles.row, props.isSelected && styles.bold, !isLive(change) && styles.ended)}>
      <div>
        <b dir="auto">
          {change.title}
          {value !== '' && (
            <>
              {' '}
              to <span className="nb">{value}</span>
            </>
          )}
        </b>
        <small>
          <bdi>{change.askedBy}</bdi>, {rowInstant(change.openedAt, today)}
        </small>
      </div>
      <Standing change={change} />
    </div>
  );
}

export function Standing({ change }: { readonly change: ChangeView }) {
  const { state, says } = change.standing;
  const shape = change.fraud !== '' ? 'shield' : isLive(change) ? undefined : state === 'done' ? undefined : 'nn';
  return (
    <Mark state={state} {...(shape && { shape })}>
      <span className={styles.says}>{says}</span>
    </Mark>
  );
}

/** "Move close of escrow to Fri, Jul 10": one of several, told apart by what it would be. */
export function wholeTitle(change: Pick<ChangeView, 'title' | 'value'>, today: PlainDate): string {
  const value = valueText(change, today);
  return value === '' ? change.title : `${change.title} to ${value}`;
}

/** What it would be: a day or an amount; empty for what has no value. */
export function valueText({ value }: Pick<ChangeView, 'value'>, today: PlainDate): string {
  if (value === null) return '';
  return value.type === 'day' ? rowDay(value.to, today) : moneyText(value.toCents);
}

export function fromText({ value }: Pick<ChangeView, 'value'>, today: PlainDate): string {
  if (value === null) return '';
  if (value.type === 'day') return value.from === null ? '' : rowDay(value.from, today);
  return value.fromCents === null || value.fromCents === 0 ? '' : moneyText(value.fromCents);
}

/** "Move closing ~Thu, Jul 2~ -> Fri, Jul 10", large. */
export function ChangeHeading({ change, today }: { readonly change: ChangeView; readonly today: PlainDate }) {
  const [from, to] = [fromText(change, today), valueText(change, today)];
  return (
    <span className={styles.heading} dir="auto">
      {change.title}
      {from !== '' && (
        <>
          {' '}
          <s>
            <span className="vh">from </span>
            {from}
          </s>
        </>
      )}
      {to !== '' && (
        <span className={styles.becomes}>
          <Icon name="arrow" />{' '}
          <em>
            <span className="vh">to </span>
            {to}
          </em>
        </span>
      )}
    </span>
  );
}

export function GroupHead(props: { readonly change: ChangeView; readonly of: readonly ChangeView[] }) {
  const live = isLive(props.change);
  return (
    <>
      <span>{live ? 'On their way' : 'Settled'}</span>
      <span className="t3">{props.of.filter((one) => isLive(one) === live).length}</span>
    </>
  );
}
