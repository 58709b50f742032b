import type { Result } from '../../../core/result.ts';
import type { DeviceCallName, DeviceInput, DeviceOutput } from '../../../portal/api/device-calls.ts';
import type { ApiError } from '../../../portal/api/values.ts';
import type { Answered, SyncState } from '../../contract/sync.ts';
import type { OwnPortal } from '../../contract/wire.ts';

/** Why a request to the portal has no answer. `offline`: nobody answered, and how far it got is unknown. */
export type NoAnswer =
  | { readonly type: 'offline'; readonly message: string }
  | { readonly type: 'signed-out'; readonly message: string }
  | { readonly type: 'refused'; readonly message: string; readonly error: ApiError };

/** The way to the portal that this desktop is signed in at. Made anew when the server or the key changes. */
export interface PortalClient {
  readonly url: string;
  ask<N extends DeviceCallName>(
    name: N,
    input: DeviceInput<N>,
    signal?: AbortSignal,
  ): Promise<Result<DeviceOutput<N>, NoAnswer>>;
  /** A request outside of JSON (events, files, exports), with the key in its header. Rejects when nobody answers. */
  fetch(path: string, init?: RequestInit): Promise<Response>;
  /** `Authorization` and nothing else: for the upload client. */
  headers(): Readonly<Record<string, string>>;
}

/** What the host of this process does for it: the portal of this computer, and secrets. */
export interface SyncHost {
  /** Told at once with what is known, and at each change. Returns the way to stop. */
  onPortal(listener: (portal: OwnPortal | null, why: string) => void): () => void;
  wantPortal(isWanted: boolean): void;
  /** The secret, or null; `problem` is a sentence when this computer cannot keep secrets. */
  secret(name: string): Promise<{ readonly secret: string | null; readonly problem: string }>;
  keepSecret(name: string, secret: string | null): Promise<{ readonly problem: string }>;
}

/** The desktop's side of the portal while the records are open: wired in the composition root, read by handlers. */
export interface Sync {
  state(): SyncState;
  /** The way to the portal; null while this desktop is signed in nowhere or its own portal is not up. */
  client(): PortalClient | null;
  /** Something was written that the server lacks: send soon. Never throws, never waits. */
  nudge(): void;
  tryNow(): void;
  checkServer(url: string): Promise<Answered<{ readonly url: string; readonly isSetUp: boolean }>>;
  join(wanted: JoinWish): Promise<Answered<SyncState>>;
  signInAgain(code: string): Promise<Answered<SyncState>>;
  signOut(wanted: { readonly records: 'keep' | 'remove'; readonly evenUnsent: boolean }): Promise<Answered<SyncState>>;
  setFiles(wanted: { readonly isPaused?: boolean | undefined; readonly cap?: number | null | undefined }): void;
  close(): Promise<void>;
}

/** Moves files between this computer's vault and the portal, while there is a way to it (electron/backend/sync/files). */
export interface FileQueue {
  /** Rows of these deals changed; an empty list means many. */
  followed(dealIds: readonly string[]): void;
  start(client: PortalClient): void;
  stop(): void;
  state(): SyncState['files'];
  /** Told when `state` is another, a few times a second at most. */
  watch(listener: () => void): void;
  set(wanted: { readonly isPaused?: boolean | undefined; readonly cap?: number | null | undefined }): void;
  close(): Promise<void>;
}

export interface JoinWish {
  readonly url: string;
  readonly code: string;
  readonly name: string;
  readonly email: string;
  readonly deviceName: string;
  readonly workspaceName: string;
}
