import { createServer, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { type ApiError, STATUS_OF } from '../../../portal/api/values.ts';

/** What the way to a server does: `cut` lets a request through and loses the answer, after the server did it. */
export type Weather = 'open' | 'down' | 'cut';

/** A stretch of network between one desktop and a server, that a test opens and closes. */
export interface Gate {
  readonly url: string;
  set(weather: Weather, only?: (path: string) => boolean): void;
  /** Answers what is pushed with this error, in place of the server, as one does that reads nothing of it; null lets it through. */
  refuse(judge: ((body: string) => ApiError['type'] | null) | null): void;
  /** Where it leads from now on. */
  lead(to: string): void;
  /** Paths that were asked for so far. */
  readonly paths: readonly string[];
  close(): Promise<void>;
}

export async function openGate(first: string): Promise<Gate> {
  let to = new URL(first);
  let weather: Weather = 'open';
  let isMeant: (path: string) => boolean = () => true;
  let judge: ((body: string) => ApiError['type'] | null) | null = null;
  const paths: string[] = [];
  const open = new Set<ServerResponse>();
  const server = createServer(async (asked, answer) => {
    const path = asked.url ?? '/';
    paths.push(path);
    const now = isMeant(path) ? weather : 'open';
    if (now === 'down') return void asked.socket.destroy();
    open.add(answer);
    answer.on('close', () => open.delete(answer));
    const body = judge !== null && path.endsWith('/sync/push') ? await text(asked) : null;
    const type = body === null ? null : (judge?.(body) ?? null);
    if (type !== null) {
      answer.writeHead(STATUS_OF[type], { 'content-type': 'application/json' });
      return void answer.end(JSON.stringify({ ok: false, error: { type, message: 'Not read.' } }));
    }
    const onwards = request(
      { host: to.hostname, port: to.port, path, method: asked.method, headers: { ...asked.headers, host: to.host } },
      (told) => {
        if (now === 'cut') {
          told.resume();
          told.on('end', () => asked.socket.destroy());
          return;
        }
        answer.writeHead(told.statusCode ?? 500, told.headers);
        told.pipe(answer);
      },
    );
    onwards.on('error', () => asked.socket.destroy());
    answer.on('close', () => onwards.destroy());
    if (body === null) asked.pipe(onwards);
    else onwards.end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    paths,
    set: (next, only = () => true) => {
      weather = next;
      isMeant = only;
      if (next === 'down') for (const answer of open) answer.destroy();
    },
    refuse: (next) => {
      judge = next;
    },
    lead: (next) => {
      to = new URL(next);
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
