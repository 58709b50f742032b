import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import type { Reply } from '../contract/calls.ts';
import type { HostEvent } from '../contract/events.ts';
import type { Log } from '../contract/log.ts';
import { PAGE_HEADERS } from '../contract/page.ts';
import { type Door, openDoor } from './door.ts';
import { createFileRoutes } from './file-routes.ts';
import { readJson, refuse, send, sendFile, sendJson } from './http.ts';
import { pageScript } from './page-script.ts';
import { bearerOf, checkRequest } from './request-checks.ts';
import type { Session, Sessions } from './sessions.ts';
import type { Uploads } from './uploads.ts';

export interface HostServerDeps {
  /** The built renderer. */
  readonly renderer: string;
  readonly answer: (name: unknown, input: unknown) => Promise<Reply<unknown>>;
  readonly uploads: Uploads;
  readonly log: Log;
  /** Milliseconds that only grow. */
  readonly now: () => number;
  /** A page was let in, or let in again after a reload. */
  readonly onAdmitted: () => void;
  /** Where to answer; without one, a door of its own is opened, on `wantedPort` if that is free. */
  readonly door?: Door;
  readonly wantedPort?: number;
  /** How many pages hear events now. */
  readonly onPages: (count: number) => void;
}

export interface HostServer {
  readonly port: number;
  /** The address that admits one page, with its one-time token. */
  invite(): string;
  emit(event: HostEvent): void;
  close(): Promise<void>;
}

/** A page that reads no more is let go; it asks again when it wakes. */
const MAX_WAITING_BYTES = 4_000_000;
const SessionBody = z.object({ token: z.string().min(1).max(200) }).strict();
const CallBody = z.object({ name: z.unknown(), input: z.unknown() }).strict();

/** Answers at a door: at the given one, or at one of its own. */
export async function startServer(deps: HostServerDeps): Promise<HostServer> {
  const door = deps.door ?? (await openDoor(deps.wantedPort ?? 0, deps.now));
  const streams = createStreams(deps.onPages);
  const routes = createRoutes(deps, door.sessions, streams);
  door.serve((request, response) => {
    const refusal = checkRequest(request.method ?? '', request.headers, door.port);
    if (refusal !== null) return refuse(response, refusal);
    routes(request, response).catch((error: unknown) => {
      deps.log.defect('answering a request', error);
      if (response.headersSent) response.destroy();
      else refuse(response, 500);
    });
  });
  return {
    port: door.port,
    invite: door.invite,
    emit: streams.emit,
    close: () => Promise.all([door.close(), deps.uploads.close()]).then(() => {}),
  };
}

export type Route = (request: IncomingMessage, response: ServerResponse) => void | Promise<void>;

/** What a request that passed the checks gets. Everything but files needs a token or a bearer. */
function createRoutes(deps: HostServerDeps, sessions: Sessions, streams: Streams) {
  const script = pageScript();
  const sessionOf = (request: IncomingMessage) => {
    const bearer = bearerOf(request.headers);
    return bearer === null ? null : sessions.find(bearer);
  };

  const routes = new Map<string, Route>([
    ['GET /host.js', (_request, response) => send(response, 200, 'text/javascript; charset=utf-8', script)],
    [
      'POST /session',
      async (request, response) => {
        const body = await readJson(request, SessionBody);
        if (!body.ok) return refuse(response, body.status);
        const admission = sessions.admit(body.value.token);
        if (admission === null) return refuse(response, 401);
        deps.onAdmitted();
        sendJson(response, admission);
      },
    ],
    [
      'POST /call',
      async (request, response) => {
        if (sessionOf(request) === null) return refuse(response, 401);
        const body = await readJson(request, CallBody);
        if (!body.ok) return refuse(response, body.status);
        // JSON would make an object of every byte: files have a route of their own.
        if (body.value.name === 'files:read') return refuse(response, 400);
        sendJson(response, await deps.answer(body.value.name, body.value.input));
      },
    ],
    ...createFileRoutes({ ...deps, isAdmitted: (request) => sessionOf(request) !== null }),
    [
      'GET /events',
      (request, response) => {
        const session = sessionOf(request);
        if (session === null) refuse(response, 401);
        else streams.open(response, session);
      },
    ],
  ]);

  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const path = (request.url ?? '').split(/[?#]/)[0] ?? '';
    // What comes after the first name is what a route is asked about: /file/<sha256>, /upload/<id>.
    const route =
      routes.get(`${request.method} ${path}`) ?? routes.get(`${request.method} ${path.split('/', 2).join('/')}/`);
    if (route) return await route(request, response);
    if (request.method !== 'GET') return refuse(response, 405);
    await sendFile(response, deps.renderer, path);
  };
}

interface Streams {
  open(response: ServerResponse, session: Session): void;
  emit(event: HostEvent): void;
}

/** The pages that hear: each gets one line of JSON an event, and ends with its session. A page hears on one stream. */
function createStreams(onPages: (count: number) => void): Streams {
  const open = new Set<ServerResponse>();
  const leave = (response: ServerResponse) => {
    if (open.delete(response)) onPages(open.size);
  };
  return {
    open(response, session) {
      response.writeHead(200, { ...PAGE_HEADERS, 'content-type': 'application/x-ndjson' });
      response.flushHeaders();
      open.add(response);
      const endEarlier = session.onEnd;
      session.onEnd = () => {
        // A reader that is slow keeps it open for a while; writing to what has ended would end this process.
        leave(response);
        response.end();
      };
      endEarlier();
      onPages(open.size);
      response.on('close', () => leave(response));
    },
    emit(event) {
      const line = `${JSON.stringify(event)}\n`;
      for (const response of open) {
        if (response.writableLength > MAX_WAITING_BYTES) response.destroy();
        else response.write(line);
      }
    },
  };
}
