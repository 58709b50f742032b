import fc from 'fast-check';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { Reply } from '../../electron/contract/calls.ts';
import type { FileBytes } from '../../electron/contract/files.ts';
import { connectViewer, type Heard, readAll } from './connect.ts';
import { viewerData } from './data-files.ts';
import { FromViewer, HELLO, ToViewer } from './messages.ts';
import { type Command, createWire, fileOver } from './wire.ts';

type Read = (from: number, to: number) => Promise<Reply<FileBytes>>;

const bytes = Uint8Array.from({ length: 3_000_000 }, (_, index) => index % 251);
const give: Read = async (from, to) => {
  const end = Math.min(to, from + 1_048_576, bytes.length);
  return { ok: true, value: { bytes: bytes.slice(from, end), size: bytes.length } };
};
const refuse: Read = async () => ({ ok: false, error: { type: 'not-here', message: 'no' } });

/** A frame without a window: what would be in it speaks on the port. */
function openFrame(read: Read) {
  const heard: Heard[] = [];
  const commands: Command[] = [];
  const frame = new EventTarget() as EventTarget & { contentWindow?: unknown };
  let port: MessagePort | null = null;
  frame.contentWindow = {
    postMessage: (hello: unknown, _origin: string, [sent]: [MessagePort]) => {
      expect(hello).toBe(HELLO);
      port = sent;
    },
  };
  const viewer = connectViewer(frame as unknown as HTMLIFrameElement, {
    isLoaded: false,
    kind: 'pdf',
    page: 1,
    theme: 'light',
    read,
    data: async (_kind, name) => (name === 'jbig2.wasm' ? Uint8Array.from([1]) : null),
    hear: (message) => heard.push(message),
  });
  frame.dispatchEvent(new Event('load'));
  if (port === null) throw new Error('no port came');
  const inside: MessagePort = port;
  ports.push(inside);
  closers.push(viewer.close);
  return { viewer, heard, commands, inside, wire: createWire(inside, (command) => commands.push(command)) };
}

const ports: MessagePort[] = [];
const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
  for (const port of ports.splice(0)) port.close();
});

describe('page and frame', () => {
  test('meet on a port: the file comes when the frame is ready, and what was said before', async () => {
    const { viewer, wire, commands, heard } = openFrame(give);
    viewer.say({ type: 'go', to: 3 });
    wire.say({ type: 'ready' });
    await vi.waitFor(() => expect(commands.map(({ type }) => type)).toEqual(['look', 'open', 'go']));
    const open = commands[1] as Extract<Command, { type: 'open' }>;
    expect([open.size, open.first.length]).toEqual([bytes.length, 1_048_576]);
    wire.say({ type: 'leave', to: 'page' });
    await vi.waitFor(() => expect(heard).toEqual([{ type: 'leave', to: 'page' }]));
  });

  test('the frame gets any range of its file, however many answers it takes', async () => {
    const { wire } = openFrame(give);
    expect(await wire.want(5, 2_900_000)).toEqual(bytes.slice(5, 2_900_000));
    expect(await wire.wantData('wasm', 'jbig2.wasm')).toEqual(Uint8Array.from([1]));
    await expect(wire.wantData('wasm', 'evil.wasm')).rejects.toThrow();
  });

  test('nothing beyond the file is given, and no refusal is waited for', async () => {
    const { wire } = openFrame(give);
    for (const [from, to] of [
      [0, bytes.length + 1],
      [9, 9],
      [10, 5],
      [0, 2 ** 40],
    ] as const)
      await expect(wire.want(from, to)).rejects.toThrow();
    const refused = openFrame(refuse);
    await expect(refused.wire.want(0, 5)).rejects.toThrow();
    refused.wire.say({ type: 'ready' });
    const failed = { type: 'state', state: { kind: 'failed', why: 'not-readable' } };
    await vi.waitFor(() => expect(refused.heard).toEqual([failed]));
  });

  test('whatever else a frame says is left alone', async () => {
    const { inside, heard, wire } = openFrame(give);
    const words = fc.sample(fc.anything({ withNullPrototype: false }), 200);
    for (const word of [...words, { type: 'call', name: 'records:state' }, { type: 'leave', to: '/board' }]) {
      try {
        inside.postMessage(word);
      } catch {
        // cannot be cloned, so no frame can say it either
      }
    }
    wire.say({ type: 'state', state: { kind: 'opening' } });
    await vi.waitFor(() => expect(heard).toEqual([{ type: 'state', state: { kind: 'opening' } }]));
  });

  test('a frame that never says anything is given up with a sentence', () => {
    vi.useFakeTimers();
    try {
      const { heard } = openFrame(give);
      vi.advanceTimersByTime(60_000);
      expect(heard).toEqual([{ type: 'state', state: { kind: 'failed', why: 'not-drawn' } }]);
    } finally {
      vi.useRealTimers();
    }
  });
});

