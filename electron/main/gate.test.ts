import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { z } from 'zod';
import type { HostHandlers } from '../contract/answer.ts';
import { type CallName, calls } from '../contract/calls.ts';
import { createLog } from '../contract/log.ts';
import { createGate, type Sender } from './gate.ts';

const page: Sender = { url: 'app://closeboard/index.html#/board', isMainFrame: true, isOwnWindow: true };
const names = Object.keys(calls) as CallName[];
const quiet = createLog({ append: () => {} }, () => '');

function setUp(act: (name: CallName, input: unknown) => unknown = () => 'answered') {
  const reached = vi.fn(async (name: CallName, input: unknown) => ({ ok: true as const, value: act(name, input) }));
  const host = Object.fromEntries(names.map((name) => [name, (input: unknown) => reached(name, input)]));
  const gate = createGate({ host: host as unknown as HostHandlers, backend: reached, log: quiet });
  return { gate, reached };
}

/** Values that a schema takes, made from its JSON form: the parts of JSON Schema that the contract uses. */
function valid(schema: z.core.JSONSchema.BaseSchema): fc.Arbitrary<unknown> {
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  const either = schema.anyOf ?? schema.oneOf;
  if (either) return fc.oneof(...either.map((part) => valid(part as z.core.JSONSchema.BaseSchema)));
  const kinds: unknown = schema.type;
  if (Array.isArray(kinds)) return fc.oneof(...kinds.map((type) => valid({ ...schema, type })));
  switch (schema.type) {
    case 'object':
      return validObject(schema);
    case 'array':
      return fc.array(valid(schema.items as z.core.JSONSchema.BaseSchema), {
        minLength: schema.minItems ?? 0,
        maxLength: Math.min(schema.maxItems ?? 3, 3),
      });
    case 'string':
      if (schema.pattern) return fc.stringMatching(new RegExp(schema.pattern));
      return fc.string({ minLength: Math.max(schema.minLength ?? 0, 1), maxLength: schema.maxLength ?? 30 }).map(plain);
    case 'integer':
      return fc.integer({ min: schema.minimum ?? -1000, max: schema.maximum ?? 1000 });
    case 'number':
      return fc.double({ noNaN: true, noDefaultInfinity: true });
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    default:
      return fc.jsonValue();
  }
}

/** Keeps the length: spaces alone would be trimmed away. */
const plain = (text: string) => text.replaceAll(/\s/g, 'x');

function validObject(schema: z.core.JSONSchema.BaseSchema): fc.Arbitrary<unknown> {
  const properties = Object.entries(schema.properties ?? {}) as [string, z.core.JSONSchema.BaseSchema][];
  if (properties.length === 0 && schema.propertyNames)
    return fc.dictionary(
      valid(schema.propertyNames as z.core.JSONSchema.BaseSchema) as fc.Arbitrary<string>,
      valid((schema.additionalProperties ?? {}) as z.core.JSONSchema.BaseSchema),
      { maxKeys: 4 },
    );
  // Calendar days are `on` or end in `On`, and are more than their JSON form says.
  const isDay = (name: string) => name === 'on' || name.endsWith('On');
  const day = fc.constantFrom('2026-06-03', '2028-02-29');
  const special = (name: string, part: z.core.JSONSchema.BaseSchema) =>
    name === 'bytes'
      ? fc.uint8Array({ maxLength: 20 })
      : isDay(name) && part.type === 'string'
        ? day
        : isDay(name) && Array.isArray(part.type)
          ? fc.option(day)
          : valid(part);
  const arbitraries = Object.fromEntries(properties.map(([name, part]) => [name, special(name, part)]));
  return fc.record(arbitraries, { requiredKeys: schema.required ?? [] });
}

const inputOf = (name: CallName) =>
  valid(z.toJSONSchema(calls[name].input, { io: 'input', unrepresentable: 'any' }) as z.core.JSONSchema.BaseSchema);

/** A good input with one thing wrong, or something else altogether. */
function junkOf(name: CallName): fc.Arbitrary<unknown> {
  const broken = fc
    .tuple(inputOf(name), fc.anything(), fc.nat(), fc.constantFrom('drop', 'replace', 'add', 'wrap'))
    .map(([input, other, pick, how]) => {
      const keys = Object.keys(input as object);
      const key = keys[pick % Math.max(keys.length, 1)] ?? 'dealId';
      if (how === 'add') return { ...(input as object), [`x${pick}`]: other };
      if (how === 'wrap') return [input];
      const copy: Record<string, unknown> = { ...(input as object) };
      if (how === 'drop') delete copy[key];
      else copy[key] = other;
      return copy;
    });
  return fc.oneof(broken, fc.anything({ withBigInt: true, withDate: true, withMap: true, withNullPrototype: true }));
}

