import { useCallback, useEffect, useState } from 'react';
import type { LineView } from '../../../electron/contract/papers.ts';
import type { DealView } from '../../../electron/contract/values.ts';
import { asCallError } from '../../data/api.ts';
import { lineToShow } from '../../data/papers.ts';
import { toShow } from '../../data/portal-rows.ts';
import { useLines, useToday } from '../../data/queries.ts';
import { useSession } from '../../data/session.tsx';
import { STAGE_TITLES } from '../../data/words.ts';
import { Middle, Problem, Refusal, Waiting } from '../../ui/calm.tsx';
import { AddFilesButton } from '../../ui/drop-zone.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Kbd, useKeys } from '../../ui/keys.tsx';
import { PickList } from '../../ui/pick-list.tsx';
import { ActMenu } from '../../ui/pick-menu.tsx';
import { useSpareFrame } from '../../ui/spare-frame.ts';
import { Split, useIsNarrow } from '../../ui/split.tsx';
import { useStore } from '../../ui/store.ts';
import styles from './documents.module.css';
import { type Asked, DocumentDialogs } from './documents-asked.tsx';
import { DocumentPane } from './documents-pane.tsx';
import { DocumentRow } from './documents-row.tsx';
import { FILTERS, type Filter, firstToDo, inStages, isIn, isSettledLine } from './documents-state.ts';
import { useTell } from './task-acts.ts';

const keyOf = (line: LineView) => line.id;

/** The document checklist by stage, and the selected document with its files. */
export function DocumentsTab(props: { readonly deal: DealView }) {
  const { deal } = props;
  const lines = useLines(deal.id);
  if (lines.isError)
    return (
      <Problem
        says="Closeboard could not read the documents."
        detail={asCallError(lines.error).message}
        onAgain={() => void lines.refetch()}
      />
    );
  if (lines.data === undefined) return <Waiting says="Reading the documents" />;
  return <Documents deal={deal} lines={inStages(lines.data)} />;
}

function Documents(props: { readonly deal: DealView; readonly lines: readonly LineView[] }) {
  const { deal, lines } = props;
  const today = useToday();
  useSpareFrame();
  const isNarrow = useIsNarrow();
  const [filter, setFilter] = useState<Filter>('all');
  const [picked, setPicked] = usePicked(lines, deal);
  const [asked, setAsked] = useState<Asked | null>(null);
  const [isReading, setReading] = useState(false);
  const shown = lines.filter((line) => isIn(filter, line));
  const selected = shown.find((line) => line.id === picked) ?? shown[0] ?? null;
  const isOpen = deal.closedOn === null;
  useWanted(deal, () => setAsked({ kind: 'request' }));
  const groupOf = useCallback(
    (line: LineView) => ({ id: line.stage, head: <StageHead lines={lines} stage={line.stage} /> }),
    [lines],
  );
  useKeys({
    q: () => isOpen && setAsked({ kind: 'request' }),
    a: () => isOpen && setAsked({ kind: 'add' }),
    p: () => setAsked({ kind: 'packet' }),
    Escape: () => setReading(false),
  });
  const list = (
    <>
      <Head deal={deal} lines={lines} onAsk={setAsked} />
      {lines.length > 0 && <Filters lines={lines} filter={filter} onFilter={setFilter} />}
      {lines.length === 0 ? (
        <NoLines deal={deal} onAdd={() => setAsked({ kind: 'add' })} />
      ) : shown.length === 0 ? (
        <Middle>
          <p className="t2">{NOTHING[filter]}</p>
        </Middle>
      ) : (
        <PickList
          label="Documents"
          rows={shown}
          keyOf={keyOf}
          groupOf={groupOf}
          selected={selected?.id ?? null}
          onSelect={setPicked}
          {...(isNarrow && !isReading ? { keys: { Enter: () => setReading(true) } } : {})}
        >
          {(line, isSelected) => <DocumentRow deal={deal} line={line} today={today} isSelected={isSelected} />}
        </PickList>
      )}
    </>
  );
  const pane = selected && (
    <DocumentPane
      key={selected.id}
      deal={deal}
      line={selected}
      isQuiet={isNarrow && !isReading}
      onAsk={setAsked}
      onBack={() => setReading(false)}
    />
  );
  return (
    <>
      <Split isReading={isReading} list={list} pane={pane} onBack={() => setReading(false)} />
      {asked && (
        <DocumentDialogs
          deal={deal}
          lines={lines}
          shown={shown}
          asked={asked}
          onAsk={setAsked}
          onPick={setPicked}
          onClose={() => setAsked(null)}
        />
      )}
    </>
  );
}

