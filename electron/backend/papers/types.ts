import type { Id } from '../../../core/deals/model.ts';
import type { Db } from '../../../db/handles.ts';
import type { HostEvent } from '../../contract/events.ts';
import type { Log } from '../../contract/log.ts';
import type { PdfWorker } from '../pdf/pdf-worker.ts';
import type { Office } from '../services/office.ts';
import type { CommandRunner } from '../services/run-command.ts';
import type { Vault } from '../vault/vault.ts';

/** What the work on files is made from, while the records are open. */
export interface PapersDeps {
  readonly db: Db;
  readonly runner: CommandRunner;
  readonly office: Office;
  readonly vault: Vault;
  readonly pdf: PdfWorker;
  readonly log: Log;
  readonly now: () => Date;
  readonly newId: () => string;
  readonly emit: (event: HostEvent) => void;
  /** The data folder, absolute. */
  readonly folder: string;
  /** Aborted when the records close: what runs stops where it is and goes on at the next start. */
  readonly closing: AbortSignal;
}

export type ArrivalSource =
  | 'drop'
  | 'paste'
  | 'pick'
  | 'watch'
  | 'mail'
  | 'zip'
  | 'folder'
  | 'split'
  | 'photos'
  | 'made'
  | 'sample';

/** How a thing came in, and what is known of it from that. */
export interface Came {
  readonly source: ArrivalSource;
  readonly fileName: string;
  /** Below the folder, archive or drop it came from, with forward slashes; the name alone where there is none. */
  readonly relPath: string;
  /** The message, archive, bundle or photo it came out of. */
  readonly parentId?: Id | null;
  readonly folderId?: Id | null;
  readonly sender?: { readonly name: string; readonly address: string } | null;
  readonly subject?: string;
  readonly dealId?: Id | null;
  readonly lineId?: Id | null;
  /** The same id again is the same arrival: what was interrupted is not doubled. */
  readonly id?: Id;
  /** The instant it came; now, when left out. */
  readonly at?: string;
}
