import { useEffect, useState } from 'react';
import type { ChangeView } from '../../../electron/contract/portal-views.ts';
import type { DealView } from '../../../electron/contract/values.ts';
import { asCallError } from '../../data/api.ts';
import { rowToShow, useChanges } from '../../data/portal-views.ts';
import { useToday } from '../../data/queries.ts';
import { useSession } from '../../data/session.tsx';
import { Middle, Problem, Waiting } from '../../ui/calm.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Kbd, useKeys } from '../../ui/keys.tsx';
import { PickList } from '../../ui/pick-list.tsx';
import { Split, useIsNarrow } from '../../ui/split.tsx';
import { useStore } from '../../ui/store.ts';
import task from '../deal/task.module.css';
import { Back } from '../deal/tasks-tab.tsx';
import { AskChangeDialog } from './ask-dialog.tsx';
import { ChangePane } from './change-pane.tsx';
import { ChangeRow, GroupHead, isLive } from './change-row.tsx';

const keyOf = (change: ChangeView) => change.id;

/** What people ask to change: where each request stands, what it would do, and what is to be done about it. */
export function ChangesTab(props: { readonly deal: DealView }) {
  const { deal } = props;
  const changes = useChanges(deal.id);
  if (changes.isError)
    return (
      <Problem
        says="Closeboard could not read this."
        detail={asCallError(changes.error).message}
        onAgain={() => void changes.refetch()}
      />
    );
  if (changes.data === undefined) return <Waiting says="Reading the requests" />;
  return <Requests deal={deal} changes={changes.data} />;
}

function Requests(props: { readonly deal: DealView; readonly changes: readonly ChangeView[] }) {
  const { deal, changes } = props;
  const today = useToday();
  const isNarrow = useIsNarrow();
  const [isReading, setReading] = useState(false);
  const [isAsking, setAsking] = useState(false);
  const [picked, setPicked] = usePicked(changes, setAsking);
  const selected = changes.find(({ id }) => id === picked) ?? null;
  const isOpen = deal.closedOn === null;
  const ask = () => isOpen && setAsking(true);
  useKeys({ a: ask, Escape: () => setReading(false) });
  const count = changes.filter(isLive).length;
  const list = (
    <>
      <div className={task.head}>
        <h2>Changes</h2>
        <span className="meta">{changes.length === 0 ? '' : count === 0 ? 'none open' : `${count} open`}</span>
        {isOpen && (
          <button type="button" className="btn sm push" onClick={ask}>
            <Icon name="plus" size="s" /> Ask for a change <Kbd>A</Kbd>
          </button>
        )}
      </div>
      {changes.length === 0 ? (
        <Middle>
          <p className="t2">Nobody has asked for a change.</p>
          <p className="meta">
            Terms move only with the document that everybody signed. Ask here, or let your client ask from their page.
          </p>
        </Middle>
      ) : (
        <PickList
          label="Requests for change"
          rows={changes}
          keyOf={keyOf}
          groupOf={(change) => ({
            id: isLive(change) ? 'open' : 'ended',
            head: <GroupHead change={change} of={changes} />,
          })}
          selected={picked}
          onSelect={setPicked}
          keys={isNarrow && !isReading ? { Enter: () => setReading(true) } : {}}
        >
          {(change, isSelected) => <ChangeRow change={change} today={today} isSelected={isSelected} />}
        </PickList>
      )}
    </>
  );
  return (
    <>
      <Split
        isReading={isReading}
        list={list}
        onBack={() => setReading(false)}
        pane={
          selected && (
            <ChangePane
              key={selected.id}
              deal={deal}
              change={selected}
              onPick={setPicked}
              place={<Back onBack={() => setReading(false)} />}
            />
          )
        }
      />
      {isAsking && <AskChangeDialog deal={deal} onAsked={setPicked} onClose={() => setAsking(false)} />}
    </>
  );
}

/** The picked request: the one that a notice or another screen asked for, else the first. */
function usePicked(changes: readonly ChangeView[], onNew: (isNew: boolean) => void) {
  const wanted = rowToShow(useSession(), 'changes');
  const show = useStore(wanted);
  const [picked, setPicked] = useState<string | null>(null);
  useEffect(() => {
    if (show === null) return;
    wanted.set(null);
    if ('id' in show) setPicked(show.id);
    else onNew(true);
  }, [show, wanted, onNew]);
  const isThere = changes.some(({ id }) => id === picked);
  return [isThere ? picked : (changes[0]?.id ?? null), setPicked] as const;
}
