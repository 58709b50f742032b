import { type DataKind, type FromViewer, ToViewer } from './messages.ts';
import { type FileBytes, NotShown } from './source.ts';

type Bytes = Uint8Array<ArrayBuffer>;

/** The frame's end of the port. */
export interface Wire {
  say(message: FromViewer): void;
  want(from: number, to: number): Promise<Bytes>;
  wantData(kind: DataKind, name: string): Promise<Bytes>;
}

export type Command = Exclude<ToViewer, { type: 'bytes' }>;

/** Speaks on the port; a message of another shape is left alone. */
export function createWire(port: MessagePort, hear: (command: Command) => void): Wire {
  const waiting = new Map<number, (bytes: Bytes | null) => void>();
  let lastId = 0;
  const say = (message: FromViewer) => port.postMessage(message);
  const ask = (question: (id: number) => FromViewer) =>
    new Promise<Bytes>((resolve, reject) => {
      lastId += 1;
      waiting.set(lastId, (bytes) => (bytes === null ? reject(new NotShown('not-readable')) : resolve(bytes)));
      say(question(lastId));
    });
  port.onmessage = ({ data }) => {
    const message = ToViewer.safeParse(data);
    if (!message.success) return;
    if (message.data.type !== 'bytes') return hear(message.data);
    waiting.get(message.data.id)?.(message.data.bytes as Bytes | null);
    waiting.delete(message.data.id);
  };
  return {
    say,
    want: (from, to) => ask((id) => ({ type: 'want', id, from, to })),
    wantData: (kind, name) => ask((id) => ({ type: 'want-data', id, kind, name })),
  };
}

/** The file behind the port. What was given with `open` is not asked for again. */
export function fileOver(wire: Pick<Wire, 'want'>, size: number, first: Bytes): FileBytes {
  return {
    size,
    first,
    async read(from, to) {
      if (from < 0 || to > size || from >= to) throw new NotShown('not-readable');
      if (to <= first.length) return first.slice(from, to);
      const bytes = await wire.want(from, to);
      if (bytes.length !== to - from) throw new NotShown('not-readable');
      return bytes;
    },
  };
}
