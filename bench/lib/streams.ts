import { Agent, request } from 'node:http';
import { DESK_PATH } from '../../portal/api/device-calls.ts';

/** So many event streams held open at a server of this computer. */
export interface OpenStreams {
  /** Bytes that came, of all of them. */
  readonly heard: () => number;
  /** Streams that ended by themselves. */
  readonly lost: () => number;
  close(): void;
}

export async function openStreams(url: string, keys: readonly string[]): Promise<OpenStreams> {
  const { hostname, port } = new URL(url);
  let heard = 0;
  let lost = 0;
  let isOver = false;
  const agent = new Agent({ keepAlive: false });
  const end = () => {
    if (!isOver) lost += 1;
  };
  const opening = keys.map(
    (key) =>
      new Promise<() => void>((resolve, reject) => {
        const headers = { authorization: `Bearer ${key}`, accept: 'text/event-stream' };
        const asked = request({ hostname, port, path: `${DESK_PATH}/events`, headers, agent }, (answer) => {
          if (answer.statusCode !== 200) return reject(new Error(`no stream: ${answer.statusCode}`));
          answer.on('data', (chunk: Buffer) => {
            heard += chunk.length;
          });
          answer.on('close', end);
          answer.on('error', () => {});
          resolve(() => asked.destroy());
        });
        asked.on('error', reject);
        asked.end();
      }),
  );
  const closers = await Promise.all(opening);
  return {
    heard: () => heard,
    lost: () => lost,
    close: () => {
      isOver = true;
      for (const close of closers) close();
    },
  };
}
