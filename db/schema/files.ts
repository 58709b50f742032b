import { sql } from 'drizzle-orm';
import { index, integer, primaryKey, real, sqliteTable, text } from 'drizzle-orm/sqlite-core';

/** What lies on this computer: bytes, what came in, and what was seen in folders. None of it is synced. */

/** One content in the vault. */
export const blob = sqliteTable(
  'blob',
  {
    sha256: text('sha256').primaryKey(),
    bytes: integer('bytes').notNull(),
    kind: text('kind').notNull(),
    extension: text('extension').notNull(),
    /** Null: nobody has counted, or it has none. */
    pages: integer('pages'),
    addedAt: text('added_at').notNull(),
    checkedAt: text('checked_at'),
    /** Since when nothing names it; 30 days later its bytes go. */
    trashedAt: text('trashed_at'),
    /** How reading it went: `waiting`, `ok`, `repaired`, `password`, `damaged`, `empty`, `xfa`, `too-large`, `none`. */
    reading: text('reading').notNull(),
    /** What a person should know of it; empty for nothing. */
    sentence: text('sentence').notNull(),
    /** The opened copy of a file behind a password. */
    openedSha256: text('opened_sha256'),
  },
  (table) => [
    index('blob_reading').on(table.addedAt).where(sql`reading = 'waiting'`),
    index('blob_opened').on(table.openedSha256).where(sql`opened_sha256 IS NOT NULL`),
    index('blob_trashed').on(table.trashedAt).where(sql`trashed_at IS NOT NULL`),
  ],
);

/** The text inside one content, its pages apart by form feeds. */
export const fileText = sqliteTable('file_text', {
  sha256: text('sha256').primaryKey(),
  text: text('text').notNull(),
});

export interface ArrivalBefore {
  readonly state: string;
  readonly sentence: string;
  readonly decidedBy: string;
}

/** One thing that came in: a file, or a message or archive that others came out of. */
export const arrival = sqliteTable(
  'arrival',
  {
    id: text('id').primaryKey(),
    at: text('at').notNull(),
    source: text('source').notNull(),
    /** The message, archive or bundle it came out of. */
    parentId: text('parent_id'),
    folderId: text('folder_id'),
    relPath: text('rel_path').notNull(),
    fileName: text('file_name').notNull(),
    sha256: text('sha256').notNull(),
    bytes: integer('bytes').notNull(),
    kind: text('kind').notNull(),
    extension: text('extension').notNull(),
    pages: integer('pages'),
    /** `reading`, `new`, `held`, `filed`, `same`, `set-aside`, `opened` (its parts are arrivals), `refused`. */
    state: text('state').notNull(),
    sentence: text('sentence').notNull(),
    senderName: text('sender_name').notNull(),
    senderAddress: text('sender_address').notNull(),
    subject: text('subject').notNull(),
    hintDealId: text('hint_deal_id'),
    hintLineId: text('hint_line_id'),
    proposal: text('proposal', { mode: 'json' }),
    dealId: text('deal_id'),
    lineId: text('line_id'),
    versionId: text('version_id'),
    /** The command that filed it: what Undo takes back. */
    commandId: text('command_id'),
    decidedAt: text('decided_at'),
    decidedBy: text('decided_by').notNull(),
    /** What it was before it was set aside, which putting it back restores. */
    before: text('before', { mode: 'json' }).$type<ArrivalBefore>(),
  },
  (table) => [
    index('arrival_open').on(table.at, table.id).where(sql`state IN ('reading', 'new', 'held', 'refused')`),
    index('arrival_held').on(table.at, table.id).where(sql`state = 'held'`),
    index('arrival_reading').on(table.at, table.id).where(sql`state = 'reading'`),
    index('arrival_done').on(table.decidedAt, table.id).where(sql`decided_at IS NOT NULL`),
    index('arrival_sha').on(table.sha256),
    index('arrival_parent').on(table.parentId),
    index('arrival_command').on(table.commandId),
  ],
);

export const watchFolder = sqliteTable('watch_folder', {
  id: text('id').primaryKey(),
  path: text('path').notNull(),
  policy: text('policy').$type<'leave' | 'move'>().notNull(),
  isPaused: integer('is_paused', { mode: 'boolean' }).notNull(),
  mayFileAlone: integer('may_file_alone', { mode: 'boolean' }).notNull(),
  mayHydrate: integer('may_hydrate', { mode: 'boolean' }).notNull(),
  rules: text('rules', { mode: 'json' }).notNull(),
  addedAt: text('added_at').notNull(),
});

/** What was seen in a watched folder, so that nothing is taken twice. */
export const watchSeen = sqliteTable(
  'watch_seen',
  {
    folderId: text('folder_id').notNull(),
    relPath: text('rel_path').notNull(),
    /** As text: file ids of some systems are larger than a double can hold. */
    dev: text('dev').notNull(),
    ino: text('ino').notNull(),
    bytes: integer('bytes').notNull(),
    mtimeMs: real('mtime_ms').notNull(),
    sha256: text('sha256'),
    state: text('state').notNull(),
    detail: text('detail', { mode: 'json' }),
  },
  (table) => [
    primaryKey({ columns: [table.folderId, table.relPath] }),
    index('watch_seen_identity').on(table.folderId, table.dev, table.ino),
  ],
);

/** The ordinary folder of a deal. */
export const dealFolder = sqliteTable('deal_folder', {
  dealId: text('deal_id').primaryKey(),
  name: text('name').notNull(),
});

/** What was written into the folder of a deal, as it was left. */
export const dealFolderFile = sqliteTable(
  'deal_folder_file',
  {
    dealId: text('deal_id').notNull(),
    versionId: text('version_id').notNull(),
    entry: text('entry', { mode: 'json' }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.dealId, table.versionId] })],
);
