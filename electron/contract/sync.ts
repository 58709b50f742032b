import { z } from 'zod';
import { Id, Instant, Side } from './values.ts';

/** What crosses between the window and the backend about the portal: the connection, what waits, what needs a person. */

/**
 * `starting`: the portal of this computer is not up yet. `current`: everything is there and here. `syncing`: something
 * goes or comes now. `offline`: the server cannot be reached. `signed-out`: the server does not know this computer (any
 * more). `too-old`: this program, or `server-too-old`: the portal, must be updated first. `off`: signed out by the person.
 */
export const SYNC_STATUSES = [
  'starting',
  'current',
  'syncing',
  'offline',
  'signed-out',
  'too-old',
  'server-too-old',
  'off',
] as const;

const FilesMoving = z.object({
  /** Files that wait or move, each way. */
  up: z.int(),
  down: z.int(),
  bytesLeft: z.int(),
  /** The file that moves now, with how far it is; null when none does. */
  current: z.object({ name: z.string(), done: z.int(), bytes: z.int(), way: z.enum(['up', 'down']) }).nullable(),
  isPaused: z.boolean(),
  /** Kilobytes a second; null without a cap. */
  cap: z.int().min(16).nullable(),
  /** Files that could not be moved and wait for something, as a sentence; empty when none. */
  problem: z.string(),
});

export const SyncState = z.object({
  /** The portal of this computer, or one that a team shares. */
  kind: z.enum(['own', 'shared']),
  /** "Fennimore Realty"; empty for the portal of this computer. */
  workspaceName: z.string(),
  /** Address of a shared portal; empty for the own one. */
  url: z.string(),
  role: z.enum(['tc', 'admin', 'agent']),
  status: z.enum(SYNC_STATUSES),
  /** One sentence that tells the truth: "No connection since 9:41 AM. Keep working, all of it is kept on this computer." */
  sentence: z.string(),
  /** In two or three words, for the rail: "Offline", "Syncing 3", "Up to date". */
  short: z.string(),
  /** Commands that the server has not answered. */
  waiting: z.int(),
  /** Deals to fetch. */
  toFetch: z.int(),
  /** When everything was last there and here; null when never. */
  currentAt: Instant.nullable(),
  /** Since when it is offline; null while it is not. */
  offlineSince: Instant.nullable(),
  /** Entries of "Needs attention" that wait for a person. */
  attention: z.int(),
  /** Minutes that this computer's clock is off, when that is worth saying (5 and more); null otherwise. */
  clockOff: z.number().nullable(),
  /** Whether the key is kept over a restart; else why not, as a sentence. */
  keyProblem: z.string(),
  files: FilesMoving,
});
export type SyncState = z.infer<typeof SyncState>;

/** A step that goes out when the connection is back. */
export const WaitingStep = z.object({
  commandId: Id,
  dealId: Id,
  plate: z.string(),
  side: Side,
  street: z.string(),
  sentence: z.string(),
  at: Instant,
});
export type WaitingStep = z.infer<typeof WaitingStep>;

/** A value of a guarded field as a person reads it, with what to write when they choose it. */
const ConflictSide = z.object({ who: z.string(), at: Instant.nullable(), text: z.string() });

export const AttentionItem = z.object({
  id: Id,
  kind: z.enum(['refused', 'conflict', 'overwrite']),
  dealId: Id,
  plate: z.string(),
  side: Side.nullable(),
  street: z.string(),
  /** "Two people moved the closing date". */
  title: z.string(),
  /** What happened and what is still true, in sentences. */
  detail: z.string(),
  /** What the person had done: "Set the closing date to Thu, July 2". */
  did: z.string(),
  at: Instant,
  /** For a conflict: both values, and what kind of third one can be written. Null for the others. */
  conflict: z
    .object({
      field: z.string(),
      /** How a third value is asked for. */
      input: z.enum(['day', 'money', 'choice', 'days-or-day', 'none']),
      options: z.array(z.object({ value: z.string(), label: z.string() })),
      /** What it was before both: "It was Wed, July 1." */
      was: z.string(),
      mine: ConflictSide,
      theirs: ConflictSide,
      /** They agree by now: nothing is left to choose. */
      isAgreed: z.boolean(),
    })
    .nullable(),
  /** For an overwrite: each field with the words that were replaced. */
  replaced: z.array(z.object({ field: z.string(), theirs: z.string(), mine: z.string() })),
  /** What can be done beside putting it away: `again` does the same step once more, `restore` brings replaced words back. */
  can: z.array(z.enum(['again', 'restore'])),
});
export type AttentionItem = z.infer<typeof AttentionItem>;

