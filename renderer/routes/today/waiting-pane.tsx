import { useState } from 'react';
import type { TodayAbout, TodayItem } from '../../../electron/contract/values.ts';
import { useThreads } from '../../data/portal-views.ts';
import { useDeal, useToday } from '../../data/queries.ts';
import { Refusal } from '../../ui/calm.tsx';
import { fullInstant } from '../../ui/days.ts';
import { Icon } from '../../ui/icon.tsx';
import { Kbd, useKeys } from '../../ui/keys.tsx';
import { Mark } from '../../ui/marks.tsx';
import task from '../deal/task.module.css';
import { useTell } from '../deal/task-acts.ts';
import { Reply } from '../messages/thread-pane.tsx';
import { useOpenWaiting } from './open-waiting.ts';
import styles from './today.module.css';
import { DealLine, Place, type Props } from './today-pane.tsx';

/** Somebody who waits for the team: what they said or asked, and the way to answer. A message is answered here. */
export function WaitingPane(props: Props & { readonly about: TodayAbout }) {
  const { item, about } = props;
  const today = useToday();
  const open = useOpenWaiting();
  const go = () => open(item.dealId, about);
  const isMessage = about.kind === 'messages';
  useKeys({ Enter: () => !isMessage && go() });
  return (
    <article className={task.pane} aria-label="Selected thing">
      <header>
        <div className={task.line}>
          <Mark state={item.state} isBoxed>
            {isMessage ? 'Waits for an answer' : item.state === 'review' ? 'To review' : 'Waits for you'}
          </Mark>
          <span className="meta">
            since {fullInstant(about.since, today).replace(/^[TY]/, (letter) => letter.toLowerCase())}
          </span>
          <Place {...props} />
        </div>
        <h2 dir="auto">{item.title}</h2>
        <DealLine {...props} />
      </header>
      {isMessage ? (
        <Message item={item} about={about} onThread={go} onOpenDeal={props.onOpen} />
      ) : (
        <>
          <p className={task.say}>
            {about.kind !== 'lead' && (
              <>
                <bdi>{about.who}</bdi> asked for this.{' '}
              </>
            )}
            {about.says}
          </p>
          <div className={task.acts}>
            <button type="button" className="btn go" onClick={go}>
              <Icon name="right" /> {about.verb} <Kbd>Enter</Kbd>
            </button>
            <OpenDeal onOpen={props.onOpen} />
          </div>
        </>
      )}
    </article>
  );
}

function Message(props: {
  readonly item: TodayItem;
  readonly about: TodayAbout;
  readonly onThread: () => void;
  readonly onOpenDeal: () => void;
}) {
  const { item, about } = props;
  const deal = useDeal(item.dealId).data;
  const thread = useThreads(item.dealId).data?.find(({ personId }) => personId === about.id);
  const tell = useTell(item.dealId);
  const [wrong, setWrong] = useState<string | null>(null);
  const settle = async () => setWrong(await tell('settleMessages', { personId: about.id }));
  useKeys({ x: () => void settle() });
  return (
    <>
      <blockquote className={styles.quote} dir="auto">
        {about.says}
      </blockquote>
      {wrong !== null && <Refusal says={wrong} />}
      {deal && thread && deal.closedOn === null && (
        <div className={styles.reply}>
          <Reply deal={deal} thread={thread} />
        </div>
      )}
      <div className={task.acts}>
        <button type="button" className="btn" onClick={props.onThread}>
          The whole conversation
        </button>
        <button type="button" className="btn" onClick={() => void settle()}>
          <Icon name="check" /> Needs no answer <Kbd>X</Kbd>
        </button>
        <OpenDeal onOpen={props.onOpenDeal} />
      </div>
    </>
  );
}

function OpenDeal(props: { readonly onOpen: () => void }) {
  return (
    <button type="button" className="btn bare" onClick={props.onOpen}>
      <Icon name="open" /> Open the deal <Kbd>O</Kbd>
    </button>
  );
}
