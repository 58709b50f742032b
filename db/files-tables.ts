import { localTable } from './local-table.ts';
import { arrival, blob, dealFolder, dealFolderFile, fileText, watchFolder, watchSeen } from './schema/files.ts';

/** The tables of what lies on this computer (db/schema/files.ts). */
export const blobs = localTable(blob);
export const fileTexts = localTable(fileText);
export const arrivals = localTable(arrival);
export const watchFolders = localTable(watchFolder);
export const watchSeens = localTable(watchSeen);
export const dealFolders = localTable(dealFolder);
export const dealFolderFiles = localTable(dealFolderFile);

export type BlobRow = typeof blob.$inferSelect;
export type ArrivalRow = typeof arrival.$inferSelect;
export type WatchFolderRow = typeof watchFolder.$inferSelect;
