import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import type { CallInput, CallName, CallOutput, Reply } from '../../../electron/contract/calls.ts';
import type { HostApi } from '../../../electron/contract/host-api.ts';
import { makeFolder, removeFolder } from './folders.ts';
import { createProblems, type Problems } from './problems.ts';
import { kill, killTree, type Listed, treeOf } from './processes.ts';

declare global {
  interface Window {
    closeboard?: HostApi;
  }
}

export interface OpenOptions {
  /** The screen that says it is ready (`<html data-ready>`); null waits for the page alone. */
  readonly ready?: string | null;
  /** What the app is started with beside the data folder: a deep link. */
  readonly args?: readonly string[];
  /** A window that shares nothing with the first but the data folder. */
  readonly isStranger?: boolean;
}

/** One running app: its window and the processes behind it. */
export interface Running {
  readonly page: Page;
  /** The process that was started; all others are below it. */
  readonly pid: number;
  /** The process of the records, if it runs. */
  backendPid(): Promise<number | null>;
  /** The process of this computer's portal, if it runs. */
  portalPid(): Promise<number | null>;
  /** As a person closes the window; resolves when everything has ended by itself. */
  close(): Promise<void>;
  /** Lets go of what the harness itself holds. Whatever still runs is killed before. */
  release(): Promise<void>;
  /** What the processes wrote. */
  output(): string;
}

/** What a test runs on: Electron (or its stand-in), or the browser host. */
export interface Host {
  readonly name: 'electron' | 'browser';
  /** A sentence for the report when this host is not the real thing, else empty. */
  readonly remark: string;
  start(data: string, options: OpenOptions, problems: Problems): Promise<Running>;
  /** Starts the app again beside a running one, for what it hands over; resolves when this second one has ended. */
  readonly startAgain: ((data: string, args: readonly string[]) => Promise<void>) | null;
  /** Ends what is shared between tests. */
  end(): Promise<void>;
}

/** Thrown by a journey that this host cannot run; the sentence goes into the report. */
export class Skipped extends Error {}

export const PATIENCE_MS = 25_000;

/** One test's desk: a data folder of its own, and the app opened on it as often as the journey wants. */
export class Desk {
  readonly data: string;
  readonly problems: Problems;
  readonly #host: Host;
  readonly #folder: string;
  readonly #running: Running[] = [];
  readonly #others: Desk[] = [];
  #ended = '';
  #isDisposed = false;

