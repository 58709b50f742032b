import { execFileSync } from 'node:child_process';

export interface Listed {
  readonly pid: number;
  readonly parent: number;
  readonly command: string;
}

/** A process and all that it started, itself last. */
export function treeOf(pid: number, all: readonly Listed[] = listProcesses()): readonly Listed[] {
  const own = all.filter((one) => one.pid === pid);
  const below = all.filter((one) => one.parent === pid).flatMap((child) => treeOf(child.pid, all));
  return [...below, ...own];
}

/** The process below that one whose command is such, or null. */
export function pidOf(pid: number, command: RegExp): number | null {
  return treeOf(pid).find((one) => command.test(one.command))?.pid ?? null;
}

/** Ends a process and all that it started as a power cut would: nobody is asked. */
export function killTree(pid: number): void {
  for (const { pid: each } of treeOf(pid)) kill(each);
}

/** Ends all that this process started, below it at any depth. Each is halted first, so that none starts another meanwhile. */
export function killOffspring(): void {
  const halted = new Set<number>();
  const fresh = () => treeOf(process.pid).filter(({ pid }) => pid !== process.pid && !halted.has(pid));
  for (let found = fresh(); found.length > 0; found = fresh()) {
    // From the top: who starts others is halted before them.
    for (const { pid } of found.toReversed()) {
      signal(pid, 'SIGSTOP');
      halted.add(pid);
    }
  }
  for (const pid of halted) kill(pid);
}

export function kill(pid: number): void {
  signal(pid, 'SIGKILL');
}

function signal(pid: number, name: 'SIGKILL' | 'SIGSTOP'): void {
  try {
    process.kill(pid, name);
  } catch {
    // Ended by itself meanwhile, or a system that halts nothing.
  }
}

export function isRunning(pid: number): boolean {
  return listProcesses().some((one) => one.pid === pid && !one.command.includes('<defunct>'));
}

/** All but the one that lists them. */
function listProcesses(): readonly Listed[] {
  const all = process.platform === 'win32' ? listOnWindows() : listByPs();
  return all.filter(({ parent, command }) => parent !== process.pid || !command.includes(LISTS));
}

const LISTS = process.platform === 'win32' ? 'Get-CimInstance Win32_Process' : 'ps -A -o pid=';

function listByPs(): readonly Listed[] {
  const lines = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,args='], { encoding: 'utf8', maxBuffer: 16_000_000 });
  return lines.split('\n').flatMap((line) => {
    const [, pid, parent, command] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [];
    return pid === undefined ? [] : [{ pid: Number(pid), parent: Number(parent), command: command ?? '' }];
  });
}

function listOnWindows(): readonly Listed[] {
  const ask =
    'Get-CimInstance Win32_Process | Select-Object ProcessId,ParentProcessId,CommandLine | ConvertTo-Json -Compress';
  const text = execFileSync('powershell', ['-NoProfile', '-Command', ask], { encoding: 'utf8', maxBuffer: 16_000_000 });
  const rows = JSON.parse(text) as { ProcessId: number; ParentProcessId: number; CommandLine: string | null }[];
  return rows.map((row) => ({ pid: row.ProcessId, parent: row.ParentProcessId, command: row.CommandLine ?? '' }));
}
