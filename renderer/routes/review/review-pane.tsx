import type { ReactNode } from 'react';
import type { PlainDate } from '../../../core/deadlines/plain-date.ts';
import type { LineView, ReviewItem, VersionView } from '../../../electron/contract/papers.ts';
import { pagesText, SUFFIX_WORDS, sizeText } from '../../data/papers.ts';
import { capital, STAGE_TITLES } from '../../data/words.ts';
import { Refusal } from '../../ui/calm.tsx';
import { cx } from '../../ui/cx.ts';
import { fullInstant, rowDay } from '../../ui/days.ts';
import { Icon } from '../../ui/icon.tsx';
import { Kbd } from '../../ui/keys.tsx';
import { StateIcon } from '../../ui/marks.tsx';
import layout from '../inbox/inbox.module.css';
import { DealPlate } from '../inbox/inbox-row.tsx';
import { Breaking } from '../inbox/proposal-pane.tsx';
import type { UnderReview } from './queue.ts';
import styles from './review.module.css';

interface Props {
  readonly item: ReviewItem;
  readonly what: UnderReview | null;
  readonly today: PlainDate;
  readonly place: { readonly at: number; readonly count: number };
  readonly refusal: string | null;
  readonly onApprove: () => void;
  readonly onSendBack: () => void;
  readonly onNotNeeded: () => void;
  readonly onStep: (by: 1 | -1) => void;
}

/** What was asked, what came, what was said of earlier versions, and the verdict. */
export function ReviewPane(props: Props) {
  const { item, what, today } = props;
  const { line } = item;
  return (
    <div className={layout.prop}>
      <Place {...props} />
      <p className={styles.deal}>
        <DealPlate deal={item.deal} size="m" />
        <b dir="auto">{item.deal.street}</b>
      </p>
      <h2 className={styles.title} dir="auto">
        {line.title}
      </h2>
      <Asked line={line} />
      {what && <Came version={what.version} today={today} />}
      {item.state === 'received' && (
        <p className="meta">It was filed without asking for a review. A verdict now counts all the same.</p>
      )}
      <div className={cx(layout.acts, styles.verdicts)}>
        <button type="button" className="btn go" onClick={props.onApprove}>
          Approve <Kbd>A</Kbd>
        </button>
        <button type="button" className="btn" onClick={props.onSendBack}>
          Send back <Kbd>R</Kbd>
        </button>
        <button type="button" className="btn bare" onClick={props.onNotNeeded}>
          Not needed <Kbd>W</Kbd>
        </button>
      </div>
      {props.refusal && <Refusal says={props.refusal} />}
      {line.versions.length > 1 && <History line={line} current={item.versionId} today={today} />}
    </div>
  );
}

function Place(props: Props) {
  const { at, count } = props.place;
  const step = (by: 1 | -1, icon: string, says: string, isOff: boolean) => (
    <button
      type="button"
      className="btn bare sm ico"
      title={says}
      aria-label={says}
      aria-disabled={isOff}
      onClick={() => !isOff && props.onStep(by)}
    >
      <Icon name={icon} />
    </button>
  );
  return (
    <p className={styles.place}>
      <span className="meta push">
        {at + 1} of {count}
      </span>
      {step(-1, 'left', 'Back', at === 0)}
      {step(1, 'right', 'Skip', at >= count - 1)}
    </p>
  );
}

function Asked(props: { readonly line: LineView }) {
  const { line } = props;
  const need = line.isLegal ? 'Required by law' : line.isRequired ? 'Required' : 'If there is one';
  return (
    <dl className={layout.facts}>
      <Fact name="Asked for">{line.clientTitle === '' ? line.title : line.clientTitle}</Fact>
      <Fact name="Of">{capital(line.who)}</Fact>
      <Fact name="Need">
        {need}, for {STAGE_TITLES[line.stage]}
        {line.condition !== '' && <span className="t3">{line.condition}</span>}
      </Fact>
    </dl>
  );
}

function Came(props: { readonly version: VersionView; readonly today: PlainDate }) {
  const { version, today } = props;
  const signed = version.suffix === null ? '' : `, ${SUFFIX_WORDS[version.suffix]}`;
  const facts = [pagesText(version.pages), sizeText(version.bytes)].filter(Boolean).join(', ');
  return (
    <dl className={layout.facts}>
      <Fact name="Version">
        {version.number}
        {signed}
      </Fact>
      <Fact name="Dated">{rowDay(version.documentOn, today)}</Fact>
      <Fact name="Came">
        {fullInstant(version.receivedAt, today)}
        {version.isFromPage
          ? `, sent by ${version.sentBy} through their page`
          : version.sentBy !== '' && `, from ${version.sentBy}`}
      </Fact>
      <Fact name="File">{facts}</Fact>
      <dt>Name</dt>
      <dd className={`${layout.name} mono`}>
        <Breaking text={version.fileName} />
      </dd>
    </dl>
  );
}

function Fact(props: { readonly name: string; readonly children: ReactNode }) {
  return (
    <>
      <dt>{props.name}</dt>
      <dd dir="auto">{props.children}</dd>
    </>
  );
}

/** Newest first, each with what was said of it. */
function History(props: { readonly line: LineView; readonly current: string; readonly today: PlainDate }) {
  const { line, today } = props;
  return (
    <section aria-label="Versions">
      <h3 className={layout.whyHead}>Versions</h3>
      <ol className={styles.history}>
        {line.versions.toReversed().map((version) => (
          <li key={version.id}>
            <VerdictIcon version={version} isCurrent={version.id === props.current} />
            <span>
              <b>Version {version.number}</b> <span className="t3">{rowDay(version.documentOn, today)}</span>
              <br />
              {saysOf(version, version.id === props.current, today)}
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}

function VerdictIcon(props: { readonly version: VersionView; readonly isCurrent: boolean }) {
  if (props.version.verdict === 'approved') return <StateIcon state="done" />;
  if (props.version.verdict === 'rejected') return <Icon name="back" className="t2" />;
  return <StateIcon state={props.isCurrent ? 'review' : 'none'} />;
}

function saysOf(version: VersionView, isCurrent: boolean, today: PlainDate): string {
  const on = version.verdictOn === null ? '' : ` on ${rowDay(version.verdictOn, today)}`;
  if (version.verdict === 'approved') return `Approved${on}`;
  if (version.verdict === 'rejected') return `Sent back${on}: ${version.verdictReason}`;
  return isCurrent ? 'Waits for your verdict' : 'Replaced before anybody said anything';
}
