import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Frame, Page } from 'playwright-core';
import { HELLO, type Kind, type ViewerState } from '../../renderer/viewer/messages.ts';
import { Skipped } from './lib/desk.ts';
import { expect, until } from './lib/expect.ts';
import type { Journey } from './lib/journey.ts';
import { places } from './lib/places.ts';

/** Where the real files lie, beside the project and never in it. */
const FIXTURES = join(places.root, '..', 'shared', 'fixtures', 'pdf');

/** The viewer's frame as it is served, spoken to as the page does (renderer/viewer/messages.ts). */
export const journeys: readonly Journey[] = [
  {
    name: 'viewer: a file is drawn in a frame that reaches nothing: no page, no storage, no network, no other file',
    async run(desk) {
      const page = await desk.open();
      desk.problems.allow(/Content Security Policy|Refused|violates|sandboxed|Unsafe attempt|Blocked|navigat/i);
      const sent = requestsOf(page);
      const frame = await openFile(page, onePage(), 'pdf');
      const state = await stateOf(page);
      expect(state.kind === 'open' ? state.pages : state, 1, 'what the frame shows');
      const drawn = () => frame.evaluate(() => document.querySelector('canvas')?.width ?? 0);
      await until(drawn, (width) => width > 300, 'the width of the page that was drawn');
      const words = () => frame.evaluate(() => document.querySelector('.text')?.textContent);
      await until(words, (text) => text === 'Hello Marlowe', 'the words over it');
      expect(await frame.evaluate(reachOut), [], 'what the frame could do');
      expect(
        sent.filter((address) => !/viewer(\.html|-data\/)|^blob:|\/assets\//.test(address)),
        [],
        'what was asked for',
      );
    },
  },
  {
    name: 'viewer: a frame that was taken over cannot take its file elsewhere',
    async run(desk) {
      const page = await desk.open();
      desk.problems.allow(/Content Security Policy|Refused|violates|sandboxed|Unsafe attempt|Blocked|frame|ERR_/i);
      const before = page.url();
      const sent = requestsOf(page);
      const frame = await openFile(page, onePage(), 'pdf');
      await stateOf(page);
      await frame.evaluate(() => {
        setTimeout(() => {
          location.href = 'https://example.com/?leak';
        });
      });
      await until(
        async () => page.frames().some((one) => one.url().startsWith('http') && one.url().includes('viewer.html')),
        (isThere) => !isThere,
        'the frame on its page',
      ).catch(() => undefined);
      expect(
        sent.filter((address) => address.includes('example.com')),
        [],
        'what left',
      );
      expect(page.url(), before, 'where the page is');
    },
  },
  {
    name: 'viewer: what is no PDF, cut off or empty ends in a word for a sentence',
    async run(desk) {
      const page = await desk.open();
      const whole = onePage();
      const cases: readonly [Buffer, Kind, string][] = [
        [Buffer.from('no PDF at all'.repeat(99)), 'pdf', 'failed'],
        [whole.subarray(0, 40), 'pdf', 'failed'],
        [Buffer.alloc(0), 'pdf', 'empty'],
        [Buffer.from('no picture'), 'image', 'failed'],
        [Buffer.from('Dear all,\n'), 'text', 'open'],
      ];
      for (const [bytes, kind, wanted] of cases) {
        await openFile(page, bytes, kind);
        expect((await stateOf(page)).kind, wanted, `${kind} of ${bytes.length} bytes`);
      }
    },
  },
  {
    name: 'viewer: every real PDF ends in pages, in a question for its password or in a word for a sentence',
    limitMs: 240_000,
    runsOnce: true,
    async run(desk) {
      if (!existsSync(FIXTURES)) throw new Skipped('the real files (../shared/fixtures) are not here');
      const page = await desk.open();
      const ends: Record<string, number> = { open: 0, failed: 0, 'needs-password': 0 };
      for (const name of readdirSync(FIXTURES).sort()) {
        const frame = await openFile(page, readFileSync(join(FIXTURES, name)), 'pdf');
        const { kind } = await stateOf(page);
        ends[kind] = (ends[kind] ?? 0) + 1;
        if (kind !== 'open') continue;
        const drawn = () => frame.evaluate(() => document.querySelector('canvas')?.width ?? 0);
        await until(drawn, (width) => width > 0 && width !== 300, `a page of ${name}`);
      }
      expect(ends, { open: 39, failed: 1, 'needs-password': 1 }, 'how the 41 files end');
    },
  },
];

/** The smallest PDF with a word on it, without a library. */
function onePage(): Buffer {
  const text = 'BT /F 24 Tf 72 700 Td (Hello Marlowe) Tj ET';
  const objects = [
    '<</Type/Catalog/Pages 2 0 R>>',
    '<</Type/Pages/Kids[3 0 R]/Count 1>>',
    '<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>',
    `<</Length ${text.length}>>stream\n${text}\nendstream`,
    '<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>',
  ];
  let file = '%PDF-1.4\n';
  const places = objects.map((object, index) => {
    const at = file.length;
    file += `${index + 1} 0 obj${object}endobj\n`;
    return `${String(at).padStart(10, '0')} 00000 n \n`;
  });
  const start = file.length;
  file += `xref\n0 6\n0000000000 65535 f \n${places.join('')}trailer<</Size 6/Root 1 0 R>>\nstartxref\n${start}\n%%EOF`;
  return Buffer.from(file, 'latin1');
}

function requestsOf(page: Page): string[] {
  const sent: string[] = [];
  page.on('request', (request) => void sent.push(request.url()));
  return sent;
}

/** Puts a frame into the page, in the place of the one before, and hands it the file. */
async function openFile(page: Page, bytes: Buffer, kind: Kind): Promise<Frame> {
  const words = { hello: HELLO, base64: bytes.toString('base64'), kind };
  const handle = await page.evaluateHandle(async ({ hello, base64, kind: shown }) => {
    const here = window as unknown as { viewerStates: unknown[] };
    const states: unknown[] = [];
    here.viewerStates = states;
    document.getElementById('viewer-under-test')?.remove();
    const frame = document.createElement('iframe');
    frame.id = 'viewer-under-test';
    frame.setAttribute('sandbox', 'allow-scripts');
    frame.src = './viewer.html';
    for (const [name, value] of Object.entries({
      position: 'fixed',
      inset: '0',
      width: '900px',
      height: '800px',
      zIndex: '9',
    }))
      frame.style.setProperty(name.replace('zI', 'z-i'), value);
    const all = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
    const data = { cmaps: 'cmaps', fonts: 'fonts', wasm: 'wasm' } as Record<string, string>;
    frame.addEventListener(
      'load',
      () => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = async ({ data: said }) => {
          if (said.type === 'state') states.push(said.state);
          if (said.type === 'ready')
            port1.postMessage({ type: 'open', kind: shown, size: all.length, first: all, page: 1 });
          if (said.type !== 'want-data') return;
          const got = await fetch(`./viewer-data/${data[said.kind]}/${said.name}`);
          const bytesOf = got.ok ? new Uint8Array(await got.arrayBuffer()) : null;
          port1.postMessage({ type: 'bytes', id: said.id, bytes: bytesOf });
        };
        frame.contentWindow?.postMessage(hello, '*', [port2]);
      },
      { once: true },
    );
    document.body.append(frame);
    return frame;
  }, words);
  const frame = await handle.asElement()?.contentFrame();
  if (!frame) throw new Error('the viewer has no frame');
  return frame;
}

