import { z } from 'zod';
import { InstantArg } from '../commands/schemas.ts';
import { isShallow } from './canonical.ts';
import { SYNC_TABLES } from './rows.ts';

/**
 * Everything that travels between a desktop and its server, strict. A change here is a new PROTOCOL_VERSION with its
 * line in PROTOCOL_HISTORY: wire.test.ts pins the whole.
 */

const Id = z.string().min(1).max(200);
const Version = z.int().min(0);
const Shallow = z.unknown().refine((value) => isShallow(value), { error: 'nested too deep' });

export const MAX_COMMANDS = 100;

/** S2. `seq` is gapless from 1 per device; `at` is what the desktop's clock said and orders nothing. */
export const SyncCommand = z.strictObject({
  deviceId: Id,
  seq: z.int().min(1),
  commandId: Id,
  dealId: Id,
  name: z.string().min(1).max(60),
  args: Shallow,
  at: InstantArg,
});

export const RefusalOnWire = z.strictObject({
  type: z.string().min(1).max(60),
  message: z.string().min(1),
  details: Shallow.optional(),
});

/** The answer to one command; a repeat is given the same again. */
export const CommandReply = z.discriminatedUnion('outcome', [
  z.strictObject({
    outcome: z.literal('done'),
    seq: z.int().min(1),
    commandId: Id,
    /** It leaves the outbox when a pull has reached this. */
    unitVersion: Version,
    changes: Version,
    label: z.string(),
  }),
  z.strictObject({
    outcome: z.literal('refused'),
    seq: z.int().min(1),
    commandId: Id,
    /** Null for somebody who is not on the deal. */
    unitVersion: Version.nullable(),
    refusal: RefusalOnWire,
  }),
]);

/** Why a request as a whole was not answered. */
export const Problem = z.discriminatedUnion('type', [
  /** The device was set back to an older copy of itself: it renews itself under a new id. */
  z.strictObject({ type: z.literal('DeviceRewound'), message: z.string() }),
  z.strictObject({ type: z.literal('SeqGap'), message: z.string(), expected: z.int().min(1) }),
  /** The server was restored: `storeId` is its new one. */
  z.strictObject({ type: z.literal('StoreChanged'), message: z.string(), storeId: Id }),
  /** Not known here, renewed under another id, or revoked. */
  z.strictObject({ type: z.enum(['UnknownDevice', 'DeviceClosed', 'DeviceRevoked']), message: z.string() }),
  /** There is no such unit for this member. */
  z.strictObject({ type: z.literal('UnitNotAvailable'), message: z.string() }),
  z.strictObject({ type: z.enum(['DesktopTooOld', 'ServerTooOld']), message: z.string() }),
]);

/** Every request names the store that the desktop knows, so that none reaches a restored one by mistake. */
const Asked = { protocol: z.int().min(1), storeId: Id, deviceId: Id };

export const HelloRequest = z.strictObject({ ...Asked, storeId: Id.nullable() });
export const TeamMember = z.strictObject({
  id: Id,
  name: z.string().max(200),
  role: z.enum(['tc', 'admin', 'agent']),
  email: z.string().max(320),
  /** Left the team: kept so that what they did still has a name. */
  isGone: z.boolean(),
});

export const HelloReply = z.strictObject({
  protocol: z.int().min(1),
  floor: z.int().min(1),
  storeId: Id,
  memberId: Id,
  role: z.enum(['tc', 'admin', 'agent']),
  /** The workspace as rules read it: its name and everybody on the team. */
  workspaceName: z.string().max(200),
  team: z.array(TeamMember).max(10_000),
  /** The server's time, so that a desktop can say that its clock is off. It orders nothing. */
  at: z.string().max(30),
  /** The last number that the server answered for this device. */
  lastSeq: Version,
});

/** A new id for a desktop that was set back, or whose server was. Closes the former ones; the same again is the same. */
export const RenewRequest = z.strictObject({
  protocol: z.int().min(1),
  storeId: Id.nullable(),
  deviceId: Id,
  formerIds: z.array(Id).max(200),
});
export const RenewReply = z.strictObject({
  storeId: Id,
  deviceId: Id,
  /** How far the server is with each former id of this member, revoked ones too; one that it does not know is absent. */
  known: z.array(z.strictObject({ deviceId: Id, lastSeq: Version })).max(200),
});

export const PushRequest = z.strictObject({ ...Asked, commands: z.array(SyncCommand).min(1).max(MAX_COMMANDS) });
/** Answers up to the first problem; what comes after it was not looked at. */
export const PushReply = z.strictObject({
  storeId: Id,
  replies: z.array(CommandReply).max(MAX_COMMANDS),
  problem: Problem.nullable(),
});

export const HeadsRequest = z.strictObject({ ...Asked, since: Version });
export const HeadsReply = z.strictObject({
  storeId: Id,
  since: Version,
  head: Version,
  units: z.array(z.strictObject({ unitId: Id, version: z.int().min(1) })),
  /** Units this member was on and is not any more. */
  gone: z.array(Id),
});

const CursorOnWire = z.strictObject({
  version: Version,
  table: z.enum(['', ...SYNC_TABLES]),
  rowId: z.string().max(600),
});
const RowOnWire = z.strictObject({
  table: z.enum(SYNC_TABLES),
  rowId: z.string().min(1).max(600),
  version: z.int().min(1),
  /** Null: taken away. */
  row: z.record(z.string(), z.unknown()).nullable(),
});
export const AuditHead = z.strictObject({ count: Version, hash: z.string().regex(/^[0-9a-f]{64}$/) });

export const PageRequest = z.strictObject({ ...Asked, unitId: Id, after: CursorOnWire, upTo: Version.nullable() });
export const PageReply = z.strictObject({
  storeId: Id,
  unitId: Id,
  after: CursorOnWire,
  upTo: Version,
  current: Version,
  rows: z.array(RowOnWire).max(500),
  next: CursorOnWire.nullable(),
  /** The end of the deal's audit chain, which desktops keep; null where there is none. */
  audit: AuditHead.nullable(),
});

/** S10: a hint. Losing it costs time, not truth. Of unit `workspace`: rights or the team changed, so say hello again. */
export const Poke = z.strictObject({ unitId: Id, version: z.int().min(1) });

export const WIRE = {
  HelloRequest,
  HelloReply,
  RenewRequest,
  RenewReply,
  PushRequest,
  PushReply,
  HeadsRequest,
  HeadsReply,
  PageRequest,
  PageReply,
  Poke,
  Problem,
} as const;

export type SyncCommand = z.infer<typeof SyncCommand>;
export type CommandReply = z.infer<typeof CommandReply>;
export type Problem = z.infer<typeof Problem>;
export type TeamMember = z.infer<typeof TeamMember>;
export type AuditHead = z.infer<typeof AuditHead>;
export type HelloRequest = z.infer<typeof HelloRequest>;
export type HelloReply = z.infer<typeof HelloReply>;
export type RenewRequest = z.infer<typeof RenewRequest>;
export type RenewReply = z.infer<typeof RenewReply>;
export type PushRequest = z.infer<typeof PushRequest>;
export type PushReply = z.infer<typeof PushReply>;
export type HeadsRequest = z.infer<typeof HeadsRequest>;
export type HeadsReply = z.infer<typeof HeadsReply>;
export type PageRequest = z.infer<typeof PageRequest>;
export type PageReply = z.infer<typeof PageReply>;
export type Poke = z.infer<typeof Poke>;
