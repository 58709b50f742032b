import { useNavigate, useSearch } from '@tanstack/react-router';
import { type ReactNode, useRef, useState } from 'react';
import type { DealView, PersonView } from '../../../electron/contract/values.ts';
import { Middle } from '../../ui/calm.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Kbd, useKeys } from '../../ui/keys.tsx';
import { PickList } from '../../ui/pick-list.tsx';
import { Split } from '../../ui/split.tsx';
import { WhoSeesWhat } from '../access/access-list.tsx';
import styles from './people.module.css';
import { PersonForm, PersonRow } from './person-form.tsx';
import task from './task.module.css';

const keyOf = (person: PersonView) => person.id;
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

/** Who is on the deal; the selected one to call, change or take off. */
function People(props: { readonly deal: DealView; readonly views: ReactNode }) {
  const { deal } = props;
  const [picked, setPicked] = useState<string | null>(deal.people[0]?.id ?? null);
  const [isAdding, setAdding] = useState(false);
  const [isReading, setReading] = useState(false);
  const pane = useRef<HTMLDivElement>(null);
  const isOpen = deal.closedOn === null;
  const selected = deal.people.find((person) => person.id === picked) ?? null;
  function add(): void {
    if (!isOpen) return;
    setAdding(true);
    setReading(true);
  }
  function back(): void {
    setAdding(false);
    setReading(false);
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
      {deal.people.length === 0 ? (
        <Middle>
          <p className="t2">Nobody is on this deal yet.</p>
        </Middle>
      ) : (
        <PickList
          label="People"
          rows={deal.people}
          keyOf={keyOf}
          selected={picked}
          onSelect={(id) => {
            setPicked(id);
            setAdding(false);
          }}
          onEnter={() => {
            setReading(true);
            pane.current?.querySelector('input')?.focus();
          }}
        >
          {(person, isSelected) => <PersonRow person={person} isSelected={isSelected} />}
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
        setPicked(id);
        back();
      }}
      onBack={back}
    />
  ) : (
    selected && <PersonForm key={selected.id} deal={deal} person={selected} onDone={() => undefined} onBack={back} />
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
