import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Deal, type LineRow, NOTHING_YET, type VersionRow } from '../../../../core/deals/model.ts';
import { type Db, inWrite } from '../../../../db/handles.ts';
import { fileTasks } from '../../../../db/sync/tables.ts';
import { makeDeal, mustOpen, putDeal } from '../../../../db/testing.ts';
import { keepBlob } from '../../papers/arrive.ts';
import { makeVault, must, quietLog, type TestVault } from '../../vault/testing.ts';
import type { FileQueue } from '../types.ts';
import { createFileQueue } from './queue.ts';
import type { FileTask } from './tasks.ts';

/** A desktop with records, a vault and its queue of files, for tests. */
export interface FileDesk {
  readonly db: Db;
  readonly vault: TestVault;
  /** Deals of which files came. */
  readonly arrived: string[];
  queue(): FileQueue;
  /** A deal that the portal knows, whose rows name these contents. */
  deal(id: string, files: readonly DeskFile[]): void;
  /** Bytes that this computer has. */
  hold(bytes: Uint8Array): Promise<string>;
  tasks(): readonly FileTask[];
  /** Waits until the tasks are as they should be. */
  when(isSo: (tasks: readonly FileTask[]) => boolean): Promise<readonly FileTask[]>;
  /** Ends the queue and starts it again on the same records. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

export interface DeskFile {
  readonly sha256: string;
  readonly bytes: number;
  readonly isHeld?: boolean;
  readonly class?: LineRow['class'];
}

const WAIT_MS = 60_000;

export function makeFileDesk(clock: { now: Date } = { now: new Date('2026-06-02T16:12:00.000Z') }): FileDesk {
  const vault = makeVault();
  const folder = join(vault.folder, 'data');
  mkdirSync(folder);
  const db = mustOpen(folder);
  const arrived: string[] = [];
  const now = () => clock.now;
  const open = () =>
    createFileQueue({
      ...{ db, log: quietLog, now, folder },
      load: async () => ({ vault: vault.vault, arrived: (ids) => void arrived.push(...ids) }),
      wanted: { isPaused: false, cap: null },
    });
  let queue = open();
  const tasks = () => fileTasks.all(db.read, 'ORDER BY deal_id, sha256');
  return {
    ...{ db, vault, arrived, tasks },
    queue: () => queue,
    deal: (id, files) => {
      putDeal(db, dealWith(id, files));
      inWrite(db, (write) =>
        write.run(
          "INSERT INTO sync_unit (unit_id, version, is_stale, is_gone, audit_count, audit_hash) VALUES (?, 1, 0, 0, 0, '')",
          id,
        ),
      );
    },
    hold: async (bytes) => {
      const added = must(await vault.vault.add({ bytes }));
      const content = { ...added, kind: 'pdf', extension: 'pdf', reading: 'waiting' };
      const { sha256 } = added;
      inWrite(db, (write) =>
        keepBlob(
          write,
          { now },
          { sha256, bytes: added.bytes, kind: content.kind, extension: 'pdf', reading: 'waiting' },
        ),
      );
      return sha256;
    },
    when: async (isSo) => {
      const end = performance.now() + WAIT_MS;
      for (;;) {
        const found = tasks();
        if (isSo(found)) return found;
        if (performance.now() > end) throw new Error(`waited too long: ${JSON.stringify(found)}`);
        await new Promise((resolve) => setTimeout(resolve, 15));
      }
    },
    restart: async () => {
      await queue.close();
      queue = open();
    },
    close: async () => {
      await queue.close();
      db.close();
      vault.remove();
    },
  };
}

let made = 0;

function dealWith(id: string, files: readonly DeskFile[]): Deal {
  made += 1;
  const plain = makeDeal(made, 0);
  const [line] = plain.lines;
  const [version] = plain.versions;
  if (line === undefined || version === undefined) throw new Error('a made deal has a document');
  return {
    ...{ row: { ...plain.row, id, isSample: false }, tasks: [], people: [], notes: [], anchors: [], milestones: [] },
    ...NOTHING_YET,
    lines: files.map(
      (file, at): LineRow => ({
        ...line,
        id: `${id}-l${at}`,
        dealId: id,
        class: file.class ?? 'disclosure',
        position: at,
      }),
    ),
    versions: files.map(
      ({ sha256, bytes, isHeld = false }, at): VersionRow => ({
        ...version,
        ...{ id: `${id}-v${at}`, dealId: id, lineId: `${id}-l${at}`, sha256, bytes, isHeld },
        originalName: `Scan ${at}.pdf`,
      }),
    ),
  };
}
