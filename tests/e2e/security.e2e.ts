import { request } from 'node:http';
import { Skipped } from './lib/desk.ts';
import { expect, until } from './lib/expect.ts';
import type { Journey } from './lib/journey.ts';

/** What only a live page can show of Electron's security list; the rest is in electron/main/security.test.ts. */
export const journeys: readonly Journey[] = [
  {
    name: 'the page has six functions of ours, and nothing of Node or Electron',
    async run(desk) {
      const page = await desk.open();
      const found = await page.evaluate(() => ({
        ours: Object.keys(window.closeboard ?? {}).sort(),
        isFrozen: Object.isFrozen(window.closeboard),
        others: ['process', 'require', 'module', 'Buffer', 'global', 'electron', 'ipcRenderer', '__dirname'].filter(
          (name) => name in window,
        ),
      }));
      const ours = ['call', 'dropFiles', 'listen', 'readFile', 'saveFile', 'startDrag'];
      expect(found, { ours, isFrozen: true, others: [] }, 'what the page was given');
    },
  },
  {
    name: 'the page runs no inline code and talks to nobody else',
    async run(desk) {
      const page = await desk.open();
      desk.problems.allow(/Content.Security.Policy|Refused to|violates/i);
      const happened = await page.evaluate(async () => {
        const done: string[] = [];
        const script = document.createElement('script');
        script.textContent = 'window.wasRun = true;';
        document.head.append(script);
        if ('wasRun' in window) done.push('inline script');
        // In a task of its own: what a test evaluates itself is not held to the policy.
        const isEvaluated = await new Promise((resolve) => {
          setTimeout(() => {
            try {
              resolve(new Function('return true')());
            } catch {
              resolve(false); // refused, as it should be
            }
          });
        });
        if (isEvaluated) done.push('eval');
        const reached = await fetch('https://example.com/', { mode: 'no-cors' }).then(
          () => true,
          () => false,
        );
        if (reached) done.push('fetch elsewhere');
        return done;
      });
      expect(happened, [], 'what the content policy let through');
    },
  },
  {
    name: 'the page is served with the strict policy and nothing beside it',
    async run(desk) {
      const page = await desk.open();
      desk.problems.allow(/404|Failed to load/);
      const answers = await page.evaluate(async () => {
        const policy = (await fetch('./')).headers.get('content-security-policy') ?? '';
        const paths = [
          '../package.json',
          '/package.json',
          '/..%2fpackage.json',
          '/%2e%2e/package.json',
          '/..%5cpackage.json',
        ];
        const statuses = await Promise.all(paths.map(async (path) => (await fetch(path)).status));
        return { policy, statuses };
      });
      expect(answers.policy, /^default-src 'none'; script-src 'self'; style-src 'self';/, 'the content policy');
      expect(answers.statuses, [404, 404, 404, 404, 404], 'files outside the page');
    },
  },
  {
    name: 'a bad call is refused, with a sentence and without a reason that tells anything',
    async run(desk) {
      const page = await desk.open();
      const replies = await page.evaluate(async () => {
        const call = window.closeboard?.call as unknown as (name: unknown, input: unknown) => Promise<unknown>;
        return await Promise.all([
          call('deals:get', { dealId: 5 }),
          call('deals:get', { dealId: 'x', more: 1 }),
          call('constructor', {}),
          call('host:open-link', { url: 'file:///etc/passwd' }),
          call('host:open-folder', { which: '/etc' }),
          call(null, null),
        ]);
      });
      const types = replies.map((reply) => (reply as { error?: { type: string } }).error?.type);
      expect(
        types,
        replies.map(() => 'bad-call'),
        'how bad calls are answered',
      );
    },
  },
  {
    name: 'a frame in the page gets nothing of ours',
    async run(desk) {
      const page = await desk.open();
      desk.problems.allow(/Content.Security.Policy|Refused to|violates|frame/i);
      const found = await page.evaluate(async () => {
        const blank = document.createElement('iframe');
        const own = document.createElement('iframe');
        own.src = './index.html';
        // A frame that the policy refuses "loads" too: an error page.
        const loaded = new Promise((resolve) => own.addEventListener('load', resolve, { once: true }));
        document.body.append(blank, own);
        await loaded;
        const inside = [blank, own].map((frame) => {
          try {
            return typeof (frame.contentWindow as Window & { closeboard?: unknown })?.closeboard;
          } catch {
            return 'undefined'; // not even readable
          }
        });
        blank.remove();
        own.remove();
        return inside;
      });
      expect(found, ['undefined', 'undefined'], 'closeboard inside frames');
    },
  },
  {
    name: 'the window stays on its page, opens no other and is allowed nothing',
    async run(desk) {
      if (desk.host === 'browser') throw new Skipped('a browser lets a person go where they like');
      const page = await desk.open();
      const before = page.url();
      desk.problems.allow(/net::ERR|Refused|Not allowed|denied/i);
      await page.evaluate(() => {
        location.href = 'https://example.com/';
      });
      expect(await page.evaluate(() => window.open('https://example.com/') === null), true, 'window.open');
      const asked = await page.evaluate(async () => {
        const names = ['geolocation', 'notifications', 'camera', 'microphone'] as PermissionName[];
        const states = await Promise.all(
          names.map(async (name) => (await navigator.permissions.query({ name })).state),
        );
        return states.filter((state) => state === 'granted');
      });
      expect(asked, [], 'permissions');
      expect(page.url(), before, 'where the window is');
      expect(page.context().pages().length, 1, 'windows');
    },
  },
  {
    name: 'in a browser, the right to ask is nowhere to be found and goes on after a reload',
    async run(desk) {
      if (desk.host !== 'browser') throw new Skipped('only the browser host has an address with a token');
      const page = await desk.open();
      expect(page.url().includes('token'), false, 'token in the address');
      const kept = await page.evaluate(() => ({
        cookie: document.cookie,
        local: Object.values(localStorage).join(' '),
        session: Object.values(sessionStorage).join(' '),
      }));
      expect(/[\w-]{43}/.test(Object.values(kept).join(' ')), false, 'a secret in storage');
      expect(await page.context().cookies(), [], 'cookies');
      for (let turn = 0; turn < 2; turn += 1) {
        await page.reload();
        const state = () => page.evaluate(async () => (await window.closeboard?.call('records:state', {}))?.ok);
        await until(state, (isOk) => isOk === true, 'a call after a reload');
      }
      const stranger = await page.context().newPage();
      desk.problems.allow(/40[0-9]/);
      await stranger.goto(page.url());
      const reply = await stranger.evaluate(async () => await window.closeboard?.call('records:state', {}));
      expect(JSON.stringify(reply), /not-trusted/, 'a window that was not invited');
      await stranger.close();
    },
  },
  {
    name: 'in a browser, nobody is answered without the bearer, from another site or under another name',
    async run(desk) {
      if (desk.host !== 'browser') throw new Skipped('only the browser host listens on a port');
      const page = await desk.open();
      const { origin, port } = new URL(page.url());
      const body = JSON.stringify({ name: 'records:state', input: {} });
      const status = (headers: Record<string, string>) => post(Number(port), body, headers);
      const json = { 'content-type': 'application/json' };
      expect(await status({ ...json, origin }), 401, 'without a bearer');
      expect(await status({ ...json, origin, authorization: `Bearer ${'x'.repeat(43)}` }), 401, 'with a wrong bearer');
      expect(await status({ ...json, origin: 'https://elsewhere.example' }), 403, 'from another site');
      expect(await status({ ...json, host: `rebound.example:${port}` }), 421, 'under another name');
      expect(await status({ 'content-type': 'text/plain', origin }), 415, 'as a form could send it');
    },
  },
];

/** The status of a call that is sent past the browser, with whatever headers. */
function post(port: number, body: string, headers: Record<string, string>): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port, path: '/call', method: 'POST', headers }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    sent.on('error', reject);
    sent.end(body);
  });
}
