import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { DESK_PATH } from '../../api/device-calls.ts';
import type { PortalContext } from '../context.ts';
import { deviceOf, signedIn } from '../http/signed-in.ts';
import type { Streams } from './streams.ts';

/** `GET /api/desk/events`: pokes as server-sent events, for as long as the desktop keeps the connection. */
export function addEventRoute(app: FastifyInstance, context: PortalContext, streams: Streams): void {
  app.get(`${DESK_PATH}/events`, {
    onRequest: signedIn(context),
    handler: async (request: FastifyRequest, reply: FastifyReply) => {
      const caller = deviceOf(request);
      reply.hijack();
      const { raw } = reply;
      raw.writeHead(200, {
        'content-type': 'text/event-stream; charset=utf-8',
        // Proxies that gather an answer before they pass it on would gather this one for ever.
        'x-accel-buffering': 'no',
        connection: 'keep-alive',
      });
      raw.socket?.setNoDelay(true);
      raw.socket?.setKeepAlive(true, 30_000);
      const stream = streams.open(caller, {
        write: (text) => raw.write(text),
        waiting: () => raw.writableLength,
        end: () => raw.end(),
      });
      raw.on('close', stream.close);
      raw.on('error', stream.close);
    },
  });
}
