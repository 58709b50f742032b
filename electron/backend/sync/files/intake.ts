import { type Db, inWrite } from '../../../../db/handles.ts';
import { sniffFile } from '../../arrivals/sniff-file.ts';
import { keepBlob } from '../../papers/arrive.ts';
import type { Added } from '../../vault/add.ts';
import type { Vault } from '../../vault/vault.ts';
import type { FileTask } from './tasks.ts';

export interface Intake {
  readonly db: Db;
  readonly vault: Vault;
  readonly now: () => Date;
}

/** The row of a content that came from the portal: from here on it is read, searched and shown like any other. */
export async function takeFetched({ db, vault, now }: Intake, task: FileTask, { sha256, bytes }: Added): Promise<void> {
  const { kind, extension, isDangerous } = await sniffFile(vault.pathOf(sha256) ?? '', task.name);
  const reading = isDangerous ? 'none' : 'waiting';
  inWrite(db, (write) => keepBlob(write, { now }, { sha256, bytes, kind, extension, reading }));
  // It may have gone to the trash after the vault had it and before its row named it.
  if (!(await vault.has(sha256))) await vault.untrash(sha256);
}
