import { err, ok } from '../../../core/result.ts';
import type { ApiError } from '../../api/values.ts';
import type { PortalContext } from '../context.ts';
import { codeMail } from '../mail/code-mail.ts';
import type { CodeRow } from '../store/areas/codes.ts';
import type { Tx } from '../store/types.ts';
import { type Asked, count, LIMITS, look } from './limits.ts';
import { hiddenAddress, isRight, newCode, normalCode, normalWord, sha256, slowHash } from './secrets.ts';
import { endOfSession, NOT_SIGNED_IN } from './session.ts';
import { tellTrail } from './trail.ts';
import type { PersonHandler, PersonHandlers, PersonRequest, Visitor } from './types.ts';

/** How long a code counts, in minutes, and how many guesses it takes. */
const CODE_MINUTES = 10;
const CODE_TRIES = 5;

const sendCode: PersonHandler<'send-code'> = async (context, { visitor, address }) => {
  const { link } = visitor;
  if (link.secondStep !== 'code') return err(notByMail());
  if (context.mailer === null) return err(mailAway());
  const refusal = await countAll(context, [
    { rule: 'codesPerAddress', of: address },
    { rule: 'codesPerHour', of: `${link.linkId}:${link.address}` },
    { rule: 'codesPerDay', of: `${link.linkId}:${link.address}` },
  ]);
  if (refusal !== null) return err(refusal);
  const code = newCode();
  const kept = await keepCode(context, visitor, await slowHash(code));
  const office = await officeOf(context);
  const outcome = await context.mailer.send(codeMail({ to: link.address, code, minutes: CODE_MINUTES, office }));
  await noteSent(context, visitor, outcome.sent);
  if (!outcome.sent) return err(mailAway());
  return ok({ sentTo: hiddenAddress(link.address), expiresAt: kept.expiresAt });
};

const confirm: PersonHandler<'confirm'> = async (context, request, { answer }) => {
  const refusal = await count(context, { rule: 'answersPerAddress', of: request.address });
  if (refusal !== null) return err(refusal);
  const { secondStep } = request.visitor.link;
  if (secondStep === 'word') return confirmWord(context, request, answer);
  if (secondStep === 'code') return confirmCode(context, request, answer);
  return ok({ done: true });
};

export const secondStepHandlers = { 'send-code': sendCode, confirm } satisfies Partial<PersonHandlers>;

type Asking = PersonRequest & { readonly visitor: Visitor };

/** The guess is paid for before it is looked at, so that guesses at once cannot get a free one. */
async function confirmCode(context: PortalContext, request: Asking, answer: string) {
  const { visitor } = request;
  const charged = await charge(context, visitor);
  const { link, session } = visitor;
  const isForHere = charged?.browserHash === session.browserHash && charged.address === link.address;
  const isGood = await isRight(isForHere ? charged.hash : null, normalCode(answer));
  const used = isGood && charged !== null ? charged.codeId : null;
  const isIn = used !== null && (await letIn(context, request, (tx, at) => tx.codes.use(link.workspaceId, used, at)));
  if (isIn) return ok({ done: true as const });
  await noteWrong(context, visitor, 'code');
  return err(wrong(charged?.triesLeft ?? 0));
}

async function confirmWord(context: PortalContext, request: Asking, answer: string) {
  const { link } = request.visitor;
  const of = link.linkId;
  const locked = await look(context, { rule: 'wordLock', of });
  const refusal = locked ?? (await countAll(context, [{ rule: 'wordTriesPerDay', of }]));
  if (refusal !== null) return err(refusal);
  const tries = await countTry(context, of);
  if (tries === null) return err((await lock(context, of)) ?? NOT_SIGNED_IN);
  const isIn = (await isRight(link.wordHash, normalWord(answer))) && (await letIn(context, request, async () => true));
  if (isIn) return ok({ done: true as const });
  if (tries === 0) await lock(context, of);
  await noteWrong(context, request.visitor, 'word');
  return err(wrongWord(tries));
}

/** Tries that are left with this one; null when there were none. */
async function countTry(context: PortalContext, of: string): Promise<number | null> {
  const refusal = await count(context, { rule: 'wordTries', of });
  if (refusal !== null) return null;
  const free = await look(context, { rule: 'wordTries', of });
  return free === null ? 1 : 0;
}

/** No further try on this link for 15 minutes; the refusal that says so. */
async function lock(context: PortalContext, of: string): Promise<ApiError | null> {
  await count(context, { rule: 'wordLock', of });
  return look(context, { rule: 'wordLock', of });
}

async function countAll(context: PortalContext, asked: readonly Asked[]): Promise<ApiError | null> {
  for (const each of asked) {
    const refusal = await count(context, each);
    if (refusal !== null) return refusal;
  }
  return null;
}

/** One code at a time for a browser: asking again ends the former. Another browser's is another code. */
function subjectOf({ link, session }: Visitor): string {
  return `${link.linkId}:${session.browserHash}`;
}

