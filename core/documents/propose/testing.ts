import { plainDate } from '../../deadlines/plain-date.ts';
import type { DocumentClass } from '../document.ts';
import type { Arrival, ArrivalText, CandidateDeal, CandidateLine, CandidatePerson } from './types.ts';

/** An office of invented deals for the tests of this folder, with the checklist lines of resources/templates. */

const COMMON: readonly (readonly [string, string, DocumentClass])[] = [
  ['doc-buyer-representation', 'Buyer representation agreement', 'disclosure'],
  ['doc-agency-disclosure', 'Agency disclosure', 'disclosure'],
  ['doc-offer', 'Offer and counteroffers', 'contract'],
  ['doc-contract', 'Fully executed contract', 'contract'],
  ['doc-addenda', 'Addenda and amendments', 'contract'],
  ['doc-wire-warning', 'Wire fraud warning, acknowledged', 'disclosure'],
  ['doc-proof-of-funds', 'Pre-approval letter or proof of funds', 'correspondence'],
  ['doc-earnest-money-receipt', 'Earnest money receipt', 'title'],
  ['doc-disclosure-receipts', 'Disclosures with signed receipts', 'disclosure'],
  ['doc-inspection-report', 'Inspection reports', 'inspection'],
  ['doc-repair-request', 'Repair request', 'contract'],
  ['doc-repair-response', 'Repair response and signed amendment', 'contract'],
  ['doc-contingency-removals', 'Contingency removals or waivers', 'contract'],
  ['doc-title-report', 'Title commitment or preliminary report', 'title'],
  ['doc-insurance-binder', 'Home insurance binder', 'insurance'],
  ['doc-home-warranty', 'Home warranty', 'insurance'],
  ['doc-walkthrough', 'Walk-through form', 'inspection'],
  ['doc-settlement-buyer', 'Settlement statement, buyer’s side', 'settlement'],
  ['doc-recorded-deed', 'Recorded deed', 'title'],
  ['doc-commission', 'Commission disbursement authorization', 'commission'],
  ['doc-appraisal', 'Appraisal result', 'correspondence'],
  ['doc-loan-commitment', 'Loan commitment', 'closing-disclosure'],
  ['doc-closing-disclosure', 'Closing disclosure, buyer’s side', 'closing-disclosure'],
  ['doc-loan-estimate', 'Loan estimate', 'closing-disclosure'],
  ['doc-lead-paint', 'Lead-based paint disclosure', 'disclosure'],
  ['doc-association-papers', 'Owners’ association rules, budget and statement', 'disclosure'],
];

const OF_STATE: Readonly<Record<string, readonly (readonly [string, string, DocumentClass])[]>> = {
  CA: [
    ['doc-ca-tds', 'Transfer Disclosure Statement', 'disclosure'],
    ['doc-ca-spq', 'Seller Property Questionnaire', 'disclosure'],
    ['doc-ca-nhd', 'Natural Hazard Disclosure', 'disclosure'],
    ['doc-ca-avid', 'Agent visual inspection disclosure', 'disclosure'],
    ['doc-ca-593', 'State withholding form 593', 'title'],
  ],
  TX: [
    ['doc-tx-sdn', 'Seller’s Disclosure Notice', 'disclosure'],
    ['doc-tx-option-receipt', 'Option fee receipt', 'title'],
    ['doc-tx-survey', 'Existing survey', 'disclosure'],
    ['doc-tx-t47', 'T-47 affidavit or T-47.1 declaration', 'disclosure'],
    ['doc-tx-financing', 'Third Party Financing Addendum', 'contract'],
  ],
  FL: [
    ['doc-fl-property', 'Seller property disclosure', 'disclosure'],
    ['doc-fl-condo', 'Condo documents package', 'disclosure'],
  ],
  NJ: [['doc-nj-attorney-letters', 'Attorney review letters and riders', 'correspondence']],
};

const PACKS: Readonly<Record<string, readonly [string, string]>> = {
  CA: ['ca-car-rpa', '12/22'],
  TX: ['tx-trec-1-4', '20-19'],
  FL: ['fl-farbar-asis', '6'],
  CO: ['co-cbs', 'not confirmed'],
  WA: ['wa-nwmls-21', 'not confirmed'],
  NJ: ['nj-broker', 'not confirmed'],
};

function linesOf(dealId: string, state: string): readonly CandidateLine[] {
  return [
    ...COMMON,
    ...(OF_STATE[state] ?? [['doc-seller-disclosure', 'Seller disclosure', 'disclosure'] as const]),
  ].map(([templateLineId, title, kind]) => ({
    lineId: `${dealId}.${templateLineId}`,
    title,
    clientTitle: '',
    templateLineId,
    class: kind,
    state: 'requested',
    versions: 0,
    newestSuffix: null,
    newestReceivedOn: null,
  }));
}

export function dealOf(dealId: string, address: string, parts: Partial<CandidateDeal> = {}): CandidateDeal {
  const [street = '', city = '', place = ''] = address.split(', ');
  const [state = '', zip = ''] = place.split(' ');
  const [packId = '', packRevision = ''] = PACKS[state] ?? [];
  return {
    dealId,
    plate: street.split(' ')[0] ?? '',
    street,
    unit: '',
    city,
    state,
    zip,
    side: 'buyer',
    clientNames: [],
    people: [],
    packId,
    packRevision,
    isActive: true,
    lines: linesOf(dealId, state),
    ...parts,
  };
}

