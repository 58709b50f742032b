import type { ApiError } from '../../api/values.ts';
import type { PortalContext } from '../context.ts';
import { ANYWHERE } from '../store/areas/limits.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** The numbers of docs/security: how often what may be tried. */
export const LIMITS = {
  /** Unknown, expired or revoked links from one address of the net. */
  missesPerAddress: { limit: 30, windowMs: HOUR },
  /** The same while the whole server is being tried out. */
  missesPerAddressUnderAttack: { limit: 3, windowMs: HOUR },
  /** All misses together: above it the portal is being tried out. */
  missesAnywhere: { limit: 1_000, windowMs: HOUR },
  codesPerHour: { limit: 3, windowMs: HOUR },
  codesPerDay: { limit: 10, windowMs: DAY },
  codesPerAddress: { limit: 20, windowMs: HOUR },
  wordTries: { limit: 5, windowMs: 15 * MINUTE },
  wordLock: { limit: 1, windowMs: 15 * MINUTE },
  wordTriesPerDay: { limit: 20, windowMs: DAY },
  /** Answers to a second step from one address, whichever the link. */
  answersPerAddress: { limit: 60, windowMs: HOUR },
  /** Documents asked for that are not this person's. */
  denials: { limit: 60, windowMs: HOUR },
  /** Answers begun or gone on with from one address of the net (an open house shares one), and begun through one link. */
  intakesPerAddress: { limit: 60, windowMs: HOUR },
  intakesPerLink: { limit: 100, windowMs: DAY },
  /** Answers written or changed. */
  intakeAnswers: { limit: 500, windowMs: HOUR },
  /** Ways back to answers that were made or mailed. */
  intakeWaysBack: { limit: 10, windowMs: HOUR },
  intakeMails: { limit: 3, windowMs: HOUR },
  intakeMailsPerLink: { limit: 20, windowMs: DAY },
  intakeSends: { limit: 20, windowMs: HOUR },
  /** Calendar feeds that are unknown or over, from one address: apart from links, since calendars ask for ended ones for ever. */
  calendarMisses: { limit: 60, windowMs: HOUR },
  /** How often one feed is read. */
  calendarReads: { limit: 120, windowMs: HOUR },
  /** Of what calendars ask by themselves, this much is written into the trail for one feed. */
  calendarNotes: { limit: 1, windowMs: DAY },
  /** Files that a session begins to send. */
  uploads: { limit: 400, windowMs: HOUR },
  /** What a session does on its deal. */
  acts: { limit: 120, windowMs: HOUR },
  reads: { limit: 600, windowMs: HOUR },
} as const satisfies Record<string, Rule>;

interface Rule {
  readonly limit: number;
  readonly windowMs: number;
}

export interface Asked {
  readonly rule: keyof typeof LIMITS;
  /** Whom it counts. */
  readonly of: string;
}

/** Counts one; the refusal when it is one too many, or when nobody can count. */
export async function count(context: PortalContext, { rule, of }: Asked): Promise<ApiError | null> {
  const verdict = await context.store.limits.hit(askOf(context, { rule, of }));
  return verdict.isAllowed ? null : tooOften(verdict.untilMs - context.now().getTime());
}

/** What `count` would say now, without counting. */
export async function look(context: PortalContext, { rule, of }: Asked): Promise<ApiError | null> {
  const verdict = await context.store.limits.peek(askOf(context, { rule, of }));
  return verdict.isAllowed ? null : tooOften(verdict.untilMs - context.now().getTime());
}

function askOf(context: PortalContext, { rule, of }: Asked) {
  return { workspaceId: ANYWHERE, key: `${rule}:${of}`, ...LIMITS[rule], nowMs: context.now().getTime() };
}

function tooOften(ms: number): ApiError {
  const retryAfter = Math.max(1, Math.ceil(ms / 1000));
  const minutes = Math.ceil(retryAfter / 60);
  const wait = minutes === 1 ? 'a minute' : minutes < 90 ? `${minutes} minutes` : `${Math.ceil(minutes / 60)} hours`;
  const message = `That was tried too often. Wait ${wait} and try again, or call your coordinator.`;
  return { type: 'too-often', message, retryAfter };
}
