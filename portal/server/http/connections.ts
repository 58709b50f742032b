import type { Server } from 'node:http';
import type { Socket } from 'node:net';

export interface Connections {
  /** Ends those that no request runs on. */
  closeUnused(): void;
}

/**
 * Follows the connections of a server, so that those without a request can be let go of when it ends. Node's own
 * `closeIdleConnections` leaves one that never had a request, and browsers and desktops open such ones ahead of need.
 */
export function followConnections(server: Server): Connections {
  const open = new Set<Socket>();
  const running = new Map<Socket, number>();
  server.on('connection', (socket) => {
    open.add(socket);
    socket.once('close', () => {
      open.delete(socket);
      running.delete(socket);
    });
  });
  server.on('request', ({ socket }, response) => {
    running.set(socket, (running.get(socket) ?? 0) + 1);
    response.once('close', () => {
      if (open.has(socket)) running.set(socket, (running.get(socket) ?? 1) - 1);
    });
  });
  return {
    closeUnused: () => {
      for (const socket of open) if ((running.get(socket) ?? 0) === 0) socket.destroy();
    },
  };
}
