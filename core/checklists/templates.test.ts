import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Facts, SCENARIOS, SIDES, type Side, STAGES } from '../deals/model.ts';
import { MATRIX } from '../permissions/matrix.ts';
import { rowOf } from '../permissions/things.ts';
import { composeTemplate, type TemplateChoice, templateIdOf, workflowOfTemplateId } from './compose.ts';
import { type Instantiated, instantiateTemplate, isMoneyStep, type PackNames } from './instantiate.ts';
import {
  FINISH_TASK,
  parseTemplate,
  TEMPLATE_STATES,
  Template,
  type TemplatePart,
  WORKFLOW_ANCHORS,
  WORKFLOWS,
  type Workflow,
} from './template-schema.ts';

const folder = new URL('../../resources/templates/', import.meta.url);
const parts: readonly TemplatePart[] = readdirSync(folder)
  .filter((name) => name.endsWith('.json') && name !== 'intake.json')
  .map((name) => {
    const read = parseTemplate(JSON.parse(readFileSync(new URL(name, folder), 'utf8')));
    if (!read.ok) throw new Error(`${name}: ${read.error.problems.join(' ')}`);
    expect(`${read.value.id}.json`).toBe(name);
    return read.value;
  });

const STATES = [...TEMPLATE_STATES, 'OR', ''];
const SIDES_OF: Readonly<Record<Workflow, readonly Side[]>> = {
  'buyer-intake': ['buyer'],
  'seller-onboarding': ['seller'],
  'contract-to-close': ['buyer', 'seller'],
  'rental-onboarding': ['tenant', 'landlord'],
};
const choices: readonly TemplateChoice[] = WORKFLOWS.flatMap((workflow) =>
  SCENARIOS.flatMap((scenario) =>
    SIDES_OF[workflow].flatMap((side) => STATES.map((state) => ({ workflow, scenario, side, state }))),
  ),
);
const templates = choices.map((choice) => {
  const composed = composeTemplate(parts, choice);
  if (!composed.ok) throw new Error(composed.error.problems.join(' '));
  return composed.value;
});
const pack: PackNames = { contractAnchor: 'acceptance', names: new Set(['closing', 'possession']) };

function make(template: Template, facts: Facts): Instantiated {
  return instantiateTemplate({ template, dealId: 'd', facts, pack, ids: (name) => `d.${name}` });
}
function templateFor(choice: TemplateChoice): Template {
  const found = templates.find((template) => template.id === templateIdOf(choice));
  if (found === undefined) throw new Error('no such template');
  return found;
}

const anyTemplate = fc.constantFrom(...templates);
const yesNo = fc.constantFrom(true, false, 'unknown', null);
const anyFacts: fc.Arbitrary<Facts> = fc.record(
  {
    yearBuilt: fc.oneof(fc.integer({ min: 1850, max: 2026 }), fc.constant('unknown')),
    financing: fc.constantFrom('cash', 'conventional', 'fha', 'va', 'other', 'unknown', null),
    propertyType: fc.constantFrom('house', 'condo', 'townhouse', 'land', 'unknown'),
    vesting: fc.constantFrom('person', 'trust', 'entity', 'estate', 'unknown'),
    hoa: yesNo,
    leased: yesNo,
    powerOfAttorney: yesNo,
    foreignSeller: yesNo,
    existingSurvey: yesNo,
    exchange1031: yesNo,
    selfEmployed: yesNo,
    giftFunds: yesNo,
  },
  { requiredKeys: [] },
);