export function personOf(role: CandidatePerson['role'], name: string, email: string, company = ''): CandidatePerson {
  return { role, name, email, company };
}

const kwame = personOf('lender', 'Kwame Boateng', 'kwame@harborlend.example', 'Harbor Lending');
const petra = personOf('lender', 'Petra Nowak', 'petra.nowak@wideloans.example', 'Wide Loans');
const josue = personOf('title', 'Josué Tavares', 'josue@larkmoorescrow.example', 'Larkmoor Escrow');

export const OFFICE: readonly CandidateDeal[] = [
  withLine(
    dealOf('marlowe', '1847 Marlowe Ave, Sacramento, CA 95816', {
      side: 'seller',
      clientNames: ['Gloria M. Estévez'],
      people: [personOf('client', 'Gloria M. Estévez', 'gloria.e@mail.example'), kwame, josue],
    }),
    'doc-ca-tds',
    { state: 'received', versions: 1, newestSuffix: 'SS', newestReceivedOn: plainDate('2026-06-08') },
  ),
  dealOf('marlowe-2', '1853 Marlowe Ave, Sacramento, CA 95816', {
    clientNames: ['Dana Hollowell'],
    people: [personOf('client', 'Dana Hollowell', 'dana@hollowell.example'), petra],
  }),
  dealOf('larkspur', '2210 Larkspur Ln, Davis, CA 95616', {
    side: 'seller',
    clientNames: ['Imre Vasquez & Lena Vasquez'],
    people: [personOf('client', 'Imre Vasquez', 'imre@mail.example'), josue],
  }),
  dealOf('burnet', '9021 Burnet Oaks Dr, Austin, TX 78758', {
    clientNames: ['Rahul Mehta'],
    people: [
      personOf('client', 'Rahul Mehta', 'rahul.mehta@mail.example'),
      petra,
      personOf('title', 'Ada Quirk', 'ada@lonestartitle.example', 'Lone Star Title'),
    ],
  }),
  dealOf('miami-1204', '77 SW 5th St, Miami, FL 33130', {
    unit: '#1204',
    side: 'seller',
    clientNames: ['María José García López'],
    people: [personOf('client', 'María José García López', 'mj.garcia@mail.example')],
  }),
  dealOf('miami-305', '77 SW 5th St, Miami, FL 33130', { unit: 'Apt 305', clientNames: ['Noah Feld'] }),
  dealOf('denver', '1200 E 1st Ave, Denver, CO 80206', { clientNames: ['Ellen St. James'] }),
  dealOf('tacoma', '512 N Saint Helens Ave, Tacoma, WA 98402', { clientNames: ['Tomasz Adeyemi'], people: [petra] }),
  dealOf('calloway', '3360 Calloway Dr, Morristown, NJ 07960', {
    side: 'seller',
    clientNames: ['Ruth Kealoha'],
    people: [personOf('attorney', 'Simon Achterberg', 'simon@achterberglaw.example', 'Achterberg Law')],
  }),
  dealOf('birch', '12-14 Birch Ct, Davis, CA 95616', { side: 'seller', clientNames: ['Gus Andersson'] }),
  dealOf('orchard', '930 Orchard Park Dr, Davis, CA 95616', { clientNames: ['Gus Andersson'] }),
  dealOf('sable', '640 1/2 Sable Ter, Davis, CA 95616', { clientNames: ['Ines Falkenrath'], isActive: false }),
  ...Array.from({ length: 9 }, (_, at) =>
    dealOf(`petra-${at}`, `${4471 + at * 100} Quillfeather Rd, Elk Grove, CA 95758`, {
      clientNames: [`Borrower Zo${'abcdefghi'.charAt(at)}ra`],
      people: [petra],
    }),
  ),
];

export function withLine(deal: CandidateDeal, templateLineId: string, parts: Partial<CandidateLine>): CandidateDeal {
  const lines = deal.lines.map((line) => (line.templateLineId === templateLineId ? { ...line, ...parts } : line));
  return { ...deal, lines };
}

export function arrivalOf(parts: Partial<Arrival> = {}): Arrival {
  return {
    fileName: 'Document(3).pdf',
    folderPath: '',
    sender: null,
    subject: '',
    mailText: '',
    pages: 3,
    text: null,
    kind: 'pdf',
    receivedOn: plainDate('2026-06-18'),
    hint: {},
    senderLooksLike: null,
    ...parts,
  };
}

/** The text of a file from its pages: the last line of each is its foot, the first three of page 1 its head. */
export function textOf(...pages: readonly string[]): ArrivalText {
  const lines = (page: string) => page.split('\n').filter((line) => line.trim() !== '');
  return {
    firstPages: pages.slice(0, 3).join('\n'),
    whole: pages.join('\n'),
    headLines: lines(pages[0] ?? '').slice(0, 3),
    footers: pages.map((page) => lines(page).at(-1) ?? ''),
    pages,
  };
}
