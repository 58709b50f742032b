/** Writes docs/rules.md: every rule, date, refusal and explanation of the packs and calendars, to be read by people. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { SETS } from '../core/deadlines/calendars/sets.ts';
import { titleOf } from '../core/deadlines/count-by-pack.ts';
import { zoneText } from '../core/deadlines/count-words.ts';
import { countText, listText, timeText } from '../core/deadlines/day-text.ts';
import { type Pack, type PackDeadline, type PackRoll, parsePack } from '../core/deadlines/pack-schema.ts';
import { plainDate } from '../core/deadlines/plain-date.ts';
import { type ScheduledDeadline, scheduleOf } from '../core/deadlines/schedule.ts';
import { explain } from '../core/deadlines/steps.ts';
import { holidaySections } from './rules-doc/holidays.ts';
import { refusalSection } from './rules-doc/refusals.ts';

const PACKS = new URL('../resources/packs/', import.meta.url);
const DOC = fileURLToPath(new URL('../docs/rules.md', import.meta.url));
const ORDER = [
  'ca-car-rpa',
  'tx-trec-1-4',
  'fl-farbar-asis',
  'wa-nwmls-21',
  'co-cbs',
  'nj-broker',
  'us-trid',
  'generic',
];

/** The examples all tell of one deal; an asked count is answered with 11 days. */
const EXAMPLE_DAY = plainDate('2026-06-02');
const EXAMPLE_CLOSING = plainDate('2026-07-13');
const EXAMPLE_ANSWER = 11;

const UNITS = { calendar: 'calendar day', business: 'business day', trid: 'specific business day' } as const;
const ROLLS = {
  next: 'moves to the next open day',
  previous: 'moves to the open day before',
  none: 'does not move',
} as const;
const EXPIRES = {
  'by-itself': 'yes',
  'needs-notice': 'no, it takes a notice',
  'not-said': 'not confirmed',
} as const;

export function rulesDoc(): string {
  const packs = loadPacks();
  const parts = [INTRODUCTION, ...packs.map(packSection), ...holidaySections(), refusalSection(packs)];
  return `${parts.join('\n\n')}\n`;
}

const INTRODUCTION = `# The rules of the trade

Every rule that Closeboard counts by, with its source, and an example of what it says. Written from the rule packs and
calendars by \`npm run rules\`; do not edit by hand. Not legal advice: the signed form always wins.

- Sources in brackets, such as [CA4], are listed in [sources.md](sources.md). A count is part of a form's revision, never of a state.
- A deadline marked **asked** has no count of its own: nothing confirmed was found, or only the signed form can say. It has no date until somebody answers its question.
- The day something happens is day 0 and is not counted.
- The examples have every first day on Tue, June 2, 2026, closing on Mon, July 13, 2026, and ${EXAMPLE_ANSWER} days as the answer to every question.`;

function packSection(pack: Pack): string {
  const revisions = pack.revisions.filter(({ note }) => note !== '');
  return [
    `## ${pack.title} (\`${pack.id}\`)`,
    '',
    `${pack.form}, revision ${pack.revision}.`,
    ...(revisions.length === 0 ? [] : ['']),
    ...revisions.map(({ id, since, note }) => `- Revision ${id}${since ? ` (since ${since})` : ''}: ${note}`),
    ...listSection('How it counts', countingLines(pack)),
    ...listSection('Days it counts from', anchorLines(pack)),
    ...listSection('What the form leaves open', optionLines(pack)),
    '',
    '### Deadlines',
    ...deadlineSections(pack),
  ].join('\n');
}

function listSection(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ['', `### ${title}`, '', ...lines];
}

function anchorLines({ anchors }: Pack): readonly string[] {
  return anchors.map(({ id, title, means, sources }) => `- **${title}** (\`${id}\`): ${means} ${refs(sources)}`);
}

