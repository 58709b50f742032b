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
import { type TakeDeps, takeCommand } from './take-command.ts';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

type Told = { readonly reply: PushReply; readonly problem: null } | { readonly reply: null; readonly problem: Problem };

/** Commands in the order in which they came, each by itself: what was answered is on disk, whatever becomes of the rest. */
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
  for (const sent of request.commands) {
    if (sent.deviceId !== request.deviceId) return told(unknownDevice);
    const { seq } = sent;
    const command = commandOf(sent);
    const incoming = { deviceId: sent.deviceId, memberId: caller.member.memberId, seq, command };
    const taken = await takeCommand(deps, { ...incoming, digest: digestOf(command, sha256) });
    if (taken.problem !== null) return told(taken.problem);
    replies.push(replyOf(seq, command.id, taken.answer));
  }
  return told(null);
}

function commandOf({ commandId, dealId, name, args, at }: SyncCommand): Command {
  return { id: commandId, dealId, name, args, at };
}

/** Names that both databases can keep: no desktop of ours makes others. */
function isKeepable({ deviceId, commandId, dealId, name }: SyncCommand): boolean {
  return [deviceId, commandId, dealId, name].every((text) => text.isWellFormed() && !text.includes('\0'));
}
