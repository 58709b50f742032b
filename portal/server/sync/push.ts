import { createHash } from 'node:crypto';
import type { Command } from '../../../core/commands/types.ts';
import { err, ok, type Result } from '../../../core/result.ts';
import { digestOf } from '../../../core/sync/canonical.ts';
import type { CommandReply, Problem, PushReply, PushRequest, SyncCommand } from '../../../core/sync/wire.ts';
import type { ApiError } from '../../api/values.ts';
import type { DeviceCaller } from '../context.ts';
import { badRequest } from '../http/failures.ts';
import { replyOf } from './command-answer.ts';
import { problemOf, unknownDevice } from './problems.ts';
import { type Incoming, type TakeDeps, takeTogether } from './take-command.ts';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

type Told = { readonly reply: PushReply; readonly problem: null } | { readonly reply: null; readonly problem: Problem };

/**
 * Commands of one transaction: with each its own, a desktop that comes back with thousands would wait for the disk most of
 * the time. Few enough that others of the workspace do not wait long.
 */
const TOGETHER = 20;

/** Commands in the order in which they came: what was answered is on disk, whatever becomes of the rest. */
export async function push(
  deps: TakeDeps,
  caller: DeviceCaller,
  request: PushRequest,
): Promise<Result<Told, ApiError>> {
  const { context } = deps;
  if (!request.commands.every(isKeepable)) return err(badRequest);
  const asked = await context.store.read(async (read) => ({
    storeId: await read.storeId(),
    problem: await problemOf(read, context, caller, request),
  }));
  if (asked.problem !== null) return ok({ reply: null, problem: asked.problem });
  const replies: CommandReply[] = [];
  const told = (problem: Problem | null): Result<Told, ApiError> =>
    ok({ reply: { storeId: asked.storeId, replies, problem }, problem: null });
  const { deviceId, commands } = request;
  for (let from = 0; from < commands.length; from += TOGETHER) {
    const sent = commands.slice(from, from + TOGETHER);
    const foreign = sent.findIndex((one) => one.deviceId !== deviceId);
    const own = foreign < 0 ? sent : sent.slice(0, foreign);
    const taken = await takeTogether(
      deps,
      own.map((one) => incomingOf(one, caller.member.memberId)),
    );
    for (const [at, { seq, commandId }] of own.entries()) {
      const one = taken[at];
      if (one === undefined) break;
      if (one.problem !== null) return told(one.problem);
      replies.push(replyOf(seq, commandId, one.answer));
    }
    if (foreign >= 0) return told(unknownDevice);
  }
  return told(null);
}

function incomingOf({ deviceId, seq, commandId, dealId, name, args, at }: SyncCommand, memberId: string): Incoming {
  const command: Command = { id: commandId, dealId, name, args, at };
  return { deviceId, memberId, seq, command, digest: digestOf(command, sha256) };
}

/** Names that both databases can keep: no desktop of ours makes others. */
function isKeepable({ deviceId, commandId, dealId, name }: SyncCommand): boolean {
  return [deviceId, commandId, dealId, name].every((text) => text.isWellFormed() && !text.includes('\0'));
}
