import { z } from 'zod';
import { CopiedOut, CopyOutInput, DropSource, FileBytes, PutFileInput, ReadFileInput, UploadId } from './files.ts';
import { NewDatesInput, NewDatesReply, PreviewInput, PreviewReply } from './impact.ts';
import { IntakeLinks, IntakeLinkView, LeadView, MergeReply } from './leads.ts';
import {
  Cut,
  Filing,
  FolderRule,
  InboxItem,
  InboxView,
  LineView,
  PageTurn,
  ProposalView,
  ReviewItem,
  SEARCH_KINDS,
  SearchHit,
  WatchedFolder,
} from './papers.ts';
import { PortalRows, Sight, SightInput } from './portal-rows.ts';
import { ChangeView, ThreadView } from './portal-views.ts';
import {
  AccessView,
  AttentionChoice,
  AttentionItem,
  answered,
  LinkView,
  SyncState,
  TeamView,
  TRAIL_GROUPS,
  TrailPage,
  WaitingStep,
} from './sync.ts';
import { UpdateState } from './updates.ts';
import {
  ActivityEntry,
  BoardFilter,
  Capability,
  Column,
  CommandReply,
  Day,
  DealView,
  Found,
  Id,
  Profile,
  RecordsState,
  Settings,
  Stage,
  StateForm,
  TodayItem,
} from './values.ts';

/**
 * Every call between the renderer and what stands behind it. A new call is a line here, a handler, and a test.
 * `backend` calls go to the backend process; `host` calls are answered by the host itself (main or browser host).
 */
export interface Call<
  In extends z.ZodType = z.ZodType,
  Out extends z.ZodType = z.ZodType,
  To extends 'backend' | 'host' = 'backend' | 'host',
> {
  readonly input: In;
  readonly output: Out;
  readonly to: To;
}

function backend<In extends z.ZodType, Out extends z.ZodType>(input: In, output: Out): Call<In, Out, 'backend'> {
  return { input, output, to: 'backend' };
}

function host<In extends z.ZodType, Out extends z.ZodType>(input: In, output: Out): Call<In, Out, 'host'> {
  return { input, output, to: 'host' };
}

const Nothing = z.object({}).strict();
const Done = z.object({ done: z.literal(true) });
const Job = z.object({ jobId: Id });
const OfArrival = z.object({ arrivalId: Id }).strict();
const OfDeal = z.object({ dealId: Id }).strict();
const OfLink = z.object({ dealId: Id, linkId: Id }).strict();
const MemberRole = z.enum(['tc', 'admin', 'agent']);
const NewCode = z.object({ code: z.string(), expiresAt: z.string() });

