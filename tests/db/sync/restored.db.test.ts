import { closeSync, openSync, readdirSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { v7 } from 'uuid';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { takeBackup } from '../../../db/backup.ts';
import { BACKUPS_FOLDER, DB_FILE } from '../../../db/files.ts';
import { readStanding } from '../../../db/sync/state.ts';
import { mustOpen } from '../../../db/testing.ts';
import { startTestPortal, type TestPortal } from '../../../portal/server/testing.ts';
import { type Desk, joinAs, openDeal, removeFolders, settle, startDesk } from './desks.ts';

/** Records that were damaged, and a backup that a person puts back on the screen that says so. */

let server: TestPortal;
let desk: Desk;
beforeEach(async () => {
  server = await startTestPortal();
  desk = startDesk();
});
afterEach(async () => {
  await desk.close();
  await server.close();
  removeFolders();
});

test('a backup that is put back takes a new device id at once, and gets what came since from the portal', async () => {
  await joinAs(desk, { url: server.portal.url, code: server.portal.setupCode ?? '', name: 'Noor Haddad' });
  const dealId = await openDeal(desk);
  await settle(desk);
  await desk.close();
  const db = mustOpen(desk.folder);
  const { deviceId } = readStanding(db.read) ?? { deviceId: '' };
  const backup = await takeBackup(db);
  db.close();
  desk = startDesk({ folder: desk.folder, secrets: desk.secrets });
  await desk.send(dealId, 'addNote', { noteId: v7(), body: 'after the backup', at: new Date().toISOString() });
  await settle(desk);
  await desk.close();

  expect(readdirSync(join(desk.folder, BACKUPS_FOLDER))).toContain(`${backup.id}.db`);
  const file = openSync(join(desk.folder, DB_FILE), 'r+');
  writeSync(file, Buffer.alloc(64, 0x78), 0, 64, 0);
  closeSync(file);
  desk = startDesk({ folder: desk.folder, secrets: desk.secrets });
  expect(await desk.call('records:state', {})).toMatchObject({ kind: 'closed' });
  expect(await desk.call('records:restore', { backupId: backup.id })).toEqual({ kind: 'open' });
  await desk.send(dealId, 'addNote', { noteId: v7(), body: 'on the backup', at: new Date().toISOString() });
  await settle(desk);
  const notes = (await desk.call('deals:get', { dealId }))?.notes.map(({ body }) => body).toSorted();
  expect(notes).toEqual(['after the backup', 'on the backup']);
  expect(await desk.call('attention:list', {})).toEqual([]);
  await desk.close();
  const after = mustOpen(desk.folder);
  const standing = readStanding(after.read);
  after.close();
  expect(standing?.deviceId).not.toBe(deviceId);
  expect(standing?.formerIds).toContain(deviceId);
  // Known from the start: the server never had to say so.
  expect(desk.lines.join('')).not.toContain('hello DeviceRewound');
  desk = startDesk({ folder: desk.folder, secrets: desk.secrets });
});
