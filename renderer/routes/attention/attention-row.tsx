import type { PlainDate } from '../../../core/deadlines/plain-date.ts';
import type { AttentionItem } from '../../../electron/contract/sync.ts';
import { PLATE_KINDS, sideSays } from '../../data/words.ts';
import { cx } from '../../ui/cx.ts';
import { rowInstant } from '../../ui/days.ts';
import { Icon } from '../../ui/icon.tsx';
import { Plate } from '../../ui/marks.tsx';
import styles from '../today/today.module.css';
import { KIND_FACES } from './attention-words.ts';

/** One thing that needs attention, as a row of a queue. */
export function AttentionRow(props: {
  readonly item: AttentionItem;
  readonly today: PlainDate;
  readonly isSelected: boolean;
}) {
  const { item } = props;
  return (
    <div className={cx(styles.row, props.isSelected && styles.bold)}>
      {item.side === null ? (
        <Icon name={KIND_FACES[item.kind].shape} />
      ) : (
        <Plate number={item.plate} kind={PLATE_KINDS[item.side]} says={sideSays(item.side)} />
      )}
      <div>
        <span className="vh">{KIND_FACES[item.kind].says}: </span>
        <b className="cut" title={item.title}>
          {item.title}
        </b>
        <p>{secondLine(item)}</p>
      </div>
      <span className={styles.when}>{rowInstant(item.at, props.today)}</span>
    </div>
  );
}

function secondLine(item: AttentionItem): string {
  const street = item.street === '' ? '' : `${item.street.replace(/\.$/, '')}. `;
  if (item.conflict !== null && item.side !== null)
    return `${street}${item.conflict.mine.text} or ${item.conflict.theirs.text}`;
  return `${street}${item.did || item.detail}`;
}
