import type { CallError } from '../contract/calls.ts';
import type { HostEvent } from '../contract/events.ts';
import { type PageFiles, type PageFilesDeps, pageFiles } from './page-files.ts';

/** The part of the page's `window` that host.js uses. */
export interface PageWindow {
  name: string;
  readonly location: { readonly hash: string; readonly pathname: string };
  readonly history: { readonly state: unknown; replaceState(state: unknown, title: string, address: string): void };
  fetch(address: string, init: RequestInit): Promise<Response>;
  setTimeout(then: () => void, ms: number): unknown;
  readonly document: { createElement(tag: 'a'): { href: string; download: string; click(): void } };
  readonly URL: { createObjectURL(blob: Blob): string; revokeObjectURL(address: string): void };
  closeboard?: unknown;
}

/** The text of host.js. It runs before the page's own script and has nothing but the window. */
export function pageScript(): string {
  return `(${hostPage.toString()})(window, ${pageFiles.toString()});\n`;
}

/**
 * Puts `window.closeboard` into the page. Its text is sent to the browser, so it may use nothing from outside itself.
 *
 * The bearer lives in this closure only: never in a cookie (other ports of this computer would get it) and never in
 * storage. A reload forgets it, so the page keeps a one-time token for its next self in `window.name`, which stays with
 * this one window through a reload and is emptied when the window leaves this site. It admits once, from this origin
 * only; the page that is admitted with it ends the one before.
 */
export function hostPage(page: PageWindow, makeFiles: (deps: PageFilesDeps) => PageFiles): void {
  const mark = 'closeboard:';
  const listeners = new Set<(event: HostEvent) => void>();
  const lost: CallError = {
    type: 'not-trusted',
    message: 'This window is no longer connected to Closeboard. Close it and start Closeboard again.',
  };
  const gone: CallError = {
    type: 'backend-gone',
    message:
      'Closeboard does not answer any more. What was saved is safe. Close this window and start Closeboard again.',
  };

  const fromAddress = /^#token=([\w-]+)$/.exec(page.location.hash);
  if (fromAddress) {
    page.name = mark + fromAddress[1];
    // At once, so that the token is in no history and the page's own script never sees it.
    page.history.replaceState(page.history.state, '', page.location.pathname);
  }

  const headers = (bearer: string) => ({ authorization: `Bearer ${bearer}`, 'content-type': 'application/json' });
  const post = (path: string, body: unknown, bearer: string) =>
    page.fetch(path, { method: 'POST', headers: headers(bearer), body: JSON.stringify(body) });
  const tell = (event: HostEvent) => {
    for (const listener of [...listeners]) listener(event);
  };
  const wait = (ms: number) => new Promise<void>((resolve) => page.setTimeout(resolve, ms));

  async function admit(): Promise<string | null> {
    if (!page.name.startsWith(mark)) return null;
    const response = await page.fetch('/session', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ token: page.name.slice(mark.length) }),
    });
    if (!response.ok) return null;
    const { bearer, next } = (await response.json()) as { bearer: string; next: string };
    page.name = mark + next;
    return bearer;
  }

  let isFirst = true;
  /** Reads events until the connection ends. Resolves to how it went: refused for good, not reached, or cut after a while. */
  async function readEvents(bearer: string): Promise<'refused' | 'unreached' | 'cut'> {
    let isOpen = false;
    try {
      const response = await page.fetch('/events', { method: 'GET', headers: headers(bearer) });
      if (response.status === 401) return 'refused';
      if (!response.ok || response.body === null) return 'unreached';
      isOpen = true;
      // What was told meanwhile is lost: the page reads everything again.
      if (!isFirst) tell({ type: 'backend:state', state: 'ready', sentence: 'Closeboard answers again.' });
      isFirst = false;
      const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
      let rest = '';
      for (;;) {
        const { done, value } = await reader.read();
        if (done) return 'cut';
        const lines = (rest + value).split('\n');
        rest = lines.pop() ?? '';
        for (const line of lines) if (line !== '') tell(JSON.parse(line) as HostEvent);
      }
    } catch {
      return isOpen ? 'cut' : 'unreached';
    }
  }

  /** Hears for as long as the page lives. A connection that was cut is asked for again before anything is said. */
  async function hear(bearer: string): Promise<void> {
    let isGone = false;
    for (;;) {
      const end = await readEvents(bearer);
      if (end === 'cut') isGone = false;
      else if (!isGone) {
        isGone = true;
        tell({ type: 'backend:state', state: 'gone', sentence: end === 'refused' ? lost.message : gone.message });
      }
      if (end === 'refused') return;
      await wait(end === 'cut' ? 200 : 1000);
    }
  }

  const admitted = admit().catch(() => null);
  admitted.then((bearer) => (bearer === null ? undefined : hear(bearer)));

  const files = makeFiles({
    lost,
    gone,
    async send(method, path, body, type) {
      const bearer = await admitted;
      if (bearer === null) return { kind: 'lost' };
      const sent = { authorization: `Bearer ${bearer}`, ...(type === undefined ? {} : { 'content-type': type }) };
      const response = await page.fetch(path, { method, headers: sent, body: body ?? null });
      return response.status === 401 ? { kind: 'lost' } : { kind: 'response', response };
    },
    download(copy, name) {
      const link = page.document.createElement('a');
      link.href = page.URL.createObjectURL(copy);
      link.download = name;
      link.click();
      // The browser reads it after this turn.
      page.setTimeout(() => page.URL.revokeObjectURL(link.href), 60_000);
    },
  });

  page.closeboard = Object.freeze({
    ...files,
    async call(name: string, input: unknown): Promise<unknown> {
      const bearer = await admitted;
      if (bearer === null) return { ok: false, error: lost };
      try {
        const response = await post('/call', { name, input }, bearer);
        if (response.ok) return await response.json();
        return {
          ok: false,
          error:
            response.status === 401
              ? lost
              : { type: 'bad-call', message: 'Closeboard could not take this. Nothing was changed.' },
        };
      } catch {
        return { ok: false, error: gone };
      }
    },
    listen(listener: (event: HostEvent) => void): () => void {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
  });
}
