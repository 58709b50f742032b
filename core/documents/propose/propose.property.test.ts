import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { plainDate } from '../../deadlines/plain-date.ts';
import { buildDealIndex } from './deal-index.ts';
import { indexForms } from './find-forms.ts';
import { parseForms } from './forms-schema.ts';
import { proposeFor } from './propose.ts';
import { SAMPLES } from './samples.ts';
import { arrivalOf, dealOf, OFFICE } from './testing.ts';
import type { Arrival, ArrivalText } from './types.ts';

const read = parseForms(
  JSON.parse(readFileSync(new URL('../../../resources/forms/forms.json', import.meta.url), 'utf8')),
);
if (!read.ok) throw new Error(read.error.problems.join('\n'));
const context = {
  forms: indexForms(read.value),
  rules: [{ id: 'r', when: { nameHas: 'a' }, does: { lineTitle: 'contract', mayFileAlone: true } }],
};
const index = buildDealIndex(OFFICE);

/** Words of real files between letters of any kind, so that rules are reached and broken. */
const piece = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      '1847',
      'Marlowe',
      'Ave',
      '1853',
      'Gloria',
      'Estévez',
      'TDS',
      'RPA REVISED 12/22',
      'PAGE 1 OF 3',
      'Transfer Disclosure Statement',
      'TREC NO. 20-19',
      '77 SW 5th St',
      '#1204',
      'Miami',
      'Date 6/16/2026',
      'Seller',
      'Buyer',
      'wire instructions',
      'routing no. 121000358',
      '\n',
      '12-14',
      '½',
      'On x wrote:',
      'Larkmoor Escrow',
    ),
  },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 12 }) },
);
const words = fc.array(piece, { maxLength: 25 }).map((parts) => parts.join(' '));
const text: fc.Arbitrary<ArrivalText> = fc
  .record({
    pages: fc.array(words, { maxLength: 4 }),
    headLines: fc.array(words, { maxLength: 3 }),
    footers: fc.array(words, { maxLength: 4 }),
    isPaged: fc.boolean(),
  })
  .map(({ pages, headLines, footers, isPaged }) => ({
    firstPages: pages.slice(0, 3).join('\n'),
    whole: pages.join('\n'),
    headLines,
    footers,
    ...(isPaged && { pages }),
  }));
const arrival: fc.Arbitrary<Arrival> = fc.record({
  fileName: words,
  folderPath: words,
  sender: fc.option(
    fc.record({
      name: words,
      address: fc.oneof(words, fc.constantFrom('kwame@harborlend.example', 'petra.nowak@wideloans.example')),
    }),
  ),
  subject: words,
  mailText: words,
  pages: fc.option(fc.nat(9)),
  text: fc.option(text),
  kind: fc.constantFrom('pdf', 'image', 'mail'),
  receivedOn: fc.constantFrom(plainDate('2026-06-18'), plainDate('0001-01-01'), plainDate('9999-12-31')),
  hint: fc.record(
    { dealId: fc.constantFrom('marlowe', 'gone'), lineId: fc.constantFrom('marlowe.doc-contract', 'gone') },
    { requiredKeys: [] },
  ),
  senderLooksLike: fc.option(fc.constantFrom('Larkmoor Escrow')),
});

test('whatever comes, an answer that keeps its promises', () => {
  fc.assert(
    fc.property(arrival, (given) => {
      const found = proposeFor(given, index, context);
      expect(found).toEqual(proposeFor(given, index, context));
      if (found.certainty === 'certain') {
        expect(found.deal).not.toBeNull();
        expect(found.line).not.toBeNull();
        expect(found.doubts).toEqual([]);
      }
      if (found.held !== null)
        expect([found.certainty, found.mayFileAlone, found.class]).toEqual([
          found.deal === null ? 'none' : 'guess',
          false,
          'wire-suspect',
        ]);
      if (found.mayFileAlone) expect(found.certainty).toBe('certain');
      if (given.senderLooksLike !== null) expect(found.held).not.toBeNull();
      for (const { score } of [found.deal, ...found.alternatives, found.line, ...found.lineAlternatives].filter(
        (one) => one !== null,
      )) {
        expect(score).toBeGreaterThanOrEqual(0);
        expect(score).toBeLessThanOrEqual(1);
      }
      expect(found.alternatives.length).toBeLessThanOrEqual(4);
      const line = OFFICE.find(({ dealId }) => dealId === found.deal?.dealId)?.lines.map(({ lineId }) => lineId);
      if (found.line !== null) expect(line).toContain(found.line.lineId);
      expect(found.doubts.every((doubt) => !doubt.for) && found.reasons.every((reason) => reason.for)).toBe(true);
    }),
    { numRuns: 400 },
  );
});

