import { z } from 'zod';
import { DOCUMENT_CLASSES, LINE_STATES, VERSION_SUFFIXES } from '../../core/documents/document.ts';
import { Sha256 } from './files.ts';
import { Day, Id, Instant, PartyRole, Side, Stage } from './values.ts';

/** Documents, what came in, watched folders and search as the window shows them. Shapes only: rules live in core. */

const DocumentClass = z.enum(DOCUMENT_CLASSES);
const Suffix = z.enum(VERSION_SUFFIXES);
const LineState = z.enum(LINE_STATES);

/** What the viewer opens: a file as it came, or the opened copy of one behind a password. */
export const Shown = z.object({ sha256: Sha256, kind: z.enum(['pdf', 'image', 'text']) });
export type Shown = z.infer<typeof Shown>;

export const VersionView = z.object({
  id: Id,
  number: z.int(),
  suffix: Suffix.nullable(),
  sha256: Sha256,
  bytes: z.int(),
  extension: z.string(),
  originalName: z.string(),
  /** By the convention: `2026-06-02_123-Main-St_Purchase-Contract_FE_v3.pdf`. */
  fileName: z.string(),
  documentOn: Day,
  receivedAt: Instant,
  sentBy: z.string(),
  /** `sentBy` sent it themselves, through their page. */
  isFromPage: z.boolean(),
  isHeld: z.boolean(),
  verdict: z.enum(['approved', 'rejected']).nullable(),
  verdictReason: z.string(),
  verdictOn: Day.nullable(),
  pages: z.int().nullable(),
  /** False: its bytes are not on this computer yet. */
  isHere: z.boolean(),
  /** Null: it can not be shown here, and `sentence` says why. */
  shown: Shown.nullable(),
  /** What a person should know of the file: "This PDF asks for a password."; empty for nothing. */
  sentence: z.string(),
});
export type VersionView = z.infer<typeof VersionView>;

export const LineView = z.object({
  id: Id,
  title: z.string(),
  clientTitle: z.string(),
  stage: Stage,
  ownerRole: PartyRole,
  /** Who sends it, as a name or a role in words. */
  who: z.string(),
  class: DocumentClass,
  condition: z.string(),
  isRequired: z.boolean(),
  isLegal: z.boolean(),
  /** Only its name is kept, never a file. */
  isMetadataOnly: z.boolean(),
  state: LineState,
  reason: z.string(),
  /** Oldest first. */
  versions: z.array(VersionView),
});
export type LineView = z.infer<typeof LineView>;

export const DealMark = z.object({ dealId: Id, plate: z.string(), street: z.string(), side: Side });
export type DealMark = z.infer<typeof DealMark>;

export const Certainty = z.enum(['certain', 'likely', 'guess', 'none']);
export type Certainty = z.infer<typeof Certainty>;

const Reason = z.object({
  text: z.string(),
  /** False: it speaks against. */
  isFor: z.boolean(),
  /** Where it stands in the file, to mark it there: the page (from 1) and the words. */
  page: z.int().nullable(),
  quote: z.string(),
});

/** Where a file seems to belong, and why. */
export const ProposalView = z.object({
  deal: DealMark.nullable(),
  /** Other deals it may be of, likeliest first. */
  otherDeals: z.array(DealMark),
  lineId: Id.nullable(),
  /** The document's title: of the line, or of the one that filing would add. Empty when nobody knows what it is. */
  lineTitle: z.string(),
  /** The number it would get on that line. */
  version: z.int(),
  class: DocumentClass,
  suffix: Suffix.nullable(),
  documentOn: Day,
  /** The name it would get; empty while deal or document are not known. */
  fileName: z.string(),
  certainty: Certainty,
  reasons: z.array(Reason),
});
export type ProposalView = z.infer<typeof ProposalView>;

const ARRIVAL_STATES = ['reading', 'new', 'held', 'filed', 'same', 'set-aside', 'opened', 'refused'] as const;
export const ArrivalState = z.enum(ARRIVAL_STATES);
export type ArrivalState = z.infer<typeof ArrivalState>;

