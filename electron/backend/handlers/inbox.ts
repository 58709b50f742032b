import type { Id } from '../../../core/deals/model.ts';
import { writeFailureOf } from '../../../db/failures.ts';
import { arrivalOf } from '../../../db/read/files.ts';
import type { CallError } from '../../contract/calls.ts';
import type { InboxItem, InboxView, ProposalView } from '../../contract/papers.ts';
import type { CommandReply } from '../../contract/values.ts';
import { fileArrival, letGo, setAside, setFraudAside, unfileArrival } from '../papers/filing.ts';
import { cutsOf, joinPhotos, openWithPassword, splitBundle } from '../papers/inbox-acts.ts';
import { inboxItem, inboxView, proposalView } from '../papers/inbox-view.ts';
import type { CommandOutcome } from '../services/run-command.ts';
import { type ParsedInput, type Unanswered, unanswered } from '../types.ts';
import type { WithPapers } from './context.ts';

const NO_ITEM: CallError = { type: 'bad-call', message: 'That item is not in the inbox. Nothing was changed.' };

export function addToInbox(open: WithPapers, { sources, how, dealId, lineId }: ParsedInput<'inbox:add'>) {
  const { papers } = open;
  const jobId = open.jobs.run({
    title: sources.length === 1 ? 'Taking a file in' : 'Taking files in',
    total: sources.length,
    work: (tell, signal) => papers.drop({ sources, how, dealId, lineId }, tell, signal),
  });
  return { jobId };
}

export function listInbox(open: WithPapers): InboxView {
  const yesterday = new Date(open.deps.now());
  yesterday.setDate(yesterday.getDate() - 1);
  yesterday.setHours(0, 0, 0, 0);
  return inboxView(open.papers.deps, yesterday.toISOString());
}

export function getInboxItem(open: WithPapers, { arrivalId }: ParsedInput<'inbox:item'>): InboxItem | null {
  const row = arrivalOf(open.db.read, arrivalId);
  return row === null ? null : inboxItem(open.papers.deps, row);
}

export async function proposeAgain(
  open: WithPapers,
  input: ParsedInput<'inbox:propose'>,
): Promise<ProposalView | null> {
  await open.papers.proposer.ready();
  const row = arrivalOf(open.db.read, input.arrivalId);
  if (row === null) return null;
  const { dealId, lineId } = input;
  const hint = lineId === undefined ? { dealId } : { dealId, lineId };
  return proposalView(open.papers.deps, row, open.papers.proposer.propose(row, hint));
}

export function fileItem(open: WithPapers, { arrivalId, ...choice }: ParsedInput<'inbox:file'>): CommandReply {
  return replyTo(open, () => fileArrival(open.papers.deps, arrivalId, choice, 'you'), choice.dealId);
}

export function undoItem(open: WithPapers, { arrivalId }: ParsedInput<'inbox:undo'>): CommandReply {
  const dealId = arrivalOf(open.db.read, arrivalId)?.dealId ?? null;
  const reply = replyTo(open, () => unfileArrival(open.papers.deps, arrivalId), dealId);
  // What was the same as another is read now.
  open.papers.reader.wake();
  return reply;
}

export function setItemAside(open: WithPapers, { arrivalId, reason }: ParsedInput<'inbox:set-aside'>): CommandReply {
  return replyTo(open, () => setAside(open.papers.deps, arrivalId, reason || 'Not ours.'), null);
}

export function judgeHeld(
  open: WithPapers,
  { arrivalId, verdict, words }: ParsedInput<'inbox:verdict-on-held'>,
): CommandReply {
  const { deps } = open.papers;
  const said = words === '' ? 'A fraud, after a call.' : `A fraud, after a call: ${words}`;
  return replyTo(
    open,
    () => (verdict === 'real' ? letGo(deps, arrivalId, words) : setFraudAside(deps, arrivalId, said)),
    null,
  );
}

export async function givePassword(
  open: WithPapers,
  { arrivalId, password }: ParsedInput<'inbox:password'>,
): Promise<CommandReply> {
  const outcome = await openWithPassword(open.papers.deps, arrivalId, password);
  open.papers.reader.wake();
  return replyTo(open, () => outcome, null);
}

export function suggestItemCuts(open: WithPapers, { arrivalId }: ParsedInput<'inbox:cuts'>) {
  const row = arrivalOf(open.db.read, arrivalId);
  const { pages, cuts } = row === null ? { pages: 0, cuts: [] } : cutsOf(open.papers.deps, row);
  return { pages, cuts: [...cuts] };
}

export function splitItem(
  open: WithPapers,
  { arrivalId, cuts }: ParsedInput<'inbox:split'>,
): { jobId: Id } | Unanswered {
  const row = arrivalOf(open.db.read, arrivalId);
  if (row === null) return unanswered(NO_ITEM);
  const work = { title: 'Splitting the bundle', total: cuts.length };
  return {
    jobId: open.jobs.run({
      ...work,
      work: async (tell, signal) => {
        const end = await splitBundle(open.papers.deps, { row, cuts }, { tell, signal });
        told(open);
        return end;
      },
    }),
  };
}

export function joinItems(
  open: WithPapers,
  { arrivalIds }: ParsedInput<'inbox:join-photos'>,
): { jobId: Id } | Unanswered {
  const rows = arrivalIds.flatMap((id) => arrivalOf(open.db.read, id) ?? []);
  if (rows.length !== arrivalIds.length) return unanswered(NO_ITEM);
  return {
    jobId: open.jobs.run({
      title: 'Making one file of the photos',
      total: rows.length,
      work: async (tell, signal) => {
        const end = await joinPhotos(open.papers.deps, rows, { tell, signal });
        told(open);
        return end;
      },
    }),
  };
}

function told(open: WithPapers): void {
  open.papers.reader.wake();
  open.papers.tell();
}

/** Runs it, tells every window, and answers as a command does. A disk that refuses is a refusal with a sentence. */
function replyTo(open: WithPapers, work: () => CommandOutcome, dealId: Id | null): CommandReply {
  let outcome: CommandOutcome;
  try {
    outcome = work();
  } catch (error) {
    const failure = writeFailureOf(error);
    if (failure === null) throw error;
    outcome = { outcome: 'refused', refusal: { type: failure.type, message: failure.message } };
  }
  if (outcome.outcome === 'refused')
    return { outcome: 'refused', refusal: { type: outcome.refusal.type, message: outcome.refusal.message } };
  if (dealId !== null) open.deps.emit({ type: 'deals:changed', dealIds: [dealId] });
  open.papers.tell();
  return { ...outcome, commandId: open.newId() };
}