test('a deal’s address in a text never lowers its score', () => {
  const scoreIn = (given: Arrival, dealId: string) => {
    const found = proposeFor(given, index, context);
    return [found.deal, ...found.alternatives].find((deal) => deal?.dealId === dealId)?.score ?? 0;
  };
  fc.assert(
    fc.property(arrival, fc.constantFrom(...OFFICE.slice(0, 12)), (given, deal) => {
      const body = given.text ?? { firstPages: '', whole: '', headLines: [], footers: [] };
      const named = `${deal.street} ${deal.unit}, ${deal.city}, ${deal.state} ${deal.zip}`;
      const whole = `${body.whole}\n\n.\n\n${named}`;
      const more = { ...given, text: { ...body, whole } };
      expect(scoreIn(more, deal.dealId)).toBeGreaterThanOrEqual(scoreIn({ ...given, text: body }, deal.dealId));
    }),
    { numRuns: 300 },
  );
});

test('an index of any deals is made, and finds nothing in an empty file', () => {
  fc.assert(
    fc.property(
      fc.array(fc.record({ street: words, unit: words, city: words, name: words }), { maxLength: 5 }),
      (rows) => {
        const deals = rows.map(({ street, unit, city, name }, at) =>
          dealOf(`d${at}`, ', , ', { street, unit, city, clientNames: [name] }),
        );
        const found = proposeFor(arrivalOf({ fileName: '(1).pdf' }), buildDealIndex(deals), context);
        expect(found.certainty).toBe('none');
      },
    ),
    { numRuns: 100 },
  );
});

test('words that objects have of their own are words', () => {
  for (const word of ['valueOf', 'constructor', '__proto__', 'toString'])
    expect(proposeFor(arrivalOf({ fileName: `${word} é.pdf`, subject: `${word} é` }), index, context).certainty).toBe(
      'none',
    );
});

test('a text made to cost ends like any other', () => {
  const long = [
    '1847 '.repeat(40_000),
    'Marlowe '.repeat(20_000),
    'a'.repeat(200_000),
    '-'.repeat(200_000),
    'Seller '.repeat(20_000),
    '> '.repeat(50_000),
    '1-'.repeat(50_000),
    'page '.repeat(40_000),
  ];
  for (const hostile of long) {
    const body = { firstPages: hostile, whole: hostile, headLines: [hostile], footers: [hostile], pages: [hostile] };
    const found = proposeFor(
      arrivalOf({ fileName: hostile, folderPath: hostile, subject: hostile, mailText: hostile, text: body }),
      index,
      context,
    );
    expect(found.certainty).not.toBe('certain');
  }
});

test('the samples with their text shuffled into other samples’ mails are never certain of the wrong deal', () => {
  fc.assert(
    fc.property(fc.constantFrom(...SAMPLES), fc.constantFrom(...SAMPLES), (one, other) => {
      const mixed = {
        ...one.arrival,
        subject: other.arrival.subject,
        mailText: other.arrival.mailText,
        sender: other.arrival.sender,
        fileName: other.arrival.fileName,
      };
      const found = proposeFor(mixed, index, context);
      if (found.certainty === 'certain') expect([one.deal, other.deal]).toContain(found.deal?.dealId);
    }),
    { numRuns: 300 },
  );
});
