import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { plainDate } from '../../deadlines/plain-date.ts';
import { buildDealIndex } from './deal-index.ts';
import { indexForms } from './find-forms.ts';
import { parseForms } from './forms-schema.ts';
import { proposeFor } from './propose.ts';
import { SAMPLES } from './samples.ts';
import { arrivalOf, dealOf, OFFICE, personOf, textOf, withLine } from './testing.ts';
import type { Arrival, CandidateDeal, FilingRule, Proposal } from './types.ts';

const read = parseForms(
  JSON.parse(readFileSync(new URL('../../../resources/forms/forms.json', import.meta.url), 'utf8')),
);
if (!read.ok) throw new Error(read.error.problems.join('\n'));
const forms = indexForms(read.value);
const index = buildDealIndex(OFFICE);

function propose(
  parts: Partial<Arrival>,
  rules: readonly FilingRule[] = [],
  deals?: readonly CandidateDeal[],
): Proposal {
  return proposeFor(arrivalOf(parts), deals === undefined ? index : buildDealIndex(deals), { forms, rules });
}

const lineOf = ({ line }: Proposal) => line?.lineId.split('.')[1] ?? null;
const said = (reasons: readonly { readonly text: string }[]) => reasons.map(({ text }) => text);

describe('what offices get', () => {
  test.each(SAMPLES)('$name', ({ arrival, deal, line, certainty }) => {
    const proposal = proposeFor(arrival, index, { forms, rules: [] });
    expect(proposal.certainty).toBe(certainty);
    if (deal !== null) expect(proposal.deal?.dealId).toBe(deal);
    if (line !== null) expect(lineOf(proposal)).toBe(line);
  });

  test('certain is never wrong, and most that can be known is known', () => {
    const all = SAMPLES.map((sample) => ({
      sample,
      proposal: proposeFor(sample.arrival, index, { forms, rules: [] }),
    }));
    const certain = all.filter(({ proposal }) => proposal.certainty === 'certain');
    const right = certain.filter(
      ({ sample, proposal }) => proposal.deal?.dealId === sample.deal && lineOf(proposal) === sample.line,
    );
    const knowable = all.filter(({ sample }) => sample.deal !== null && sample.line !== null);
    const found = knowable.filter(
      ({ sample, proposal }) => proposal.deal?.dealId === sample.deal && lineOf(proposal) === sample.line,
    );
    console.log(
      `proposals: ${all.length} samples; certain ${certain.length}, of them right ${right.length}; first choice right ${found.length} of ${knowable.length}`,
    );
    expect(right.length).toBe(certain.length);
    expect(certain.length).toBeGreaterThanOrEqual(15);
    expect(found.length).toBe(knowable.length);
  });
});

describe('reasons', () => {
  const tds = SAMPLES[0];
  if (tds === undefined) throw new Error('no samples');
  const proposal = proposeFor(tds.arrival, index, { forms, rules: [] });

  test('say what was found, in the words of the file, with its page', () => {
    expect(said(proposal.reasons)).toEqual([
      'The address is this deal’s',
      'The sender is Kwame Boateng, the lender here',
      'It names Gloria M. Estévez, the seller here',
      'The footer says TDS REVISED 6/24',
      'The heading says Transfer Disclosure Statement',
      'The seller’s signature is dated',
      'Signed after version 1 (Jun 8)',
    ]);
    expect(proposal.reasons[0]).toMatchObject({ for: true, page: 1, quote: '1847 Marlowe Ave, 95816' });
    expect(proposal.reasons[2]).toMatchObject({ page: 3, quote: 'Gloria Estévez' });
    expect(proposal.reasons[5]).toMatchObject({ page: 3, quote: '6/16/2026' });
    expect(proposal).toMatchObject({ suffix: 'SS', documentOn: '2026-06-16', class: 'disclosure', formId: 'ca-tds' });
  });

  test('every quote stands in the file letter for letter', () => {
    for (const { arrival } of SAMPLES) {
      const found = proposeFor(arrival, index, { forms, rules: [] });
      for (const { quote } of [...found.reasons, ...found.doubts])
        if (quote !== undefined) expect(arrival.text?.whole).toContain(quote);
    }
  });

  test('a lender on many deals is named as one', () => {
    const { reasons } = propose({
      sender: { name: '', address: 'petra.nowak@wideloans.example' },
      text: textOf('9021 Burnet Oaks Dr, Austin, TX 78758'),
    });
    expect(said(reasons)).toContain('The sender is Petra Nowak, the lender here and on 11 other deals');
  });
});

