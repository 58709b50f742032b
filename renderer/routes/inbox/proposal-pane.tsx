import { Fragment, type ReactNode } from 'react';
import type { PlainDate } from '../../../core/deadlines/plain-date.ts';
import type { DealMark, InboxItem, ProposalView } from '../../../electron/contract/papers.ts';
import { useDeal } from '../../data/queries.ts';
import { Refusal } from '../../ui/calm.tsx';
import { cx } from '../../ui/cx.ts';
import { fullInstant, rowDay } from '../../ui/days.ts';
import { Icon } from '../../ui/icon.tsx';
import { Kbd } from '../../ui/keys.tsx';
import { type Draft, nameOf, versionWords, whyNotYet } from './draft.ts';
import styles from './inbox.module.css';
import { DealPlate, Sure } from './inbox-row.tsx';
import { numbered, type Reason } from './reasons.ts';

export interface ProposalProps {
  readonly item: InboxItem;
  readonly draft: Draft;
  /** For the deal and document as they are chosen now. */
  readonly proposal: ProposalView | null;
  readonly today: PlainDate;
  readonly refusal: string | null;
  readonly isFiling: boolean;
  readonly onFile: () => void;
  readonly onChange: () => void;
  readonly onDeal: () => void;
  readonly onLine: () => void;
  readonly onOtherDeal: (deal: DealMark) => void;
  readonly onNotOurs: () => void;
  readonly onPage: (page: number) => void;
}

/** Where the file would go, the one key to say yes, and why it is thought so. */
export function ProposalPane(props: ProposalProps) {
  const { item, draft, proposal } = props;
  const why = whyNotYet(draft);
  return (
    <div className={styles.prop}>
      <CameFrom item={item} today={props.today} />
      <h2>{why === null ? 'File it here?' : 'Where does it belong?'}</h2>
      <Facts {...props} />
      <div className={styles.acts}>
        <button type="button" className="btn go" aria-disabled={why !== null || props.isFiling} onClick={props.onFile}>
          {props.isFiling ? 'Filing' : 'File it'} <Kbd>Enter</Kbd>
        </button>
        <button type="button" className="btn" onClick={props.onChange}>
          Change <Kbd>C</Kbd>
        </button>
        <button type="button" className="btn bare" onClick={props.onNotOurs}>
          Not ours <Kbd>X</Kbd>
        </button>
        {why !== null && <p className="meta">{why}</p>}
      </div>
      {props.refusal && <Refusal says={props.refusal} />}
      {item.sentence !== '' && (
        <p className="banner review">
          <Icon name="review" />
          <span>{item.sentence}</span>
        </p>
      )}
      {proposal !== null && proposal.reasons.length > 0 && (
        <Reasons reasons={proposal.reasons} certainty={proposal.certainty} onPage={props.onPage} />
      )}
    </div>
  );
}

export function CameFrom(props: { readonly item: InboxItem; readonly today: PlainDate }) {
  const when = fullInstant(props.item.at, props.today);
  const isNear = /^(Today|Yesterday)/.test(when);
  return (
    <p className={cx('meta', styles.from)} dir="auto">
      {props.item.from}, {isNear ? when.charAt(0).toLowerCase() + when.slice(1).replace(',', '') : when}
    </p>
  );
}

function Facts(props: ProposalProps) {
  const { draft, item } = props;
  const deal = useDeal(draft.deal?.dealId ?? null).data;
  const name = deal ? nameOf(draft, deal.street, item.extension) : '';
  return (
    <dl className={styles.facts}>
      <dt>Deal</dt>
      <dd>
        <PickFact says="Deal" keys="D" isOpen={draft.deal === null} onPress={props.onDeal}>
          {draft.deal === null ? 'Choose the deal' : <DealName deal={draft.deal} />}
        </PickFact>
        <Others {...props} />
      </dd>
      <dt>Document</dt>
      <dd>
        <PickFact says="Document" keys="L" isOpen={draft.title === ''} onPress={props.onLine}>
          {draft.title === '' ? 'Choose the document' : draft.title}
          {draft.title !== '' && draft.lineId === null && <span className="t3"> (new)</span>}
        </PickFact>
      </dd>
      <dt>Version</dt>
      <dd>{versionWords(draft)}</dd>
      <dt>Dated</dt>
      <dd>{rowDay(draft.documentOn, props.today)}</dd>
      <dt>Name</dt>
      {name === '' ? (
        <dd className="t3">When deal and document are known</dd>
      ) : (
        <dd className={cx(styles.name, 'mono')}>
          <Breaking text={name} />
        </dd>
      )}
      <dt>Then</dt>
      <dd>{draft.toReview ? 'To review' : 'Only filed'}</dd>
    </dl>
  );
}

function DealName(props: { readonly deal: DealMark }) {
  return (
    <>
      <DealPlate deal={props.deal} size="m" />
      <b dir="auto">{props.deal.street}</b>
    </>
  );
}

/** Other deals it may be of, one press away. */
function Others(props: ProposalProps) {
  const { draft, proposal } = props;
  const others = (proposal?.otherDeals ?? []).filter((deal) => deal.dealId !== draft.deal?.dealId).slice(0, 2);
  if (others.length === 0) return null;
  return (
    <span className={styles.others}>
      <span className="meta">or</span>
      {others.map((deal) => (
        <button
          key={deal.dealId}
          type="button"
          className="btn bare sm"
          title={deal.street}
          aria-label={`Of ${deal.plate} ${deal.street} instead`}
          onClick={() => props.onOtherDeal(deal)}
        >
          <DealPlate deal={deal} /> <span className="cut">{deal.street}</span>
        </button>
      ))}
    </span>
  );
}

function PickFact(props: {
  readonly says: string;
  readonly keys: string;
  readonly isOpen: boolean;
  readonly onPress: () => void;
  readonly children: ReactNode;
}) {
  return (
    <button type="button" className={cx(styles.pick, props.isOpen && styles.pickOpen)} onClick={props.onPress}>
      <span className="vh">{props.says}: </span>
      <span className={styles.picked}>{props.children}</span>
      <span className="vh">. Choose another</span>
      <Kbd>{props.keys}</Kbd>
    </button>
  );
}

/** A long file name breaks after its underscores and dashes, as it is read. */
export function Breaking(props: { readonly text: string }) {
  const parts = props.text.split(/(?<=[_-])/);
  return parts.map((part, at) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one text, never moved
    <Fragment key={at}>
      {part}
      <wbr />
    </Fragment>
  ));
}

/** Why we think so: numbered as on the pages, what speaks against it at the end. */
export function Reasons(props: {
  readonly reasons: readonly Reason[];
  readonly certainty: ProposalView['certainty'];
  readonly onPage: (page: number) => void;
}) {
  return (
    <section aria-label="Why we think so">
      <h3 className={styles.whyHead}>
        Why we think so <Sure certainty={props.certainty} className="push" />
      </h3>
      <ol className={styles.why}>
        {numbered(props.reasons).map(({ reason, number }) => {
          const { page } = reason;
          return (
            <li key={reason.text}>
              {number === null ? <span /> : <span className={styles.number}>{number}</span>}
              <span>
                {reason.text}
                {page !== null && (
                  <button type="button" className="btn link" onClick={() => props.onPage(page)}>
                    page {page}
                  </button>
                )}
              </span>
              <Icon name={reason.isFor ? 'done' : 'review'} size="s" className={reason.isFor ? 'done' : 'review'} />
              <span className="vh">{reason.isFor ? 'speaks for it' : 'speaks against it'}</span>
            </li>
          );
        })}
      </ol>
    </section>
  );
}
