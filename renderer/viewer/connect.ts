import type { Reply } from '../../electron/contract/calls.ts';
import type { FileBytes } from '../../electron/contract/files.ts';
import { type DataKind, FromViewer, HELLO, type Kind, type ToViewer } from './messages.ts';

/** What the frame tells the page. Everything else that it says is answered here. */
export type Heard = Extract<FromViewer, { type: 'state' | 'found' | 'leave' }>;

export interface ViewerDeps {
  readonly kind: Kind;
  /** The frame has loaded already, and was connected to nothing so far. */
  readonly isLoaded: boolean;
  /** The page to begin at, from 1. */
  readonly page: number;
  readonly theme: 'light' | 'dark';
  /** Bytes of the one file that this frame may have. */
  readonly read: (from: number, to: number) => Promise<Reply<FileBytes>>;
  /** One of the viewer's own data files; null when there is none of that name. */
  readonly data: (kind: DataKind, name: string) => Promise<Uint8Array<ArrayBuffer> | null>;
  readonly hear: (heard: Heard) => void;
}

export interface Viewer {
  say(message: ToViewer): void;
  close(): void;
}

/** Small files come whole with the first answer; of large ones, enough to begin with. */
const FIRST_BYTES = 1024 * 1024;
const MAX_WANTED_BYTES = 256 * 1024 * 1024;
const MAX_WANTED = 256;
const OPENING_MS = 45_000;

/**
 * Gives the frame a port as soon as it has loaded, then its file. Everything that the frame says is held against its
 * shape; it can ask for bytes of that file and for data to draw with, and for nothing else, however it asks.
 */
export function connectViewer(frame: HTMLIFrameElement, deps: ViewerDeps): Viewer {
  const first = deps.read(0, FIRST_BYTES);
  let port: MessagePort | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const early: ToViewer[] = [];
  let isOpen = false;

  const connect = () => {
    port?.close();
    const channel = new MessageChannel();
    port = channel.port1;
    const mine = channel.port1;
    const say = (message: ToViewer) => mine.postMessage(message, transferOf(message));
    const answer = createAnswers(deps, first, say);
    mine.onmessage = ({ data }) => {
      const said = FromViewer.safeParse(data);
      if (!said.success) return;
      const message = said.data;
      if (message.type === 'want' || message.type === 'want-data') return void answer(message);
      if (message.type === 'ready') return void open(say);
      if (message.type === 'state' && message.state.kind !== 'opening') clearTimeout(timer);
      deps.hear(message);
    };
    // The frame is of no origin, so none can be named; only the page that we let it load can be in it (frame-src).
    frame.contentWindow?.postMessage(HELLO, '*', [channel.port2]);
    clearTimeout(timer);
    timer = setTimeout(() => fail('not-drawn'), OPENING_MS);
  };
  const open = async (say: (message: ToViewer) => void) => {
    say({ type: 'look', theme: deps.theme });
    const read = await first;
    if (!read.ok) return fail('not-readable');
    const { bytes, size } = read.value;
    // A copy: a frame that loads again gets them again.
    say({ type: 'open', kind: deps.kind, size, first: bytes.slice(), page: deps.page });
    isOpen = true;
    for (const message of early) say(message);
  };
  const fail = (why: 'not-readable' | 'not-drawn') => {
    clearTimeout(timer);
    deps.hear({ type: 'state', state: { kind: 'failed', why } });
  };

  frame.addEventListener('load', connect);
  if (deps.isLoaded) connect();
  return {
    say(message) {
      if (isOpen) port?.postMessage(message, transferOf(message));
      else early.push(message);
    },
    close() {
      frame.removeEventListener('load', connect);
      clearTimeout(timer);
      port?.close();
    },
  };
}

function transferOf(message: ToViewer): Transferable[] {
  const bytes = message.type === 'open' ? message.first : message.type === 'bytes' ? message.bytes : null;
  return bytes === null ? [] : [bytes.buffer as ArrayBuffer];
}

type Question = Extract<FromViewer, { type: 'want' | 'want-data' }>;

function createAnswers(deps: ViewerDeps, first: Promise<Reply<FileBytes>>, say: (message: ToViewer) => void) {
  let open = 0;
  const bytesFor = async (question: Question): Promise<Uint8Array<ArrayBuffer> | null> => {
    // A frame that asks for everything at once is answered nothing more.
    if (open > MAX_WANTED) return null;
    if (question.type === 'want-data') return await deps.data(question.kind, question.name);
    const known = await first;
    const { from, to } = question;
    if (!known.ok || from >= to || to > known.value.size || to - from > MAX_WANTED_BYTES) return null;
    return await readAll(deps.read, from, to);
  };
  return async (question: Question) => {
    open += 1;
    const bytes = await bytesFor(question).catch(() => null);
    open -= 1;
    say({ type: 'bytes', id: question.id, bytes });
  };
}

/** All bytes of a range, asked for as often as it takes; null when one answer is a refusal or has nothing in it. */
export async function readAll(
  read: ViewerDeps['read'],
  from: number,
  to: number,
): Promise<Uint8Array<ArrayBuffer> | null> {
  const start = await read(from, to);
  if (!start.ok) return null;
  if (start.value.bytes.length === to - from) return start.value.bytes;
  const all = new Uint8Array(to - from);
  let at = from;
  for (let bytes = start.value.bytes; ; ) {
    if (bytes.length === 0 || at + bytes.length > to) return null;
    all.set(bytes, at - from);
    at += bytes.length;
    if (at === to) return all;
    const next = await read(at, to);
    if (!next.ok) return null;
    bytes = next.value.bytes;
  }
}