describe('doubts', () => {
  const doubtsIn = (name: string) => {
    const sample = SAMPLES.find((found) => found.name === name);
    if (sample === undefined) throw new Error(`no sample is called ${name}`);
    return said(proposeFor(sample.arrival, index, { forms, rules: [] }).doubts);
  };

  test.each([
    ['a street that two deals are on', 'Two deals are on Marlowe Ave'],
    ['condo papers of a building with two deals, no unit named', 'Two deals are at 77 SW 5th St'],
    ['another unit of the building', 'The house is this deal’s, but another unit is named'],
    ['one client with two deals, no address', 'Two deals have the same client'],
    ['a file that names another deal’s address too', 'Another deal fits too: 1847 Marlowe Ave'],
    ['a mail that quotes another deal', 'Another deal fits too: 1847 Marlowe Ave'],
    ['a Texas notice on a California deal', 'This is a form of Texas, and the deal is in California'],
    ['a Texas contract on the revision before', 'The form is 20-18, and this deal counts by 20-19'],
    ['a contract on an older revision', 'The form is 12/21, and this deal counts by 12/22'],
    ['a closed deal', 'This deal is closed'],
    ['a bundle of two forms', 'Several papers are in this file. Split it first'],
    ['the receipt for a disclosure is not the disclosure', 'It says “receipt”, so it may be another paper'],
    ['a mail about a paper', 'It is a mail about the paper, not the paper'],
    [
      'the seller’s figures on a deal with a line for the buyer’s',
      'It speaks of the seller, and this line is the buyer’s',
    ],
    ['a report of years ago', 'Dated March 4, 2019, long before it came'],
    ['the house of one deal with the client of another', 'Another deal fits too: 1853 Marlowe Ave'],
    ['a house of the same number in another town', 'The street and number are this deal’s, in another town'],
  ])('%s', (name, sentence) => {
    expect(doubtsIn(name)).toContain(sentence);
  });

  const address = textOf('Transfer Disclosure Statement\n1847 Marlowe Ave\nGloria Estévez\nTDS PAGE 1 OF 3');

  test.each([
    ['approved', 'Version 2 of this line is approved already'],
    ['waived', 'This line was marked as not needed'],
  ] as const)('a line that is %s', (state, sentence) => {
    const deals = OFFICE.map((deal) => withLine(deal, 'doc-ca-tds', { state, versions: 2 }));
    const found = propose({ text: address }, [], deals);
    expect(said(found.doubts)).toContain(sentence);
    expect(found.certainty).toBe('likely');
  });

  test('a paper older than the version that is there', () => {
    const text = textOf(
      'Transfer Disclosure Statement\n1847 Marlowe Ave\nSeller Gloria Estévez Date 6/1/2026\nTDS PAGE 3 OF 3',
    );
    expect(said(propose({ text }).doubts)).toContain('Dated June 1, 2026, before version 1 came');
  });

  test('a sender who is only on another deal', () => {
    const found = propose({ sender: { name: 'Dana', address: 'dana@hollowell.example' }, text: address });
    expect(said(found.doubts)).toContain('Dana Hollowell is on another deal, not on this one');
    expect(found.certainty).not.toBe('certain');
  });

  test('the deal it was put on is gone', () => {
    const found = propose({ text: address, hint: { dealId: 'deleted' } });
    expect(said(found.doubts)).toContain('The deal it was put on is not here any more');
    expect(found.certainty).toBe('guess');
  });
});

