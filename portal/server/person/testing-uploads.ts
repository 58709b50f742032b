import { connect, createServer } from 'node:net';
import { createCanvas } from '@napi-rs/canvas';
import { PERSON_CHUNK, PERSON_UPLOADS } from '../../api/person-calls.ts';
import { accessHandlers } from '../routes/access.ts';
import { type Browser, browserOf, type Desk } from './testing.ts';
import { DEAL_ID } from './testing-deal.ts';

/** Shared by the tests of what people send: files, and a browser that sends them over a real socket. */

const WORD = 'garden gate';
const TUS = { 'tus-resumable': '1.0.0' };

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return address !== null && typeof address === 'object' ? address.port : 0;
}

/** A photo whose quarters have colours of their own; upright, red and green above, blue and white below. */
export function photo(width = 240, height = 320, shade = 255): Buffer {
  const canvas = createCanvas(width, height);
  const context = canvas.getContext('2d');
  const [w, h] = [width / 2, height / 2];
  for (const [x, y, colour] of [
    [0, 0, `rgb(${shade}, 0, 0)`],
    [w, 0, '#00ff00'],
    [0, h, '#0000ff'],
    [w, h, '#ffffff'],
  ] as const) {
    context.fillStyle = colour;
    context.fillRect(x, y, w, h);
  }
  return Buffer.from(canvas.toBuffer('image/jpeg', 92));
}

/** The same JPEG with an EXIF orientation. */
export function turned(bytes: Buffer, orientation: number): Buffer {
  const exif = Buffer.concat([
    Buffer.from('Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0', 'latin1'),
    Buffer.from([orientation, 0, 0, 0, 0, 0, 0]),
  ]);
  const head = Buffer.from([0xff, 0xe1, 0, exif.length + 2]);
  return Buffer.concat([bytes.subarray(0, 2), head, exif, bytes.subarray(2)]);
}

export async function linkFor(desk: Desk, personId: string, expiresAt: string | null = null) {
  const ask = {
    dealId: DEAL_ID,
    personId,
    secondStep: 'word',
    word: WORD,
    mayDownload: true,
    expiresAt,
  } as const;
  const made = await accessHandlers['access/make-link'](desk.context, desk.coordinator, ask);
  if (!made.ok) throw new Error(made.error.message);
  return { link: made.value.link, token: made.value.url.split('/').at(-1) ?? '' };
}

/** A browser that came through a link and said the agreed word. */
export async function comeIn(desk: Desk, token: string): Promise<Browser> {
  const browser = browserOf(desk);
  await browser.ask('open', { token });
  const said = await browser.ask('confirm', { answer: WORD });
  if (said.status !== 200) throw new Error(said.text);
  return browser;
}

export interface Announced {
  readonly bytes: number;
  readonly sendingId?: string;
  readonly name?: string;
  readonly place?: number;
  readonly lineId?: string;
}

/** What a page asks the portal for by tus. `origin`: where the page came from, when its name is not that of the socket.
 * `more`: further headers. */
export function sender(url: string, cookie: string, origin = url, more: Readonly<Record<string, string>> = {}) {
  const headers = { ...TUS, cookie, origin, 'sec-fetch-site': 'same-origin', ...more };
  const announce = ({
    bytes,
    sendingId = 's1',
    name = 'page.jpg',
    place = 1,
    lineId,
  }: Announced): Promise<Response> => {
    const told = Object.entries({ sendingId, name, place: String(place), ...(lineId === undefined ? {} : { lineId }) });
    const metadata = told.map(([key, value]) => `${key} ${Buffer.from(value).toString('base64')}`).join(',');
    return fetch(url + PERSON_UPLOADS, {
      method: 'POST',
      headers: { ...headers, 'upload-length': String(bytes), 'upload-metadata': metadata },
    });
  };
  const piece = (location: string, offset: number, bytes: Uint8Array): Promise<Response> => {
    const told = { 'upload-offset': String(offset), 'content-type': 'application/offset+octet-stream' };
    return fetch(url + location, {
      method: 'PATCH',
      headers: { ...headers, ...told },
      body: new Uint8Array(bytes),
    });
  };
  const head = (location: string): Promise<Response> => fetch(url + location, { method: 'HEAD', headers });
  return {
    announce,
    piece,
    head,
    offset: async (location: string): Promise<number | null> => {
      const asked = await head(location);
      return asked.status === 200 ? Number(asked.headers.get('upload-offset')) : null;
    },
    remove: (location: string): Promise<Response> => fetch(url + location, { method: 'DELETE', headers }),
    /** The id of an upload that is whole; throws with what was answered otherwise. */
    whole: async (bytes: Uint8Array, more: Omit<Announced, 'bytes'> = {}): Promise<string> => {
      const made = await announce({ ...more, bytes: bytes.length });
      if (made.status !== 201) throw new Error(await made.text());
      const location = made.headers.get('location') ?? '';
      for (let offset = 0; offset < bytes.length; offset += PERSON_CHUNK) {
        const sent = await piece(location, offset, bytes.subarray(offset, offset + PERSON_CHUNK));
        if (sent.status !== 204) throw new Error(await sent.text());
      }
      return idOf(location);
    },
    /** Begins a piece, sends so many bytes of it, and cuts the line when `until` is fulfilled. */
    cut: async (location: string, { offset, bytes, after, until }: Cut): Promise<void> => {
      const { port, hostname, host } = new URL(url);
      const socket = connect(Number(port), hostname);
      socket.on('error', () => {});
      const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
      const lines = Object.entries({
        ...{ ...headers, host, 'upload-offset': String(offset), 'content-length': String(bytes.length) },
        'content-type': 'application/offset+octet-stream',
      }).map(([name, value]) => `${name}: ${value}`);
      const begun = `PATCH ${location} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`;
      await new Promise<void>((resolve) => {
        socket.write(begun);
        socket.write(bytes.subarray(0, after), () => resolve());
      });
      await until();
      socket.destroy();
      await closed;
    },
  };
}

interface Cut {
  readonly offset: number;
  readonly bytes: Uint8Array;
  readonly after: number;
  readonly until: () => Promise<void>;
}

export const idOf = (location: string): string => location.split('/').at(-1) ?? '';
