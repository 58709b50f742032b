import type { Workspace } from '../../core/commands/types.ts';
import type { PackLibrary } from '../../core/deals/deal-schedule.ts';
import type { Result } from '../../core/result.ts';
import type { Library } from '../../resources/library.ts';
import type { DeviceCallName, DeviceCalls, DeviceOutput, DeviceParsed } from '../api/device-calls.ts';
import type { ApiError } from '../api/values.ts';
import type { Blobs } from './blobs/types.ts';
import type { PortalConfig } from './config.ts';
import type { PortalLog } from './log.ts';
import type { Mailer } from './mail/types.ts';
import type { DeviceRow } from './store/areas/devices.ts';
import type { MemberRow } from './store/areas/members.ts';
import type { Store } from './store/types.ts';

/** What every route and job of the portal server works with. Made once, in portal/server/index.ts. */
export interface PortalContext {
  readonly config: PortalConfig;
  readonly store: Store;
  /** One workspace a server today; every query names it all the same. */
  readonly workspaceId: string;
  readonly blobs: Blobs;
  /** Null when no mail is set up: the second step of links is an agreed word then. */
  readonly mailer: Mailer | null;
  readonly log: PortalLog;
  readonly now: () => Date;
  /** UUIDv7. */
  readonly newId: () => string;
  /** 256 random bits as base64url, 43 characters. */
  readonly newToken: () => string;
  /** Templates and packs, as rules read them; members are added by whoever has a transaction. */
  readonly rules: Pick<Workspace, 'template' | 'packNames'> & PackLibrary & Pick<Library, 'questions' | 'stateForms'>;
  /** A random name of this process, for claims and leases. */
  readonly owner: string;
}

/** A desktop that has shown its key, and whose it is. Read anew at each request, so a revocation counts at once. */
export interface DeviceCaller {
  readonly device: DeviceRow;
  readonly member: MemberRow;
  /** Of the connection, or as the trusted proxy says. For limits only; kept as a hash. */
  readonly address: string;
}

/** For calls before anybody is signed in. */
export interface OpenCaller {
  readonly device: null;
  readonly member: null;
  readonly address: string;
}

export type CallerOf<N extends DeviceCallName> = DeviceCalls[N]['who'] extends 'open' ? OpenCaller : DeviceCaller;

/** Expected failures are values; what is thrown is a defect, logged without its words and answered with a sentence. */
export type DeviceHandler<N extends DeviceCallName> = (
  context: PortalContext,
  caller: CallerOf<N>,
  input: DeviceParsed<N>,
) => Promise<Result<DeviceOutput<N>, ApiError>>;

/** Some of the calls, as one file of portal/server/routes answers them. */
export type SomeDeviceHandlers = { readonly [N in DeviceCallName]?: DeviceHandler<N> };
