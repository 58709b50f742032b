import { z } from 'zod';
import { CopiedOut, CopyOutInput, DropSource, FileBytes, PutFileInput, ReadFileInput, UploadId } from '../files.ts';
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
  WatchedFolder,
} from '../papers.ts';
import { CommandReply, Id } from '../values.ts';
import { backend, type Call, Done, Job, Nothing } from './call.ts';

const OfArrival = z.object({ arrivalId: Id }).strict();

/** Files on their way: the inbox, the vault, the review, the papers of a deal and the watched folders. */
export const paperCalls = {
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
} as const satisfies Record<string, Call>;
