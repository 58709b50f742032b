import { type ReactNode, useState } from 'react';
import type { AttentionChoice, AttentionItem } from '../../../electron/contract/sync.ts';
import { useAnswerAttention } from '../../data/attention.ts';
import { useToday } from '../../data/queries.ts';
import { PLATE_KINDS, sideSays } from '../../data/words.ts';
import { Refusal } from '../../ui/calm.tsx';
import { fullInstant } from '../../ui/days.ts';
import { Icon } from '../../ui/icon.tsx';
import { Kbd, type KeyMap, useKeys } from '../../ui/keys.tsx';
import { Plate } from '../../ui/marks.tsx';
import styles from './attention.module.css';
import { KIND_FACES } from './attention-words.ts';
import { ConflictCard } from './conflict-card.tsx';

/** Answers the entry that is shown. */
export type Choose = (choice: AttentionChoice) => Promise<void>;

/** One thing that the portal sent back: what happened, what is still true, and what can be done. */
export function AttentionPane(props: {
  readonly item: AttentionItem;
  /** False once it is answered: its row stays until the hand moves on. */
  readonly isOpen: boolean;
  readonly place?: ReactNode;
  readonly onOpenDeal: () => void;
}) {
  const { item, isOpen } = props;
  const today = useToday();
  const answer = useAnswerAttention();
  const [wrong, setWrong] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const choose: Choose = async (choice) => {
    if (isBusy || !isOpen) return;
    setBusy(true);
    setWrong(await answer(item, choice));
    setBusy(false);
  };
  return (
    <section className={styles.pane} aria-label={item.title}>
      {props.place && <div className={styles.place}>{props.place}</div>}
      <p className={styles.deal}>
        {item.side !== null && (
          <Plate number={item.plate} kind={PLATE_KINDS[item.side]} says={sideSays(item.side)} size="m" />
        )}
        <bdi>{item.street}</bdi>
        <span className="t3">{fullInstant(item.at, today)}</span>
      </p>
      <h2>{item.title}</h2>
      <p className={styles.say}>{detailOf(item)}</p>
      {wrong && <Refusal says={wrong} />}
      {isOpen ? <Acts item={item} choose={choose} /> : <Answered />}
      <p>
        <button type="button" className="btn bare" onClick={props.onOpenDeal}>
          <Icon name="open" />
          Open the deal <Kbd>O</Kbd>
        </button>
      </p>
    </section>
  );
}

function detailOf(item: AttentionItem): string {
  const was = item.conflict?.was ?? '';
  return was === '' || item.detail.includes(was) ? item.detail : `${was} ${item.detail}`;
}

function Answered() {
  return (
    <p className={styles.answered} role="status">
      <Icon name="done" className="done" /> <span>Answered. Both stay in the activity of the deal.</span>
    </p>
  );
}

function Acts(props: { readonly item: AttentionItem; readonly choose: Choose }) {
  const { item, choose } = props;
  // Without its deal on this computer there is nothing left to choose, and its detail says so.
  if (item.conflict !== null && item.side !== null) return <ConflictCard conflict={item.conflict} choose={choose} />;
  return item.kind === 'overwrite' ? (
    <Overwritten item={item} choose={choose} />
  ) : (
    <SentBack item={item} choose={choose} />
  );
}

/** What was done and not taken by the portal; the words of it stay here until they are put away. */
function SentBack(props: { readonly item: AttentionItem; readonly choose: Choose }) {
  const { item, choose } = props;
  const canAgain = item.can.includes('again');
  const again = () => void choose({ keep: 'again' });
  const away = () => void choose({ keep: 'put-away' });
  useKeys({ x: away, ...(canAgain ? { r: again, Enter: again } : { Enter: away }) } satisfies KeyMap);
  return (
    <>
      {item.did !== '' && (
        <blockquote className={styles.did}>
          <p className="meta">You had done this</p>
          <p>{item.did}</p>
        </blockquote>
      )}
      <div className={styles.acts}>
        {canAgain && (
          <button type="button" className="btn go" onClick={again}>
            Do it again <Kbd>R</Kbd>
          </button>
        )}
        <button type="button" className="btn" onClick={away}>
          Put it away <Kbd>X</Kbd>
        </button>
      </div>
      <p className="meta">What was sent back stays in the activity, whichever you choose.</p>
    </>
  );
}

/** Words of a colleague that this person's words replaced unseen: both can be read, and theirs brought back. */
function Overwritten(props: { readonly item: AttentionItem; readonly choose: Choose }) {
  const { item, choose } = props;
  const restore = () => void choose({ keep: 'restore' });
  const leave = () => void choose({ keep: 'put-away' });
  const canRestore = item.can.includes('restore');
  useKeys({ x: leave, ...(canRestore ? { r: restore } : {}) } satisfies KeyMap);
  return (
    <>
      <dl className={styles.replaced}>
        {item.replaced.map((one) => (
          <div key={one.field} className={styles.pair}>
            <dt>{one.field}</dt>
            <dd>
              <span className="meta">Theirs, replaced</span>
              <p dir="auto">{one.theirs === '' ? <span className="t3">Nothing</span> : one.theirs}</p>
            </dd>
            <dd>
              <span className="meta">Yours, stands there now</span>
              <p dir="auto">{one.mine === '' ? <span className="t3">Nothing</span> : one.mine}</p>
            </dd>
          </div>
        ))}
      </dl>
      <div className={styles.acts}>
        {canRestore && (
          <button type="button" className="btn" onClick={restore}>
            <Icon name="undo" /> Restore theirs <Kbd>R</Kbd>
          </button>
        )}
        <button type="button" className="btn" onClick={leave}>
          Leave mine <Kbd>X</Kbd>
        </button>
      </div>
      <p className="meta">Both stay in the activity.</p>
    </>
  );
}

/** The words of a kind, for the eye at the head of its group and for the ear in each row. */
export function kindSays(item: AttentionItem): string {
  return KIND_FACES[item.kind].says;
}
