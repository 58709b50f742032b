import { describe, expect, test } from 'vitest';
import { STATEMENTS, WITHOUT_WORKSPACE } from '../areas/all.ts';
import type { StorePlace } from '../testing.ts';
import type { Given } from './index.ts';

/** Each statement of the store, by its name. */
const ALL = Object.entries(STATEMENTS).flatMap(([area, texts]) =>
  Object.entries(texts).map(([name, text]) => ({ name: `${area}.${name}`, text })),
);
const SCOPED = ALL.filter(({ name }) => !WITHOUT_WORKSPACE.includes(name));

/** No statement of one workspace may ever read its way through the rows of another. */
export function planContract(given: Given): void {
  test('only the statements that are listed go without a workspace', () => {
    const loose = ALL.filter(({ text }) => !/workspace_id = \$1|INTO \w+ \(\s*workspace_id/.test(text));
    expect(loose.map(({ name }) => name).toSorted()).toEqual([...WITHOUT_WORKSPACE].toSorted());
  });

  describe('each table of each statement is entered by an index that begins with the workspace', () => {
    test.each(SCOPED)('$name', async ({ text }) => {
      const place = given.place();
      expect(await (place.driver === 'sqlite' ? looseInSqlite : looseInPostgres)(place, text)).toEqual([]);
    });
  });

  test.each([
    ['rows.sizes', 'unit_row_page'],
    ['rows.range', 'unit_row_page'],
    ['rows.load', 'unit_row'],
    ['units.moved', 'unit_head'],
    ['commands.ofUnit', 'command_unit'],
    ['commands.ofUnitAfter', 'command_unit'],
    ['commands.after', 'command'],
    ['audit.after', 'audit'],
    ['audit.before', 'audit'],
    ['audit.beforeOfKind', 'audit'],
    ['links.ofDeal', 'link_deal'],
    ['intakes.links', 'intake_link_made'],
    ['files.oldestChecked', 'blob_checked'],
    ['jobs.inState', 'job_due'],
  ])('%s comes in its order from the index %s', async (wanted, index) => {
    const found = ALL.find(({ name }) => name === wanted);
    const plan = await given.place().explain(found?.text ?? '');
    expect(plan).toContain(index);
    expect(plan).not.toMatch(/B-TREE|Sort"/);
  });
}

/** Steps of the plan that do not name `workspace_id=?`; steps over the result of an inner one are none. */
async function looseInSqlite(place: StorePlace, text: string): Promise<readonly string[]> {
  const steps = (await place.explain(text)).split('\n');
  return steps.filter(
    (step) => /^(SCAN|SEARCH) /.test(step) && !/workspace_id=\?|^SCAN (mine|\(subquery-\d+\))$|CONSTANT ROW/.test(step),
  );
}

interface PlanNode {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Index Cond'?: string;
  readonly 'Recheck Cond'?: string;
  readonly Plans?: readonly PlanNode[];
}

async function looseInPostgres(place: StorePlace, text: string): Promise<readonly string[]> {
  const loose: string[] = [];
  const visit = (node: PlanNode) => {
    const isEntered = /workspace_id = /.test(`${node['Index Cond'] ?? ''}${node['Recheck Cond'] ?? ''}`);
    if (node['Node Type'].endsWith('Scan') && node['Relation Name'] !== undefined && !isEntered)
      loose.push(`${node['Node Type']} of ${node['Relation Name']}`);
    for (const inner of node.Plans ?? []) visit(inner);
  };
  for (const plan of JSON.parse(await place.explain(text)) as readonly { readonly Plan: PlanNode }[]) visit(plan.Plan);
  return loose;
}
