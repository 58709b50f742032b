import { expect, test } from 'vitest';
import { createLog, withoutQuotes } from './log.ts';

function setUp() {
  const lines: string[] = [];
  const log = createLog({ append: (text) => lines.push(text) }, () => '2026-06-01T10:00:00.000Z');
  return { log, lines: () => lines.map((line) => JSON.parse(line) as Record<string, unknown>) };
}

test('one line of JSON for each thing, with its time', () => {
  const { log, lines } = setUp();
  log.info('opened', { deals: 3 });
  expect(lines()).toEqual([{ at: '2026-06-01T10:00:00.000Z', level: 'info', message: 'opened', deals: 3 }]);
});

test('a defect keeps its stack and its own words, but not what it quotes', () => {
  const { log, lines } = setUp();
  let thrown: unknown;
  try {
    JSON.parse('Marta Jones, marta@example.com');
  } catch (error) {
    thrown = error;
  }
  log.defect('reading', thrown, { call: 'deals:get' });
  const [line] = lines();
  expect(line).toMatchObject({ level: 'defect', message: 'reading', call: 'deals:get' });
  expect(String(line?.error)).toMatch(/^SyntaxError: Unexpected token/);
  expect(JSON.stringify(line)).not.toContain('Marta');
  expect(line?.stack).toContainEqual(expect.stringMatching(/^at /));
});

test('identifiers in quotes stay, sentences and addresses do not', () => {
  expect(withoutQuotes("Cannot read properties of undefined (reading 'closingOn')")).toContain("'closingOn'");
  expect(withoutQuotes('no such person "Marta Jones"')).not.toContain('Marta');
  expect(withoutQuotes('mail to marta@example.com failed')).not.toContain('marta');
});

test('a log that cannot be written stops nothing', () => {
  const log = createLog(
    {
      append: () => {
        throw new Error('ENOSPC');
      },
    },
    () => '',
  );
  expect(() => log.defect('x', new Error('y'))).not.toThrow();
});
