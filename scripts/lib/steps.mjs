// Runs one step of `npm test`: streams its output, takes its time and reads its counts.
import { spawn } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { cacheDir, nodePath, readJson, root } from './base.mjs';

const reports = join(cacheDir, 'reports');

/** @typedef {{ name: string, passed: number, failed: number, skipped: number, seconds: number, notes: string[] }} Outcome */

/** A tool that says yes or no: one count. @returns {Promise<Outcome>} */
export async function checkStep(name, args) {
  const { code, seconds } = await stream(args);
  return outcome(name, seconds, code === 0 ? { passed: 1 } : { failed: 1, notes: [`ended with code ${code}`] });
}

/** More failures than this are not bad luck of a busy machine: nothing is run again. */
const MOST_AGAIN = 3;

/**
 * One project of vitest: counts from its JSON report. Files that failed, up to three, run once more with nothing
 * beside them; what then passes is counted as passed and named in the summary (decision 0013).
 * @returns {Promise<Outcome>}
 */
export async function vitestStep(project) {
  const first = await runVitest(project, []);
  const files = failedFiles(first.report);
  if (files.length === 0 || files.length > MOST_AGAIN)
    return outcome(project, first.seconds, readVitestReport(first.report, first.code));
  console.log(`\nOnce more, alone: ${files.map(shortName).join(', ')}`);
  const second = await runVitest(project, files);
  const seconds = first.seconds + second.seconds;
  return outcome(project, seconds, readBoth(first.report, second));
}

async function runVitest(project, files) {
  mkdirSync(reports, { recursive: true });
  const file = join(reports, `${project}.json`);
  rmSync(file, { force: true });
  const args = ['node_modules/vitest/vitest.mjs', 'run', '--project', project, '--passWithNoTests'];
  const { code, seconds } = await stream([
    ...args,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${file}`,
    ...files,
  ]);
  return { code, seconds, report: readJson(file) };
}

/** The files in which something failed. */
export function failedFiles(report) {
  return (report?.testResults ?? []).filter(({ status }) => status === 'failed').map(({ name }) => name);
}

/** Counts where the failed files of a first run were run again. What failed at first is named either way. */
export function readBoth(first, second) {
  const again = failedFiles(first);
  const kept = first.testResults.filter(({ name }) => !again.includes(name));
  const testResults = [...kept, ...(second.report?.testResults ?? [])];
  const counts = readVitestReport(second.report ? { testResults } : null, second.code);
  const notes = first.testResults.filter(({ name }) => again.includes(name)).flatMap(failuresOf);
  return { ...counts, notes: [...notes.map((note) => `at first ${note}`), ...counts.notes] };
}

/**
 * Counts of a vitest run. A file that could not be loaded, or an error outside every test, has no failed test
 * of its own, so it counts as one failure. Every failed and every skipped test is named.
 */
export function readVitestReport(report, code) {
  if (!report) return { failed: 1, notes: [`ended with code ${code} and wrote no report`] };
  const tests = report.testResults.flatMap((file) => file.assertionResults);
  const count = (...states) => tests.filter((test) => states.includes(test.status)).length;
  const unloaded = report.testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some(isFailed),
  );
  const failed = count('failed') + unloaded.length;
  const idle = tests.filter((test) => !isFailed(test) && test.status !== 'passed');
  const notes = [...report.testResults.flatMap(failuresOf), ...idle.map((test) => `skipped: ${test.fullName}`)];
  if (tests.length === 0 && failed === 0 && code === 0) return { skipped: 1, notes: ['has no tests'] };
  if (failed === 0 && code !== 0)
    return { passed: count('passed'), failed: 1, notes: [`ended with code ${code}`, ...notes] };
  return { passed: count('passed'), failed, skipped: idle.length, notes };
}

/** What failed in a file, a line each, with the first line of what was said. */
function failuresOf(file) {
  const where = shortName(file.name ?? '');
  const failed = file.assertionResults.filter(isFailed);
  if (failed.length === 0) return file.status === 'failed' ? [`FAILED ${where}: ${firstLine(file.message)}`] : [];
  return failed.map((test) => `FAILED ${where}: ${test.fullName}: ${firstLine(test.failureMessages?.[0])}`);
}

function shortName(file) {
  return file === '' ? '' : relative(root, file);
}

function firstLine(text = '') {
  return text.split('\n', 1)[0].slice(0, 300);
}

function isFailed(test) {
  return test.status === 'failed';
}

/** A runner of our own whose last line is `N passed, N failed[, N skipped]`. @returns {Promise<Outcome>} */
export async function countedStep(name, args) {
  const { code, seconds, output } = await stream(args);
  return outcome(name, seconds, readCountLine(output, code));
}

/**
 * Takes the last line of counts in the output. Lines that begin with `skipped` are its reasons, those with `FAILED`,
 * each with the line after it, what failed, and those with `again` what was run once more.
 */
export function readCountLine(output, code) {
  const lines = output.split('\n').map((line) => line.trim());
  const found = lines.map((line) => /^(\d+) passed, (\d+) failed(?:, (\d+) skipped)?$/.exec(line)).findLast(Boolean);
  if (!found) return { failed: 1, notes: [`ended with code ${code} and gave no counts`] };
  const [passed, failed, skipped] = found.slice(1).map((digits) => Number(digits ?? 0));
  const notes = lines.flatMap((line, index) => {
    if (/^FAILED\b/.test(line)) return [`${line}: ${(lines[index + 1] ?? '').slice(0, 300)}`];
    return /^(skipped|again)\b/i.test(line) ? [line] : [];
  });
  if (failed === 0 && code !== 0) return { passed, failed: 1, skipped, notes: [`ended with code ${code}`, ...notes] };
  return { passed, failed, skipped, notes };
}

/** @returns {Outcome} */
export function outcome(name, seconds, counts) {
  return { name, seconds, passed: 0, failed: 0, skipped: 0, notes: [], ...counts };
}

/** The summary: one line a step, and under it what could not run and why. */
export function table(outcomes) {
  const cell = (value, width) => String(value).padStart(width);
  const lines = outcomes.flatMap(({ name, passed, failed, skipped, seconds, notes }) => [
    `${name.padEnd(14)}${cell(passed, 7)}${cell(failed, 8)}${cell(skipped, 9)}${cell(seconds.toFixed(1), 9)}`,
    ...notes.map((note) => `  ${note}`),
  ]);
  return [`${'step'.padEnd(14)} passed  failed  skipped  seconds`, ...lines].join('\n');
}

/** The last line of the run. */
export function total(outcomes) {
  const sum = (key) => outcomes.reduce((all, each) => all + each[key], 0);
  const skipped = sum('skipped');
  return `${sum('passed')} passed, ${sum('failed')} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}

function stream(args) {
  return new Promise((resolve) => {
    const started = performance.now();
    const child = spawn(nodePath(), args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
    // Whoever stops the run stops the step that is under way.
    const stop = (signal) => {
      child.kill(signal);
      process.exit(1);
    };
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
    for (const signal of signals) process.once(signal, stop);
    let output = '';
    child.stdout.on('data', (chunk) => {
      output += chunk;
      process.stdout.write(chunk);
    });
    child.stderr.on('data', (chunk) => process.stderr.write(chunk));
    child.on('close', (code) => {
      for (const signal of signals) process.off(signal, stop);
      resolve({ code: code ?? 1, output, seconds: (performance.now() - started) / 1000 });
    });
  });
}