describe('where somebody put it', () => {
  test('a deal and a line are certain without another word', () => {
    const found = propose({ hint: { lineId: 'larkspur.doc-home-warranty' } });
    expect(found).toMatchObject({ certainty: 'certain', deal: { dealId: 'larkspur' } });
    expect(lineOf(found)).toBe('doc-home-warranty');
  });

  test('a line that the page speaks against is not', () => {
    const text = textOf('Transfer Disclosure Statement\n1847 Marlowe Ave\nGloria Estévez\nTDS PAGE 1 OF 3');
    const found = propose({ text, hint: { lineId: 'marlowe.doc-ca-spq' } });
    expect(lineOf(found)).toBe('doc-ca-spq');
    expect(found.certainty).toBe('likely');
    expect(said(found.doubts)).toContain('The footer says TDS, which is another line');
  });

  test('a deal that the page speaks against is a guess', () => {
    const text = textOf('Transfer Disclosure Statement\n1847 Marlowe Ave\nGloria Estévez\nTDS PAGE 1 OF 3');
    const found = propose({ text, hint: { dealId: 'larkspur' } });
    expect(found).toMatchObject({ certainty: 'guess', deal: { dealId: 'larkspur' } });
    expect(found.alternatives[0]?.dealId).toBe('marlowe');
  });
});

describe('rules', () => {
  const rule: FilingRule = {
    id: 'rule-1',
    when: { from: '*@harborlend.example' },
    does: { lineTitle: 'Transfer Disclosure', mayFileAlone: true },
  };
  const text = textOf('Transfer Disclosure Statement\n1847 Marlowe Ave\nGloria Estévez\nTDS PAGE 1 OF 3');
  const sender = { name: 'Kwame', address: 'kwame@harborlend.example' };

  test('only with one that allows it does a certain file file itself', () => {
    expect(propose({ text, sender }, [rule])).toMatchObject({
      certainty: 'certain',
      ruleId: 'rule-1',
      mayFileAlone: true,
    });
    expect(propose({ text, sender })).toMatchObject({ certainty: 'certain', ruleId: null, mayFileAlone: false });
    const shy = { ...rule, does: { ...rule.does, mayFileAlone: false } };
    expect(propose({ text, sender }, [shy]).mayFileAlone).toBe(false);
  });

  test('one does not make a guess certain', () => {
    expect(propose({ sender, fileName: 'scan0007.pdf' }, [rule])).toMatchObject({
      ruleId: 'rule-1',
      mayFileAlone: false,
    });
  });

  test('one that names a deal against the page is doubted', () => {
    const found = propose({ text, sender }, [{ ...rule, does: { dealId: 'larkspur', mayFileAlone: true } }]);
    expect(found.certainty).toBe('guess');
    expect(said(found.doubts)).toContain('Another deal fits too: 2210 Larkspur Ln');
  });

  test('one of a class narrows two lines', () => {
    const classRule: FilingRule = {
      id: 'r',
      when: { folderHas: 'lender' },
      does: { lineClass: 'closing-disclosure', mayFileAlone: false },
    };
    const found = propose({ folderPath: 'From Lender', fileName: 'LE.pdf', hint: { dealId: 'burnet' } }, [classRule]);
    expect(lineOf(found)).toBe('doc-loan-estimate');
  });
});

