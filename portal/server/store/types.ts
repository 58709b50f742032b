import { z } from 'zod';
import type { Result } from '../../../core/result.ts';
import type { AuditReads, AuditWrites } from './areas/audit.ts';
import type { CodeReads, CodeWrites } from './areas/codes.ts';
import type { CommandReads, CommandWrites } from './areas/commands.ts';
import type { DeviceReads, DeviceWrites } from './areas/devices.ts';
import type { FileReads, FileWrites } from './areas/files.ts';
import type { IntakeReads, IntakeWrites } from './areas/intakes.ts';
import type { InvitationReads, InvitationWrites } from './areas/invitations.ts';
import type { JobReads, JobWrites } from './areas/jobs.ts';
import type { Leases, Limits } from './areas/limits.ts';
import type { LinkReads, LinkWrites } from './areas/links.ts';
import type { MailReads, MailWrites } from './areas/mail.ts';
import type { MemberReads, MemberWrites } from './areas/members.ts';
import type { PartReads, PartWrites } from './areas/parts.ts';
import type { RowReads, RowWrites } from './areas/rows.ts';
import type { SessionReads, SessionWrites } from './areas/sessions.ts';
import type { UnitReads, UnitWrites } from './areas/units.ts';
import type { WorkspaceReads, WorkspaceWrites } from './areas/workspaces.ts';

/** May read, all at one moment: what is committed later is not seen. Every method names its workspace. */
export interface Read {
  /** A random id of this store; another one after `restoreAsNew`. Desktops that see another one pull everything again. */
  storeId(): Promise<string>;
  readonly workspaces: WorkspaceReads;
  readonly members: MemberReads;
  readonly devices: DeviceReads;
  readonly codes: CodeReads;
  readonly invitations: InvitationReads;
  readonly units: UnitReads;
  readonly rows: RowReads;
  readonly commands: CommandReads;
  readonly audit: AuditReads;
  readonly links: LinkReads;
  readonly sessions: SessionReads;
  readonly files: FileReads;
  readonly parts: PartReads;
  readonly jobs: JobReads;
  readonly mail: MailReads;
  readonly intakes: IntakeReads;
}

/** May write to one workspace. Nothing else writes to that workspace until it is over, in any server process. */
export interface Tx extends Read {
  readonly workspaces: WorkspaceReads & WorkspaceWrites;
  readonly members: MemberReads & MemberWrites;
  readonly devices: DeviceReads & DeviceWrites;
  readonly codes: CodeReads & CodeWrites;
  readonly invitations: InvitationReads & InvitationWrites;
  readonly units: UnitReads & UnitWrites;
  readonly rows: RowReads & RowWrites;
  readonly commands: CommandReads & CommandWrites;
  readonly audit: AuditReads & AuditWrites;
  readonly links: LinkReads & LinkWrites;
  readonly sessions: SessionReads & SessionWrites;
  readonly files: FileReads & FileWrites;
  readonly parts: PartReads & PartWrites;
  readonly jobs: JobReads & JobWrites;
  readonly mail: MailReads & MailWrites;
  readonly intakes: IntakeReads & IntakeWrites;
}

/**
 * What moved. `unit`: a unit is at a version, or (version 0) who may see it changed. `access`: somebody's right changed,
 * so whoever holds a stream for that member (null: for anyone of the workspace) judges it again.
 */
export const Poke = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('unit'),
    workspaceId: z.string(),
    unitId: z.string(),
    version: z.int(),
    head: z.int(),
  }),
  z.strictObject({ kind: z.literal('access'), workspaceId: z.string(), memberId: z.string().nullable() }),
]);
export type Poke = Readonly<z.infer<typeof Poke>>;

export interface Pokes {
  /**
   * Hears what is committed from now on, by whichever server process. A poke may come twice, late or merged with a later
   * one of the same unit; a lost one costs time, not truth. What the listener throws is logged and goes no further.
   * Returns the way to stop.
   */
  subscribe(listener: (poke: Poke) => void): () => void;
  /** False while pokes of other processes cannot be heard; they are caught up on afterwards. */
  isHearing(): boolean;
}

/**
 * Everything the portal server keeps. One process with SQLite, any number of processes with PostgreSQL; rows, order and
 * hashes are the same on both. Methods throw what the database throws (`storeFailureOf` reads it) and roll back first.
 */
export interface Store {
  readonly driver: 'sqlite' | 'postgres';
  /** Reads at one moment. Not inside `transaction`, which can read itself: that throws. */
  read<T>(work: (read: Read) => Promise<T>): Promise<T>;
  /**
   * Runs `work` alone in its workspace and commits what it wrote, on disk when the promise is fulfilled. Whatever is
   * thrown rolls all of it back and comes through. `work` awaits nothing but `tx`, one call after another (two at once
   * throw), has no effect outside of it, and may be run again after a deadlock. Throws for a workspace that is not there, and inside another `read` or `transaction`.
   */
  transaction<T>(workspaceId: string, work: (tx: Tx) => Promise<T>): Promise<T>;
  /** Adds a workspace; false when there is one with this id. */
  createWorkspace(workspace: { readonly id: string; readonly name: string; readonly at: string }): Promise<boolean>;
  readonly limits: Limits;
  readonly leases: Leases;
  readonly pokes: Pokes;
  /** To be called once on a store that was put back from a backup, before it serves anyone. Returns the new store id. */
  restoreAsNew(): Promise<string>;
  /** Whether the database can be written to at present. */
  check(): Promise<Result<null, StoreFailure>>;
  /** Waits for what runs, then lets go of the database. A second call does nothing. */
  close(): Promise<void>;
}

/** Lines for the log: ids, counts and codes, never what a person wrote. */
export interface StoreLog {
  info(message: string, facts?: Readonly<Record<string, string | number | boolean | null>>): void;
  warn(message: string, facts?: Readonly<Record<string, string | number | boolean | null>>): void;
}

/** Why a store was not opened. It is as it was. */
export interface StoreRefusal {
  readonly type: 'newer' | 'locked' | 'damaged' | 'not-ours' | 'full' | 'unavailable' | 'failed';
  /** For whoever runs the server. */
  readonly sentence: string;
  /** For the log: codes and names, no secrets. */
  readonly detail: string;
}

/** Why a call could not be carried out now, though it was right: nothing was written. */
export interface StoreFailure {
  readonly type: 'full' | 'read-only' | 'damaged' | 'unavailable';
  readonly sentence: string;
}
