import { z } from 'zod';
import {
  HeadsReply,
  HeadsRequest,
  HelloReply,
  HelloRequest,
  PageReply,
  PageRequest,
  Problem,
  PushReply,
  PushRequest,
  RenewReply,
  RenewRequest,
} from '../../core/sync/wire.ts';
import { type ApiCall, apiCall } from './call.ts';
import { Done, Id, Instant, Nothing, Role, Sha256 } from './values.ts';

/**
 * Every request of a desktop to its portal server: `POST /api/desk/<name>`, JSON both ways, `Authorization: Bearer
 * <device key>` for all but `open` ones. A new one is a line here, a handler in portal/server/routes and a test.
 *
 * `open`: nobody is signed in yet. `member`: any device of a member of the team. `coordinator`: of a TC or admin.
 * `admin`: of an admin. Beside these, outside of JSON: `GET /api/desk/events` (pokes, server-sent events), uploads by
 * tus under `/api/desk/uploads`, `GET /api/desk/file/<dealId>/<sha256>` (range), `GET /api/desk/export/<dealId>` (zip).
 */

const OfDeal = z.strictObject({ dealId: Id });
const told = <T extends z.ZodType>(reply: T) =>
  z.union([z.strictObject({ reply, problem: z.null() }), z.strictObject({ reply: z.null(), problem: Problem })]);

/** A code that a person types: 16 letters and digits in fours, "K7QM-2XRB-9TWF-HC3D". */
const Code = z.string().trim().min(8).max(40);

const DeviceView = z.strictObject({
  id: Id,
  name: z.string(),
  enrolledAt: Instant,
  seenAt: Instant.nullable(),
  isThis: z.boolean(),
});
const MemberView = z.strictObject({
  id: Id,
  name: z.string(),
  email: z.string(),
  role: Role,
  isGone: z.boolean(),
  isMe: z.boolean(),
  /** Own ones, or (for an admin) everybody's. */
  devices: z.array(DeviceView),
});
const InvitationView = z.strictObject({
  id: Id,
  name: z.string(),
  email: z.string(),
  role: Role,
  madeAt: Instant,
  expiresAt: Instant,
});
const NewCode = z.strictObject({ code: z.string(), expiresAt: Instant });

const LINK_STATES = ['open', 'expired', 'revoked'] as const;
export const LinkView = z.strictObject({
  id: Id,
  kind: z.enum(['portal', 'calendar']),
  state: z.enum(LINK_STATES),
  secondStep: z.enum(['code', 'word', 'none']),
  /** Where codes go; empty for an agreed word. */
  address: z.string(),
  mayDownload: z.boolean(),
  madeAt: Instant,
  madeByName: z.string(),
  expiresAt: Instant,
  /** The default end moves with the closing date. */
  movesWithClosing: z.boolean(),
  usedAt: Instant.nullable(),
});
export type LinkView = z.infer<typeof LinkView>;

/** One person or member of a deal: who they are, what they may see, why, until when. */
export const AccessEntry = z.strictObject({
  id: Id,
  kind: z.enum(['person', 'member']),
  name: z.string(),
  role: z.string(),
  /** "Own papers and dates. Until Aug 1": one line for a list. */
  short: z.string(),
  /** The whole of it, from core's `explainAccess`. */
  sentences: z.array(z.string()),
  links: z.array(LinkView),
  /** Whether a link can be made for them; else why not, as a sentence. */
  canHaveLink: z.boolean(),
  whyNot: z.string(),
  email: z.string(),
  /** For a member who is an agent: on this deal or not, which a coordinator changes. Null where the role decides. */
  isOn: z.boolean().nullable(),
});
export type AccessEntry = z.infer<typeof AccessEntry>;

export const AccessView = z.strictObject({
  dealId: Id,
  /** False for the portal of this computer: its links open here only, and nothing is ever sent with them. */
  isShared: z.boolean(),
  /** Whether this server can send codes by mail; without, the second step is an agreed word. */
  canMail: z.boolean(),
  entries: z.array(AccessEntry),
});
export type AccessView = z.infer<typeof AccessView>;