export const calls = {
  'records:state': backend(Nothing, RecordsState),
  /** Puts a backup back; the damaged records are set aside, never deleted. */
  'records:restore': backend(z.object({ backupId: z.string().max(300) }).strict(), RecordsState),
  'records:retry': backend(Nothing, RecordsState),

  'workspace:get': backend(
    Nothing,
    z.object({
      profile: Profile,
      settings: Settings,
      forms: z.array(StateForm),
      members: z.array(z.object({ id: Id, name: z.string() })),
      dealCount: z.int(),
      sampleCount: z.int(),
      today: Day,
    }),
  ),
  'workspace:save-profile': backend(
    z.object({ name: z.string().trim().min(1).max(120), office: z.string().trim().max(120) }).strict(),
    Profile,
  ),
  'workspace:save-settings': backend(Settings.partial().strict(), Settings),

  'board:columns': backend(
    z.object({ filter: BoardFilter, limit: z.int().min(1).max(200) }).strict(),
    z.object({ columns: z.array(Column), total: z.int() }),
  ),
  'board:column': backend(
    z
      .object({
        stage: Stage,
        filter: BoardFilter,
        after: z.string().max(500).optional(),
        limit: z.int().min(1).max(500),
      })
      .strict(),
    Column,
  ),
  'today:list': backend(Nothing, z.object({ items: z.array(TodayItem), quietDeals: z.int() })),
  'deals:get': backend(z.object({ dealId: Id }).strict(), DealView.nullable()),
  'deals:activity': backend(
    z.object({ dealId: Id, before: z.string().max(200).optional(), limit: z.int().min(1).max(200) }).strict(),
    z.object({ entries: z.array(ActivityEntry), before: z.string().nullable() }),
  ),
  /** Deals that look like the one being entered: address and people. */
  'deals:similar': backend(
    z.object({ street: z.string().max(200), zip: z.string().max(20), clientName: z.string().max(200) }).strict(),
    z.array(z.object({ dealId: Id, plate: z.string(), title: z.string(), reasons: z.array(z.string()) })),
  ),
  'deals:command': backend(
    z.object({ id: Id, dealId: Id, name: z.string().max(60), args: z.record(z.string(), z.unknown()) }).strict(),
    CommandReply,
  ),
  /** What a step would do to dates and tasks; writes nothing. */
  'deals:preview': backend(PreviewInput, PreviewReply),
  /** The dates that a new deal would open with. */
  'deals:preview-new': backend(NewDatesInput, NewDatesReply),
  'search:find': backend(
    z.object({ text: z.string().max(200), limit: z.int().min(1).max(100) }).strict(),
    z.array(Found),
  ),
  /** Everything that holds the words, inside documents too; the last word may be the beginning of one. */
  'search:all': backend(
    z
      .object({
        text: z.string().max(200),
        kinds: z.array(z.enum(SEARCH_KINDS)).max(4).optional(),
        dealId: Id.optional(),
        onlyActive: z.boolean().optional(),
        limit: z.int().min(1).max(100),
      })
      .strict(),
    z.array(SearchHit),
  ),

  /** Takes files in: dropped, pasted or picked. Each becomes an item of the inbox, or is filed where it was dropped. */
  'inbox:add': backend(
    z
      .object({
        sources: z.array(DropSource).min(1).max(5_000),
        how: z.enum(['drop', 'paste', 'pick']),
        dealId: Id.optional(),
        /** Dropped on this document: filed there at once, unless it must be held. */
        lineId: Id.optional(),
      })
      .strict(),
    Job,
  ),
  'inbox:list': backend(Nothing, InboxView),
  'inbox:item': backend(OfArrival, InboxItem.nullable()),
  /** How many items wait for a person: the number beside Inbox. */
  'inbox:count': backend(Nothing, z.object({ open: z.int(), toReview: z.int() })),
  'inbox:file': backend(Filing, CommandReply),
  /** What would be proposed if it were of this deal, or of this deal and document. */
  'inbox:propose': backend(
    z.object({ arrivalId: Id, dealId: Id, lineId: Id.optional() }).strict(),
    ProposalView.nullable(),
  ),
  /** Takes filing or setting aside back: the item waits again. */
  'inbox:undo': backend(OfArrival, CommandReply),
  /** "Not ours": it waits no more and stays findable. */
  'inbox:set-aside': backend(z.object({ arrivalId: Id, reason: z.string().trim().max(300) }).strict(), CommandReply),
  /** After a call on a number that was known before. `real` lets it go; `fraud` sets it aside for good. */
  'inbox:verdict-on-held': backend(
    z.object({ arrivalId: Id, verdict: z.enum(['real', 'fraud']), words: z.string().trim().max(300) }).strict(),
    CommandReply,
  ),
  'inbox:password': backend(z.object({ arrivalId: Id, password: z.string().max(200) }).strict(), CommandReply),
  'inbox:cuts': backend(OfArrival, z.object({ pages: z.int(), cuts: z.array(Cut) })),
  /** Each range of pages becomes an item of its own; the bundle is kept. */
  'inbox:split': backend(z.object({ arrivalId: Id, cuts: z.array(Cut).min(1).max(200) }).strict(), Job),
  /** Several photos become one PDF, in the given order; the photos are kept. */
  'inbox:join-photos': backend(z.object({ arrivalIds: z.array(Id).min(1).max(200) }).strict(), Job),

  /** Bytes of one content in the vault; fewer than asked for at its end. */
  'files:read': backend(ReadFileInput, FileBytes),
  /** Takes a file that lies nowhere yet beside the records, as an upload does. Electron's way for what is pasted. */
  'files:put': backend(PutFileInput, z.object({ uploadId: UploadId })),
  /** A copy for other programs: to drag out, to save, to open. */
  'files:copy-out': backend(CopyOutInput, CopiedOut),

  /** What waits for a reviewer, oldest first; of one deal, or of all. */
  'review:queue': backend(z.object({ dealId: Id.optional() }).strict(), z.array(ReviewItem)),

  /** The document checklist of a deal with all its files. */
  'papers:lines': backend(z.object({ dealId: Id }).strict(), z.array(LineView)),
  /** Pages of a filed file in another order, turned or left out: filed as the next version. */
  'papers:arrange': backend(
    z.object({ dealId: Id, versionId: Id, pages: z.array(PageTurn).min(1).max(5_000) }).strict(),
    Job,
  ),
  'papers:stamp': backend(
    z.object({ dealId: Id, versionId: Id, words: z.string().trim().min(1).max(120) }).strict(),
    Job,
  ),
  /** Several files as one, in the given order; it comes to the inbox as an item for this deal. */
  'papers:merge': backend(
    z
      .object({ dealId: Id, versionIds: z.array(Id).min(2).max(200), title: z.string().trim().min(1).max(200) })
      .strict(),
    Job,
  ),
  'papers:checklist': backend(z.object({ dealId: Id }).strict(), Job),
  /** Cover, contents with links, and the files in the given order: filed as "Closing packet" of the deal. */
  'papers:packet': backend(z.object({ dealId: Id, versionIds: z.array(Id).min(1).max(500) }).strict(), Job),
  /** Brings the deal's ordinary folder in step and says where it is. */
  'papers:folder': backend(z.object({ dealId: Id }).strict(), z.object({ path: z.string(), sentence: z.string() })),

  'folders:list': backend(Nothing, z.array(WatchedFolder)),
  'folders:add': backend(
    z.object({ path: z.string().trim().min(1).max(4_000) }).strict(),
    z.object({ folder: WatchedFolder.nullable(), sentence: z.string() }),
  ),
  'folders:save': backend(
    z
      .object({
        id: Id,
        policy: z.enum(['leave', 'move']),
        isPaused: z.boolean(),
        mayFileAlone: z.boolean(),
        mayHydrate: z.boolean(),
        rules: z.array(FolderRule).max(50),
      })
      .strict(),
    z.array(WatchedFolder),
  ),
  'folders:remove': backend(z.object({ id: Id }).strict(), z.array(WatchedFolder)),
  'folders:rescan': backend(z.object({ id: Id.optional() }).strict(), Done),

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
  'attention:list': backend(z.object({ dealId: Id.optional() }).strict(), z.array(AttentionItem)),
  'attention:answer': backend(z.object({ id: Id, choice: AttentionChoice }).strict(), CommandReply),

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

  'samples:add': backend(Nothing, Job),
  'samples:remove': backend(Nothing, Job),
  'jobs:cancel': backend(Job.strict(), Done),

  'host:info': host(
    Nothing,
    z.object({
      version: z.string(),
      capabilities: z.array(Capability),
      platform: z.enum(['darwin', 'win32', 'linux']),
      dataFolder: z.string(),
    }),
  ),
  'host:open-folder': host(
    z.object({ which: z.enum(['data', 'backups', 'deal']), name: z.string().max(255).optional() }).strict(),
    Done,
  ),
  /** The system's own dialog for a folder; null when it was left, or where there is none. */
  'host:pick-folder': host(Nothing, z.object({ path: z.string().nullable() })),
  'host:open-link': host(z.object({ url: z.string().max(2000) }).strict(), Done),
  'host:set-theme': host(z.object({ theme: z.enum(['system', 'light', 'dark']) }).strict(), Done),
  'host:notify': host(
    z.object({ title: z.string().max(120), body: z.string().max(300), dealId: Id.optional() }).strict(),
    Done,
  ),
  /** The renderer's own marks, for start-up timing: "board/painted". */
  'host:mark': host(
    z
      .object({
        name: z
          .string()
          .regex(/^[a-z]+\/[a-z-]+$/)
          .max(60),
      })
      .strict(),
    Done,
  ),
  'updates:state': host(Nothing, UpdateState),
  'updates:check': host(Nothing, UpdateState),
  'updates:download': host(Nothing, UpdateState),
  'updates:restart': host(Nothing, UpdateState),
} as const satisfies Record<string, Call>;

export type CallName = keyof typeof calls;
/** The calls of one side: those that the backend answers, or those that the host answers itself. */
export type CallNameOf<To extends 'backend' | 'host'> = {
  [N in CallName]: (typeof calls)[N] extends Call<z.ZodType, z.ZodType, To> ? N : never;
}[CallName];
export type CallInput<N extends CallName> = z.input<(typeof calls)[N]['input']>;
export type CallOutput<N extends CallName> = z.output<(typeof calls)[N]['output']>;

/** Electron keeps only `message` of a thrown error, so nothing is thrown across. */
export type Reply<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: CallError };

/**
 * Why a call was not answered. `defect` never carries the defect's own message: that stays in the log.
 * `backend-gone` means the backend stopped while this call was under way; what it did is unknown until asked again.
 */
export interface CallError {
  readonly type: 'bad-call' | 'not-trusted' | 'defect' | 'backend-gone' | 'records-closed' | 'not-here';
  readonly message: string;
}
