import { localTable } from '../local-table.ts';
import { attention, fileTask, outbox, sentLog, syncCopy, syncState, syncUnit, syncWanted } from '../schema/sync.ts';

/** The tables by which this computer agrees with its portal (db/schema/sync.ts). */
export const syncStates = localTable(syncState);
export const syncUnits = localTable(syncUnit);
export const syncWanteds = localTable(syncWanted);
export const syncCopies = localTable(syncCopy);
export const outboxes = localTable(outbox);
export const sentLogs = localTable(sentLog);
export const attentions = localTable(attention);
export const fileTasks = localTable(fileTask);

export type AttentionRow = typeof attention.$inferSelect;
export type OutboxRow = typeof outbox.$inferSelect;