/** `third` is a day, whole cents, the value of an option, or `{ days, on }`, as the conflict's `input` asks. */
export const AttentionChoice = z.discriminatedUnion('keep', [
  z.strictObject({ keep: z.literal('mine') }),
  z.strictObject({ keep: z.literal('theirs') }),
  z.strictObject({ keep: z.literal('third'), value: z.unknown() }),
  z.strictObject({ keep: z.literal('again') }),
  z.strictObject({ keep: z.literal('restore') }),
  z.strictObject({ keep: z.literal('put-away') }),
]);
export type AttentionChoice = z.infer<typeof AttentionChoice>;

/** An answer that needs the portal: its value, or a sentence why there is none now. */
export function answered<T extends z.ZodType>(value: T) {
  return z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('ok'), value }),
    z.object({
      kind: z.literal('no'),
      /** `offline` offers to try again; the others say what is wrong. */
      type: z.enum(['offline', 'refused', 'signed-out']),
      sentence: z.string(),
    }),
  ]);
}
export type Answered<T> =
  | { readonly kind: 'ok'; readonly value: T }
  | { readonly kind: 'no'; readonly type: 'offline' | 'refused' | 'signed-out'; readonly sentence: string };

const TeamDevice = z.object({
  id: Id,
  name: z.string(),
  enrolledAt: Instant,
  seenAt: Instant.nullable(),
  isThis: z.boolean(),
});
export const TeamView = z.object({
  workspaceName: z.string(),
  members: z.array(
    z.object({
      id: Id,
      name: z.string(),
      email: z.string(),
      role: z.enum(['tc', 'admin', 'agent']),
      isGone: z.boolean(),
      isMe: z.boolean(),
      devices: z.array(TeamDevice),
    }),
  ),
  invitations: z.array(
    z.object({
      id: Id,
      name: z.string(),
      email: z.string(),
      role: z.enum(['tc', 'admin', 'agent']),
      madeAt: Instant,
      expiresAt: Instant,
    }),
  ),
  mayManage: z.boolean(),
});
export type TeamView = z.infer<typeof TeamView>;

export const LinkView = z.object({
  id: Id,
  kind: z.enum(['portal', 'calendar']),
  state: z.enum(['open', 'expired', 'revoked']),
  secondStep: z.enum(['code', 'word', 'none']),
  address: z.string(),
  mayDownload: z.boolean(),
  madeAt: Instant,
  madeByName: z.string(),
  expiresAt: Instant,
  movesWithClosing: z.boolean(),
  usedAt: Instant.nullable(),
});
export type LinkView = z.infer<typeof LinkView>;

export const AccessEntry = z.object({
  id: Id,
  kind: z.enum(['person', 'member']),
  name: z.string(),
  role: z.string(),
  short: z.string(),
  sentences: z.array(z.string()),
  links: z.array(LinkView),
  canHaveLink: z.boolean(),
  whyNot: z.string(),
  email: z.string(),
  isOn: z.boolean().nullable(),
});
export type AccessEntry = z.infer<typeof AccessEntry>;

export const AccessView = z.object({
  dealId: Id,
  isShared: z.boolean(),
  canMail: z.boolean(),
  entries: z.array(AccessEntry),
});
export type AccessView = z.infer<typeof AccessView>;

export const TRAIL_GROUPS = [
  'command',
  'refused',
  'view',
  'download',
  'denied',
  'sign-in',
  'access',
  'export',
  'file',
  'other',
] as const;

export const TrailEntry = z.object({
  /** Place in the chain; null for a step that only this computer knows yet. */
  n: z.int().nullable(),
  at: Instant,
  group: z.enum(TRAIL_GROUPS),
  who: z.string(),
  actor: z.string(),
  sentence: z.string(),
  commandId: Id.nullable(),
  isUndone: z.boolean(),
  canUndo: z.boolean(),
});
export type TrailEntry = z.infer<typeof TrailEntry>;

export const TrailPage = z.object({
  entries: z.array(TrailEntry),
  before: z.int().nullable(),
  /** From the portal, with views and downloads; else what this computer knows, and why, as a sentence. */
  isFromPortal: z.boolean(),
  note: z.string(),
  actors: z.array(z.object({ actor: z.string(), name: z.string() })),
});
export type TrailPage = z.infer<typeof TrailPage>;
