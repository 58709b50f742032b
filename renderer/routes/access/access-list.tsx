import { type ReactNode, useEffect, useState } from 'react';
import type { AccessEntry, AccessView } from '../../../electron/contract/sync.ts';
import type { DealView } from '../../../electron/contract/values.ts';
import { useAccess } from '../../data/access.ts';
import { asCallError } from '../../data/api.ts';
import { toShow } from '../../data/portal-rows.ts';
import { useSession } from '../../data/session.tsx';
import { Middle, Problem, Waiting } from '../../ui/calm.tsx';
import { cx } from '../../ui/cx.ts';
import { Icon } from '../../ui/icon.tsx';
import { useKeys } from '../../ui/keys.tsx';
import { Avatar } from '../../ui/marks.tsx';
import { PickList } from '../../ui/pick-list.tsx';
import { Split, useIsNarrow } from '../../ui/split.tsx';
import { useStore } from '../../ui/store.ts';
import people from '../deal/people.module.css';
import task from '../deal/task.module.css';
import { Back } from '../deal/tasks-tab.tsx';
import styles from './access.module.css';
import { AccessPane, SAMPLE } from './access-pane.tsx';
import { openLink, roleText } from './words.ts';

/** Who sees what of the deal: the people on it, then the team. Without an answer, why there is none. */
export function WhoSeesWhat(props: { readonly deal: DealView; readonly head: ReactNode }) {
  const access = useAccess(props.deal.id);
  if (access.isError)
    return (
      <Framed head={props.head}>
        <Problem
          says="Closeboard could not read this."
          detail={asCallError(access.error).message}
          onAgain={() => void access.refetch()}
        />
      </Framed>
    );
  if (access.data === undefined)
    return (
      <Framed head={props.head}>
        <Waiting says="Asking the portal who sees what" />
      </Framed>
    );
  if (access.data.kind === 'no')
    return (
      <Framed head={props.head}>
        <NoAnswer
          sentence={props.deal.isSample ? SAMPLE : access.data.sentence}
          isOffline={access.data.type === 'offline'}
          isBusy={access.isFetching}
          onAgain={() => void access.refetch()}
        />
      </Framed>
    );
  return <Entries {...props} view={access.data.value} />;
}

function Framed(props: { readonly head: ReactNode; readonly children: ReactNode }) {
  return (
    <div className={styles.framed}>
      {props.head}
      <div>{props.children}</div>
    </div>
  );
}

/** Never an empty list: that would look as if nobody had access. */
function NoAnswer(props: {
  readonly sentence: string;
  readonly isOffline: boolean;
  readonly isBusy: boolean;
  readonly onAgain: () => void;
}) {
  return (
    <Middle>
      <Icon name={props.isOffline ? 'offline' : 'lock'} size="l" />
      <p role="status">{props.sentence}</p>
      {props.isOffline && (
        <>
          <p className="t2">Who sees what is kept on the portal, and shown when it answers.</p>
          <button type="button" className="btn" onClick={props.onAgain}>
            {props.isBusy ? 'Asking again' : 'Try again'}
          </button>
        </>
      )}
    </Middle>
  );
}

const keyOf = (entry: AccessEntry) => `${entry.kind}:${entry.id}`;
const groupOf = (entry: AccessEntry) => ({
  id: entry.kind,
  head: <b>{entry.kind === 'person' ? 'On the deal' : 'Your team'}</b>,
});

function Entries(props: { readonly deal: DealView; readonly head: ReactNode; readonly view: AccessView }) {
  const { view, deal } = props;
  const entries = [...view.entries].sort((one, other) => rank(one) - rank(other));
  const [picked, setPicked] = usePicked(entries);
  const [isReading, setReading] = useState(false);
  const isNarrow = useIsNarrow();
  const selected = entries.find((entry) => keyOf(entry) === picked) ?? entries[0];
  useKeys({ Escape: () => setReading(false) });
  const list = (
    <>
      {props.head}
      <Notice view={view} deal={deal} />
      {entries.length === 0 ? (
        <Middle>
          <p className="t2">Nobody is on this deal yet.</p>
        </Middle>
      ) : (
        <PickList
          label="Who sees what"
          rows={entries}
          keyOf={keyOf}
          groupOf={groupOf}
          selected={selected ? keyOf(selected) : null}
          onSelect={setPicked}
          keys={isNarrow && !isReading ? { Enter: () => setReading(true) } : {}}
        >
          {(entry, isSelected) => <EntryRow entry={entry} isSelected={isSelected} />}
        </PickList>
      )}
    </>
  );
  return (
    <Split
      isReading={isReading}
      list={list}
      onBack={() => setReading(false)}
      pane={
        selected && (
          <div className={task.pane}>
            <Back onBack={() => setReading(false)} />
            <AccessPane key={keyOf(selected)} deal={deal} view={view} entry={selected} />
          </div>
        )
      }
    />
  );
}

/** Somebody who came to see one person finds them picked. */
function usePicked(entries: readonly AccessEntry[]) {
  const store = toShow(useSession(), 'person');
  const wanted = useStore(store);
  const [shown, show] = useState<string | null>(null);
  useEffect(() => {
    if (wanted === null) return;
    store.set(null);
    const entry = entries.find(({ id }) => id === wanted);
    if (entry !== undefined) show(keyOf(entry));
  }, [store, wanted, entries]);
  return [shown, show] as const;
}

function rank(entry: AccessEntry): number {
  return entry.kind === 'person' ? 0 : 1;
}

function Notice(props: { readonly view: AccessView; readonly deal: DealView }) {
  if (props.deal.isSample) return <p className={`meta ${styles.notice}`}>{SAMPLE}</p>;
  if (props.view.isShared) return null;
  return (
    <p className={`meta ${styles.notice}`}>
      The portal in use runs on this computer: its links open here only, and nobody else can reach them.
    </p>
  );
}

function EntryRow(props: { readonly entry: AccessEntry; readonly isSelected: boolean }) {
  const { entry } = props;
  const link = openLink(entry);
  return (
    <div className={cx(people.row, props.isSelected && people.bold)}>
      <Avatar name={entry.name} />
      <div>
        <p>
          <b>
            <bdi>{entry.name}</bdi>
          </b>
          {`, ${roleText(entry).toLowerCase()}`}
        </p>
        <small>{entry.short}</small>
      </div>
      {link ? (
        <span className="meta nb">
          <Icon name="link" size="s" /> link
        </span>
      ) : (
        <span />
      )}
    </div>
  );
}