function countingLines({ counting, zone, zoneIsFixed, notes }: Pack): readonly string[] {
  const days = `${UNITS[counting.dayKind]}s`;
  const short =
    counting.shortPeriodUpTo === null
      ? ''
      : ` Periods of ${counting.shortPeriodUpTo} days or less count business days only.`;
  const observed = counting.countsObserved
    ? ''
    : ' A Monday or Friday on which a holiday is observed counts as an open day.';
  const where = zoneIsFixed ? 'wherever the parties are' : 'or the property’s own zone when that differs';
  return [
    `- Days are ${days}.${short}`,
    `- Holidays: ${SETS[counting.holidaySet].title}.${observed}`,
    `- Counting forward, a last day that is a weekend or holiday ${rollText(counting.rollAfter)}`,
    `- Counting back, it ${rollText(counting.rollBefore)}`,
    ...(counting.anchorRollsBefore
      ? ['- Counting back from a day that does not count starts at the counting day before it.']
      : []),
    `- The day ends at ${timeText(counting.endsAt)}, ${zoneText(zone)} ${where}.${counting.endWarning ? ` ${counting.endWarning}` : ''}`,
    ...(counting.lateAfter ? [`- What comes after ${timeText(counting.lateAfter)} counts as the next day.`] : []),
    ...notes.map((note) => `- ${note}`),
    `- Sources: ${refs(counting.sources)}`,
  ];
}

function rollText({ to, option, choices, warning }: PackRoll): string {
  const chosen = Object.entries(choices ?? {}).map(
    ([choice, roll]) => `with \`${option}=${choice}\` it ${ROLLS[roll]}`,
  );
  return `${[ROLLS[to], ...chosen].join('; ')}.${warning ? ` ${warning}` : ''}`;
}

function optionLines({ options }: Pack): readonly string[] {
  return options.map(({ id, title, choices, sources }) => {
    const values = choices.length === 0 ? 'a local time' : choices.join(' or ');
    return `- \`${id}\` (${values}): ${title} ${refs(sources)}`;
  });
}

function deadlineSections(pack: Pack): readonly string[] {
  const day = Object.fromEntries(pack.anchors.map(({ id }) => [id, EXAMPLE_DAY]));
  const overrides = pack.deadlines
    .filter(({ days }) => days === null)
    .map(({ id }) => ({
      deadlineId: id,
      days: EXAMPLE_ANSWER,
      on: null,
      documentId: null,
      reason: 'the answer of the example',
    }));
  const { deadlines } = scheduleOf({ packs: [pack], anchors: { ...day, closing: EXAMPLE_CLOSING }, overrides });
  return deadlines.map((deadline) => deadlineSection(pack, deadline));
}

function deadlineSection(pack: Pack, { rule, steps, on }: ScheduledDeadline): string {
  return [
    '',
    `#### ${rule.title} (\`${rule.id}\`)`,
    '',
    `${countLine(pack, rule)} ${refs(rule.sources)}`,
    '',
    ...(rule.asks
      ? [
          `- Asks: ${rule.asks}${rule.blankMeans === undefined ? '' : ` A blank means ${rule.blankMeans} on this form.`}`,
        ]
      : []),
    `- Paragraph or box: ${rule.clause ?? 'not confirmed'}`,
    `- If it passes: ${rule.onMiss}`,
    `- Ends by itself: ${EXPIRES[rule.expires]}`,
    `- The client reads: ${rule.clientTitle}`,
    `- Example, ${on}:`,
    ...explain(steps).map((sentence) => `  - ${sentence}`),
  ].join('\n');
}

function countLine(pack: Pack, rule: PackDeadline): string {
  const from = `${rule.direction} “${titleOf(pack, rule.from)}”`;
  const fallback = rule.fallback ? `, or “${titleOf(pack, rule.fallback)}” while that is unknown` : '';
  const first = rule.finds === 'first-day' ? 'The first day it may happen. ' : '';
  if (rule.days === null) return `${first}**Asked**, counted ${from}${fallback}.`;
  if (rule.days === 0) return `${first}On the day of “${titleOf(pack, rule.from)}”.`;
  return `${first}${countText(rule.days, UNITS[rule.dayKind ?? pack.counting.dayKind])} ${from}${fallback}.`;
}

function refs(sources: readonly string[]): string {
  return sources.map((source) => `[${source}]`).join('');
}

function loadPacks(): readonly Pack[] {
  const files = readdirSync(PACKS).map((name) => name.replace('.json', ''));
  const missing = files.filter((id) => !ORDER.includes(id));
  if (missing.length > 0) throw new Error(`give ${listText(missing)} a place in the order of the document`);
  return ORDER.map((id) => {
    const pack = parsePack(JSON.parse(readFileSync(new URL(`${id}.json`, PACKS), 'utf8')));
    if (!pack.ok) throw new Error(pack.error.message);
    return pack.value;
  });
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  writeFileSync(DOC, rulesDoc());
  console.log('docs/rules.md is written.');
}
