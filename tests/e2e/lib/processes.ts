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

export function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // Ended by itself meanwhile.
  }
}

export function isRunning(pid: number): boolean {
  return listProcesses().some((one) => one.pid === pid && !one.command.includes('<defunct>'));
}

function listProcesses(): readonly Listed[] {
  return process.platform === 'win32' ? listOnWindows() : listByPs();
}

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
