import { useEffect, useMemo, useRef, useState } from 'react';
import type { Cut, InboxItem, InboxView } from '../../../electron/contract/papers.ts';
import { asCallError, call } from '../../data/api.ts';
import { itemToShow, useInboxActs, useUndoAny } from '../../data/inbox.ts';
import { endOfJob, tellEnd } from '../../data/jobs.ts';
import { type Session, useSession } from '../../data/session.tsx';
import { useStore } from '../../ui/store.ts';
import { filingOf, whyNotYet } from './draft.ts';
import type { HeldVerdict } from './held.tsx';
import { isUndoable } from './list-lines.tsx';
import { firstRow, type InboxRow, isWaiting, nextAfter, rowsOf } from './order.ts';
import { useDrafts } from './use-drafts.ts';

export type Question =
  | { readonly kind: 'deal' | 'line' | 'change' | 'split' }
  | { readonly kind: 'held'; readonly asked: HeldVerdict };

/** The inbox as one works through it: what is selected, what it would become, and what can be done with it. */
export function useDesk(view: InboxView) {
  const rows = useMemo(() => rowsOf(view), [view]);
  const [picked, setPicked] = useState<string | null>(() => firstRow(rows));
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [question, ask] = useState<Question | null>(null);
  const [refused, setRefused] = useState<{ readonly id: string; readonly sentence: string } | null>(null);
  const [filing, setFiling] = useState<string | null>(null);
  const [focusTurn, setFocusTurn] = useState(0);
  const [joinRefusal, setJoinRefusal] = useState<string | null>(null);
  const [asked, setAsked] = useState<{ readonly id: string; readonly page: number } | null>(null);
  const [splitting, setSplitting] = useState<{ readonly id: string; readonly before: ReadonlySet<string> } | null>(
    null,
  );
  const busy = useRef(new Set<string>());
  const acts = useInboxActs();
  const undoAny = useUndoAny();
  const session = useSession();
  const shown = useStore(itemToShow(session));
  // What was selected may have left the list: then the first that waits stands in for it.
  const row = rows.find(({ item }) => item.id === picked) ?? rows.find(({ item }) => item.id === firstRow(rows));
  const item = row?.item;
  const drafts = useDrafts(item);
  // And stays: it would be another one with each file that comes in above it.
  const standsIn = item !== undefined && item.id !== picked ? item.id : null;
  useEffect(() => {
    if (standsIn !== null) setPicked(standsIn);
  }, [standsIn]);

  // One that waits again comes up wherever it was taken back from: here, by Ctrl Z, or at the foot of the page.
  useEffect(() => {
    if (shown === null || !rows.some((one) => one.item.id === shown.id)) return;
    itemToShow(session).set(null);
    setPicked(shown.id);
    setFocusTurn((turn) => turn + 1);
  }, [shown, rows, session]);
  // The first part of a bundle comes up by itself, unless the person went on to something else.
  useEffect(() => {
    if (splitting === null) return;
    if (picked !== splitting.id) return setSplitting(null);
    const isPart = (one: InboxRow) => !splitting.before.has(one.item.id) && one.item.from.startsWith('Out of ');
    const part = rows.findLast((one) => isWaiting(one) && isPart(one));
    if (part === undefined) return;
    setSplitting(null);
    setPicked(part.item.id);
    setFocusTurn((turn) => turn + 1);
  }, [rows, splitting, picked]);

  function goOn(decided: readonly string[]): void {
    setPicked(nextAfter(rows, decided));
    setChosen(new Set());
    setFocusTurn((turn) => turn + 1);
  }

  /** One act on an item at a time; a refusal stays with it, a success goes on to the next. */
  async function act(id: string, work: () => Promise<string | null>): Promise<string | null> {
    if (busy.current.has(id)) return null;
    busy.current.add(id);
    setRefused(null);
    const sentence = await work();
    busy.current.delete(id);
    if (sentence === null) goOn([id]);
    else setRefused({ id, sentence });
    return sentence;
  }

  async function file(): Promise<void> {
    if (item?.state !== 'new' || drafts === null) return;
    const wanted = filingOf(item.id, drafts.draft);
    if (wanted === null) {
      if (whyNotYet(drafts.draft) !== null) ask({ kind: drafts.draft.deal === null ? 'deal' : 'line' });
      return;
    }
    setFiling(item.id);
    await act(item.id, () => acts.file(wanted));
    setFiling(null);
  }

  async function putAway(): Promise<void> {
    if (item === undefined || (item.state !== 'new' && item.state !== 'refused')) return;
    await act(item.id, () => acts.setAside(item.id, ''));
  }

  async function undo(which: InboxItem | undefined = item): Promise<void> {
    if (which?.canUndo) await acts.undo(which);
    else await undoAny();
    setFocusTurn((turn) => turn + 1);
  }

  async function join(): Promise<void> {
    const files = rows.flatMap((one) => (chosen.has(one.item.id) ? [one.item] : []));
    const inOrder = files.toSorted((a, b) => a.fileName.localeCompare(b.fileName, 'en', { numeric: true }));
    if (inOrder.length < 2) return;
    const sentence = await started(session, call('inbox:join-photos', { arrivalIds: inOrder.map(({ id }) => id) }));
    setJoinRefusal(sentence);
    if (sentence === null) setChosen(new Set());
  }

  async function split(cuts: readonly Cut[]): Promise<string | null> {
    if (item === undefined) return null;
    const sentence = await started(session, call('inbox:split', { arrivalId: item.id, cuts: [...cuts] }));
    if (sentence === null) setSplitting({ id: item.id, before: new Set(rows.map((one) => one.item.id)) });
    return sentence;
  }

  return {
    rows,
    row,
    item,
    drafts,
    chosen,
    question,
    joinRefusal,
    /** The page that a reason sent the person to. */
    asked,
    goTo: (page: number) => item && setAsked({ id: item.id, page }),
    focusTurn,
    refusal: refused !== null && refused.id === item?.id ? refused.sentence : null,
    isFiling: filing !== null && filing === item?.id,
    ask,
    select: setPicked,
    choose: setChosen,
    focusList: () => setFocusTurn((turn) => turn + 1),
    file,
    putAway,
    undo,
    undoAll: () => acts.undoAll(rows.filter(isUndoable).map((one) => one.item)),
    join,
    split,
    judge: ({ item: held, verdict }: HeldVerdict, words: string) =>
      act(held.id, () => acts.judge(held.id, verdict, words)),
    givePassword: (password: string) =>
      item === undefined ? Promise.resolve(null) : acts.givePassword(item.id, password),
    takeDeal: async (dealId: string) => {
      ask(null);
      const sentence = (await drafts?.takeDeal(dealId)) ?? null;
      setRefused(sentence === null || item === undefined ? null : { id: item.id, sentence });
    },
  };
}

/** Gives back why it was not even started. How far it is, and how it ended, is said at the foot of the page. */
async function started(session: Session, asked: Promise<{ readonly jobId: string }>): Promise<string | null> {
  try {
    const { jobId } = await asked;
    void endOfJob(session, jobId).then((end) => tellEnd(session, end));
    return null;
  } catch (thrown) {
    return asCallError(thrown).message;
  }
}

export type Desk = ReturnType<typeof useDesk>;