/** A link for somebody who has no deal yet. */
export const IntakeLinkView = z.strictObject({
  id: Id,
  /** For whom, in the words of whoever made it; empty when they said nothing. */
  note: z.string(),
  /** `used`: as many as may have sent their answers. */
  state: z.enum([...LINK_STATES, 'used']),
  madeAt: Instant,
  madeByName: z.string(),
  expiresAt: Instant,
  maxUses: z.int(),
  uses: z.int(),
  usedAt: Instant.nullable(),
  /** How many are answering now. */
  answering: z.int(),
});
export type IntakeLinkView = z.infer<typeof IntakeLinkView>;

/** One row of the trail in words. */
export const AuditEntry = z.strictObject({
  n: z.int().min(1),
  at: Instant,
  /** `command`, `refused`, `view`, `download`, `denied`, `sign-in`, `access`, `export`, `file`, `other`. */
  group: z.enum(['command', 'refused', 'view', 'download', 'denied', 'sign-in', 'access', 'export', 'file', 'other']),
  /** Who did it, by name; "Closeboard" for a job, "Somebody" where nobody is known. */
  who: z.string(),
  actor: z.string(),
  /** A finished sentence: "Priya Raman opened the disclosure packet." */
  sentence: z.string(),
  commandId: Id.nullable(),
});
export type AuditEntry = z.infer<typeof AuditEntry>;
const AUDIT_GROUPS = AuditEntry.shape.group.options;

