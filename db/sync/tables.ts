import { localTable } from '../local-table.ts';
import { attention, fileTask, syncState } from '../schema/sync.ts';

/** Tables by which this computer agrees with its portal (db/schema/sync.ts) and that are read as rows. */
export const syncStates = localTable(syncState);
export const attentions = localTable(attention);
export const fileTasks = localTable(fileTask);

export type AttentionRow = typeof attention.$inferSelect;
