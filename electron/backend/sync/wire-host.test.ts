import { expect, test } from 'vitest';
import type { FromBackend, OwnPortal } from '../../contract/wire.ts';
import { createWireHost } from './wire-host.ts';

const portal: OwnPortal = { url: 'http://127.0.0.1:1', publicUrl: '', filesUrl: '', code: 'c' };

test('a listener hears at once what is known, and each change until it stops', () => {
  const host = createWireHost(() => {});
  expect(host.hear({ kind: 'portal', portal, why: '' })).toBe(true);
  const heard: unknown[] = [];
  const stop = host.onPortal((now, why) => void heard.push([now?.url ?? null, why]));
  host.hear({ kind: 'portal', portal: null, why: 'Its port is taken.' });
  stop();
  host.hear({ kind: 'portal', portal, why: '' });
  expect(heard).toEqual([
    ['http://127.0.0.1:1', ''],
    [null, 'Its port is taken.'],
  ]);
  expect(host.hear({ kind: 'close' })).toBe(false);
});

test('each question is answered once, in the order of its name', async () => {
  const posted: FromBackend[] = [];
  const host = createWireHost((message) => void posted.push(message));
  const kept = host.keepSecret('a', 'word');
  const asked = host.secret('a');
  const other = host.secret('b');
  host.wantPortal(true);
  expect(posted.map(({ kind }) => kind)).toEqual(['keep-secret', 'ask-secret', 'ask-secret', 'want-portal']);
  host.hear({ kind: 'secret', name: 'b', secret: null, problem: '' });
  host.hear({ kind: 'secret', name: 'a', secret: 'word', problem: 'Not kept.' });
  host.hear({ kind: 'secret', name: 'a', secret: 'word', problem: '' });
  host.hear({ kind: 'secret', name: 'a', secret: 'nobody asked', problem: '' });
  expect(await kept).toEqual({ problem: 'Not kept.' });
  expect(await asked).toEqual({ secret: 'word', problem: '' });
  expect(await other).toEqual({ secret: null, problem: '' });
});
