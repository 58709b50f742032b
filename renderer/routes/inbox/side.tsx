import { type ReactNode, type Ref, useEffect, useRef, useState } from 'react';
import type { PlainDate } from '../../../core/deadlines/plain-date.ts';
import type { InboxView } from '../../../electron/contract/papers.ts';
import { counted } from '../../data/words.ts';
import { Refusal } from '../../ui/calm.tsx';
import { Icon } from '../../ui/icon.tsx';
import { DecidedPane } from './decided-pane.tsx';
import { HeldPane } from './held.tsx';
import styles from './inbox.module.css';
import { Preview } from './preview.tsx';
import { ProposalPane } from './proposal-pane.tsx';
import type { Desk } from './use-desk.ts';
import { useSettled } from './use-settled.ts';

export type FoldTab = 'where' | 'file';

interface PreviewProps {
  readonly desk: Desk;
  readonly boxRef: Ref<HTMLElement>;
  readonly isBeside: boolean;
  readonly onBeside: (isBeside: boolean) => void;
  readonly onSplit: (() => void) | null;
}

/** The file and what is asked about it: two columns, or one under tabs where there is no room for both. */
export function Folded(props: {
  readonly tabs: ReactNode;
  readonly preview: PreviewProps | false;
  readonly side: ReactNode;
}) {
  return (
    <div className={styles.pane}>
      {props.tabs}
      {props.preview && <PreviewOf {...props.preview} />}
      {props.side}
    </div>
  );
}

function PreviewOf({ desk, ...props }: PreviewProps) {
  const { item, drafts } = desk;
  const { page, turned, onTurned } = usePages(desk);
  const isSettled = useSettled(item?.id ?? '');
  if (item === undefined || drafts === null) return null;
  const proposal = item.state === 'new' || item.filed?.byRule ? drafts.proposal : null;
  return (
    <Preview
      key={item.id}
      {...props}
      item={item.state === 'new' ? { ...item, previous: drafts.previous } : { ...item, previous: null }}
      reasons={proposal?.reasons ?? []}
      isSettled={isSettled}
      page={page}
      turned={turned}
      onTurned={onTurned}
      onPassword={desk.givePassword}
    />
  );
}

/** The page that a reason sent the person to, and the one they turned to since. */
function usePages(desk: Desk) {
  const id = desk.item?.id ?? '';
  const [wanted, setWanted] = useState({ id, page: 1 });
  const [turned, setTurned] = useState({ id, page: 1 });
  const latest = useRef(turned);
  latest.current = turned;
  const { asked } = desk;
  useEffect(() => {
    if (asked === null) return;
    // The same page may be asked for again after turning away from it: the paper goes only where it was not sent last.
    if (latest.current.id === asked.id) setWanted(latest.current);
    const frame = requestAnimationFrame(() => setWanted(asked));
    return () => cancelAnimationFrame(frame);
  }, [asked]);
  return {
    page: wanted.id === id ? wanted.page : 1,
    turned: turned.id === id ? turned.page : 1,
    onTurned: (page: number) => setTurned({ id, page }),
  };
}

/** The right column: the proposal of what waits, whom to call for what is held, where the rest went. */
export function Side(props: {
  readonly desk: Desk;
  readonly today: PlainDate;
  readonly boxRef: Ref<HTMLElement>;
  /** Where columns are folded, a proof is under the other tab. */
  readonly onShowFile: () => void;
}) {
  const { desk, today } = props;
  return (
    <section ref={props.boxRef} className={styles.side} aria-label="Proposal" tabIndex={-1}>
      <SideOf desk={desk} today={today} onShowFile={props.onShowFile} />
    </section>
  );
}

function SideOf({
  desk,
  today,
  onShowFile,
}: {
  readonly desk: Desk;
  readonly today: PlainDate;
  readonly onShowFile: () => void;
}) {
  const { item, drafts } = desk;
  if (item === undefined || drafts === null) return null;
  const goTo = (page: number) => {
    desk.goTo(page);
    onShowFile();
  };
  if (item.state === 'held')
    return <HeldPane item={item} today={today} onVerdict={(asked) => desk.ask({ kind: 'held', asked })} />;
  if (item.state !== 'new')
    return (
      <DecidedPane
        item={item}
        today={today}
        refusal={desk.refusal}
        onUndo={() => void desk.undo(item)}
        onPutAway={() => void desk.putAway()}
        onPage={goTo}
      />
    );
  return (
    <ProposalPane
      item={item}
      draft={drafts.draft}
      proposal={drafts.proposal}
      today={today}
      refusal={desk.refusal}
      isFiling={desk.isFiling}
      onFile={() => void desk.file()}
      onChange={() => desk.ask({ kind: 'change' })}
      onDeal={() => desk.ask({ kind: 'deal' })}
      onLine={() => desk.ask({ kind: drafts.draft.deal ? 'line' : 'deal' })}
      onOtherDeal={(deal) => void desk.takeDeal(deal.dealId)}
      onNotOurs={() => void desk.putAway()}
      onPage={goTo}
    />
  );
}

export function SideTabs(props: {
  readonly tab: FoldTab;
  readonly onTab: (tab: FoldTab) => void;
  readonly onBack: (() => void) | null;
  /** What stands under the first tab. */
  readonly words?: string;
  /** What can be done while the file is looked at. */
  readonly children?: ReactNode;
}) {
  const { tab, onTab, onBack, words = 'Where it goes' } = props;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset draws its own frame
    <div className={styles.tabs} role="group" aria-label="What to show here">
      {onBack !== null && (
        <button type="button" className="btn bare sm" onClick={onBack}>
          <Icon name="left" size="s" /> Files
        </button>
      )}
      <span className={styles.seg}>
        <button type="button" aria-pressed={tab === 'where'} onClick={() => onTab('where')}>
          {words}
        </button>
        <button type="button" aria-pressed={tab === 'file'} onClick={() => onTab('file')}>
          The file
        </button>
      </span>
      {props.children}
    </div>
  );
}

/** Between the head and the list: files chosen together, and that there are more than are shown. */
export function ListStrip(props: { readonly desk: Desk; readonly view: InboxView }) {
  const { desk, view } = props;
  const shown =
    view.held.length + view.reading.length + view.toConfirm.length + view.noIdea.length + view.refused.length;
  return (
    <>
      {desk.chosen.size > 1 && (
        <div className={styles.strip} role="status">
          <span>{desk.chosen.size} files chosen.</span>
          <button type="button" className="btn sm" onClick={() => void desk.join()}>
            Make one file
          </button>
          <button type="button" className="btn bare sm" onClick={() => desk.choose(new Set())}>
            Leave them
          </button>
        </div>
      )}
      {desk.joinRefusal && <Refusal says={desk.joinRefusal} />}
      {view.open > shown && (
        <p className={styles.strip}>
          The newest {counted(shown, 'file')} of {view.open.toLocaleString('en-US')} stand here. The others come up as
          these are done.
        </p>
      )}
    </>
  );
}