describe('shapes', () => {
  test('know no more than they say', () => {
    expect(FromViewer.safeParse({ type: 'want', id: 1, from: -1, to: 5 }).success).toBe(false);
    expect(FromViewer.safeParse({ type: 'want-data', id: 1, kind: 'js', name: 'a' }).success).toBe(false);
    expect(FromViewer.safeParse({ type: 'state', state: { kind: 'failed', why: '<b>' } }).success).toBe(false);
    expect(ToViewer.safeParse({ type: 'marks', marks: [{ number: 1, page: 0, quote: 'x' }] }).success).toBe(false);
    expect(ToViewer.safeParse({ type: 'zoom', to: 'huge' }).success).toBe(false);
  });
});

describe('bytes', () => {
  test('that came first are not asked for again', async () => {
    const want = vi.fn(async (from: number, to: number) => bytes.slice(from, to));
    const file = fileOver({ want }, 1000, bytes.slice(0, 100));
    expect(await file.read(10, 90)).toEqual(bytes.slice(10, 90));
    expect(want).not.toHaveBeenCalled();
    expect(await file.read(90, 110)).toEqual(bytes.slice(90, 110));
    await expect(file.read(990, 1001)).rejects.toThrow();
    await expect(
      fileOver({ want: async () => bytes.slice(0, 3) }, 1000, bytes.slice(0, 0)).read(0, 9),
    ).rejects.toThrow();
  });

  test('an answer with nothing or too much in it ends the reading', async () => {
    const answer =
      (length: number): Read =>
      async () => ({
        ok: true,
        value: { bytes: new Uint8Array(length), size: 100 },
      });
    expect(await readAll(answer(0), 0, 10)).toBeNull();
    expect(await readAll(answer(11), 0, 10)).toBeNull();
    expect(await readAll(answer(4), 0, 8)).toHaveLength(8);
    expect(await readAll(answer(3), 0, 8)).toBeNull();
  });
});

describe('data to draw with', () => {
  test('is asked for by names on the list only', async () => {
    const fetched = vi.fn(async () => new Response(Uint8Array.from([7])));
    vi.stubGlobal('fetch', fetched);
    for (const name of ['../host.js', 'a/b.bcmap', 'jbig2_nowasm_fallback.js', 'x'.repeat(90), '.bcmap', 'H.bcmap?x'])
      for (const kind of ['cmaps', 'fonts', 'wasm'] as const) expect(await viewerData(kind, name)).toBeNull();
    expect(fetched).not.toHaveBeenCalled();
    expect(await viewerData('cmaps', 'UniGB-UTF16-H.bcmap')).toEqual(Uint8Array.from([7]));
    expect(await viewerData('fonts', 'LiberationSans-BoldItalic.ttf')).toEqual(Uint8Array.from([7]));
    // What was given away is there for the next frame.
    expect(await viewerData('cmaps', 'UniGB-UTF16-H.bcmap')).toEqual(Uint8Array.from([7]));
    expect(fetched).toHaveBeenCalledTimes(2);
    fetched.mockImplementationOnce(async () => new Response('', { status: 404 }));
    expect(await viewerData('wasm', 'jbig2.wasm')).toBeNull();
    fetched.mockRejectedValueOnce(new Error('gone'));
    expect(await viewerData('wasm', 'jbig2.wasm')).toBeNull();
    vi.unstubAllGlobals();
  });
});
