import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { canonicalJson } from './canonical.ts';
import { judgeProtocol, PROTOCOL_FLOOR, PROTOCOL_HISTORY, PROTOCOL_VERSION } from './protocol.ts';
import { SyncCommand, WIRE } from './wire.ts';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

test('the wire schemas are those of the version: another shape is another version, with its line in the history', () => {
  const shapes = Object.fromEntries(
    Object.entries(WIRE).map(([name, schema]) => [name, z.toJSONSchema(schema, { io: 'input' })]),
  );
  const last = PROTOCOL_HISTORY.at(-1);
  expect(last?.version).toBe(PROTOCOL_VERSION);
  expect(sha256(canonicalJson(shapes))).toBe(last?.schemas);
  expect(PROTOCOL_HISTORY.map((entry) => entry.version)).toEqual(PROTOCOL_HISTORY.map((_, index) => index + 1));
});

test('one that is too old or too new is told to keep working offline', () => {
  const server = { version: 3, floor: 2 };
  expect(judgeProtocol(2, server)).toEqual({ type: 'Fits' });
  expect(judgeProtocol(1, server)).toMatchObject({ type: 'DesktopTooOld' });
  expect(judgeProtocol(4, server)).toMatchObject({ type: 'ServerTooOld' });
  expect(PROTOCOL_FLOOR).toBeLessThanOrEqual(PROTOCOL_VERSION);
});

const command = {
  deviceId: 'x',
  seq: 1,
  commandId: 'c',
  dealId: 'd',
  name: 'undo',
  args: {},
  at: '2026-06-02T16:12:00.000Z',
};

test('a command with a field too many, or nested without end, is not read', () => {
  expect(SyncCommand.safeParse(command).success).toBe(true);
  expect(SyncCommand.safeParse({ ...command, role: 'tc' }).success).toBe(false);
  const deep = JSON.parse(`${'['.repeat(100_000)}${']'.repeat(100_000)}`);
  expect(SyncCommand.safeParse({ ...command, args: deep }).success).toBe(false);
});
