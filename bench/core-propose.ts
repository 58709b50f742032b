import { readFileSync } from 'node:fs';
import { buildDealIndex } from '../core/documents/propose/deal-index.ts';
import { indexForms } from '../core/documents/propose/find-forms.ts';
import { parseForms } from '../core/documents/propose/forms-schema.ts';
import { proposeFor } from '../core/documents/propose/propose.ts';
import { arrivalOf, dealOf, personOf, textOf } from '../core/documents/propose/testing.ts';
import type { CandidateDeal } from '../core/documents/propose/types.ts';
import { type Bench, median, timeOf } from './row.ts';

const FILLER =
  'Seller shall deliver to Buyer, within the time specified, all reports and disclosures required by Law for the Property. ';

/** Where an arrival belongs among a thousand deals of thirty lines: a form of three pages, and a report of forty. */
export const run: Bench = ({ smoke }) => {
  const count = smoke ? 50 : 1000;
  const file = new URL('../resources/forms/forms.json', import.meta.url);
  const read = parseForms(JSON.parse(readFileSync(file, 'utf8')));
  if (!read.ok) throw new Error(read.error.problems.join('\n'));
  const context = { forms: indexForms(read.value), rules: [] };
  const deals = makeDeals(count);
  let index = buildDealIndex([]);
  const made = timeOf(() => {
    index = buildDealIndex(deals);
  });
  const proposed = (at: number, pages: number) => {
    const arrival = arrivalFor(at % count, pages);
    return timeOf(() => {
      const found = proposeFor(arrival, index, context);
      if (found.deal?.dealId !== `deal-${at % count}`) throw new Error(`arrival ${at} was not found`);
    });
  };
  const times = (pages: number, rounds: number) => Array.from({ length: rounds }, (_, at) => proposed(at * 7, pages));
  times(3, smoke ? 1 : 50);
  return [
    { name: `index of ${count} deals for proposals`, value: made, unit: 'ms', limit: 1000 },
    {
      name: `one arrival of 3 pages against ${count} deals`,
      value: median(times(3, smoke ? 1 : 300)),
      unit: 'ms',
      limit: 5,
    },
    {
      name: `one arrival of 40 pages against ${count} deals`,
      value: median(times(40, smoke ? 1 : 60)),
      unit: 'ms',
      limit: 50,
    },
  ];
};

function arrivalFor(at: number, pages: number) {
  const head = `REAL ESTATE TRANSFER DISCLOSURE STATEMENT\nConcerning ${100 + at} Marlowe Avenue, Sacramento, CA 95816\n`;
  const body = FILLER.repeat(20);
  const texts = Array.from(
    { length: pages },
    (_, page) => `${page === 0 ? head : ''}${body}\nTDS REVISED 6/24 (PAGE ${page + 1} OF ${pages})`,
  );
  return arrivalOf({
    fileName: 'Document(3).pdf',
    sender: { name: 'Petra Nowak', address: `lender${at % 40}@wideloans.example` },
    subject: 'Papers',
    mailText: `Hello, attached are the papers for ${100 + at} Marlowe Ave. ${FILLER}`,
    text: textOf(...texts),
  });
}

function makeDeals(count: number): readonly CandidateDeal[] {
  return Array.from({ length: count }, (_, at) =>
    dealOf(`deal-${at}`, `${100 + at} Marlowe Ave, Sacramento, CA 95816`, {
      clientNames: [`Client Number${at}`, `Ann Sharedname${at % 50}`],
      people: [
        personOf('lender', `Lender ${at % 40}`, `lender${at % 40}@wideloans.example`, 'Wide Loans'),
        personOf('title', `Officer ${at % 25}`, `officer${at % 25}@larkmoorescrow.example`, 'Larkmoor Escrow'),
        personOf('client', `Client Number${at}`, `client${at}@mail.example`),
      ],
    }),
  );
}
