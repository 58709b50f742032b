import type { Id, Member } from '../deals/model.ts';
import { type Follow, followAnew } from './heads.ts';
import { type LoggedEntry, type OutboxEntry, startOverOutbox } from './outbox.ts';
import { judgeHello } from './seq.ts';
import type { HelloReply, Problem, RenewReply, TeamMember } from './wire.ts';

/** Who a desktop is to its server. On disk, and written in one transaction with the outbox that carries its numbers. */
export interface Session {
  readonly deviceId: Id;
  /** The ids it went by before, oldest first. */
  readonly formerIds: readonly Id[];
  /** The number that the next command to be sent is given. */
  readonly nextSeq: number;
  /** The highest number that the server answered under this id; 0 when none. */
  readonly answeredSeq: number;
  /** The id that it asks for now. It asks with the same until it is answered: a repeat makes no second device. */
  readonly renewing: Renewing | null;
}

export interface Renewing {
  readonly deviceId: Id;
  /** The server lacks what it once had (it was restored, or it is another one): everything is fetched anew. */
  readonly didForget: boolean;
}

/** How many former ids travel with a renewal, the newest. Of older ones all is sent again, which runs nothing twice. */
export const MAX_FORMER_IDS = 200;

export function openSession(deviceId: Id): Session {
  return { deviceId, formerIds: [], nextSeq: 1, answeredSeq: 0, renewing: null };
}

/** What every request names. */
interface AskedAs {
  readonly deviceId: Id;
  readonly storeId: Id | null;
}

/** Whether an answer is still for us: not to who we were before a renewal, nor about a store that is not ours any more. */
export function isForUs({ deviceId, renewing }: Session, follow: Pick<Follow, 'storeId'>, asked: AskedAs): boolean {
  return renewing === null && asked.deviceId === deviceId && asked.storeId === follow.storeId;
}

/**
 * What to do about a problem, or about an answer. `renew`: `startRenewal`, and ask for nothing else until it is
 * answered. `drop-stage`: forget the pages of that unit that came so far; only heads say whether it is ours.
 * `signed-out`: ask for nothing until a person signs in again; everything is kept. `too-old`, `server-too-old`: keep
 * working offline. `go-on`: nothing, what is missing goes out again by itself.
 */
export type Heard =
  | { readonly type: 'renew'; readonly didForget: boolean; readonly why: string }
  | { readonly type: 'drop-stage' | 'signed-out' | 'too-old' | 'server-too-old' | 'go-on' };

export function hearProblem({ answeredSeq }: Pick<Session, 'answeredSeq'>, problem: Problem): Heard {
  switch (problem.type) {
    case 'StoreChanged':
      return { type: 'renew', didForget: true, why: problem.type };
    case 'UnknownDevice':
    case 'DeviceRewound':
    case 'DeviceClosed':
      return { type: 'renew', didForget: false, why: problem.type };
    case 'SeqGap':
      // It waits for a number that it answered before: it was set back. Any other gap is a request that came late.
      return problem.expected <= answeredSeq
        ? { type: 'renew', didForget: true, why: problem.type }
        : { type: 'go-on' };
    case 'UnitNotAvailable':
      return { type: 'drop-stage' };
    case 'DeviceRevoked':
      return { type: 'signed-out' };
    case 'DesktopTooOld':
      return { type: 'too-old' };
    case 'ServerTooOld':
      return { type: 'server-too-old' };
  }
}

/** Whether heads, a page or answers may be taken in: they name the store that we follow. */
export function hearStore({ storeId }: Pick<Follow, 'storeId'>, reply: { readonly storeId: Id }): Heard {
  return reply.storeId === storeId ? { type: 'go-on' } : { type: 'renew', didForget: true, why: 'another store' };
}

/**
 * Takes in a greeting. `isFirst`: the first since this program runs. Only that one is judged: a later one may have been
 * long under way, and knows less than we do by now. With `go-on` the desktop follows `follow` and works with the role
 * and the team of the greeting.
 */
