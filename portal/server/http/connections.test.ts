import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { expect, test } from 'vitest';
import { followConnections } from './connections.ts';

test('connections without a request are ended, also those that never had one; a running request gets its answer', async () => {
  const asked: ServerResponse[] = [];
  const server = createServer((_request, response) => void asked.push(response));
  const connections = followConnections(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;

  const silent = connect(port, '127.0.0.1');
  await once(silent, 'connect');
  const answered = await fetchOne(port, asked);
  const running = fetch(`http://127.0.0.1:${port}/`);
  await until(() => asked.length === 2);

  const closing = new Promise((resolve) => server.close(resolve));
  connections.closeUnused();
  await once(silent, 'close');
  expect(answered).toBe('done');
  asked[1]?.end('late');
  expect(await (await running).text()).toBe('late');
  connections.closeUnused();
  await closing;
});

async function fetchOne(port: number, asked: readonly ServerResponse[]): Promise<string> {
  const reply = fetch(`http://127.0.0.1:${port}/`);
  await until(() => asked.length === 1);
  asked[0]?.end('done');
  return (await reply).text();
}

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 5));
}
