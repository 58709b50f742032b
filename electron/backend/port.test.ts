import { describe, expect, test, vi } from 'vitest';
import type { HostEvent } from '../contract/events.ts';
import { createLog } from '../contract/log.ts';
import type { FromBackend } from '../contract/wire.ts';
import { serveBackend } from './port.ts';
import type { Backend } from './types.ts';

function setUp(backend: Partial<Backend> = {}) {
  const posted: FromBackend[] = [];
  let hear: (message: unknown) => void = () => {};
  let gone: () => void = () => {};
  const end = vi.fn();
  const close = vi.fn(async () => {});
  const made: { emit?: (event: HostEvent) => void } = {};
  serveBackend({
    port: {
      post: (message) => posted.push(message),
      onMessage: (listener) => {
        hear = listener;
      },
      onGone: (listener) => {
        gone = listener;
      },
    },
    log: createLog({ append: () => {} }, () => ''),
    makeBackend: (emit) => {
      made.emit = emit;
      return { handle: async (name, input) => ({ ok: true, value: { name, input } }), close, ...backend };
    },
    end,
  });
  return { posted, hear: (message: unknown) => hear(message), gone: () => gone(), end, close, emit: made.emit };
}

describe('the backend’s side of the port', () => {
  test('says that it is ready, answers calls by number and passes events on', async () => {
    const { posted, hear, emit } = setUp();
    hear({ kind: 'call', id: 7, name: 'today:list', input: {} });
    emit?.({ type: 'workspace:changed' });
    await vi.waitFor(() => expect(posted).toHaveLength(3));
    expect(posted).toEqual([
      { kind: 'ready' },
      { kind: 'event', event: { type: 'workspace:changed' } },
      { kind: 'reply', id: 7, reply: { ok: true, value: { name: 'today:list', input: {} } } },
    ]);
  });

  test('leaves messages alone that it does not know', async () => {
    const handle = vi.fn();
    const { posted, hear } = setUp({ handle });
    for (const junk of [null, 5, { kind: 'call' }, { kind: 'call', id: 1, name: 'rm', input: {} }, { kind: 'open' }])
      hear(junk);
    await Promise.resolve();
    expect(handle).not.toHaveBeenCalled();
    expect(posted).toEqual([{ kind: 'ready' }]);
  });

  test('closes the records once and ends, when it is told to or when nobody is left', async () => {
    const { posted, hear, gone, end, close } = setUp();
    hear({ kind: 'close' });
    gone();
    await vi.waitFor(() => expect(end).toHaveBeenCalledWith(0));
    expect(close).toHaveBeenCalledTimes(1);
    expect(posted.at(-1)).toEqual({ kind: 'closed' });
  });

  test('ends with an error when the records did not close', async () => {
    const { gone, end } = setUp({ close: () => Promise.reject(new Error('disk')) });
    gone();
    await vi.waitFor(() => expect(end).toHaveBeenCalledWith(1));
  });
});