async function keepCode(context: PortalContext, visitor: Visitor, hash: string): Promise<{ expiresAt: string }> {
  const { workspaceId } = context;
  const now = context.now();
  const at = now.toISOString();
  const expiresAt = new Date(now.getTime() + CODE_MINUTES * 60_000).toISOString();
  const subject = subjectOf(visitor);
  await context.store.transaction(workspaceId, async ({ codes }) => {
    await codes.endAll(workspaceId, 'link', subject, at);
    await codes.put({
      ...{ workspaceId, codeId: context.newId(), kind: 'link', subject, hash, madeAt: at, expiresAt },
      ...{ address: visitor.link.address, browserHash: visitor.session.browserHash, triesLeft: CODE_TRIES },
    });
  });
  return { expiresAt };
}

async function charge(context: PortalContext, visitor: Visitor): Promise<CodeRow | null> {
  const { workspaceId } = context;
  return context.store.transaction(workspaceId, async ({ codes }) => {
    const newest = await codes.newest(workspaceId, 'link', subjectOf(visitor));
    return newest === null ? null : codes.charge(workspaceId, newest.codeId, context.now().toISOString());
  });
}

/**
 * The second step is done: this browser gets a new session and the former ends, so that one who planted the former has
 * nothing. False when what it rests on was used meanwhile.
 */
async function letIn(
  context: PortalContext,
  { visitor, keep }: Asking,
  take: (tx: Tx, at: string) => Promise<boolean>,
): Promise<boolean> {
  const { workspaceId } = context;
  const { link, session } = visitor;
  const { linkId, personId, dealId: unitId } = link;
  const now = context.now();
  const at = now.toISOString();
  const secret = context.newToken();
  const isIn = await context.store.transaction(workspaceId, async (tx) => {
    if (!(await take(tx, at))) return false;
    const sessionHash = sha256(secret);
    const { browserHash } = session;
    await tx.sessions.revoke(workspaceId, session.sessionHash, at);
    await tx.sessions.open({
      workspaceId,
      sessionHash,
      linkId,
      browserHash,
      madeAt: at,
      endsAt: endOfSession(link, now),
    });
    await tx.sessions.confirm(workspaceId, sessionHash, at);
    const details = { linkId, personId, step: link.secondStep };
    await tellTrail(tx, { workspaceId, unitId, at, actor: `party:${personId}`, kind: 'sign-in', details });
    return true;
  });
  if (isIn) keep(secret);
  return isIn;
}

async function noteWrong(context: PortalContext, { link }: Visitor, step: 'code' | 'word'): Promise<void> {
  const { workspaceId } = context;
  const { linkId, personId, dealId: unitId } = link;
  const at = context.now().toISOString();
  const details = { linkId, personId, step };
  await context.store.transaction(workspaceId, (tx) =>
    tellTrail(tx, { workspaceId, unitId, at, actor: 'unknown', kind: 'code-wrong', details }),
  );
}

async function noteSent(context: PortalContext, visitor: Visitor, isSent: boolean): Promise<void> {
  const { workspaceId } = context;
  const { linkId, personId, dealId: unitId, address } = visitor.link;
  const at = context.now().toISOString();
  const details = { linkId, personId, address: hiddenAddress(address) };
  const failed = { ...details, reason: 'the code could not be sent' };
  await context.store.transaction(workspaceId, async (tx) => {
    if (!isSent) await tx.codes.endAll(workspaceId, 'link', subjectOf(visitor), at);
    const told = isSent ? ({ kind: 'code-sent', details } as const) : ({ kind: 'denied', details: failed } as const);
    await tellTrail(tx, { workspaceId, unitId, at, actor: 'unknown', ...told });
  });
}

async function officeOf({ store, workspaceId }: PortalContext): Promise<string> {
  return (await store.read(({ workspaces }) => workspaces.get(workspaceId)))?.name ?? '';
}

function wrong(triesLeft: number): ApiError {
  const message =
    triesLeft > 0
      ? 'That is not the code, or it is over. Look again at the newest e-mail.'
      : 'That is not the code, or it is over. Ask for a new one.';
  return { type: 'wrong-answer', message, triesLeft };
}

/** How many tries are left is not counted out: it is the link's, and others may be trying. After the last one, how long it rests. */
function wrongWord(triesLeft: number): ApiError {
  const type = 'wrong-answer';
  if (triesLeft > 0)
    return { type, message: 'That is not the word you agreed on. If you are not sure, call your coordinator.' };
  const message =
    'That is not the word you agreed on. This link now rests for 15 minutes. Call your coordinator if you need in sooner.';
  return { type, message, retryAfter: LIMITS.wordLock.windowMs / 1000 };
}

function notByMail(): ApiError {
  return { type: 'bad-request', message: 'This link asks for the word you agreed on with your coordinator.' };
}

function mailAway(): ApiError {
  return { type: 'away', message: 'The code could not be sent. Try again in a few minutes, or call your coordinator.' };
}
