import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { until } from './expect.ts';
import { makeFolder, removeFolder } from './folders.ts';
import { places } from './places.ts';

/** The portal of an office, as its operator runs it: the built command, on a folder of its own and on loopback. */
export class PortalServer {
  readonly #folder = makeFolder('office');
  #child: ChildProcess | null = null;
  #said = '';
  #port = 0;

  /** Runs `work` with a portal that is up, and ends it whatever comes. */
  static async with(work: (portal: PortalServer) => Promise<void>): Promise<void> {
    const portal = new PortalServer();
    try {
      await portal.start();
      await work(portal);
    } catch (thrown) {
      const error = thrown instanceof Error ? thrown : new Error(String(thrown));
      error.stack = `${error.stack}\n--- the portal\n${portal.#said.slice(-6_000)}`;
      throw error;
    } finally {
      portal.#child?.kill('SIGKILL');
      removeFolder(portal.#folder);
    }
  }

  /** As the command tells it to people. */
  get address(): string {
    return /people reach it at (http:\S+[^.\s])/.exec(this.#said)?.[1] ?? '';
  }

  /** What the first admin signs in with; told at the first start. */
  get setupCode(): string {
    return /with this code.*: (\S+)/.exec(this.#said)?.[1] ?? '';
  }

  /** Where desktops reach it, however look-ups of names are here. */
  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  /** Starts it; a later time on the port of the first. */
  async start(): Promise<void> {
    const listen = `127.0.0.1:${this.#port}`;
    const args = [join(places.out, 'main', 'cli.js'), 'portal', '--data', this.#folder, '--listen', listen];
    const child = spawn(places.node, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    this.#child = child;
    let said = '';
    child.stdout.on('data', (chunk) => (this.#said += chunk));
    child.stderr.on('data', (chunk) => {
      said += chunk;
      this.#said += chunk;
    });
    const listens = async () => {
      if (child.exitCode !== null) throw new Error(`the portal ended with code ${child.exitCode}: ${said}`);
      return Number(/listens at http:\/\/127\.0\.0\.1:(\d+)/.exec(said)?.[1] ?? 0);
    };
    this.#port = await until(listens, (port) => port > 0, 'the port of the portal', 60_000);
  }

  /** Ends it as its operator does. */
  async stop(): Promise<void> {
    const child = this.#child;
    if (child === null) return;
    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    await ended;
    this.#child = null;
  }
}
