import { describe, expect, test, vi } from 'vitest';
import type { CallName } from '../contract/calls.ts';
import { createLog } from '../contract/log.ts';
import { createDispatch } from './dispatch.ts';
import { type Handlers, unanswered } from './types.ts';

function setUp(answer: (input: unknown) => unknown, isChecked = true) {
  const lines: string[] = [];
  const log = createLog({ append: (text) => lines.push(text) }, () => '');
  const handler = vi.fn(answer);
  const handlers = { 'deals:get': handler, 'records:state': handler } as unknown as Handlers;
  let ms = 0;
  const ticks = () => {
    ms += 60;
    return ms;
  };
  return { handle: createDispatch({ handlers, log, isChecked, ticks }), handler, lines };
}

describe('a call to the backend', () => {
  test('is answered by its handler', async () => {
    const { handle, handler } = setUp(() => null);
    expect(await handle('deals:get', { dealId: 'd' })).toEqual({ ok: true, value: null });
    expect(handler).toHaveBeenCalledWith({ dealId: 'd' });
  });

  test.each([
    ['deals:get', {}],
    ['deals:get', { dealId: 'd', more: 1 }],
    ['deals:get', null],
    ['host:info', {}],
    ['constructor', {}],
  ])('%s with %j reaches no handler', async (name, input) => {
    const { handle, handler } = setUp(() => null);
    expect(await handle(name as CallName, input)).toMatchObject({ ok: false, error: { type: 'bad-call' } });
    expect(handler).not.toHaveBeenCalled();
  });

  test('that fails is a defect: its message is in the log and not in the answer', async () => {
    for (const fail of [
      () => Promise.reject(new Error('no such column: foo')),
      () => {
        throw new Error('no such column: foo');
      },
    ]) {
      const { handle, lines } = setUp(fail);
      const reply = await handle('deals:get', { dealId: 'd' });
      expect(reply).toMatchObject({ ok: false, error: { type: 'defect' } });
      expect(JSON.stringify(reply)).not.toContain('column');
      expect(lines.join('')).toContain('no such column: foo');
      expect(lines.join('')).toContain('dispatch.test.ts');
    }
  });

  test('can be left unanswered with a reason', async () => {
    const error = { type: 'records-closed', message: 'The records are not open.' } as const;
    const { handle } = setUp(() => unanswered(error));
    expect(await handle('deals:get', { dealId: 'd' })).toEqual({ ok: false, error });
  });

  test('with an answer that is not as promised is a defect where answers are checked, and only there', async () => {
    const wrong = () => ({ id: 5 });
    const checked = setUp(wrong);
    expect(await checked.handle('deals:get', { dealId: 'd' })).toMatchObject({ error: { type: 'defect' } });
    expect(checked.lines.join('')).toContain('answer of deals:get is not as promised');
    expect(await setUp(wrong, false).handle('deals:get', { dealId: 'd' })).toEqual({ ok: true, value: { id: 5 } });
  });

  test('that is slow is noted, with its name and no more', async () => {
    const { handle, lines } = setUp(() => null);
    await handle('deals:get', { dealId: 'secret' });
    expect(lines).toEqual([]);
    const slow = setUp(() => null);
    let ms = 0;
    const log = createLog({ append: (text) => slow.lines.push(text) }, () => '');
    const handlers = { 'deals:get': () => null } as unknown as Handlers;
    const ticks = () => {
      ms += 200;
      return ms;
    };
    await createDispatch({ handlers, log, isChecked: false, ticks })('deals:get', { dealId: 'secret' });
    expect(slow.lines.join('')).toContain('"call":"deals:get","ms":200');
    expect(slow.lines.join('')).not.toContain('secret');
  });
});
