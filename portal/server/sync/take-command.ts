import type { Command } from '../../../core/commands/types.ts';
import type { Answer } from '../../../core/sync/accept.ts';
import { judgeSeq } from '../../../core/sync/seq.ts';
import type { Problem } from '../../../core/sync/wire.ts';
import type { PortalContext } from '../context.ts';
import { storeFailureOf } from '../store/failures.ts';
import type { Tx } from '../store/types.ts';
import { answerOf } from './command-answer.ts';
import { type DealCache, overlayOf } from './deal-cache.ts';
import type { Kept } from './decide-on.ts';
import { judge } from './judge.ts';
import { deviceProblem, deviceRevoked, deviceRewound, seqGap } from './problems.ts';
import { authorOf } from './rights.ts';

export interface Incoming {
  readonly deviceId: string;
  readonly memberId: string;
  readonly seq: number;
  readonly command: Command;
  readonly digest: string;
}

export interface TakeDeps {
  readonly context: PortalContext;
  readonly cache: DealCache;
}

export type Taken =
  | { readonly problem: null; readonly answer: Answer; readonly isRepeat: boolean }
  | { readonly problem: Problem };

/** What one transaction did, and what is to be remembered once it is committed. */
interface Done {
  readonly taken: Taken;
  readonly kept: Kept | null;
  readonly thrown: readonly unknown[];
}

/**
 * One command in one transaction: its number, then the rule, then rows, log, receipt and trail. What a rule or the
 * writing throws is refused as a defect and consumes the number, so that it never stops what comes behind. Throws only
 * where the database cannot be reached: then nothing was written and the desktop sends it again.
 */
async function takeCommand(deps: TakeDeps, incoming: Incoming): Promise<Taken> {
  const { store, workspaceId, log } = deps.context;
  const run = (isPoisoned: boolean) =>
    store.transaction(workspaceId, (tx) => take(deps, tx, { ...incoming, isPoisoned }));
  let done: Done;
  try {
    done = await run(false);
  } catch (error) {
    if (storeFailureOf(error) !== null) throw error;
    log.defect(`command ${incoming.command.id}`, error);
    done = await run(true);
  }
  for (const thrown of done.thrown) log.defect(`command ${incoming.command.id}`, thrown);
  if (done.kept !== null) deps.cache.put(incoming.command.dealId, done.kept);
  return done.taken;
}

/**
 * Some commands of one device in one transaction, in their order, up to the first problem: what waits for the disk is one
 * commit, and each is answered after it. Where one of them cannot be written, all are taken again one by one, so that only
 * that one is refused.
 */
export async function takeTogether(deps: TakeDeps, incoming: readonly Incoming[]): Promise<readonly Taken[]> {
  const { store, workspaceId, log } = deps.context;
  if (incoming.length === 0) return [];
  const run = async (tx: Tx) => {
    const cache = overlayOf(deps.cache);
    const done: Done[] = [];
    for (const one of incoming) {
      const next = await take({ ...deps, cache }, tx, { ...one, isPoisoned: false });
      if (next.kept !== null) cache.put(one.command.dealId, next.kept);
      done.push(next);
      if (next.taken.problem !== null) break;
    }
    return done;
  };
  try {
    const done = await store.transaction(workspaceId, run);
    for (const [at, { kept, thrown }] of done.entries()) {
      const { command } = incoming[at] as Incoming;
      for (const error of thrown) log.defect(`command ${command.id}`, error);
      if (kept !== null) deps.cache.put(command.dealId, kept);
    }
    return done.map(({ taken }) => taken);
  } catch (error) {
    if (storeFailureOf(error) !== null) throw error;
    log.warn('commands are taken one by one', { commands: incoming.length });
    return takeEach(deps, incoming);
  }
}

async function takeEach(deps: TakeDeps, incoming: readonly Incoming[]): Promise<readonly Taken[]> {
  const taken: Taken[] = [];
  for (const one of incoming) {
    const next = await takeCommand(deps, one);
    taken.push(next);
    if (next.problem !== null) break;
  }
  return taken;
}

async function take(
  { context, cache }: TakeDeps,
  tx: Tx,
  incoming: Incoming & { readonly isPoisoned: boolean },
): Promise<Done> {
  const { workspaceId } = context;
  const { deviceId, memberId, seq, command, digest } = incoming;
  const device = await tx.devices.get(workspaceId, deviceId);
  if (device === null || device.memberId !== memberId || device.revokedAt !== null)
    return stopped(deviceProblem(device, memberId));
  const { lastSeq } = device;
  const receipt = seq > lastSeq ? null : await tx.commands.receipt(workspaceId, deviceId, seq);
  const verdict = judgeSeq({ lastSeq, seq, digest, keptDigest: receipt?.digest ?? null });
  if (verdict.type === 'SeqGap') return stopped(seqGap(verdict.expected));
  if (verdict.type === 'DeviceRewound') return stopped(deviceRewound);
  if (verdict.type === 'repeat') return repeated(answerOf(receipt?.reply));
  const member = await tx.members.get(workspaceId, memberId);
  if (member === null || member.revokedAt !== null) return stopped(deviceRevoked);
  const judged = await judge({ context, cache, tx, author: authorOf(member) }, incoming);
  const reply = judged.answer;
  await tx.commands.putReceipt({ workspaceId, deviceId, seq, commandId: command.id, digest, reply });
  if (!(await tx.devices.advance(workspaceId, deviceId, seq))) throw new Error('the number was not consumed');
  const taken = { problem: null, answer: judged.answer, isRepeat: judged.isRepeat };
  return { taken, kept: judged.kept, thrown: judged.thrown };
}

function stopped(problem: Problem): Done {
  return { taken: { problem }, kept: null, thrown: [] };
}

function repeated(answer: Answer): Done {
  return { taken: { problem: null, answer, isRepeat: true }, kept: null, thrown: [] };
}