describe('every composition', () => {
  test('there is one for every workflow, scenario, state and side that the workflow is for', () => {
    expect(templates).toHaveLength(6 * 4 * STATES.length);
    for (const template of templates) {
      expect(Template.safeParse(template).success).toBe(true);
      expect(template.tasks.filter((task) => task.id === FINISH_TASK)).toHaveLength(1);
      expect(workflowOfTemplateId(template.id)).toBe(template.workflow);
    }
  });

  test('there is none for a side that the workflow is not for', () => {
    for (const workflow of WORKFLOWS)
      for (const side of SIDES.filter((one) => !SIDES_OF[workflow].includes(one)))
        expect(composeTemplate(parts, { workflow, scenario: 'buy', side, state: 'CA' }).ok).toBe(false);
  });

  test('whoever owes a document may send it, or it is held by its name only', () => {
    for (const line of templates.flatMap((template) => template.documents)) {
      const isName = line.class === 'npi-financial' || line.class === 'npi-identity';
      const column = { agent: 'own-agent', 'other-agent': 'other-side', 'other-principal': 'other-side' } as const;
      const role = line.ownerRole;
      const grants =
        MATRIX[rowOf({ type: 'upload', class: line.class })][
          role === 'agent' || role === 'other-agent' || role === 'other-principal' ? column[role] : role
        ];
      const maySend = grants?.some((grant) => grant.may.includes('upload')) ?? false;
      expect(isName || maySend, `${line.ownerRole} owes ${line.id}`).toBe(true);
    }
  });

  test('states without a part of their own share the generic one', () => {
    expect(templateIdOf({ workflow: 'contract-to-close', scenario: 'buy', side: 'buyer', state: 'or' })).toBe(
      'contract-to-close/buy/buyer/generic',
    );
  });

  test('instantiates twice to the same rows', () => {
    fc.assert(
      fc.property(anyTemplate, anyFacts, (template, facts) => {
        expect(make(template, facts)).toEqual(make(template, facts));
      }),
    );
  });

  test('no dependency dangles or goes in a circle, whatever the facts', () => {
    fc.assert(
      fc.property(anyTemplate, anyFacts, (template, facts) => {
        const { tasks } = make(template, facts);
        const placed = new Set<string>();
        let open = tasks;
        while (open.length > 0) {
          const ready = open.filter((task) => task.dependsOn.every((id) => placed.has(id)));
          expect(ready.length, `waits for nothing there is: ${open.map((task) => task.id)}`).toBeGreaterThan(0);
          for (const task of ready) placed.add(task.id);
          open = open.filter((task) => !placed.has(task.id));
        }
      }),
    );
  });

  test('a list reads in the order of doing: nothing stands before what it waits for', () => {
    for (const template of templates) {
      const rows = make(template, {}).tasks;
      const placeOf = new Map(rows.map((task) => [task.id, task.position]));
      for (const task of rows)
        for (const id of task.dependsOn) expect(placeOf.get(id), `${task.id} after ${id}`).toBeLessThan(task.position);
    }
  });

  test('nothing waits for a later stage', () => {
    for (const template of templates) {
      const stageOf = new Map(template.tasks.map((task) => [task.id, STAGES.indexOf(task.stage)]));
      for (const task of template.tasks)
        for (const id of task.dependsOn)
          expect(stageOf.get(id), `${template.id}: ${task.id} waits for ${id}`).toBeLessThanOrEqual(
            STAGES.indexOf(task.stage),
          );
    }
  });

  test('rows have unique ids, rising positions, and a due rule the pack knows', () => {
    fc.assert(
      fc.property(anyTemplate, anyFacts, (template, facts) => {
        const { tasks, documents } = make(template, facts);
        const ids = [...tasks, ...documents].map((row) => row.id);
        expect(new Set(ids).size).toBe(ids.length);
        expect(tasks.map((task) => task.position)).toEqual(tasks.map((_, index) => index + 1));
        for (const task of tasks) expect(['contract', 'start']).not.toContain(task.dueRule?.from);
      }),
    );
  });
});

