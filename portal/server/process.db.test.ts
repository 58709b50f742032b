import { type ChildProcess, fork, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, test } from 'vitest';
import { FromPortal } from '../../electron/contract/portal-wire.ts';
import { enrolInput } from './testing.ts';

const ENTRY = fileURLToPath(new URL('./process.ts', import.meta.url));
const CLI = fileURLToPath(new URL('../../cli/index.ts', import.meta.url));

const folders: string[] = [];
const children: ChildProcess[] = [];
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'closeboard-own-'));
  folders.push(folder);
  return join(folder, 'portal');
}

/** The portal's own process, as a host starts it. */
function host(data: string, port = 0) {
  const child = fork(ENTRY, ['--data', data, '--port', String(port)], { stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
  children.push(child);
  const said: FromPortal[] = [];
  let tell: () => void = () => {};
  child.on('message', (message) => {
    said.push(FromPortal.parse(message));
    tell();
  });
  const exited = new Promise<number | null>((resolve) => child.on('exit', (code) => resolve(code)));
  const next = async (): Promise<FromPortal> => {
    while (said.length === 0)
      await Promise.race([
        new Promise<void>((resolve) => {
          tell = resolve;
        }),
        exited.then((code) => {
          if (said.length === 0) throw new Error(`it ended with ${code}`);
        }),
      ]);
    return said.shift() as FromPortal;
  };
  return { child, next, exited };
}

async function readyOf(started: ReturnType<typeof host>): Promise<{ readonly port: number; readonly code: string }> {
  const said = await started.next();
  if (said.kind !== 'ready') throw new Error(JSON.stringify(said));
  return said;
}

function enrol(port: number, code: string): Promise<Response> {
  return fetch(`http://127.0.0.1:${port}/api/desk/team/enrol`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(enrolInput(code, { deviceId: 'd', memberId: 'm' })),
  });
}

describe('the process of an own portal', () => {
  test('says where it is, signs its desktop in, makes further codes, and ends when it is told to', async () => {
    const data = newFolder();
    const started = host(data);
    const { port, code } = await readyOf(started);
    expect((await enrol(port, code)).status).toBe(200);
    started.child.send({ kind: 'something else' });
    started.child.send({ kind: 'local-code' });
    const said = await started.next();
    expect(said.kind).toBe('code');
    if (said.kind === 'code') expect((await enrol(port, said.code)).status).toBe(200);
    started.child.send({ kind: 'close' });
    expect(await started.exited).toBe(0);
    if (process.platform !== 'win32') expect(statSync(join(data, 'portal.db')).mode & 0o077).toBe(0);
    const log = readFileSync(join(data, 'logs', 'portal.log'), 'utf8');
    expect(log).toContain('unknown shape');
    expect(log).not.toContain(code);
  });

  test('keeps its port, gives way where that is taken, and ends with its host', async () => {
    const data = newFolder();
    const first = host(data);
    const { port } = await readyOf(first);
    first.child.disconnect();
    expect(await first.exited).toBe(0);
    const again = host(data);
    expect((await readyOf(again)).port).toBe(port);
    again.child.send({ kind: 'close' });
    await again.exited;
    const taker = createServer();
    await new Promise<void>((resolve) => taker.listen(port, '127.0.0.1', () => resolve()));
    const third = host(data, port);
    expect((await readyOf(third)).port).not.toBe(port);
    third.child.send({ kind: 'close' });
    expect(await third.exited).toBe(0);
    await new Promise((resolve) => taker.close(resolve));
  });

  test('says why it cannot run, and ends', async () => {
    const data = newFolder();
    const one = host(data);
    await readyOf(one);
    const two = host(data);
    expect(await two.next()).toMatchObject({ kind: 'failed', why: expect.stringContaining('Another portal server') });
    expect(await two.exited).toBe(1);
    one.child.send({ kind: 'close' });
    await one.exited;
  });

  test('is started by a host only', async () => {
    const child = spawn(process.execPath, [ENTRY, '--data', newFolder()], { stdio: 'ignore' });
    children.push(child);
    expect(await new Promise((resolve) => child.on('exit', resolve))).toBe(2);
  });
});

describe('closeboard portal', () => {
  const run = (words: readonly string[]) => {
    const child = spawn(process.execPath, [CLI, 'portal', ...words], { stdio: ['ignore', 'pipe', 'pipe'] });
    children.push(child);
    const texts = { out: '', err: '' };
    let tell: () => void = () => {};
    child.stdout.on('data', (chunk) => {
      texts.out += String(chunk);
    });
    child.stderr.on('data', (chunk) => {
      texts.err += String(chunk);
      tell();
    });
    const exited = new Promise<number | null>((resolve) => child.on('close', (code) => resolve(code)));
    const says = async (wanted: RegExp): Promise<string> => {
      for (;;) {
        const match = wanted.exec(texts.err);
        if (match !== null) return match[1] ?? '';
        await Promise.race([
          new Promise<void>((resolve) => {
            tell = resolve;
          }),
          exited.then((code) => {
            if (!wanted.test(texts.err)) throw new Error(`it ended with ${code}: ${texts.err}`);
          }),
        ]);
      }
    };
    return { child, texts, exited, says };
  };

  test('runs until it is told to end; the set-up code is told to people and is in no log', async () => {
    const started = run(['--data', newFolder(), '--listen', '127.0.0.1:0']);
    const port = Number(await started.says(/listens at http:\/\/127\.0\.0\.1:(\d+)/));
    const code = await started.says(/: ([0-9A-Z-]{19})\n/);
    expect((await enrol(port, code)).status).toBe(200);
    started.child.kill('SIGTERM');
    expect(await started.exited).toBe(0);
    expect(started.texts.out).toContain('"route":"/api/desk/team/enrol"');
    expect(started.texts.out).not.toContain(code);
    for (const line of started.texts.out.trim().split('\n')) JSON.parse(line);
  });

  test('is refused with every sentence that has to be put right', async () => {
    const refused = run(['--listen', '0.0.0.0:1', '--public-url', 'https://portal.example']);
    expect(await refused.exited).toBe(1);
    const { error } = JSON.parse(refused.texts.out) as { error: { type: string; message: string } };
    expect(error.type).toBe('NotStarted');
    expect(error.message).toContain('--data DIR');
    expect(error.message).toContain('--files-url');
    const wrong = run(['--nothing']);
    expect(await wrong.exited).toBe(2);
  });
});