describe('held', () => {
  const wire =
    'WIRE INSTRUCTIONS\n1847 Marlowe Ave\nGloria Estévez\nABA routing no. 121000358, account no. 99887766554';
  const rule: FilingRule = { id: 'r', when: { nameHas: 'wire' }, does: { dealId: 'marlowe', mayFileAlone: true } };

  test.each([
    ['by its name alone', { fileName: 'Updated_Wire_Instructions.pdf' }],
    ['by its text', { fileName: 'wire.pdf', text: textOf(wire) }],
    ['by its mail', { fileName: 'wire.pdf', mailText: 'Our bank details have changed, please see attached.' }],
    [
      'though its mail warns of fraud',
      { fileName: 'New wire instructions.pdf', mailText: 'Beware of wire fraud. We never change ours.' },
    ],
    ['on a line that somebody chose', { fileName: 'wire instructions.pdf', hint: { lineId: 'marlowe.doc-contract' } }],
    ['for a sender who imitates another', { fileName: 'wire.pdf', senderLooksLike: 'Larkmoor Escrow' }],
  ])('%s, and never certain', (_name, parts) => {
    const found = propose(parts, [rule]);
    expect(found.held?.isHeld).toBe(true);
    expect(found).toMatchObject({ class: 'wire-suspect', mayFileAlone: false });
    expect(['guess', 'none']).toContain(found.certainty);
  });

  test('a likeness is said', () => {
    expect(propose({ senderLooksLike: 'Larkmoor Escrow' }).held?.reasons).toEqual([
      'It came from an address that imitates Larkmoor Escrow’s.',
    ]);
  });

  test('a contract that warns of wire fraud is not', () => {
    const text = textOf('RESIDENTIAL PURCHASE AGREEMENT\nBeware of wire fraud: call before you wire funds to escrow.');
    expect(propose({ text }).held).toBeNull();
  });
});

describe('class', () => {
  test('private papers keep theirs whatever line they are put on', () => {
    const found = propose({ fileName: 'bank statement.pdf', hint: { lineId: 'burnet.doc-proof-of-funds' } });
    expect(found.class).toBe('npi-financial');
  });

  test('what nobody knows is seen by the team only', () => {
    expect(propose({ fileName: 'scan0007.pdf' }).class).toBe('internal');
    expect(propose({ fileName: 'hello.eml', kind: 'mail' }).class).toBe('correspondence');
  });

  test('a line of private papers is never filled by itself', () => {
    const deal = dealOf('d', '5 Oakhurst Way, Davis, CA 95616', {
      clientNames: ['Ben Okoro'],
      people: [personOf('client', 'Ben Okoro', 'b@o.example')],
    });
    const own = withLine(deal, 'doc-contract', {
      templateLineId: 'doc-pay-stubs',
      title: 'Pay stubs of the last 30 days',
      class: 'npi-financial',
    });
    const found = propose(
      { fileName: 'pay stub.pdf', text: textOf('Earnings Statement\nBen Okoro\n5 Oakhurst Way, Davis, CA 95616') },
      [],
      [own],
    );
    expect(found.certainty).toBe('guess');
    expect(said(found.doubts)).toContain('Private papers go to whoever asked for them, not into the file');
  });
});

test('a line that the office wrote itself is found by its words', () => {
  const deal = dealOf('d', '5 Oakhurst Way, Davis, CA 95616', { clientNames: ['Ben Okoro'] });
  const own = withLine(deal, 'doc-contract', { templateLineId: '', title: 'Septic pumping certificate' });
  const found = propose(
    { fileName: 'septic-pumping-certificate 2026-06-10.pdf', text: textOf('5 Oakhurst Way, Davis') },
    [],
    [own],
  );
  expect(found.line?.lineId).toBe('d.doc-contract');
  expect(found).toMatchObject({ certainty: 'likely', documentOn: plainDate('2026-06-10') });
});

test('an offer signed by one side is an offer, and by nobody either', () => {
  const text = (signed: string) =>
    textOf(
      `RESIDENTIAL PURCHASE AGREEMENT\n1847 Marlowe Ave\nGloria Estévez\n${signed}\nRPA REVISED 12/22 (PAGE 1 OF 1)`,
    );
  expect(lineOf(propose({ text: text('Buyer Ann Lee Date 6/1/2026') }))).toBe('doc-offer');
  const open = propose({ text: text('Buyer ____ Date ____') });
  expect(said(open.doubts)).toContain('Two lines fit: Fully executed contract and Offer and counteroffers');
});
