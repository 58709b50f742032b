import { useNavigate, useSearch } from '@tanstack/react-router';
import { type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { ProposedView } from '../../../electron/contract/portal-rows.ts';
import type { DealView, PersonView } from '../../../electron/contract/values.ts';
import { toShow, usePortalRows } from '../../data/portal-rows.ts';
import { useSession } from '../../data/session.tsx';
import { Middle } from '../../ui/calm.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Kbd, useKeys } from '../../ui/keys.tsx';
import { PickList } from '../../ui/pick-list.tsx';
import { Split } from '../../ui/split.tsx';
import { useStore } from '../../ui/store.ts';
import { WhoSeesWhat } from '../access/access-list.tsx';
import styles from './people.module.css';
import { ProposalPane, ProposalRow } from './people-proposals.tsx';
import { Reach } from './people-reach.tsx';
import { PersonForm, PersonRow } from './person-form.tsx';
import task from './task.module.css';

/** The list holds those who are to be decided about, and those on the deal. */
type Row =
  | { readonly kind: 'proposal'; readonly proposal: ProposedView }
  | { readonly kind: 'person'; readonly person: PersonView };

const keyOf = (row: Row) => (row.kind === 'person' ? row.person.id : row.proposal.id);
const WANTED = { id: 'wanted', head: <b>Wanted on the deal</b> };
const THERE = { id: 'there', head: <b>On the deal</b> };
const NOBODY: PersonView = { id: '', name: '', role: 'client', company: '', email: '', phone: '' };

/** Who is on the deal, and what each of them sees of it. */
export function PeopleTab(props: { readonly deal: DealView }) {
  const { deal } = props;
  const isAccess = useSearch({ from: '/deals/$dealId' }).view === 'access';
  const navigate = useNavigate();
  const turn = (toAccess: boolean) =>
    void navigate({
      to: '/deals/$dealId',
      params: { dealId: deal.id },
      search: { tab: 'people', ...(toAccess ? { view: 'access' } : {}) },
    });
  useKeys({ v: () => turn(!isAccess) });
  const views = <Views isAccess={isAccess} onTurn={turn} />;
  return isAccess ? (
    <WhoSeesWhat deal={deal} head={<div className={task.head}>{views}</div>} />
  ) : (
    <People deal={deal} views={views} />
  );
}

function Views(props: { readonly isAccess: boolean; readonly onTurn: (toAccess: boolean) => void }) {
  return (
    <fieldset className={`plain ${styles.views}`} aria-label="People, or who sees what">
      <button type="button" aria-pressed={!props.isAccess} onClick={() => props.onTurn(false)}>
        People
      </button>
      <button type="button" aria-pressed={props.isAccess} onClick={() => props.onTurn(true)}>
        <Icon name="key" size="s" /> Who sees what <Kbd>V</Kbd>
      </button>
    </fieldset>
  );
}

/** Who is on the deal, and who is wanted on it; the selected one to call, let in, change, take on or off. */
function People(props: { readonly deal: DealView; readonly views: ReactNode }) {
  const { deal } = props;
  const rows = useRows(deal);
  const [picked, setPicked] = usePicked(rows);
  const [isAdding, setAdding] = useState(false);
  const [isReading, setReading] = useState(false);
  // Taken on in this window a moment ago: their link is offered at once.
  const [fresh, setFresh] = useState<string | null>(null);
  const pane = useRef<HTMLDivElement>(null);
  const isOpen = deal.closedOn === null;
  const selected = rows.find((row) => keyOf(row) === picked) ?? rows[0] ?? null;
  const hasWanted = rows[0]?.kind === 'proposal';
  const groupOf = useCallback((row: Row) => (row.kind === 'proposal' ? WANTED : THERE), []);
  function add(): void {
    if (!isOpen) return;
    setAdding(true);
    setReading(true);
  }
  function back(): void {
    setAdding(false);
    setReading(false);
  }
  function take(id: string): void {
    setPicked(id);
    setFresh(id);
  }
  useKeys({ a: add, Escape: back });
  const list = (
    <>
      <div className={task.head}>
        {props.views}
        {isOpen && (
          <button type="button" className="btn sm push" onClick={add}>
            <Icon name="plus" size="s" />
            Add a person <Kbd>A</Kbd>
          </button>
        )}
      </div>
      {rows.length === 0 ? (
        <Middle>
          <p className="t2">Nobody is on this deal yet.</p>
        </Middle>
      ) : (
        <PickList
          label="People"
          rows={rows}
          keyOf={keyOf}
          {...(hasWanted ? { groupOf } : {})}
          selected={selected === null ? null : keyOf(selected)}
          onSelect={(id) => {
            setPicked(id);
            setAdding(false);
          }}
          onEnter={() => {
            setReading(true);
            pane.current?.querySelector<HTMLElement>('input, button')?.focus();
          }}
        >
          {(row, isSelected) =>
            row.kind === 'person' ? (
              <PersonRow person={row.person} isSelected={isSelected} />
            ) : (
              <ProposalRow proposal={row.proposal} isSelected={isSelected} />
            )
          }
        </PickList>
      )}
    </>
  );
  const form = isAdding ? (
    <PersonForm
      key="new"
      deal={deal}
      person={NOBODY}
      onDone={(id) => {
        take(id);
        back();
      }}
      onBack={back}
    />
  ) : selected?.kind === 'proposal' ? (
    <ProposalPane key={selected.proposal.id} deal={deal} proposal={selected.proposal} onAccepted={take} onBack={back} />
  ) : (
    selected && (
      <>
        <PersonForm
          key={selected.person.id}
          deal={deal}
          person={selected.person}
          onDone={() => undefined}
          onBack={back}
        />
        <Reach
          key={`reach ${selected.person.id}`}
          deal={deal}
          person={selected.person}
          isFresh={fresh === selected.person.id}
        />
      </>
    )
  );
  return (
    <Split
      isReading={isReading}
      list={list}
      onBack={back}
      pane={
        <div ref={pane} className={task.pane}>
          {form}
        </div>
      }
    />
  );
}

function useRows(deal: DealView): readonly Row[] {
  const proposals = usePortalRows(deal.id)?.proposals;
  return useMemo(() => {
    const open = deal.closedOn === null ? (proposals ?? []).filter(({ state }) => state === 'open') : [];
    return [
      ...open.map((proposal): Row => ({ kind: 'proposal', proposal })),
      ...deal.people.map((person): Row => ({ kind: 'person', person })),
    ];
  }, [deal.closedOn, deal.people, proposals]);
}

/** Somebody who came to see one proposal or person finds it picked. */
function usePicked(rows: readonly Row[]) {
  const session = useSession();
  const store = toShow(session, 'proposal');
  const wanted = useStore(store);
  const [shown, show] = useState<string | null>(rows[0] === undefined ? null : keyOf(rows[0]));
  useEffect(() => {
    if (wanted === null) return;
    store.set(null);
    show(wanted);
  }, [store, wanted]);
  return [shown, show] as const;
}