/** The picked document; somebody who came to see one finds it picked. */
function usePicked(lines: readonly LineView[], deal: DealView) {
  const store = lineToShow(useSession());
  const wanted = useStore(store);
  const [picked, setPicked] = useState<string | null>(() => wanted ?? firstToDo(lines, deal.stage)?.id ?? null);
  useEffect(() => {
    if (wanted === null) return;
    setPicked(wanted);
    store.set(null);
  }, [store, wanted]);
  return [picked, setPicked] as const;
}

/** Somebody who chose it in the palette finds the dialog open. */
function useWanted(deal: DealView, onWanted: () => void): void {
  const store = toShow(useSession(), 'request');
  const wanted = useStore(store);
  useEffect(() => {
    if (wanted !== deal.id) return;
    store.set(null);
    if (deal.closedOn === null) onWanted();
  });
}

function Head(props: {
  readonly deal: DealView;
  readonly lines: readonly LineView[];
  readonly onAsk: (asked: Asked) => void;
}) {
  const { deal, lines, onAsk } = props;
  const approved = lines.filter((line) => line.state === 'approved').length;
  const add = { id: 'add', title: 'Add a document to the list…', icon: 'plus', onPick: () => onAsk({ kind: 'add' }) };
  const menu = [
    ...(deal.closedOn === null ? [add] : []),
    { id: 'packet', title: 'Closing packet…', icon: 'db', onPick: () => onAsk({ kind: 'packet' }) },
    { id: 'checklist', title: 'Checklist as PDF', icon: 'file', onPick: () => onAsk({ kind: 'checklist' }) },
    { id: 'merge', title: 'Make one file of several…', icon: 'templates', onPick: () => onAsk({ kind: 'merge' }) },
    { id: 'folder', title: 'Deal folder', icon: 'open', onPick: () => onAsk({ kind: 'folder' }) },
  ];
  return (
    <div className={styles.head}>
      <h2>Documents</h2>
      <span className={`meta nb ${styles.count}`}>
        {approved} of {lines.length} approved
      </span>
      <span className="push" />
      {deal.closedOn === null && (
        <>
          <AddFilesButton place={{ dealId: deal.id, name: dealName(deal) }} />
          <button type="button" className="btn sm" onClick={() => onAsk({ kind: 'request' })}>
            <Icon name="plus" size="s" />
            Ask for a document <Kbd>Q</Kbd>
          </button>
        </>
      )}
      <ActMenu label="More for the documents" acts={menu} />
    </div>
  );
}

export function dealName(deal: DealView): string {
  return deal.street === '' ? deal.streetName : `${deal.plate} ${deal.streetName}`;
}

const FILTER_WORDS: Readonly<Record<Filter, string>> = {
  all: 'All',
  missing: 'Missing',
  'to-review': 'To review',
  approved: 'Approved',
};
const NOTHING: Readonly<Record<Filter, string>> = {
  all: 'No documents yet.',
  missing: 'Nothing is missing.',
  'to-review': 'Nothing waits for a review.',
  approved: 'Nothing is approved yet.',
};

function Filters(props: {
  readonly lines: readonly LineView[];
  readonly filter: Filter;
  readonly onFilter: (filter: Filter) => void;
}) {
  return (
    <fieldset className={styles.filters}>
      <legend className="vh">Show</legend>
      {FILTERS.map((filter) => (
        <button
          key={filter}
          type="button"
          className="btn sm"
          aria-pressed={filter === props.filter}
          onClick={() => props.onFilter(filter)}
        >
          {FILTER_WORDS[filter]} <span>{props.lines.filter((line) => isIn(filter, line)).length}</span>
        </button>
      ))}
    </fieldset>
  );
}

function StageHead(props: { readonly lines: readonly LineView[]; readonly stage: LineView['stage'] }) {
  const all = props.lines.filter((line) => line.stage === props.stage);
  return (
    <>
      <span>{STAGE_TITLES[props.stage]}</span>
      <span className="t3">
        {all.filter(isSettledLine).length} of {all.length}
      </span>
    </>
  );
}

/** A deal that was opened before documents had lines. */
function NoLines(props: { readonly deal: DealView; readonly onAdd: () => void }) {
  const { deal } = props;
  const tell = useTell(deal.id);
  const [wrong, setWrong] = useState<string | null>(null);
  if (deal.closedOn !== null)
    return (
      <Middle>
        <p className="t2">No documents were listed on this deal.</p>
      </Middle>
    );
  return (
    <Middle>
      <h2>No documents are listed here yet</h2>
      <p className="t2">
        The checklist that this deal began with names them, and who sends each. Add your own at any time.
      </p>
      <button type="button" className="btn go" onClick={async () => setWrong(await tell('addChecklistLines', {}))}>
        Add the checklist's documents
      </button>
      <button type="button" className="btn bare" onClick={props.onAdd}>
        Add one document
      </button>
      {wrong && <Refusal says={wrong} />}
    </Middle>
  );
}
