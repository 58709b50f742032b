import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createSessions, type Sessions } from './sessions.ts';

/** The address of this host, there before anybody can answer at it: a browser takes its time to come. */
export interface Door {
  readonly port: number;
  readonly sessions: Sessions;
  /** The address that admits one page, with its one-time token. */
  invite(): string;
  /** Answers from now on, those first who came before. */
  serve(answer: RequestListener): void;
  close(): Promise<void>;
}

/** Listens on 127.0.0.1: on the wanted port, or where another program has that, on one that the system picks. */
export async function openDoor(wantedPort: number, now: () => number): Promise<Door> {
  const sessions = createSessions(now);
  const early: [IncomingMessage, ServerResponse][] = [];
  let answer: RequestListener = (request, response) => void early.push([request, response]);
  const server = createServer((request, response) => answer(request, response));
  await listen(server, wantedPort).catch(() => listen(server, 0));
  const { port } = server.address() as AddressInfo;
  return {
    port,
    sessions,
    invite: () => `http://127.0.0.1:${port}/#token=${sessions.invite()}`,
    serve: (listener) => {
      answer = listener;
      for (const [request, response] of early.splice(0)) listener(request, response);
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      resolve();
    });
  });
}
