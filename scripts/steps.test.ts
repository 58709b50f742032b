import { describe, expect, test } from 'vitest';
import { run } from './lib/base.mjs';
import { failedFiles, outcome, readBoth, readCountLine, readVitestReport, table, total } from './lib/steps.mjs';

const testOf = (status: string, fullName = status) => ({ status, fullName });
const fileOf = (status: string, ...assertionResults: ReturnType<typeof testOf>[]) => ({ status, assertionResults });
const reportOf = (...testResults: ReturnType<typeof fileOf>[]) => ({ testResults });

describe('counts of a vitest run', () => {
  test('are those of its tests, and a skipped test is named', () => {
    const report = reportOf(fileOf('passed', testOf('passed'), testOf('pending', 'later')));
    expect(readVitestReport(report, 0)).toEqual({ passed: 1, failed: 0, skipped: 1, notes: ['skipped: later'] });
  });

  test('a file that cannot be loaded is a failure', () => {
    const report = reportOf(fileOf('failed'), fileOf('passed', testOf('passed')));
    expect(readVitestReport(report, 1)).toMatchObject({ passed: 1, failed: 1 });
  });

  test('an error outside every test is a failure', () => {
    expect(readVitestReport(reportOf(fileOf('passed', testOf('passed'))), 1)).toMatchObject({ passed: 1, failed: 1 });
  });

  test('no report is a failure, no tests are said', () => {
    expect(readVitestReport(null, 137)).toMatchObject({ failed: 1 });
    expect(readVitestReport(reportOf(), 0)).toEqual({ skipped: 1, notes: ['has no tests'] });
  });
});

describe('what failed and was run once more', () => {
  const named = (name: string, status: string, ...tests: ReturnType<typeof testOf>[]) => ({
    name,
    ...fileOf(status, ...tests),
  });
  const sound = named('/a.test.ts', 'passed', testOf('passed', 'a'));
  const first = reportOf(sound, named('/b.test.ts', 'failed', testOf('passed', 'b1'), testOf('failed', 'b2')));
  const second = (status: string) => ({
    report: reportOf(named('/b.test.ts', status, testOf('passed', 'b1'), testOf(status, 'b2'))),
    code: status === 'passed' ? 0 : 1,
  });

  test('is the files with a failure', () => {
    expect(failedFiles(first)).toEqual(['/b.test.ts']);
    expect(failedFiles(null)).toEqual([]);
  });

  test('counts as passed when it passes, and is named all the same', () => {
    const counts = readBoth(first, second('passed'));
    expect(counts).toMatchObject({ passed: 3, failed: 0 });
    expect(counts.notes).toEqual([expect.stringMatching(/^at first FAILED .*b\.test\.ts: b2/)]);
  });

  test('is a failure when it fails again, or when the second run says nothing', () => {
    expect(readBoth(first, second('failed'))).toMatchObject({ passed: 2, failed: 1 });
    expect(readBoth(first, { report: null, code: 137 })).toMatchObject({ failed: 1 });
    expect(readBoth(first, { report: reportOf(), code: 1 })).toMatchObject({ failed: 1 });
  });
});

describe('counts of a runner of our own', () => {
  test('name what failed, with what was said, and what ran once more', () => {
    const output =
      'FAILED browser a (3 s)\n   Timeout\n  at x\nagain browser a: passed when it ran alone\n1 passed, 0 failed';
    expect(readCountLine(output, 0).notes).toEqual([
      'FAILED browser a (3 s): Timeout',
      'again browser a: passed when it ran alone',
    ]);
  });

  test('are those of its last line', () => {
    const output = '1 passed, 0 failed\nskipped electron: no runtime\n12 passed, 0 failed, 3 skipped\n';
    expect(readCountLine(output, 0)).toEqual({
      passed: 12,
      failed: 0,
      skipped: 3,
      notes: ['skipped electron: no runtime'],
    });
  });

  test('a bad end is a failure whatever it says', () => {
    expect(readCountLine('12 passed, 0 failed', 1)).toMatchObject({ passed: 12, failed: 1 });
    expect(readCountLine('out of memory', 137)).toMatchObject({ failed: 1 });
  });
});

test('the last line sums the steps and speaks of skipped only when there are some', () => {
  const types = outcome('types', 1, { passed: 1 });
  expect(total([types, outcome('unit', 2, { passed: 40, failed: 2 })])).toBe('41 passed, 2 failed');
  expect(total([types, outcome('e2e', 0, { skipped: 1, notes: ['no browser'] })])).toBe(
    '1 passed, 0 failed, 1 skipped',
  );
});

test('the table says why a step could not run', () => {
  expect(table([outcome('e2e', 0, { skipped: 1, notes: ['no browser'] })])).toMatch(
    /e2e +0 +0 +1 +0\.0\n {2}no browser/,
  );
});

describe('run', () => {
  const node = (code: string, how: object) => run(process.execPath, ['-e', code], how);

  test('stops what says nothing', async () => {
    expect(await node('setTimeout(() => {}, 60_000)', { quietMs: 200 })).toMatchObject({ ended: 'quiet' });
  });

  test('lets work on what is slow but not silent', async () => {
    const slow = 'let n = 0; const t = setInterval(() => { console.log(n); if (++n > 4) clearInterval(t); }, 400)';
    expect(await node(slow, { quietMs: 1_500 })).toMatchObject({ ended: 'itself', code: 0 });
  });

  test('says that a program is missing', async () => {
    expect(await run('closeboard-no-such-program', [])).toMatchObject({ ended: 'missing', code: 127 });
  });
});
