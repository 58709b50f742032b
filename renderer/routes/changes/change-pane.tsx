import { type ReactNode, useState } from 'react';
import type { ChangeView } from '../../../electron/contract/portal-views.ts';
import type { DealView } from '../../../electron/contract/values.ts';
import { nowInstant } from '../../data/clock.ts';
import { useToday } from '../../data/queries.ts';
import { Refusal } from '../../ui/calm.tsx';
import { fullInstant } from '../../ui/days.ts';
import { Icon } from '../../ui/icon.tsx';
import { Mark } from '../../ui/marks.tsx';
import { useTell } from '../deal/task-acts.ts';
import { ChangeActs } from './change-acts.tsx';
import { ChangeHeading, isLive, Standing, wholeTitle } from './change-row.tsx';
import styles from './changes.module.css';
import { ImpactLines } from './impact-lines.tsx';
import { KeepDialog } from './keep-dialog.tsx';
import { MustAgree } from './must-agree.tsx';
import { listed, lowered } from './words.ts';

interface Props {
  readonly deal: DealView;
  readonly change: ChangeView;
  /** Shows another request. */
  readonly onPick: (changeId: string) => void;
  readonly place: ReactNode;
}

/** One request: what it asks, what it would do, who must agree, what it runs into, and what is next. */
export function ChangePane(props: Props) {
  const { deal, change } = props;
  const today = useToday();
  return (
    <article className={styles.pane} aria-label="Selected request">
      <header>
        <div className={styles.line}>
          <Standing change={change} />
          <span className="meta">
            Asked by <bdi>{change.askedBy}</bdi>, {lowered(fullInstant(change.openedAt, today))}
          </span>
          {props.place}
        </div>
        <h2>
          <ChangeHeading change={change} today={today} />
        </h2>
      </header>
      {change.reason !== '' && (
        <blockquote className={styles.quote} dir="auto">
          {change.reason}
        </blockquote>
      )}
      {change.fraud !== '' && <Fraud change={change} />}
      {change.can.askAgain && <RanOut change={change} />}
      {isLive(change) && <NextLine change={change} />}
      <ChangeActs {...props} />
      <section aria-label="What it would do">
        <h3>{isLive(change) ? 'What it would do' : 'What it asked for'}</h3>
        {!(isLive(change) && change.preview !== null && change.sentences.length === 1) && (
          <ul className={styles.sentences}>
            {change.sentences.map((sentence) => (
              <li key={sentence}>
                <WithPhones>{sentence}</WithPhones>
              </li>
            ))}
          </ul>
        )}
        {isLive(change) && change.preview !== null && (
          <ImpactLines deal={deal} change={change} step={change.preview} today={today} />
        )}
      </section>
      {change.conflicts.length > 0 && <Conflicts {...props} />}
      {isLive(change) && <Agreement {...props} />}
      {isLive(change) && change.checks.length > 0 && (
        <section aria-label="Check before it counts">
          <h3>Check before it counts</h3>
          <ul className={styles.sentences}>
            {change.checks.map((check) => (
              <li key={check}>{check}</li>
            ))}
          </ul>
        </section>
      )}
      <Course change={change} />
    </article>
  );
}

/** Numbers of phones do not break. */
function WithPhones(props: { readonly children: string }) {
  return props.children.split(/(\(\d{3}\) \d{3}-\d{4})/).map((part, index) =>
    index % 2 === 1 ? (
      <span key={part} className="nb">
        {part}
      </span>
    ) : (
      part
    ),
  );
}

function Fraud({ change }: { readonly change: ChangeView }) {
  return (
    <p className={`banner late ${styles.fraud}`} role="note">
      <Icon name="shield" />
      <span>
        <b>{change.fraud}</b>
        {change.callFirst !== null && (
          <>
            {' '}
            {change.callFirst.phone === '' ? (
              <>
                No number of <bdi>{change.callFirst.name}</bdi> was here before. Ask somebody who knows them for one.
              </>
            ) : (
              <>
                The number of <bdi>{change.callFirst.name}</bdi> that was here before is{' '}
                <span className="nb">{change.callFirst.phone}</span>.
              </>
            )}
          </>
        )}
      </span>
    </p>
  );
}

