import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { DESK_PATH, type DeviceCallName, type DeviceInput, type DeviceOutput } from '../../portal/api/device-calls.ts';
import type { ApiReply } from '../../portal/api/values.ts';

/** A portal server in a process of its own, as a team has it, with the folder of its records. */
export interface BenchPortal {
  readonly folder: string;
  readonly url: string;
  readonly setupCode: string;
  /** The value; throws what was answered instead. */
  get<N extends DeviceCallName>(name: N, input: DeviceInput<N>, key?: string): Promise<DeviceOutput<N>>;
  /** Ends it, does something with its records, and starts it at the same address. */
  whileDown(work: () => Promise<void>): Promise<void>;
  /** Ends it and takes its folder away; answers the milliseconds that it had a processor. */
  close(): Promise<number>;
}

/** `fill` writes the records before the server opens them. */
export async function startBenchPortal(fill: (folder: string) => Promise<void>): Promise<BenchPortal> {
  const folder = mkdtempSync(join(tmpdir(), 'closeboard-bench-portal-'));
  await fill(folder);
  let running = await start(folder, '0');
  const { url, setupCode } = running;
  return {
    ...{ folder, url, setupCode },
    get: (name, input, key) => getFrom(url, name, { input, key }),
    whileDown: async (work) => {
      await running.end();
      await work();
      running = await start(folder, new URL(url).port);
    },
    close: async () => {
      const cpuMs = await running.end();
      rmSync(folder, { recursive: true, force: true });
      return cpuMs;
    },
  };
}

async function start(folder: string, port: string) {
  const child = spawn(process.execPath, [fileURLToPath(new URL('portal-child.ts', import.meta.url)), folder, port], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: child.stdout });
  const first = await Promise.race([once(lines, 'line'), once(child, 'exit').then(() => null)]);
  if (first === null) throw new Error('the portal did not start');
  const { url, setupCode } = JSON.parse(String(first[0])) as { url: string; setupCode: string };
  return { url, setupCode, end: () => end(child, lines) };
}

async function end(child: ChildProcess, lines: ReturnType<typeof createInterface>): Promise<number> {
  const told = once(lines, 'line');
  const over = once(child, 'exit');
  child.stdin?.end();
  const [line] = await told;
  await over;
  return (JSON.parse(String(line)) as { cpuMs: number }).cpuMs;
}

interface Asked<N extends DeviceCallName> {
  readonly input: DeviceInput<N>;
  readonly key: string | undefined;
}

async function getFrom<N extends DeviceCallName>(
  url: string,
  name: N,
  { input, key }: Asked<N>,
): Promise<DeviceOutput<N>> {
  const answer = await fetch(`${url}${DESK_PATH}/${name}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(key === undefined ? {} : { authorization: `Bearer ${key}` }) },
    body: JSON.stringify(input),
  });
  const reply = (await answer.json()) as ApiReply<DeviceOutput<N>>;
  if (!reply.ok) throw new Error(`${name}: ${reply.error.message}`);
  return reply.value;
}
