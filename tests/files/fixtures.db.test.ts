import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Desk, startDesk } from '../../electron/backend/papers/testing.ts';
import type { InboxView } from '../../electron/contract/papers.ts';

/** Real files of many makers, beside the project: damaged, encrypted, scanned, nested. They are never part of it. */
const FIXTURES = fileURLToPath(new URL('../../../shared/fixtures', import.meta.url));
const isHere = existsSync(FIXTURES);
if (!isHere) console.log('fixtures: not beside the project, so the real files are not tried');

describe.skipIf(!isHere)('every real file ends in a sensible state', { timeout: 240_000 }, () => {
  let desk: Desk;
  let inbox: InboxView;
  const names = isHere ? ['pdf', 'eml'].flatMap((kind) => readdirSync(join(FIXTURES, kind))) : [];

  beforeAll(async () => {
    desk = startDesk();
    await desk.newDeal();
    const sources = ['pdf', 'eml'].map((kind) => ({ kind: 'path' as const, path: join(FIXTURES, kind) }));
    const end = await desk.job(await desk.call('inbox:add', { sources, how: 'drop' }));
    expect(end.sentence).toBe(`${names.length} files came in.`);
    inbox = await desk.inboxWhen((each) => each.reading.length === 0 && each.open > 0);
  }, 240_000);
  afterAll(() => desk.close());

  test('all came in, none is still being read', () => {
    expect(names.length).toBeGreaterThanOrEqual(53);
    const all = [...inbox.held, ...inbox.toConfirm, ...inbox.noIdea, ...inbox.refused, ...inbox.done];
    for (const item of all) expect(item.state, item.fileName).not.toBe('reading');
    console.log(
      `fixtures: ${names.length} files: ${inbox.open} wait, ${inbox.refused.length} refused, ${inbox.held.length} held, ${inbox.done.length} opened or the same again`,
    );
  });

  test('one behind a password asks for it; a damaged one says so', () => {
    const all = [...inbox.toConfirm, ...inbox.noIdea];
    expect(all.filter((item) => item.needsPassword).map((item) => item.fileName)).toEqual(['issue6010_1.pdf']);
    const said = all.filter((item) => item.sentence !== '');
    for (const item of said) expect(item.sentence, item.fileName).toMatch(/[.]$/);
    expect(said.length).toBeGreaterThan(1);
  });

  test('nothing went wrong that no rule foresaw', () => {
    const defects = desk.lines.filter((line) => line.includes('"defect"') || line.includes('"level":"error"'));
    expect(defects).toEqual([]);
  });
});
