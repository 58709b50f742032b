import { useNavigate } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { mayLackAddress } from '../../../core/checklists/workflow-days.ts';
import { countText } from '../../../core/deadlines/day-text.ts';
import type { NewDatesReply } from '../../../electron/contract/impact.ts';
import { nowInstant } from '../../data/clock.ts';
import { useRun } from '../../data/commands.ts';
import { newId } from '../../data/ids.ts';
import { useToday, useWorkspace } from '../../data/queries.ts';
import { Refusal } from '../../ui/calm.tsx';
import { Dialog, DialogFoot } from '../../ui/dialog.tsx';
import { Kbd } from '../../ui/keys.tsx';
import { DatesPart, useNewDates } from './dates-part.tsx';
import { argsOf, type Draft, emptyDraft, formOf, isTouched, problemsOf, workflowOfDraft } from './draft.ts';
import styles from './new-deal.module.css';
import { AddressPart, DaysPart, DealPart, FactsPart, PeoplePart } from './parts.tsx';
import { Similar } from './similar.tsx';

/** A new deal, by keyboard from the house number to Ctrl Enter. Whatever is not known yet stays empty. */
export function NewDealDialog(props: { readonly onClose: () => void }) {
  const workspace = useWorkspace().data;
  const today = useToday();
  const [draft, setDraft] = useState<Draft>(() => emptyDraft(newId()));
  const [isChecked, setChecked] = useState(false);
  const [isLeaving, setLeaving] = useState(false);
  const body = useRef<HTMLFormElement>(null);
  const creation = useCreate(props.onClose);
  const forms = workspace?.forms ?? [];
  const form = formOf(draft, forms);
  const problems = problemsOf(draft, form, today);
  const set = (change: Partial<Draft>) => setDraft((now) => ({ ...now, ...change }));
  const dates = useNewDates(draft, form, today);
  const part = { draft, set, problems: isChecked ? problems : new Map(), form, forms, today };

  function leave(): void {
    if (isLeaving) keep();
    else if (isTouched(draft)) setLeaving(true);
    else props.onClose();
  }

  /** Esc a second time backs out of the question, never out of what was typed. */
  function keep(): void {
    setLeaving(false);
    body.current?.querySelector('input')?.focus();
  }

  /** Where they stand below, out of sight. */
  function toDates(): void {
    const part = body.current?.querySelector<HTMLElement>('[data-part="dates"]');
    part?.scrollIntoView({ block: 'start' });
    part?.focus();
  }

  async function create(): Promise<void> {
    setChecked(true);
    if (form === undefined || workspace === undefined) return;
    if (problems.size > 0) {
      requestAnimationFrame(() => body.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
      return;
    }
    await creation.create(argsOf(draft, form, { ownerId: workspace.profile.memberId, at: nowInstant(), today }));
  }

  return (
    <Dialog title="New deal" width="full" onClose={leave} closeSays="Close">
      <form
        ref={body}
        className={styles.form}
        noValidate
        onSubmit={(event) => event.preventDefault()}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
          event.preventDefault();
          void create();
        }}
      >
        <div className={styles.two}>
          <div className={styles.parts}>
            <AddressPart {...part} />
            <DealPart {...part} />
            <PeoplePart {...part} />
          </div>
          <div className={styles.aside}>
            <DaysPart {...part} />
            <FactsPart {...part} />
            <Similar draft={draft} onOpen={props.onClose} />
          </div>
          <DatesPart draft={draft} reply={dates} today={today} />
        </div>
        {creation.wrong && (
          <div className={styles.refused}>
            <Refusal says={creation.wrong} />
          </div>
        )}
        {isLeaving ? (
          <DialogFoot key="leaving" says={<b>What you typed is not kept when you discard it.</b>}>
            <button type="button" className="btn" onClick={props.onClose}>
              Discard
            </button>
            {/* biome-ignore lint/a11y/noAutofocus: the safe choice */}
            <button type="button" className="btn go" autoFocus onClick={keep}>
              Keep writing <Kbd>Esc</Kbd>
            </button>
          </DialogFoot>
        ) : (
          <DialogFoot
            says={
              <FootSays draft={draft} isChecked={isChecked} count={problems.size} reply={dates} onDates={toDates} />
            }
          >
            <button type="button" className="btn" onClick={leave}>
              Not now <Kbd>Esc</Kbd>
            </button>
            <button type="button" className="btn go" onClick={() => void create()}>
              Create the deal <Kbd>Mod Enter</Kbd>
            </button>
          </DialogFoot>
        )}
      </form>
    </Dialog>
  );
}

function FootSays(props: {
  readonly draft: Draft;
  readonly isChecked: boolean;
  readonly count: number;
  readonly reply: NewDatesReply | undefined;
  readonly onDates: () => void;
}) {
  const needed = mayLackAddress(workflowOfDraft(props.draft), props.draft.side)
    ? 'the state and the client'
    : 'street and state';
  if (!props.isChecked || props.count === 0)
    return (
      <>
        Only {needed} are needed now. The rest can come later. {opensWith(props.reply)}{' '}
        {props.reply?.outcome === 'dates' && props.reply.dates.length > 0 && (
          <button type="button" className={`btn link ${styles.jump}`} onClick={props.onDates}>
            See its {countText(props.reply.dates.length, 'date')}
          </button>
        )}
      </>
    );
  return (
    <b role="status">
      {props.count === 1 ? 'One field needs a look.' : `${props.count} fields need a look.`} Nothing is created yet.
    </b>
  );
}

/** "It opens with 42 tasks and 18 documents to ask for." */
function opensWith(reply: NewDatesReply | undefined): string {
  if (reply?.outcome !== 'dates' || reply.tasks === 0) return '';
  const tasks = countText(reply.tasks, 'task');
  return reply.documents === 0
    ? `It opens with ${tasks}.`
    : `It opens with ${tasks} and ${countText(reply.documents, 'document')} to ask for.`;
}

/** Creates once, however often it is asked for; then the deal is opened. */
function useCreate(onDone: () => void) {
  const run = useRun();
  const navigate = useNavigate();
  const [wrong, setWrong] = useState<string | null>(null);
  const isUnderWay = useRef(false);
  async function create(args: Record<string, unknown>): Promise<void> {
    if (isUnderWay.current) return;
    isUnderWay.current = true;
    const dealId = newId();
    const reply = await run({ dealId, name: 'createDeal', args, showsRefusal: true });
    isUnderWay.current = false;
    if (reply.outcome === 'refused') return setWrong(reply.refusal.message);
    onDone();
    void navigate({ to: '/deals/$dealId', params: { dealId } });
  }
  return { wrong, create };
}
