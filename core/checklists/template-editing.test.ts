import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { composeTemplate } from './compose.ts';
import { copyPart, lockPart, revisePart } from './template-editing.ts';
import { parseTemplate, type TemplatePart } from './template-schema.ts';

const read = (name: string): TemplatePart => {
  const file = new URL(`../../resources/templates/${name}.json`, import.meta.url);
  const part = parseTemplate(JSON.parse(readFileSync(file, 'utf8')));
  if (!part.ok) throw new Error(part.error.problems.join(' '));
  return part.value;
};
const base = read('buyer-intake');
const facts = read('facts');
const choice = { workflow: 'buyer-intake', scenario: 'buy', side: 'buyer', state: 'CA' } as const;

test('a locked part is not edited, its copy is', () => {
  expect(revisePart(base, { ...base, title: 'Ours' })).toMatchObject({
    ok: false,
    error: {
      type: 'TemplateLocked',
      message:
        '"Buyer intake to pre-approval" is locked. Copy it and change the copy; running deals keep what they have.',
    },
  });
  const copy = copyPart(base, { id: 'our-buyers', title: 'Our buyers' });
  const revised = revisePart(copy, { ...copy, tasks: copy.tasks.filter((task) => task.id !== 'criteria') });
  expect(revised).toMatchObject({ ok: true, value: { id: 'our-buyers', version: copy.version + 1, locked: false } });
  expect(revisePart(lockPart(copy), copy)).toMatchObject({ ok: false, error: { type: 'TemplateLocked' } });
});

test('the copy stands in for the original, and the version of the whole grows', () => {
  const copy = copyPart(base, { id: 'our-buyers', title: 'Our buyers' });
  const before = composeTemplate([base, facts], choice);
  const after = composeTemplate([base, copy, facts], choice);
  if (!before.ok || !after.ok) throw new Error('does not compose');
  expect(after.value.title).toBe('Our buyers');
  expect(after.value.parts.map((part) => part.id)).toEqual(['our-buyers', 'facts']);
  expect(after.value.version).toBe(before.value.version + 1);
  expect(after.value.id).toBe(before.value.id);
});

test('two bases for one workflow are refused, and so is none', () => {
  const { replaces: _replaces, ...rival } = copyPart(base, { id: 'rival', title: 'Rival' });
  expect(composeTemplate([base, rival, facts], choice)).toMatchObject({
    ok: false,
    error: { problems: ['There are two checklists for buyer-intake. Remove one of them.'] },
  });
  expect(composeTemplate([facts], choice).ok).toBe(false);
});

test('a revision that changes nothing or is no template is refused', () => {
  const copy = copyPart(base, { id: 'our-buyers', title: 'Our buyers' });
  expect(revisePart(copy, copy)).toMatchObject({ ok: false, error: { type: 'NothingChanged' } });
  const noFinish = { ...copy, tasks: copy.tasks.filter((task) => task.id !== 'finish') };
  expect(revisePart(copy, noFinish)).toMatchObject({
    ok: false,
    error: { problems: ['our-buyers is a base, so one of its tasks must be called finish.'] },
  });
});

test('parts that do not fit together are refused with the place', () => {
  const broken: TemplatePart = {
    ...copyPart(base, { id: 'our-buyers', title: 'Our buyers' }),
    tasks: base.tasks.map((task) =>
      task.id === 'answer-lead'
        ? { ...task, dependsOn: ['finish'] }
        : task.id === 'criteria'
          ? { ...task, dependsOn: ['nowhere'] }
          : task,
    ),
  };
  const made = composeTemplate([broken, facts], choice);
  if (made.ok) throw new Error('composed');
  expect(made.error.problems[0]).toBe('criteria waits for nowhere, which no part has.');
  expect(made.error.problems.at(-1)).toMatch(/^These wait for each other: .*answer-lead/);
  expect(composeTemplate([base], choice)).toMatchObject({ ok: false });
  expect(parseTemplate({ id: 'x' })).toMatchObject({ ok: false, error: { type: 'BadTemplate' } });
});