  constructor(host: Host, problems: Problems = createProblems()) {
    this.#host = host;
    this.problems = problems;
    this.#folder = makeFolder('e2e');
    this.data = join(this.#folder, 'data');
  }

  /** Another computer: its own records and window on the same kind of host. What it says counts here, and it ends with this one. */
  another(): Desk {
    const other = new Desk(this.#host, this.problems);
    this.#others.push(other);
    return other;
  }

  get host(): Host['name'] {
    return this.#host.name;
  }

  get page(): Page {
    return this.#current().page;
  }

  /** Opens the app (again) and waits until it says that the screen stands there. */
  async open(options: OpenOptions = {}): Promise<Page> {
    const running = await this.#host.start(this.data, options, this.problems);
    this.#running.push(running);
    // A start that took too long is of no use to anybody any more.
    if (this.#isDisposed) await this.dispose();
    running.page.setDefaultTimeout(PATIENCE_MS);
    const { ready = 'board' } = options;
    if (ready !== null) await isOpen(running.page, ready);
    return running.page;
  }

  /** Closes the window as a person does, and waits until nothing runs any more. */
  async close(): Promise<void> {
    const running = this.#current();
    await running.close();
    await this.#forget(running);
  }

  /** Closes the window that was opened first, while a later one stays. */
  async closeFirst(): Promise<void> {
    const first = this.#running[0];
    if (first === undefined) throw new Error('the app is not open');
    await first.close();
    await this.#forget(first);
  }

  /** Pulls the plug: every process ends at once and is asked nothing. */
  async killAll(): Promise<void> {
    const running = this.#current();
    this.problems.allow(/ERR_|Failed to fetch|disconnected/);
    killTree(running.pid);
    await this.#forget(running);
  }

  /** Ends the host alone, as a crash of it would: what it started has to notice by itself. Gives all that ran. */
  async killHost(): Promise<readonly Listed[]> {
    const running = this.#current();
    const tree = this.processes();
    this.problems.allow(/ERR_|Failed to fetch|disconnected/);
    kill(running.pid);
    await this.#forget(running);
    return tree;
  }

  /** The processes of the running app, the one that was started last. */
  processes(): readonly Listed[] {
    return treeOf(this.#current().pid);
  }

  /** The process of the portal, or null while none runs. */
  portalPid(): Promise<number | null> {
    return this.#current().portalPid();
  }

  /** Ends the process of the portal, as a crash would; gives its number. */
  async killPortal(): Promise<number> {
    const pid = await this.portalPid();
    if (pid === null) throw new Error('there is no portal to kill');
    kill(pid);
    return pid;
  }

  /** Ends the process of the records, as a crash would. */
  async killBackend(): Promise<void> {
    const pid = await this.#current().backendPid();
    if (pid === null) throw new Error('there is no backend to kill');
    kill(pid);
  }

  /** Starts the app once more beside the running one, with a link. */
  async startAgain(args: readonly string[]): Promise<void> {
    if (this.#host.startAgain === null) throw new Skipped('this host is not started by links');
    await this.#host.startAgain(this.data, args);
  }

  /** Asks the backend what the page could ask, and gives the value; a refusal is thrown. */
  async call<N extends CallName>(name: N, input: CallInput<N>): Promise<CallOutput<N>> {
    const reply = await this.callRaw(name, input);
    if (!reply.ok) throw new Error(`${name}: ${reply.error.type}: ${reply.error.message}`);
    return reply.value as CallOutput<N>;
  }

  /** Any call with any input, as a page that was taken over could send it. */
  async callRaw(name: unknown, input: unknown): Promise<Reply<unknown>> {
    const ask = (call: readonly [unknown, unknown]) =>
      (window.closeboard as unknown as { call(...words: readonly unknown[]): Promise<unknown> }).call(...call);
    return (await this.page.evaluate(ask, [name, input] as const)) as Reply<unknown>;
  }

  /** Everything that the processes of this test wrote, and their logs. */
  output(): string {
    const own = [this.#ended, ...this.#running.map((running) => running.output()), ...this.#logs()];
    return [...own, ...this.#others.map((other) => `=== another computer\n${other.output()}`)].join('\n');
  }

  async pictures(): Promise<readonly Buffer[]> {
    const shots = this.#running.map(({ page }) => page.screenshot({ timeout: 3_000 }).catch(() => null));
    const own = (await Promise.all(shots)).filter((shot) => shot !== null);
    const others = await Promise.all(this.#others.map((other) => other.pictures()));
    return [...own, ...others.flat()];
  }

  /** Ends whatever still runs and removes the data folder. */
  async dispose(): Promise<void> {
    this.#isDisposed = true;
    for (const other of this.#others) await other.dispose();
    for (const running of [...this.#running]) {
      killTree(running.pid);
      await this.#forget(running);
    }
    removeFolder(this.#folder);
  }

  #logs(): readonly string[] {
    const folder = join(this.data, 'logs');
    if (!existsSync(folder)) return [];
    return readdirSync(folder).map((name) => `--- ${name}\n${readFileSync(join(folder, name), 'utf8')}`);
  }

  #current(): Running {
    const running = this.#running.at(-1);
    if (running === undefined) throw new Error('the app is not open');
    return running;
  }

  async #forget(running: Running): Promise<void> {
    this.#running.splice(this.#running.indexOf(running), 1);
    await running.release();
    this.#ended += running.output();
  }
}

/** Waits until that screen says that it stands there with its data. */
export async function isReady(page: Page, screen: string): Promise<void> {
  await page.locator(`html[data-ready="${screen}"]`).waitFor({ state: 'attached' });
}

/** As `isReady` for a page that just opened; another screen than the wanted one is told with its words. */
async function isOpen(page: Page, screen: string): Promise<void> {
  await page.locator('html[data-ready]').waitFor({ state: 'attached', timeout: 20_000 });
  const shown = await page.locator('html').getAttribute('data-ready');
  if (shown === screen) return;
  throw new Error(`the screen is "${shown}": ${await page.locator('body').innerText()}`);
}