/** What the frame says once it is no longer opening. */
async function stateOf(page: Page): Promise<ViewerState> {
  const last = () =>
    page.evaluate(() => (window as unknown as { viewerStates: ViewerState[] }).viewerStates.at(-1) ?? null);
  const state = await until(last, (one) => one !== null && one.kind !== 'opening', 'what the viewer says');
  if (state === null) throw new Error('the viewer says nothing');
  return state;
}

/** Everything that code in the frame could try; gives what it got. Runs inside. */
async function reachOut(): Promise<string[]> {
  const got: string[] = [];
  const attempt = (name: string, act: () => unknown) => {
    try {
      if (act()) got.push(name);
    } catch {
      // refused, as it should be
    }
  };
  const page = window.parent as Window & { closeboard?: unknown };
  attempt('an origin', () => self.origin !== 'null');
  attempt('our functions', () => window.closeboard);
  attempt('the functions of the page', () => page.closeboard);
  attempt('the document of the page', () => page.document);
  attempt('the name of the page', () => page.name);
  attempt('local storage', () => window.localStorage);
  attempt('session storage', () => window.sessionStorage);
  attempt('cookies', () => document.cookie || true);
  attempt('a database', () => indexedDB.open('x'));
  attempt('a window', () => window.open('https://example.com/'));
  for (const name of ['process', 'require', 'electron', 'ipcRenderer']) attempt(name, () => name in window);
  attempt('the address of the page', () => {
    (window.top as Window).location.href = 'https://example.com/';
    return true;
  });
  attempt('an inline script', () => {
    const script = document.createElement('script');
    script.textContent = 'window.wasRun = true;';
    document.body.append(script);
    return 'wasRun' in window;
  });
  for (const address of ['https://example.com/', './host.js', './index.html']) {
    const answer = fetch(address, { mode: 'no-cors' });
    const isReached = await answer.then(
      () => true,
      () => false,
    );
    if (isReached) got.push(`fetch ${address}`);
  }
  // In a turn of its own, so that the driver's rights are not taken for the page's.
  const isEvaluated = await new Promise<boolean>((resolve) => {
    setTimeout(() => {
      try {
        resolve(new Function('return true')() as boolean);
      } catch {
        resolve(false);
      }
    });
  });
  if (isEvaluated) got.push('eval');
  return got;
}
