import { useState } from 'react';
import type { TodayItem } from '../../../electron/contract/values.ts';
import { useDeal, useToday } from '../../data/queries.ts';
import { PLATE_KINDS, sideSays } from '../../data/words.ts';
import { Waiting } from '../../ui/calm.tsx';
import { rowDay } from '../../ui/days.ts';
import { Icon } from '../../ui/icon.tsx';
import { Kbd } from '../../ui/keys.tsx';
import { Plate } from '../../ui/marks.tsx';
import { Names, placeOf, townOf } from '../deal/deal-header.tsx';
import { isSettled, useTaskActs } from '../deal/task-acts.ts';
import { TaskPane } from '../deal/task-pane.tsx';
import { Back } from '../deal/tasks-tab.tsx';
import styles from './today.module.css';

export interface Props {
  readonly item: TodayItem;
  readonly at: number;
  readonly count: number;
  readonly onGo: (to: number) => void;
  readonly onOpen: () => void;
  readonly onBack: () => void;
}

/** The selected thing of the queue. When it is finished, Enter goes on to the next. */
export function TodayPane(props: Props) {
  const { item } = props;
  const deal = useDeal(item.dealId).data;
  const acts = useTaskActs(item.dealId);
  const [wasFinishedHere, setFinished] = useState(false);
  if (deal === undefined) return <Waiting says="Opening the deal" />;
  const task = deal?.tasks.find((one) => one.id === item.taskId);
  if (!deal || !task) return <p className={styles.gone}>This task is not there any more.</p>;
  function tick(): void {
    if (task === undefined) return;
    if (isSettled(task) && wasFinishedHere && props.at < props.count - 1) props.onGo(props.at + 1);
    else {
      setFinished(!isSettled(task));
      void acts.tick(task);
    }
  }
  return (
    <TaskPane
      deal={deal}
      task={task}
      onTick={tick}
      place={<Place {...props} />}
      dealLine={<DealLine {...props} />}
      more={
        <p>
          <button type="button" className="btn" onClick={props.onOpen}>
            <Icon name="open" />
            Open the deal <Kbd>O</Kbd>
          </button>
        </p>
      }
    />
  );
}

/** Where one is in the queue, and the ways to the rows beside. */
export function Place(props: Pick<Props, 'at' | 'count' | 'onGo' | 'onBack'>) {
  return (
    <>
      <Back onBack={props.onBack} />
      <span className="push meta">
        {props.at + 1} of {props.count}
      </span>
      <button
        type="button"
        className="btn bare sm ico"
        title="Previous"
        aria-label="Previous"
        aria-disabled={props.at === 0}
        onClick={() => props.at > 0 && props.onGo(props.at - 1)}
      >
        <Icon name="left" />
      </button>
      <button
        type="button"
        className="btn bare sm ico"
        title="Next"
        aria-label="Next"
        aria-disabled={props.at >= props.count - 1}
        onClick={() => props.at < props.count - 1 && props.onGo(props.at + 1)}
      >
        <Icon name="right" />
      </button>
    </>
  );
}

export function DealLine(props: Pick<Props, 'item'>) {
  const deal = useDeal(props.item.dealId).data;
  const today = useToday();
  if (!deal) return null;
  const clients = deal.people.filter((one) => one.role === 'client' || one.role === 'co-client').map((one) => one.name);
  const isLease = deal.workflow === 'rental-onboarding';
  const closes =
    deal.closingOn === null ? '' : ` ${isLease ? 'Lease starts' : 'Closes'} ${rowDay(deal.closingOn, today)}.`;
  return (
    <p className={styles.deal}>
      <Plate number={deal.plate} kind={PLATE_KINDS[deal.side]} says={sideSays(deal.side)} size="m" />
      <span>
        <b>{placeOf(deal)}</b>
        {townOf(deal) !== '' && `, ${townOf(deal)}`}
      </span>
      <span className="t3">
        {sideSays(deal.side)}
        {clients.length > 0 && deal.street !== '' && (
          <>
            , <Names names={clients} />
          </>
        )}
        .{closes}
      </span>
      {deal.isSample && <span className="sample">Sample</span>}
    </p>
  );
}