export function greet(
  { nextSeq, answeredSeq }: Session,
  follow: Follow,
  { reply, isFirst }: { readonly reply: HelloReply; readonly isFirst: boolean },
): { readonly heard: Heard; readonly follow: Follow } {
  const ours = { givenSeq: nextSeq - 1, answeredSeq, storeId: follow.storeId };
  const verdict = judgeHello(ours, reply);
  if (isFirst && verdict.type !== 'Fine') {
    const didForget = verdict.type === 'StoreChanged';
    return { heard: { type: 'renew', didForget, why: `hello ${verdict.type}` }, follow };
  }
  const storeId = follow.storeId ?? reply.storeId;
  return { heard: { type: 'go-on' }, follow: storeId === follow.storeId ? follow : { ...follow, storeId } };
}

/** The team as rules read it, here and on the server: whoever left is named in what they did, and is given nothing new. */
export function membersOf(team: readonly TeamMember[]): readonly Member[] {
  return team.filter((member) => !member.isGone).map(({ id, name, role, email }) => ({ id, name, role, email }));
}

/** Asks for a new id from now on; `newId` is not used when it asks for one already. */
export function startRenewal(session: Session, { newId, didForget }: { newId: Id; didForget: boolean }): Session {
  const before = session.renewing;
  const renewing = {
    deviceId: before?.deviceId ?? newId,
    didForget: didForget || before?.didForget === true,
  };
  return { ...session, renewing };
}

/** The ids that a renewal names: every one we went by, so that the server closes them and says how far each came. */
export function formerIdsOf({ deviceId, formerIds }: Session): readonly Id[] {
  return [...formerIds, deviceId].slice(-MAX_FORMER_IDS);
}

/**
 * A person signed this desktop in (again), as `deviceId`: after it was revoked, or at another server. Everything that
 * was under way stays in the outbox. It asks for `newId` first, as after any break, so that the server says how far it
 * is with each id we went by before, also with those that were revoked: what it holds is not sent again, and what it
 * lacks is. Signed in under the id it has already (the portal of this computer, at each start) nothing changes.
 */
export function signedIn(session: Session, { deviceId, newId }: { deviceId: Id; newId: Id }): Session {
  if (session.deviceId === deviceId) return session;
  const formerIds = [...session.formerIds, session.deviceId];
  return { deviceId, formerIds, nextSeq: 1, answeredSeq: 0, renewing: { deviceId: newId, didForget: false } };
}

export interface Waiting {
  readonly outbox: readonly OutboxEntry[];
  /** What left the outbox. */
  readonly log: readonly LoggedEntry[];
}

export interface Renewed extends Waiting {
  readonly session: Session;
  readonly follow: Follow;
  /** Every held unit becomes its `staleUnit`, in the same transaction. */
  readonly isAnew: boolean;
}

/**
 * Takes in the answer to a renewal: the outbox loses its numbers, and what the server lacks comes back to it. Null for
 * an answer to another renewal. Stages that were begun are dropped.
 */
export function renewed(
  session: Session,
  { follow, outbox, log }: Waiting & { readonly follow: Follow },
  { storeId, deviceId, known }: RenewReply,
): Renewed | null {
  if (session.renewing?.deviceId !== deviceId) return null;
  const isAnew = storeId !== follow.storeId || session.renewing.didForget;
  const lastSeqs = new Map(known.map((entry) => [entry.deviceId, entry.lastSeq]));
  const formerIds = [...session.formerIds, session.deviceId];
  return {
    ...startOverOutbox(outbox, log, lastSeqs),
    session: { deviceId, formerIds, nextSeq: 1, answeredSeq: 0, renewing: null },
    follow: isAnew ? followAnew(storeId) : follow,
    isAnew,
  };
}

/** Keeps that the server answered these numbers. */
export function noteAnswered(session: Session, seqs: readonly number[]): Session {
  return { ...session, answeredSeq: Math.max(session.answeredSeq, ...seqs) };
}

export type Ask = 'renew' | 'hello' | 'heads' | 'pages' | 'push';

/**
 * What a desktop asks its server for now, in this order; `pages` are of every wanted unit. A renewal comes before all
 * else, and a greeting before the rest. Nothing is sent before all was fetched anew from a server that forgot.
 */
export function whatToAsk(
  { renewing }: Pick<Session, 'renewing'>,
  { storeId, isStartingOver, wanted }: Follow,
  isGreeted: boolean,
): readonly Ask[] {
  if (renewing !== null) return ['renew'];
  if (!isGreeted || storeId === null) return ['hello'];
  const pages: readonly Ask[] = wanted.size > 0 ? ['pages'] : [];
  return isStartingOver ? ['heads', ...pages] : ['heads', ...pages, 'push'];
}