/** Nobody can agree to it any more, and it holds up no other request. */
function RanOut({ change }: { readonly change: ChangeView }) {
  const today = useToday();
  const end = [change.expiresAt, change.periodEndsAt].filter((at) => at !== null).toSorted()[0];
  return (
    <p className={styles.say}>
      The time to agree was over {end === undefined ? 'before everybody had' : lowered(fullInstant(end, today))}.
      Nothing has changed.
      {change.can.execute && ' A document that was signed in time can still put it into effect.'}
    </p>
  );
}

/** What the team does next, or whom it waits for. */
function NextLine({ change }: { readonly change: ChangeView }) {
  // The paper that came says so itself.
  const hasPaper = change.papers.some(({ fits }) => fits);
  if (hasPaper && (change.next?.kind === 'review' || change.next?.kind === 'execute')) return null;
  if (change.next !== null) return <p className={styles.say}>{change.next.says}</p>;
  const waits = change.slots
    .filter(({ state, approver }) => state !== 'agreed' && !(hasPaper && approver === 'other-principal'))
    .map(({ name }) => name);
  if (waits.length === 0)
    return (
      <p className={styles.say}>
        Everybody agreed. Nothing has changed yet: it counts once the signed document is here and reviewed.
      </p>
    );
  return (
    <p className={styles.say}>
      Nothing has changed yet. It waits for {listed(waits)}.
      {!hasPaper && ' A document that both sides signed also shows that the other side agreed.'}
    </p>
  );
}

function Conflicts({ deal, change, onPick }: Props) {
  const today = useToday();
  const [over, setOver] = useState<ChangeView['conflicts'][number] | null>(null);
  const isOpen = deal.closedOn === null;
  const count = change.conflicts.length;
  return (
    <section aria-label="Conflicts">
      <h3>{count === 1 ? 'One conflict' : `${count} conflicts`}</h3>
      <ul className={styles.conflicts}>
        {change.conflicts.map((other) => (
          <li key={other.changeId}>
            <Mark state={other.cameFirst ? 'blocked' : 'review'}>
              <b>{wholeTitle(other, today)}</b>
            </Mark>
            <p className="t2">
              <bdi>{other.askedBy}</bdi> asked {lowered(fullInstant(other.openedAt, today))}.{' '}
              {other.cameFirst
                ? 'It came first, so this one waits until you decide between the two.'
                : 'It came later and waits for this one.'}
            </p>
            <div className={styles.acts}>
              {isOpen && change.can.keep && (
                <button type="button" className="btn sm" onClick={() => setOver(other)}>
                  Keep this one…
                </button>
              )}
              <button type="button" className="btn sm bare" onClick={() => onPick(other.changeId)}>
                Look at the other
              </button>
            </div>
          </li>
        ))}
      </ul>
      {over !== null && <KeepDialog deal={deal} change={change} over={over} onClose={() => setOver(null)} />}
    </section>
  );
}

/** Who must agree; an answer that was written down can be taken back by whoever wrote it. */
function Agreement({ deal, change }: Props) {
  const today = useToday();
  const tell = useTell(deal.id);
  const [wrong, setWrong] = useState<string | null>(null);
  const takeBack = ({ personId, as }: { readonly personId: string; readonly as: string }) =>
    void tell('takeBackAnswer', { changeId: change.id, at: nowInstant(), personId, as }).then(setWrong);
  return (
    <>
      <MustAgree change={change} today={today} {...(deal.closedOn === null && { onTakeBack: takeBack })} />
      {wrong !== null && <Refusal says={wrong} />}
    </>
  );
}

/** What happened with it so far. */
function Course({ change }: { readonly change: ChangeView }) {
  const today = useToday();
  return (
    <section aria-label="So far">
      <h3>So far</h3>
      <ol className={styles.course}>
        {change.log.map((line) => (
          <li key={`${line.at} ${line.what}`}>
            <time dateTime={line.at}>{fullInstant(line.at, today)}</time>
            <span>
              <bdi>{line.who}</bdi>: {line.what}
            </span>
          </li>
        ))}
        {change.sentToOtherSideAt !== null && (
          <li>
            <time dateTime={change.sentToOtherSideAt}>{fullInstant(change.sentToOtherSideAt, today)}</time>
            <span>Sent to the other side.</span>
          </li>
        )}
      </ol>
    </section>
  );
}
