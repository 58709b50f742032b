import { type ChildProcess, fork, type Serializable, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { CallInput, CallName, CallOutput } from '../../../electron/contract/calls.ts';
import { FromBackend, type ToBackend } from '../../../electron/contract/wire.ts';

/** Real processes of the product that a test starts, kills with SIGKILL and starts again on the same folder. */
export interface Killable {
  readonly name: string;
  /** Fulfilled when it answers. Rejects when it ended by itself. */
  ready(): Promise<void>;
  /** SIGKILL, and started again at once. */
  killAndStart(): Promise<void>;
  /** Ends as the product is ended; false when it did not end well. */
  end(): Promise<boolean>;
  /** Whatever it does, it is gone afterwards. */
  endHard(): Promise<void>;
}

/** A backend process with a host that answers its wishes, as a window's calls reach it. */
export interface DeskProcess extends Killable {
  /** Rejects with `Gone` when the process ended before it answered. */
  call<N extends CallName>(name: N, input: CallInput<N>): Promise<CallOutput<N>>;
}

/** The process was killed with the call under way: nobody knows whether it was done. */
export class Gone extends Error {}

const pathOf = (place: string) => fileURLToPath(new URL(`../../../${place}`, import.meta.url));

export function startDeskProcess(name: string, folder: string): DeskProcess {
  /** The keys that the computer keeps: they outlive the process. */
  const secrets = new Map<string, string>();
  const pending = new Map<number, { resolve: (value: never) => void; reject: (error: Error) => void }>();
  let ids = 0;
  let running = begin();

  function begin() {
    const child = fork(pathOf('electron/backend/utility.ts'), ['--data', folder], {
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    const life = lifeOf(child);
    child.on('message', (message) => hear(FromBackend.parse(message), child, life));
    child.once('exit', () => {
      for (const { reject } of pending.values()) reject(new Gone(name));
      pending.clear();
    });
    return { child, life };
  }

  function hear(message: FromBackend, child: ChildProcess, life: Life): void {
    if (message.kind === 'ready') life.isReady();
    if (message.kind === 'reply') {
      const asked = pending.get(message.id);
      pending.delete(message.id);
      if (message.reply.ok) asked?.resolve(message.reply.value as never);
      else asked?.reject(new Error(`${message.reply.error.type}: ${message.reply.error.message}`));
    }
    if (message.kind !== 'ask-secret' && message.kind !== 'keep-secret') return;
    if (message.kind === 'keep-secret') {
      if (message.secret === null) secrets.delete(message.name);
      else secrets.set(message.name, message.secret);
    }
    post(child, { kind: 'secret', name: message.name, secret: secrets.get(message.name) ?? null, problem: '' });
  }

  return {
    name,
    ready: () => running.life.ready,
    call: (call, input) =>
      new Promise((resolve, reject) => {
        ids += 1;
        pending.set(ids, { resolve: resolve as (value: never) => void, reject });
        if (running.life.isOver()) return reject(new Gone(name));
        post(running.child, { kind: 'call', id: ids, name: call, input });
      }),
    killAndStart: async () => {
      await running.life.kill();
      running = begin();
    },
    end: async () => {
      post(running.child, { kind: 'close' });
      return (await running.life.ended) === 0;
    },
    endHard: () => running.life.kill(),
  };
}

function post(child: ChildProcess, message: ToBackend): void {
  // A process that just ended refuses; its end is told by `exit`.
  child.send(message as Serializable, () => {});
}

/** A stand-alone portal on a port of its own. */
export interface PortalProcess extends Killable {
  readonly url: string;
  /** The code of the first start. */
  readonly setupCode: () => string;
}

export function startPortalProcess(folder: string, port: number): PortalProcess {
  let setupCode = '';
  let running = begin();
  function begin() {
    const args = ['portal', '--data', folder, '--listen', `127.0.0.1:${port}`];
    const child = spawn(process.execPath, [pathOf('cli/index.ts'), ...args], { stdio: ['ignore', 'ignore', 'pipe'] });
    const life = lifeOf(child);
    let said = '';
    child.stderr.on('data', (bytes: Buffer) => {
      said = `${said}${bytes}`.slice(-4_000);
      setupCode = /with this code[^:]*: (\S+)/.exec(said)?.[1] ?? setupCode;
      if (said.includes('The portal listens at')) life.isReady();
    });
    return { child, life };
  }
  return {
    name: 'portal',
    url: `http://127.0.0.1:${port}`,
    setupCode: () => setupCode,
    ready: () => running.life.ready,
    killAndStart: async () => {
      await running.life.kill();
      running = begin();
    },
    end: async () => {
      running.child.kill('SIGTERM');
      return (await running.life.ended) === 0;
    },
    endHard: () => running.life.kill(),
  };
}

interface Life {
  readonly ready: Promise<void>;
  readonly isReady: () => void;
  readonly isOver: () => boolean;
  /** The exit code; null after a signal. */
  readonly ended: Promise<number | null>;
  kill(): Promise<void>;
}

function lifeOf(child: ChildProcess): Life {
  let isKilled = false;
  let isReady = () => {};
  let said = '';
  child.stderr?.on('data', (bytes: Buffer) => {
    said = `${said}${bytes}`.slice(-2_000);
  });
  const ended = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));
  const ready = new Promise<void>((resolve, reject) => {
    isReady = resolve;
    // A killed one was not ready and never will be: whoever waits looks again.
    child.once('exit', (code) => (isKilled ? resolve() : reject(new Error(`a process ended with ${code}: ${said}`))));
  });
  ready.catch(() => {});
  return {
    ready,
    isReady: () => isReady(),
    isOver: () => child.exitCode !== null || child.signalCode !== null,
    ended,
    kill: async () => {
      isKilled = true;
      child.kill('SIGKILL');
      await ended;
    },
  };
}