describe('facts', () => {
  const choice: TemplateChoice = { workflow: 'contract-to-close', scenario: 'buy', side: 'buyer', state: 'CA' };
  const docs = (facts: Facts) => make(templateFor(choice), facts).documents.map((line) => line.templateDocumentId);
  const tasks = (facts: Facts) => make(templateFor(choice), facts).tasks.map((task) => task.templateTaskId);

  test.each([
    [{}, true],
    [{ yearBuilt: 'unknown' }, true],
    [{ yearBuilt: null }, true],
    [{ yearBuilt: 1977 }, true],
    [{ yearBuilt: '1977' }, true],
    [{ yearBuilt: 1978 }, false],
    [{ yearBuilt: '2004' }, false],
  ])('lead paint with %o: %s', (facts, expected) => {
    expect(docs(facts).includes('doc-lead-paint')).toBe(expected);
  });

  test('an unknown fact is asked for, an answered one is not', () => {
    expect(tasks({})).toContain('ask-hoa');
    expect(tasks({ hoa: 'unknown' })).toContain('ask-hoa');
    expect(tasks({ hoa: false })).not.toContain('ask-hoa');
    expect(tasks({ hoa: false })).not.toContain('association-papers');
    expect(tasks({ hoa: true })).toContain('association-papers');
  });

  test('an unknown that may hide a line must be asked; one that is read on the safe side need not', () => {
    const made = make(templateFor(choice), {});
    expect(made.tasks.find((task) => task.templateTaskId === 'ask-financing')?.isRequired).toBe(true);
    expect(made.unknownFacts).toContain('financing');
    expect(made.unknownFacts).not.toContain('yearBuilt');
  });

  test('paying is a money step, reading is not', () => {
    const made = make(templateFor(choice), {}).tasks.filter((task) => isMoneyStep(templateFor(choice), task));
    expect(made.map((task) => task.templateTaskId)).toContain('pay-earnest-money');
    expect(made.map((task) => task.templateTaskId)).not.toContain('read-disclosures');
  });

  test('a line says why it is there', () => {
    const line = (facts: Facts) =>
      make(templateFor(choice), facts).documents.find((one) => one.templateDocumentId === 'doc-lead-paint')?.condition;
    expect(line({ yearBuilt: 1950 })).toBe('Because the home was built before 1978.');
    expect(line({})).toBe('Until somebody says otherwise: the home was built before 1978.');
  });

  test('answering an unknown never drops a required legal document that did not rest on an assumption', () => {
    fc.assert(
      fc.property(anyTemplate, anyFacts, anyFacts, (template, facts, answers) => {
        const answered = Object.entries(answers).filter(
          ([name, value]) => value !== null && value !== 'unknown' && (facts[name] ?? 'unknown') === 'unknown',
        );
        const after = make(template, { ...facts, ...Object.fromEntries(answered) });
        const kept = new Set(after.documents.map((line) => line.templateDocumentId));
        const dropped = make(template, facts).documents.filter(
          (line) => line.isLegal && line.isRequired && !kept.has(line.templateDocumentId),
        );
        for (const line of dropped) expect(line.condition).toMatch(/^Until somebody says otherwise/);
      }),
    );
  });
});