export const InboxItem = z.object({
  id: Id,
  at: Instant,
  /** "E-mail from Kwame Boateng", "Watched folder Scans", "Dropped here". */
  from: z.string(),
  fileName: z.string(),
  kind: z.string(),
  extension: z.string(),
  bytes: z.int(),
  /** To save a copy by, of a kind that is not drawn here as well. Null: nobody gets it; it is held, was a fraud, or is a program. */
  sha256: Sha256.nullable(),
  pages: z.int().nullable(),
  /** `opened`: its parts are items of their own. */
  state: ArrivalState,
  /** What to know of it: why it is held, refused or kept once; what reading found. */
  sentence: z.string(),
  shown: Shown.nullable(),
  needsPassword: z.boolean(),
  /** How many parts came out of it. */
  parts: z.int(),
  proposal: ProposalView.nullable(),
  /** Where it was filed. */
  filed: z
    .object({ deal: DealMark, lineId: Id, lineTitle: z.string(), versionId: Id, version: z.int(), byRule: z.boolean() })
    .nullable(),
  canUndo: z.boolean(),
  /** The version before, to lay beside it. */
  previous: z.object({ versionId: Id, number: z.int(), shown: Shown.nullable() }).nullable(),
  /** For a held one: whom to call, from the deal's people. */
  callFirst: z.object({ name: z.string(), phone: z.string() }).nullable(),
});
export type InboxItem = z.infer<typeof InboxItem>;

export const InboxView = z.object({
  /** Newest first in each. */
  held: z.array(InboxItem),
  reading: z.array(InboxItem),
  toConfirm: z.array(InboxItem),
  noIdea: z.array(InboxItem),
  refused: z.array(InboxItem),
  /** Decided lately: filed, same again, set aside. At most 50. */
  done: z.array(InboxItem),
  /** How many wait in all; the lists above show every held one, and the newest 300 of the others. */
  open: z.int(),
  /** Came in and filed since yesterday's morning. */
  came: z.int(),
  filed: z.int(),
});
export type InboxView = z.infer<typeof InboxView>;

/** What the person says when filing: the proposal, or what they changed it to. */
export const Filing = z
  .object({
    arrivalId: Id,
    dealId: Id,
    /** Null: a new document of this title is added to the deal. */
    lineId: Id.nullable(),
    newTitle: z.string().trim().max(300),
    class: DocumentClass,
    suffix: Suffix.nullable(),
    documentOn: Day,
    toReview: z.boolean(),
  })
  .strict();
export type Filing = z.infer<typeof Filing>;

export const ReviewItem = z.object({
  deal: DealMark,
  line: LineView,
  /** The newest; the one under review. */
  versionId: Id,
  state: z.enum(['received', 'needs-review']),
});
export type ReviewItem = z.infer<typeof ReviewItem>;

export const FolderRule = z.object({
  id: Id,
  /** `*@lender.com`; empty for any sender. */
  from: z.string().trim().max(200),
  /** Words of the file's name; empty for any. */
  nameHas: z.string().trim().max(200),
  /** Null: of whichever deal fits. */
  dealId: Id.nullable(),
  /** Title of the document it is filed on; empty for whichever fits. */
  lineTitle: z.string().trim().max(300),
  /** Certain ones are filed without asking. */
  mayFileAlone: z.boolean(),
});
export type FolderRule = z.infer<typeof FolderRule>;

export const WatchedFolder = z.object({
  id: Id,
  path: z.string(),
  /** `leave`: a copy is taken. `move`: then the file goes into a folder beside it, "Taken by Closeboard". */
  policy: z.enum(['leave', 'move']),
  isPaused: z.boolean(),
  mayFileAlone: z.boolean(),
  /** Whether files that lie only in the cloud may be fetched. */
  mayHydrate: z.boolean(),
  rules: z.array(FolderRule),
  state: z.object({
    kind: z.enum(['ready', 'scanning', 'paused', 'missing', 'problem']),
    files: z.int(),
    waiting: z.int(),
    sentence: z.string(),
    lastScanAt: Instant.nullable(),
  }),
});
export type WatchedFolder = z.infer<typeof WatchedFolder>;

export const SEARCH_KINDS = ['deal', 'person', 'note', 'document'] as const;
export const SearchHit = z.object({
  kind: z.enum(SEARCH_KINDS),
  refId: Id,
  deal: DealMark,
  /** For a document, the line it is on. */
  lineId: Id.nullable(),
  title: z.string(),
  detail: z.string(),
  snippet: z.array(z.object({ text: z.string(), isMatch: z.boolean() })),
});
export type SearchHit = z.infer<typeof SearchHit>;

export const Cut = z.object({ from: z.int(), to: z.int(), title: z.string(), reason: z.string() });
export type Cut = z.infer<typeof Cut>;

export const PageTurn = z.object({
  page: z.int().min(1),
  rotate: z.union([z.literal(0), z.literal(90), z.literal(180), z.literal(270)]),
});
