import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { SCENARIOS, SIDES } from '../deals/model.ts';
import { composeTemplate } from './compose.ts';
import { instantiateTemplate } from './instantiate.ts';
import { parseTemplate, TEMPLATE_STATES, type Template, type TemplatePart, WORKFLOWS } from './template-schema.ts';

/** What a card of the board has room for; a title up to the first needs no short one. */
const LONGEST_TITLE = 26;
const LONGEST_SHORT = 28;

const folder = new URL('../../resources/templates/', import.meta.url);
const parts: readonly TemplatePart[] = readdirSync(folder)
  .filter((name) => name.endsWith('.json') && name !== 'intake.json')
  .map((name) => {
    const read = parseTemplate(JSON.parse(readFileSync(new URL(name, folder), 'utf8')));
    if (!read.ok) throw new Error(`${name}: ${read.error.problems.join(' ')}`);
    return read.value;
  });
// A workflow refuses the sides it is not for; every other combination is composed.
const templates: readonly Template[] = WORKFLOWS.flatMap((workflow) =>
  SCENARIOS.flatMap((scenario) =>
    SIDES.flatMap((side) =>
      [...TEMPLATE_STATES, 'OR'].flatMap((state) => {
        const composed = composeTemplate(parts, { workflow, scenario, side, state });
        return composed.ok ? [composed.value] : [];
      }),
    ),
  ),
);

interface Words {
  readonly title: string;
  readonly short: string;
}

function onCard({ title, short }: Words): string {
  return short === '' ? title : short;
}

/** Every task of the template and every question it may add, by what its card says. */
function cardsOf(template: Template): readonly string[] {
  return [...template.tasks, ...template.facts.map((fact) => fact.ask)].map(onCard);
}

function expectShort({ title, short }: Words): void {
  expect(short.length, title).toBeLessThanOrEqual(LONGEST_SHORT);
  if (title.length > LONGEST_TITLE) expect(short, title).not.toBe('');
}

describe('short titles', () => {
  test.each(parts.map((part) => [part.id, part] as const))('%s has one wherever a title is long', (_id, part) => {
    for (const task of part.tasks) expectShort(task);
    for (const fact of part.facts) expectShort(fact.ask);
    for (const { set } of part.adjust)
      if (set.title !== undefined) expectShort({ title: set.title, short: set.short ?? '' });
  });

  test('no two cards of one checklist say the same', () => {
    // Four workflows of one or two sides each: six pairs, in every scenario and for six states and the rest.
    expect(templates).toHaveLength(6 * SCENARIOS.length * (TEMPLATE_STATES.length + 1));
    for (const template of templates) {
      const cards = cardsOf(template).map((words) => words.toLowerCase());
      const twice = cards.filter((words, index) => cards.indexOf(words) !== index);
      expect(twice, template.id).toEqual([]);
    }
  });

  test('reach the rows of a deal, those of its questions too', () => {
    const template = templates.find((one) => one.id === 'contract-to-close/buy/buyer/CA');
    if (template === undefined) throw new Error('no such template');
    const pack = { contractAnchor: 'acceptance', names: new Set<string>() };
    const made = instantiateTemplate({ template, dealId: 'd', facts: {}, pack, ids: (name) => name });
    const short = (id: string) => made.tasks.find((task) => task.id === id)?.short;
    expect(short('walkthrough')).toBe('Walk-through');
    expect(short('ask-hoa')).toBe('Is there an HOA?');
  });

  test('a short title that names money stands on a task with the warning, and none names wire numbers', () => {
    for (const task of templates.flatMap((template) => template.tasks)) {
      expect(task.short).not.toMatch(/wire instruction|routing|account number/i);
      if (/\b(money|deposit|fee|pay|payoff)\b/i.test(task.short)) expect(task.moneyWarning, task.short).toBe(true);
    }
  });

  test('a part that gives a task another title gives it another short one, or none', () => {
    const retitled = (set: Partial<Words>) => {
      const office = parseTemplate({
        id: 'office',
        version: 1,
        title: 'Our office',
        kind: 'overlay',
        rank: 90,
        appliesTo: {},
        adjust: [{ id: 'criteria', set }],
      });
      if (!office.ok) throw new Error(office.error.problems.join(' '));
      const choice = { workflow: 'buyer-intake', scenario: 'buy', side: 'buyer', state: 'CA' } as const;
      const composed = composeTemplate([...parts, office.value], choice);
      if (!composed.ok) throw new Error(composed.error.problems.join(' '));
      return composed.value.tasks.find((task) => task.id === 'criteria')?.short;
    };
    expect(retitled({ title: 'Meet at the office' })).toBe('');
    expect(retitled({ title: 'Meet at the office for coffee', short: 'Meet' })).toBe('Meet');
    expect(retitled({ short: 'Wishes' })).toBe('Wishes');
    expect(retitled({})).toBe('What the client wants');
  });
});
