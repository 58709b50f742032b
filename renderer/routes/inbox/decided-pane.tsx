import { useNavigate } from '@tanstack/react-router';
import type { PlainDate } from '../../../core/deadlines/plain-date.ts';
import type { InboxItem } from '../../../electron/contract/papers.ts';
import { Refusal } from '../../ui/calm.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Kbd } from '../../ui/keys.tsx';
import styles from './inbox.module.css';
import { DealPlate } from './inbox-row.tsx';
import { CameFrom, Reasons } from './proposal-pane.tsx';

interface Props {
  readonly item: InboxItem;
  readonly today: PlainDate;
  readonly refusal: string | null;
  readonly onUndo: () => void;
  readonly onPutAway: () => void;
  readonly onPage: (page: number) => void;
}

const TITLES: Readonly<Record<InboxItem['state'], string>> = {
  reading: 'Being read',
  new: 'Where does it belong?',
  held: 'Held',
  filed: 'Filed',
  same: 'The same file again',
  'set-aside': 'Set aside',
  opened: 'Taken apart',
  refused: 'Could not be taken',
};

/** An item that asks for no filing now: where it went, or what is true of it. */
export function DecidedPane(props: Props) {
  const { item } = props;
  const by = item.filed === null ? '' : item.filed.byRule ? ' for you' : '';
  return (
    <div className={styles.prop}>
      <CameFrom item={item} today={props.today} />
      <h2>{TITLES[item.state] + by}</h2>
      {item.filed !== null && <Filed filed={item.filed} />}
      <p className={styles.says}>{saysOf(item)}</p>
      <div className={styles.acts}>
        {item.canUndo && (
          <button type="button" className="btn" onClick={props.onUndo}>
            <Icon name="undo" size="s" />
            {item.state === 'filed' ? 'Undo' : 'Put it back'} <Kbd>U</Kbd>
          </button>
        )}
        {item.state === 'refused' && (
          <button type="button" className="btn" onClick={props.onPutAway}>
            Set it aside <Kbd>X</Kbd>
          </button>
        )}
        {item.filed !== null && <OpenDeal dealId={item.filed.deal.dealId} />}
      </div>
      {props.refusal && <Refusal says={props.refusal} />}
      {item.filed?.byRule && item.proposal !== null && item.proposal.reasons.length > 0 && (
        <Reasons reasons={item.proposal.reasons} certainty={item.proposal.certainty} onPage={props.onPage} />
      )}
    </div>
  );
}

function saysOf(item: InboxItem): string {
  if (item.sentence !== '') return item.sentence;
  if (item.state === 'reading') return 'Its text is read and looked through. Then it waits here with a proposal.';
  if (item.state === 'opened') return 'Its parts are files of their own in this list. It is kept as it came.';
  return '';
}

function Filed(props: { readonly filed: NonNullable<InboxItem['filed']> }) {
  const { filed } = props;
  return (
    <dl className={styles.facts}>
      <dt>Deal</dt>
      <dd>
        <DealPlate deal={filed.deal} size="m" />
        <b dir="auto">{filed.deal.street}</b>
      </dd>
      <dt>Document</dt>
      <dd dir="auto">{filed.lineTitle}</dd>
      <dt>Version</dt>
      <dd>{filed.version}</dd>
      <dt>Filed</dt>
      <dd>{filed.byRule ? 'By itself: it was certain' : 'By you'}</dd>
    </dl>
  );
}

function OpenDeal(props: { readonly dealId: string }) {
  const navigate = useNavigate();
  const open = () => void navigate({ to: '/deals/$dealId', params: { dealId: props.dealId } });
  return (
    <button type="button" className="btn bare" onClick={open}>
      <Icon name="open" size="s" />
      Open the deal
    </button>
  );
}
