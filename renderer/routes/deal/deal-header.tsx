import { Fragment } from 'react';
import type { DealView } from '../../../electron/contract/values.ts';
import { useToday, useWorkspace } from '../../data/queries.ts';
import { PLATE_KINDS, sideSays } from '../../data/words.ts';
import { longDay, shortDay } from '../../ui/days.ts';
import { Plate, StateIcon } from '../../ui/marks.tsx';
import { moneyText } from '../../ui/money.ts';
import { ActMenu } from '../../ui/pick-menu.tsx';
import styles from './deal.module.css';
import type { DealQuestion } from './deal-dialogs.tsx';

/** Plate, street and town; whom it is for and under which form; how it stands; days to closing. */
export function DealHeader(props: { readonly deal: DealView; readonly onAsk: (question: DealQuestion) => void }) {
  const { deal, onAsk } = props;
  const isOpen = deal.closedOn === null;
  const acts = [
    { id: 'address', title: 'Change the address', icon: 'pen', onPick: () => onAsk('address') },
    {
      id: 'price',
      title: deal.priceCents === null ? 'Write the price' : 'Change the price',
      icon: 'pen',
      onPick: () => onAsk('price'),
    },
    { id: 'owner', title: 'Hand the deal over', icon: 'hand', onPick: () => onAsk('owner') },
    { id: 'close', title: 'Close the deal', icon: 'check', onPick: () => onAsk('close') },
    { id: 'withdraw', title: 'Withdraw the deal', icon: 'x', onPick: () => onAsk('withdraw') },
  ];
  return (
    <header className={styles.top}>
      <div className={styles.id}>
        <Plate number={deal.plate} kind={PLATE_KINDS[deal.side]} says={sideSays(deal.side)} size="l" />
        <div className={styles.name}>
          <h1>
            <bdi>{placeOf(deal)}</bdi> <span>{townOf(deal)}</span>
            {deal.isSample && <span className={`sample ${styles.sample}`}>Sample</span>}
          </h1>
          <ClientLine deal={deal} />
        </div>
      </div>
      <div className={styles.health}>
        <b>
          <StateIcon state={deal.standing.state} /> {deal.standing.headline}
        </b>
        {deal.standing.detail !== '' && <p className="t2">{deal.standing.detail}</p>}
      </div>
      <DaysLeft deal={deal} />
      {isOpen ? <ActMenu label="More for this deal" acts={acts} /> : <span />}
    </header>
  );
}

function ClientLine(props: { readonly deal: DealView }) {
  const { deal } = props;
  const today = useToday();
  const meId = useWorkspace().data?.profile.memberId;
  const owner = deal.ownerId === meId ? '' : `${deal.ownerName} has it.`;
  const names = deal.people.filter((one) => one.role === 'client' || one.role === 'co-client').map((one) => one.name);
  const price = deal.priceCents === null ? 'No price yet.' : `${moneyText(deal.priceCents)}.`;
  const accepted = deal.anchors.find((one) => one.name === 'acceptance')?.on;
  return (
    <p className="t2">
      {sideSays(deal.side)}
      {names.length === 0 ? (
        ', no client yet'
      ) : (
        <>
          {' for '}
          <Names names={names} />
        </>
      )}
      {`. ${price} ${standsText(deal, accepted ? `, accepted ${shortDay(accepted, today)}` : '')} ${owner}`.trimEnd()}
    </p>
  );
}

/** The form of a contract; before there is one, what there is instead. */
function standsText({ workflow, formName }: DealView, accepted: string): string {
  if (workflow === 'rental-onboarding') return 'Rental.';
  if (workflow === 'seller-onboarding') return 'Listing, no contract yet.';
  if (workflow === 'buyer-intake') return 'No contract yet.';
  return formName === '' ? '' : `${formName}${accepted}.`;
}

function DaysLeft(props: { readonly deal: DealView }) {
  const { closingOn, daysToClosing, closedOn, workflow } = props.deal;
  const what = workflow === 'rental-onboarding' ? 'the lease' : 'closing';
  const today = useToday();
  // How it ended stands beside this already.
  if (closedOn !== null) return <span />;
  if (closingOn === null || daysToClosing === null) {
    return (
      <div className={styles.left}>
        <p>{NO_DAY[workflow]}</p>
      </div>
    );
  }
  const days = Math.abs(daysToClosing);
  const says =
    daysToClosing < 0 ? `${days === 1 ? 'day' : 'days'} past ${what}` : `${days === 1 ? 'day' : 'days'} to ${what}`;
  return (
    <div className={styles.left}>
      <b>{days}</b>
      <p>
        <b>{says}</b>
        <br />
        {longDay(closingOn, today)}
      </p>
    </div>
  );
}

const NO_DAY: Record<DealView['workflow'], string> = {
  'buyer-intake': 'No contract yet',
  'seller-onboarding': 'No contract yet',
  'contract-to-close': 'No closing day yet',
  'rental-onboarding': 'No first day yet',
};

/** The street with its unit; the clients while there is no address. */
export function placeOf(deal: Pick<DealView, 'streetName' | 'street' | 'unit'>): string {
  return deal.street === '' || deal.unit === '' ? deal.streetName : `${deal.streetName} ${deal.unit}`;
}

export function townOf(deal: Pick<DealView, 'city' | 'state' | 'zip'>): string {
  return [deal.city, `${deal.state} ${deal.zip}`.trim()].filter(Boolean).join(', ');
}

/** "Priya Raman and Daniel Achterberg"; each name on its own, so that one read from the right turns nothing else around. */
export function Names(props: { readonly names: readonly string[] }) {
  const { names } = props;
  return names.map((name, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: two people may have one name
    <Fragment key={index}>
      {index > 0 && (index === names.length - 1 ? ' and ' : ', ')}
      <bdi>{name}</bdi>
    </Fragment>
  ));
}
