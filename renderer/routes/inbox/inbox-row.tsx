import { memo } from 'react';
import type { PlainDate } from '../../../core/deadlines/plain-date.ts';
import type { Certainty, DealMark, InboxItem } from '../../../electron/contract/papers.ts';
import { PLATE_KINDS, sideSays } from '../../data/words.ts';
import { cx } from '../../ui/cx.ts';
import { rowInstant } from '../../ui/days.ts';
import { Icon } from '../../ui/icon.tsx';
import { Plate } from '../../ui/marks.tsx';
import styles from './inbox.module.css';
import { GROUP_TITLES, type GroupId, type InboxRow } from './order.ts';

/** One file in the list: what it is called, where it seems to go or went, how certain that is or when it came. */
export const Row = memo(OneRow);

function OneRow(props: {
  readonly row: InboxRow;
  readonly today: PlainDate;
  readonly isSelected: boolean;
  readonly isChosen: boolean;
}) {
  const { item, group } = props.row;
  return (
    <div className={cx(styles.row, props.isSelected && styles.bold, group === 'held' && styles.held)}>
      <Icon {...iconOf(item, group, props.isChosen)} />
      <div className={styles.words}>
        <span className="vh">
          {GROUP_TITLES[group]}
          {props.isChosen ? ', chosen' : ''}:{' '}
        </span>
        <b className="cut" title={item.fileName} dir="auto">
          {item.fileName}
          {item.parts > 0 && <span className="t3"> {item.parts} inside</span>}
        </b>
        <p>
          <Second item={item} group={group} />
        </p>
      </div>
      <Side item={item} group={group} today={props.today} />
    </div>
  );
}

function iconOf(
  item: InboxItem,
  group: GroupId,
  isChosen: boolean,
): { readonly name: string; readonly className: string } {
  if (isChosen) return { name: 'check', className: styles.chosenMark ?? '' };
  if (group === 'held') return { name: 'late', className: 'late' };
  if (group === 'refused') return { name: 'blocked', className: 'blocked' };
  if (group === 'reading') return { name: 'waiting', className: 'waiting' };
  if (item.state === 'filed' || item.state === 'same') return { name: 'done', className: 'done' };
  if (item.state === 'set-aside') return { name: 'nn', className: 't3' };
  if (item.kind === 'eml' || item.kind === 'msg') return { name: 'mail', className: 't3' };
  if (['jpeg', 'png', 'heic', 'gif', 'webp'].includes(item.kind)) return { name: 'camera', className: 't3' };
  return { name: 'file', className: 't3' };
}

function Second({ item, group }: { readonly item: InboxItem; readonly group: GroupId }) {
  if (item.filed !== null)
    return <Where deal={item.filed.deal} title={item.filed.lineTitle} version={item.filed.version} />;
  const { proposal } = item;
  if (group === 'confirm' && proposal?.deal)
    return (
      <Where deal={proposal.deal} title={proposal.lineTitle || 'Document not known yet'} version={proposal.version} />
    );
  if (group === 'reading') return <span>Reading. {item.from}</span>;
  return <span className={styles.sentence}>{item.sentence || item.from}</span>;
}

function Where(props: { readonly deal: DealMark; readonly title: string; readonly version: number }) {
  return (
    <>
      <DealPlate deal={props.deal} />
      <span className="cut" title={props.title} dir="auto">
        {props.title}
        {props.version > 1 && `, v${props.version}`}
      </span>
    </>
  );
}

export function DealPlate(props: { readonly deal: DealMark; readonly size?: 'm' }) {
  const { plate, side } = props.deal;
  return <Plate number={plate} kind={PLATE_KINDS[side]} says={sideSays(side)} {...(props.size ? { size: 'm' } : {})} />;
}

function Side(props: { readonly item: InboxItem; readonly group: GroupId; readonly today: PlainDate }) {
  const { item, group } = props;
  if (group === 'confirm' && item.proposal !== null) return <Sure certainty={item.proposal.certainty} />;
  // The Undo button stands here, beside the row and not in it.
  if (item.canUndo && (group === 'alone' || group === 'done')) return <span className={styles.undoPlace} />;
  return <span className={styles.when}>{rowInstant(item.at, props.today)}</span>;
}

const SURE: Readonly<Record<Certainty, { readonly bars: number; readonly word: string }>> = {
  certain: { bars: 3, word: 'certain' },
  likely: { bars: 2, word: 'likely' },
  guess: { bars: 1, word: 'a guess' },
  none: { bars: 0, word: 'no idea' },
};

/** How certain a proposal is: three bars and the word. */
export function Sure(props: { readonly certainty: Certainty; readonly className?: string }) {
  const { bars, word } = SURE[props.certainty];
  return (
    <span className={cx(styles.sure, props.className)}>
      {[1, 2, 3].map((bar) => (
        <i key={bar} className={cx(bar <= bars && styles.full)} aria-hidden="true" />
      ))}
      {word}
    </span>
  );
}
