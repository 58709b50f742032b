import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createFileLog } from './file-log.ts';
import { createLineLog, withoutWords } from './log-lines.ts';

const NOW = new Date('2026-06-02T16:12:00.000Z');

test('a line is one JSON object, and a defect keeps where it was without what a person wrote', () => {
  const lines: string[] = [];
  const log = createLineLog(
    (line) => lines.push(line),
    () => NOW,
  );
  log.info('request', { id: 'a1', status: 200 });
  log.warn('slow');
  log.defect('job', new TypeError('cannot read "Priya Raman" of priya@mail.example'));
  log.defect('job', 'a word');
  const read = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(read[0]).toEqual({ at: NOW.toISOString(), level: 'info', message: 'request', id: 'a1', status: 200 });
  expect(read[1]).toMatchObject({ level: 'warn', message: 'slow' });
  expect(read[2]).toMatchObject({ level: 'defect', error: 'TypeError: cannot read "…" of …@…' });
  expect(read[3]).toMatchObject({ error: 'thrown: string', stack: [] });
});

test('what looks like a secret is left out of a failure’s words', () => {
  const token = 'KOz_zeqakCYU7o65VmCgzU3Zj64KISk_b2Ouow-L_6I';
  expect(withoutWords(`no key ${token} at 'unit_row'`)).toBe("no key … at 'unit_row'");
});

test('a log that cannot be written stops nothing', () => {
  const log = createLineLog(
    () => {
      throw new Error('disk full');
    },
    () => NOW,
  );
  expect(() => log.info('x')).not.toThrow();
});

test('the file is turned over before it grows too large, and three old ones are kept', () => {
  const folder = mkdtempSync(join(tmpdir(), 'closeboard-log-'));
  const file = join(folder, 'logs', 'portal.log');
  const log = createFileLog(file, () => NOW, 200);
  for (let line = 0; line < 40; line += 1) log.info('a line of the log', { line });
  expect(readdirSync(join(folder, 'logs')).toSorted()).toEqual([
    'portal.log',
    'portal.log.1',
    'portal.log.2',
    'portal.log.3',
  ]);
  expect(readFileSync(file, 'utf8')).toContain('"line":39');
  expect(existsSync(`${file}.4`)).toBe(false);
  rmSync(folder, { recursive: true });
});