describe('contract to close', () => {
  const usual: readonly Facts[] = [
    {},
    {
      financing: 'cash',
      yearBuilt: 2004,
      hoa: false,
      leased: false,
      vesting: 'person',
      powerOfAttorney: false,
      foreignSeller: false,
      propertyType: 'house',
      existingSurvey: false,
      exchange1031: false,
    },
    {
      financing: 'conventional',
      yearBuilt: 1960,
      hoa: true,
      leased: false,
      vesting: 'person',
      powerOfAttorney: false,
      foreignSeller: false,
      propertyType: 'condo',
      existingSurvey: true,
      exchange1031: false,
    },
    {
      financing: 'fha',
      yearBuilt: 1960,
      hoa: true,
      leased: false,
      vesting: 'person',
      powerOfAttorney: false,
      foreignSeller: false,
      propertyType: 'house',
      existingSurvey: true,
      exchange1031: true,
    },
  ];
  const sides: readonly Side[] = ['buyer', 'seller'];

  test.each(STATES.flatMap((state) => sides.map((side) => [state, side] as const)))(
    '%s, %s: 25-40 tasks, 25-50 documents',
    (state, side) => {
      const template = templateFor({
        workflow: 'contract-to-close',
        scenario: side === 'buyer' ? 'buy' : 'sell',
        side,
        state,
      });
      for (const facts of usual) {
        const made = make(template, facts);
        expect(made.tasks.length).toBeGreaterThanOrEqual(25);
        expect(made.tasks.length).toBeLessThanOrEqual(40);
        expect(made.documents.length).toBeGreaterThanOrEqual(25);
        expect(made.documents.length).toBeLessThanOrEqual(50);
      }
    },
  );

  test('every deadline a template counts from is one that a shipped pack has', () => {
    const packs = new URL('../../resources/packs/', import.meta.url);
    const names = new Set<string>(['contract', 'start', ...WORKFLOW_ANCHORS]);
    for (const file of readdirSync(packs)) {
      const read = JSON.parse(readFileSync(new URL(file, packs), 'utf8'));
      for (const row of [...read.anchors, ...read.deadlines]) names.add(row.id);
    }
    for (const template of templates)
      for (const task of template.tasks) for (const { from } of task.due) expect(names, task.id).toContain(from);
  });

  test('the first candidate that the pack knows sets the date', () => {
    const template = templateFor({ workflow: 'contract-to-close', scenario: 'buy', side: 'buyer', state: 'TX' });
    const due = (names: readonly string[]) =>
      instantiateTemplate({
        template,
        dealId: 'd',
        facts: {},
        pack: { contractAnchor: 'effective-date', names: new Set(names) },
        ids: (name) => name,
      }).tasks.find((task) => task.templateTaskId === 'pay-earnest-money')?.dueRule;
    expect(due(['earnest-money'])).toEqual({ from: 'earnest-money', offset: 0, dayKind: 'calendar' });
    expect(due([])).toEqual({ from: 'effective-date', offset: 3, dayKind: 'calendar' });
  });
});

describe('words', () => {
  const items = templates.flatMap((template) => [
    ...template.tasks,
    ...template.documents,
    ...template.facts.map((fact) => fact.ask),
  ]);
  const clientWords = [...new Set(items.map((item) => item.clientTitle).filter((text) => text !== ''))];

  test.each(clientWords)('a client reads: %s', (text) => {
    // Two capitals in a row are an acronym, but for the hour.
    expect(text.replace(/\b\d+:\d\d [AP]M\b/, '')).not.toMatch(/[A-Z]{2,}|\b[a-z]+[A-Z]/);
    expect(text).not.toMatch(/_|\{|\}|\bescrow no|\bcontingenc|\bamendment|!/i);
    expect(text).not.toMatch(/\.$/);
  });

  test('money steps carry the warning, and nothing asks for wire numbers', () => {
    const all = [...new Set(items.map((item) => item.clientTitle)), ...new Set(items.map((item) => item.title))];
    for (const text of all) expect(text).not.toMatch(/wire instruction|routing number|account number/i);
    for (const template of templates)
      for (const task of template.tasks)
        if (
          /\b(money|deposit|fee|funds|pay(off)?)\b/i.test(task.title) &&
          !/application|proof of funds|write down rent/i.test(task.title)
        )
          expect(task.moneyWarning, task.title).toBe(true);
  });

  test('every line names its source', () => {
    for (const template of templates)
      for (const item of [...template.tasks, ...template.documents, ...template.facts])
        expect(item.source).toMatch(/^(\[[A-Za-z0-9]+\])+$/);
  });
});

test('a side is asked for its own papers only: the seller’s disclosures come from the agent of the other side', () => {
  const senderOf = (side: 'buyer' | 'seller', id: string) => {
    const scenario = side === 'buyer' ? ('buy' as const) : ('sell' as const);
    const composed = composeTemplate(parts, { workflow: 'contract-to-close', scenario, side, state: 'CA' });
    if (!composed.ok) throw new Error(composed.error.problems.join(' '));
    return composed.value.documents.find((line) => line.id === id)?.ownerRole;
  };
  for (const id of ['doc-ca-tds', 'doc-ca-spq', 'doc-ca-nhd', 'doc-lead-paint', 'doc-association-papers']) {
    expect([id, senderOf('buyer', id)]).toEqual([id, 'other-agent']);
    expect([id, senderOf('seller', id)]).toEqual([id, 'client']);
  }
  expect(senderOf('buyer', 'doc-insurance-binder')).toBe('client');
});
