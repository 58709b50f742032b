import { z } from 'zod';
import { IntakeLinks, IntakeLinkView, LeadView, MergeReply } from '../leads.ts';
import { PortalRows, Sight, SightInput } from '../portal-rows.ts';
import { ChangeView, ThreadView } from '../portal-views.ts';
import { AccessView, answered, LinkView, SyncState, TeamView, TRAIL_GROUPS, TrailPage, WaitingStep } from '../sync.ts';
import { Day, Id } from '../values.ts';
import { backend, type Call, Done, Job, Nothing, OfDeal } from './call.ts';

const OfLink = z.object({ dealId: Id, linkId: Id }).strict();
const MemberRole = z.enum(['tc', 'admin', 'agent']);
const NewCode = z.object({ code: z.string(), expiresAt: z.string() });

/** What goes over a portal: sync and the team, and the people who have links. */
export const portalCalls = {
  'sync:state': backend(Nothing, SyncState),
  /** Asks the server at once, and every file that waits tries again. */
  'sync:try-now': backend(Nothing, SyncState),
  /** What goes out when the connection is back, oldest first, at most 500. */
  'sync:waiting': backend(Nothing, z.array(WaitingStep)),
  /** Looks whether there is a portal server at an address that a person typed. */
  'sync:check-server': backend(
    z.object({ url: z.string().trim().max(300) }).strict(),
    answered(z.object({ url: z.string(), isSetUp: z.boolean() })),
  ),
  /**
   * Signs this computer in at a shared portal with a code, and moves to it: what is here goes there too. Nothing is lost
   * when it fails: the server before stays in use.
   */
  'sync:join': backend(
    z
      .object({
        url: z.string().trim().max(300),
        code: z.string().trim().max(40),
        name: z.string().trim().min(1).max(120),
        email: z.string().trim().max(320),
        deviceName: z.string().trim().min(1).max(120),
        workspaceName: z.string().trim().max(120),
      })
      .strict(),
    answered(SyncState),
  ),
  /** A new code for the same server, after it forgot or revoked this computer. */
  'sync:sign-in-again': backend(z.object({ code: z.string().trim().max(40) }).strict(), answered(SyncState)),
  /**
   * Leaves a shared portal. `keep`: the records stay on this computer, with its own portal. `remove`: the team's deals go
   * from this computer; refused while steps or files wait for the server, unless `evenUnsent`.
   */
  'sync:sign-out': backend(
    z.object({ records: z.enum(['keep', 'remove']), evenUnsent: z.boolean() }).strict(),
    answered(SyncState),
  ),
  'sync:files': backend(
    z.object({ isPaused: z.boolean().optional(), cap: z.int().min(16).max(1_000_000).nullable().optional() }).strict(),
    SyncState,
  ),

  /** Requests for change, those on their way first; and the conversations with each person. */
  'changes:of': backend(OfDeal, z.array(ChangeView)),

  'messages:of': backend(OfDeal, z.array(ThreadView)),

  /** What people sent, read, answered and proposed; and who would read a file if this were said of it. */
  'portal-rows:of': backend(OfDeal, PortalRows),
  'portal-rows:sight': backend(SightInput, Sight),

  'team:get': backend(Nothing, answered(TeamView)),
  'team:invite': backend(
    z.object({ name: z.string().trim().min(1).max(120), email: z.string().trim().max(320), role: MemberRole }).strict(),
    answered(NewCode),
  ),
  'team:withdraw': backend(z.object({ invitationId: Id }).strict(), answered(Done)),
  'team:device-code': backend(z.object({ memberId: Id.optional() }).strict(), answered(NewCode)),
  'team:set-member': backend(
    z
      .object({ memberId: Id, name: z.string().trim().min(1).max(120).optional(), role: MemberRole.optional() })
      .strict(),
    answered(Done),
  ),
  'team:revoke-member': backend(z.object({ memberId: Id }).strict(), answered(Done)),
  'team:revoke-device': backend(z.object({ deviceId: Id }).strict(), answered(Done)),

  /** Links for people who have no deal yet; kept by the portal. */
  'leads:links': backend(Nothing, answered(IntakeLinks)),
  'leads:make-link': backend(
    z
      .object({
        note: z.string().trim().max(120),
        days: z.int().min(1).max(365),
        maxUses: z.int().min(1).max(100),
      })
      .strict(),
    /** `qr`: the address as an SVG. Neither is told again. */
    answered(z.object({ link: IntakeLinkView, url: z.string(), qr: z.string() })),
  ),
  'leads:revoke-link': backend(z.object({ linkId: Id }).strict(), answered(Done)),
  /** That a deal came in by such a link, with what may be the same; null for every other deal. */
  'leads:of': backend(OfDeal, LeadView.nullable()),
  /** Writes what came in into another deal, then ends this one. */
  'leads:merge': backend(z.object({ dealId: Id, intoDealId: Id }).strict(), MergeReply),

  'access:get': backend(OfDeal, answered(AccessView)),
  'access:set-member': backend(z.object({ dealId: Id, memberId: Id, isOn: z.boolean() }).strict(), answered(Done)),
  'access:make-link': backend(
    z
      .object({
        dealId: Id,
        personId: Id,
        secondStep: z.enum(['code', 'word']),
        word: z.string().trim().max(120),
        mayDownload: z.boolean(),
        /** The last day; null for 30 days after closing, moving with it. */
        expiresOn: Day.nullable(),
      })
      .strict(),
    /** `qr`: the address as an SVG. Neither is told again. */
    answered(z.object({ link: LinkView, url: z.string(), qr: z.string() })),
  ),
  'access:revoke-link': backend(OfLink, answered(Done)),
  'access:set-download': backend(OfLink.extend({ mayDownload: z.boolean() }), answered(Done)),
  /** An address to open at once in a browser: the portal as that person sees it, to look at only. */
  'access:preview': backend(z.object({ dealId: Id, personId: Id }).strict(), answered(z.object({ url: z.string() }))),

  /** The history of a deal: what was done, seen, fetched and denied. */
  'trail:list': backend(
    z
      .object({
        dealId: Id,
        before: z.int().min(1).nullable(),
        groups: z.array(z.enum(TRAIL_GROUPS)).max(20),
        actor: z.string().max(220),
        limit: z.int().min(1).max(200),
      })
      .strict(),
    TrailPage,
  ),
  /** The whole deal with its trail as one file that `closeboard verify` checks. */
  'trail:export': backend(OfDeal, Job),
} as const satisfies Record<string, Call>;
