import { useEffect } from 'react';
import type { OwnChange } from '../../api/person-home.ts';
import { dayOf, plainDay } from '../format.ts';
import { Icon } from '../icon.tsx';
import { ActLine } from '../inside/act-line.tsx';
import { useAct, useDeal } from '../inside/deal.ts';
import { dropDraft } from '../inside/drafts.ts';
import { Screen } from '../inside/screen.tsx';
import type { ScreenProps } from '../inside/screens.ts';
import { useWords } from '../words.ts';
import { Answer } from './answer.tsx';
import './changes.css';
import { isOffered } from './choices.ts';
import { declineDraft, iconOf, isForYou, isGoingOn, stateOf } from './state.ts';
import { Withdraw } from './withdraw.tsx';

/** One request: how it stands, what would change, who must still agree, what happened, and what this person may do. */
export function ChangeScreen({ at }: ScreenProps) {
  const { changes } = useWords();
  const { home, go } = useDeal();
  const change = home.changes.find(({ id }) => id === at.id);
  if (change === undefined)
    return (
      <Screen title={changes.gone} lead={changes.goneText}>
        <button type="button" className="btn" onClick={() => go({ screen: 'changes' })}>
          {changes.showAll}
        </button>
      </Screen>
    );
  return <Change change={change} />;
}

function Change({ change }: { readonly change: OwnChange }) {
  const words = useWords();
  const { home, refresh } = useDeal();
  const { changes, locale } = words;
  const draft = declineDraft(change);
  const act = useAct('answer-change', change.id, draft);
  const isRefused = act.state.at === 'refused';
  useEffect(() => {
    // Somebody else may have answered: how it stands now is shown beside what the portal said.
    if (isRefused) void refresh();
  }, [isRefused, refresh]);
  const isDone = act.state.at === 'done';
  useEffect(() => {
    if (isDone) dropDraft(draft);
  }, [isDone, draft]);
  const asked = change.askedAt === null ? '' : plainDay(dayOf(change.askedAt), home.today, locale);
  const askedBy = change.askedBy === home.person.name ? changes.you : change.askedBy;
  return (
    <Screen title={changes.titles[change.kind]} lead={changes.askedBy(askedBy, asked)}>
      <p className="state" role="status">
        <Icon {...iconOf(change)} />
        <span>{stateOf(change, words)}</span>
      </p>
      <section aria-labelledby="what">
        <h2 id="what">{change.state === 'executed' ? changes.whatDone : changes.what}</h2>
        {change.terms.length === 0 ? (
          <p className="t2">{changes.whatHidden}</p>
        ) : (
          <ul className="terms">
            {change.terms.map((term) => (
              <li key={term}>{term}</li>
            ))}
          </ul>
        )}
        {change.isPartOnly && <p className="t2">{changes.whatPart}</p>}
      </section>
      {change.reason !== '' && (
        <section aria-labelledby="why">
          <h2 id="why">{changes.why}</h2>
          <p>{change.reason}</p>
        </section>
      )}
      {!home.isPreview && change.approveAs !== null && isForYou(change) && (
        <Answer change={change} as={change.approveAs} act={act} />
      )}
      {/* Also when somebody else was quicker, and there is nothing to answer any more. */}
      <ActLine act={act} done={changes.answered} />
      {isGoingOn(change) && change.waitsFor.length > 0 && (
        <section aria-labelledby="waits">
          <h2 id="waits">{changes.waits}</h2>
          <ul className="waits">
            {change.waitsFor.map((who) => (
              <li key={who}>
                <Icon name="waiting" tone="waiting" /> {changes.waiting(who, home.person.name)}
              </li>
            ))}
          </ul>
        </section>
      )}
      {!home.isPreview && change.mayWithdraw && <Withdraw change={change} />}
      {!home.isPreview && change.state === 'expired' && <AskAgain kind={change.kind} />}
      {/* The first line says that it was drafted, the next that it was asked: once it is asked, that says it all. */}
      <Log log={change.state === 'draft' ? change.log : change.log.slice(change.log.length > 1 ? 1 : 0)} />
    </Screen>
  );
}

/** Its time is over, and the same may be asked for once more where this person may ask for such a change. */
function AskAgain({ kind }: Pick<OwnChange, 'kind'>) {
  const { changes } = useWords();
  const { home, go } = useDeal();
  const choice = kind === 'option-extension' ? 'contingency-extension' : kind;
  if (!isOffered(choice, home.askable)) return null;
  return (
    <button type="button" className="btn go" onClick={() => go({ screen: 'ask-change', id: choice })}>
      {changes.askAgain}
    </button>
  );
}

function Log({ log }: Pick<OwnChange, 'log'>) {
  const { changes, locale } = useWords();
  const { today } = useDeal().home;
  if (log.length === 0) return null;
  return (
    <section aria-labelledby="log">
      <h2 id="log">{changes.log}</h2>
      <ol className="log">
        {log.map((line) => (
          <li key={`${line.at} ${line.what}`}>
            <time dateTime={line.at} className="t2">
              {plainDay(dayOf(line.at), today, locale)}
            </time>
            <p>{changes.logLine(line.who, line.what)}</p>
          </li>
        ))}
      </ol>
    </section>
  );
}
