import type { z } from 'zod';
import type { PackNames } from '../checklists/instantiate.ts';
import type { Template } from '../checklists/template-schema.ts';
import type { Deal, DealRows, DealTable, Id, Instant, Workspace as Members } from '../deals/model.ts';
import type { Actor } from '../permissions/actor.ts';
import type { Verdict } from '../permissions/verdict.ts';
import type { Result } from '../result.ts';

export interface InsertOf<T extends DealTable> {
  readonly op: 'insert';
  readonly table: T;
  readonly row: DealRows[T];
}

/** `set` and `was` name the same columns; `was` is what the deciding side saw. */
export interface UpdateOf<T extends DealTable> {
  readonly op: 'update';
  readonly table: T;
  readonly id: Id;
  readonly set: Partial<DealRows[T]>;
  readonly was: Partial<DealRows[T]>;
}

export interface DeleteOf<T extends DealTable> {
  readonly op: 'delete';
  readonly table: T;
  readonly id: Id;
  readonly was: DealRows[T];
}

/** One row of one deal: written, changed or taken away. The only way a deal ever changes. */
export type Change = { [T in DealTable]: InsertOf<T> | UpdateOf<T> | DeleteOf<T> }[DealTable];

/** What a command did, as the deal's own journal keeps it. `undoneBy` names the undo that took it back. */
export interface JournalEntry {
  readonly commandId: Id;
  readonly dealId: Id;
  readonly name: string;
  readonly args: unknown;
  readonly actorId: Id;
  readonly at: Instant;
  readonly changes: readonly Change[];
  readonly undoneBy: Id | null;
}

/** The workspace as commands read it. */
export interface Workspace extends Members {
  /** The checklist template of that id, at that version or (null) the one in force; null when there is none. */
  readonly template: (id: string, version: number | null) => Template | null;
  /** The names a rule pack knows, or null when this workspace does not hold that pack at that revision. */
  readonly packNames: (packId: string, revision: string) => PackNames | null;
}

/** What a command may read. `deal` is null only for a deal that does not exist yet. */
export interface Scope {
  /** The unit the command writes; the id of the new deal when it opens one. */
  readonly dealId: Id;
  readonly deal: Deal | null;
  readonly workspace: Workspace;
  /** The journal of this deal: one command of it, and whoever last changed one row. */
  readonly journal: {
    readonly byCommand: (commandId: Id) => JournalEntry | null;
    readonly lastChangeOf: (table: DealTable, id: Id) => JournalEntry | null;
  };
}

/** Why a command was not carried out. `message` is a sentence that a person can act on. */
export interface Refusal {
  readonly type: string;
  readonly message: string;
  readonly details?: unknown;
}

export interface CommandSpec<Args = unknown> {
  readonly args: z.ZodType<Args>;
  /** Whether the actor's role on this deal lets it run the command at all. Judged before existence. */
  readonly mayRun: (actor: Actor, scope: Scope, args: Args) => Verdict;
  /** False for the few that a closed deal allows: reopening it, and taking back what closed it. */
  readonly isForOpenDeals: boolean;
  /** What somebody said for themselves, an approval or a message: nobody else takes it back. */
  readonly isOwnWord: boolean;
  readonly decide: (scope: Scope, args: Args, actor: Actor) => Result<readonly Change[], Refusal>;
  /** What it did, as the start of a sentence in the past: "Moved the deal to Milestones". */
  readonly label: (args: Args, changes: readonly Change[], scope: Scope) => string;
}

/** A command as it is sent, logged and synced. `at` is stamped by whoever makes it; it orders nothing. */
export interface Command {
  readonly id: Id;
  readonly dealId: Id;
  readonly name: string;
  readonly args: unknown;
  readonly at: Instant;
}