describe('from our own page', () => {
  test.each(names)('%s takes what its schema takes', async (name) => {
    const { gate, reached } = setUp();
    await fc.assert(
      fc.asyncProperty(inputOf(name), async (input) => {
        reached.mockClear();
        expect(await gate(page, name, input)).toEqual({ ok: true, value: 'answered' });
        expect(reached).toHaveBeenCalledTimes(1);
      }),
      { numRuns: 30 },
    );
  });

  test.each(names)('%s refuses junk before its handler', async (name) => {
    const { gate, reached } = setUp();
    await fc.assert(
      fc.asyncProperty(junkOf(name), async (junk) => {
        reached.mockClear();
        const reply = await gate(page, name, junk);
        const isGood = calls[name].input.safeParse(junk).success;
        expect(reached).toHaveBeenCalledTimes(isGood ? 1 : 0);
        if (!isGood) expect(reply).toMatchObject({ ok: false, error: { type: 'bad-call' } });
      }),
      { numRuns: 150 },
    );
  });

  test('names that are not calls reach nothing', async () => {
    const { gate, reached } = setUp();
    const near = fc.constantFrom('constructor', '__proto__', 'toString', 'DEALS:GET', 'deals:get ', 'deals');
    await fc.assert(
      fc.asyncProperty(fc.oneof(near, fc.anything()), fc.anything(), async (name, input) => {
        expect(await gate(page, name, input)).toMatchObject({ ok: false, error: { type: 'bad-call' } });
      }),
    );
    expect(reached).not.toHaveBeenCalled();
  });

  test('an input that fights back is refused, not thrown', async () => {
    const { gate, reached } = setUp();
    const trap = {
      get dealId(): string {
        throw new Error('gotcha');
      },
    };
    expect(await gate(page, 'deals:get', trap)).toMatchObject({ ok: false, error: { type: 'defect' } });
    expect(reached).not.toHaveBeenCalled();
  });

  test('the message of a defect never crosses', async () => {
    const secret = 'SELECT * FROM deal WHERE client = Marta Jones';
    const { gate } = setUp(() => {
      throw new Error(secret);
    });
    for (const name of ['deals:get', 'host:open-link'] as const) {
      const input = name === 'deals:get' ? { dealId: 'd' } : { url: 'https://example.com' };
      const reply = await gate(page, name, input);
      expect(reply).toMatchObject({ ok: false, error: { type: 'defect' } });
      expect(JSON.stringify(reply)).not.toContain('SELECT');
      expect(JSON.stringify(reply)).not.toContain('Marta');
    }
  });
});

describe('from anywhere else', () => {
  const strangers: readonly [string, Sender][] = [
    ['a page of the web', { ...page, url: 'https://closeboard/' }],
    ['a file', { ...page, url: 'file:///closeboard/index.html' }],
    ['another host of our scheme', { ...page, url: 'app://evil/index.html' }],
    ['a name before ours', { ...page, url: 'app://closeboard@evil/index.html' }],
    ['a name in front', { ...page, url: 'app://x@closeboard/' }],
    ['a longer name', { ...page, url: 'app://closeboard.evil/' }],
    ['a port', { ...page, url: 'app://closeboard:1/' }],
    ['a blank page', { ...page, url: 'about:blank' }],
    ['data', { ...page, url: 'data:text/html,app://closeboard/' }],
    ['no address', { ...page, url: '' }],
    ['a frame that is gone', { ...page, url: null }],
    ['a subframe of our own page', { ...page, isMainFrame: false }],
    ['a page that is not in our window', { ...page, isOwnWindow: false }],
  ];
  test.each(strangers)('%s is refused whatever it asks', async (_what, sender) => {
    const { gate, reached } = setUp();
    for (const name of names) {
      const [input] = fc.sample(inputOf(name), { numRuns: 1, seed: 7 });
      expect(await gate(sender, name, input)).toMatchObject({ ok: false, error: { type: 'not-trusted' } });
    }
    expect(reached).not.toHaveBeenCalled();
  });

  test('no made-up address passes for ours', async () => {
    const { gate, reached } = setUp();
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.webUrl(),
          fc.string(),
          fc.webUrl().map((url) => `app:${url}`),
        ),
        async (url) => {
          expect(await gate({ ...page, url }, 'today:list', {})).toMatchObject({
            ok: false,
            error: { type: 'not-trusted' },
          });
        },
      ),
    );
    expect(reached).not.toHaveBeenCalled();
  });
});