export const deviceCalls = {
  'sync/hello': apiCall('member', HelloRequest, told(HelloReply)),
  'sync/renew': apiCall('member', RenewRequest, told(RenewReply)),
  'sync/push': apiCall('member', PushRequest, told(PushReply)),
  'sync/heads': apiCall('member', HeadsRequest, told(HeadsReply)),
  'sync/page': apiCall('member', PageRequest, told(PageReply)),

  /** What a server says of itself before anybody is signed in: whether this is one, and whether it can be talked with. */
  'server/about': apiCall(
    'open',
    Nothing,
    z.strictObject({
      product: z.literal('closeboard-portal'),
      version: z.string(),
      protocol: z.int(),
      floor: z.int(),
      /** False until the first admin has enrolled with the set-up code. */
      isSetUp: z.boolean(),
      isEmbedded: z.boolean(),
    }),
  ),
  /**
   * Signs a desktop in with a code that works once. The set-up code makes the first admin and names the workspace; an
   * invitation makes the member under the id that the desktop goes by already, unless that is taken; a device code adds
   * a device to its member. The answer is the only time that the key is told.
   */
  'team/enrol': apiCall(
    'open',
    z.strictObject({
      code: Code,
      deviceId: Id,
      deviceName: z.string().trim().min(1).max(120),
      memberId: Id,
      name: z.string().trim().min(1).max(120),
      email: z.string().trim().max(320),
      workspaceName: z.string().trim().max(120),
    }),
    z.strictObject({
      deviceKey: z.string().min(40).max(100),
      deviceId: Id,
      memberId: Id,
      name: z.string(),
      role: Role,
      storeId: Id,
      workspaceName: z.string(),
    }),
  ),
  'team/get': apiCall(
    'member',
    Nothing,
    z.strictObject({
      workspaceName: z.string(),
      members: z.array(MemberView),
      /** Open invitations; only an admin sees them. */
      invitations: z.array(InvitationView),
      mayManage: z.boolean(),
    }),
  ),
  'team/invite': apiCall(
    'admin',
    z.strictObject({
      name: z.string().trim().min(1).max(120),
      email: z.string().trim().toLowerCase().max(320),
      role: Role,
    }),
    NewCode,
  ),
  'team/withdraw': apiCall('admin', z.strictObject({ invitationId: Id }), Done),
  /** For a further computer of whoever asks, or (for an admin) of another member: the way back for one whose only computer is lost. */
  'team/device-code': apiCall('member', z.strictObject({ memberId: Id.optional() }), NewCode),
  'team/set-member': apiCall(
    'admin',
    z.strictObject({ memberId: Id, name: z.string().trim().min(1).max(120).optional(), role: Role.optional() }),
    Done,
  ),
  'team/revoke-member': apiCall('admin', z.strictObject({ memberId: Id }), Done),
  /** One's own device, or (for an admin) anybody's. */
  'team/revoke-device': apiCall('member', z.strictObject({ deviceId: Id }), Done),
  'team/sign-out': apiCall('member', Nothing, Done),

  /**
   * Of some contents that rows of this deal name: those whose bytes the server lacks. `unnamed` are the
   * places (from 0) of those that no row names (yet), or none that is for whoever asks: of these nothing is told.
   */
  'files/missing': apiCall(
    'member',
    z.strictObject({ dealId: Id, sha256s: z.array(Sha256).min(1).max(500) }),
    z.strictObject({ missing: z.array(Sha256), unnamed: z.array(z.int()) }),
  ),

  'access/get': apiCall('member', OfDeal, AccessView),
  /** Puts an agent of the team on a deal, or takes them off: their desktops get or lose it. */
  'access/set-member': apiCall('coordinator', z.strictObject({ dealId: Id, memberId: Id, isOn: z.boolean() }), Done),
  /** The answer is the only time that the link is told; it is kept as a hash. */
  'access/make-link': apiCall(
    'coordinator',
    z.strictObject({
      dealId: Id,
      personId: Id,
      secondStep: z.enum(['code', 'word']),
      /** The agreed word, for `word`; else empty. */
      word: z.string().max(120),
      mayDownload: z.boolean(),
      /** The last day as an instant; null for 30 days after closing, moving with it. */
      expiresAt: Instant.nullable(),
    }),
    z.strictObject({ link: LinkView, url: z.string() }),
  ),
  'access/revoke-link': apiCall('coordinator', z.strictObject({ dealId: Id, linkId: Id }), Done),
  'access/set-download': apiCall(
    'coordinator',
    z.strictObject({ dealId: Id, linkId: Id, mayDownload: z.boolean() }),
    Done,
  ),
  /** An address that shows the portal as that person sees it, to look at only: good once, for a minute. */
  'access/preview': apiCall(
    'coordinator',
    z.strictObject({ dealId: Id, personId: Id }),
    z.strictObject({ url: z.string() }),
  ),

  /** The newest hundred, newest first. */
  'intake/links': apiCall(
    'coordinator',
    Nothing,
    z.strictObject({ isShared: z.boolean(), links: z.array(IntakeLinkView) }),
  ),
  /** The answer is the only time that the link is told; it is kept as a hash. */
  'intake/make-link': apiCall(
    'coordinator',
    z.strictObject({
      note: z.string().trim().max(120),
      days: z.int().min(1).max(365),
      /** How many may send their answers through it. */
      maxUses: z.int().min(1).max(100),
    }),
    z.strictObject({ link: IntakeLinkView, url: z.string() }),
  ),
  'intake/revoke-link': apiCall('coordinator', z.strictObject({ linkId: Id }), Done),

  'audit/list': apiCall(
    'member',
    z.strictObject({
      dealId: Id,
      /** The place of the oldest entry that is held; null for the newest. */
      before: z.int().min(1).nullable(),
      groups: z.array(z.enum(AUDIT_GROUPS)).max(20),
      /** Only what this actor did: `member:<id>`, `party:<id>`; empty for everybody. */
      actor: z.string().max(220),
      limit: z.int().min(1).max(200),
      /** How many rows the desktop knows to be there, from the end that it keeps; 0 for none. */
      seen: z.int().min(0),
    }),
    z.strictObject({
      entries: z.array(AuditEntry),
      before: z.int().nullable(),
      head: z.strictObject({ count: z.int(), hash: z.string() }),
      /** The hash of row `seen`, for the desktop to compare with its own; null where there is no such row. */
      seenHash: z.string().nullable(),
      /** Who appears in the trail, for the filter. */
      actors: z.array(z.strictObject({ actor: z.string(), name: z.string() })),
    }),
  ),
} as const satisfies Record<string, ApiCall>;

export type DeviceCalls = typeof deviceCalls;
export type DeviceCallName = keyof DeviceCalls;
export type DeviceInput<N extends DeviceCallName> = z.input<DeviceCalls[N]['input']>;
export type DeviceParsed<N extends DeviceCallName> = z.output<DeviceCalls[N]['input']>;
export type DeviceOutput<N extends DeviceCallName> = z.output<DeviceCalls[N]['output']>;

export const DESK_PATH = '/api/desk';
/** Chunks of an upload, in bytes: proxies buffer, so an unbounded request may commit nothing. */
export const UPLOAD_CHUNK = 8 * 1024 * 1024;
