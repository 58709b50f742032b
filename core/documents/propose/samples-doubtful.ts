import type { Sample } from './samples.ts';
import { arrivalOf, textOf } from './testing.ts';

const kwame = { name: 'Kwame Boateng', address: 'kwame@harborlend.example' };
const josue = { name: 'Josué Tavares', address: 'josue@larkmoorescrow.example' };

/** More of them: counter-examples first of all, where a careful person would look twice. */
export const DOUBTFUL: readonly Sample[] = [
  {
    name: 'a street that two deals are on',
    arrival: arrivalOf({ fileName: 'marlowe ave termite report.pdf' }),
    deal: null,
    line: null,
    certainty: 'guess',
  },
  {
    name: 'a file that names another deal’s address too',
    arrival: arrivalOf({
      fileName: 'appraisal.pdf',
      text: textOf(
        'Uniform Residential Appraisal Report\nProperty Address 1853 Marlowe Ave, Sacramento, CA 95816 Borrower Dana Hollowell\nComparable 1: 1847 Marlowe Ave, Sacramento',
      ),
    }),
    deal: 'marlowe-2',
    line: 'doc-appraisal',
    certainty: 'guess',
  },
  {
    name: 'a mail that quotes another deal',
    arrival: arrivalOf({
      fileName: 'Repair request.pdf',
      sender: { name: 'Imre Vasquez', address: 'imre@mail.example' },
      subject: 'Re: request for repair',
      mailText:
        'Here is the repair request for 2210 Larkspur.\n\nOn Jun 12, 2026 at 9:00 AM Noor wrote:\n> The file of 1847 Marlowe Ave, Sacramento is complete.',
      text: textOf(
        'REQUEST FOR REPAIR No. 1\nbetween Ann Buyer and Imre Vasquez, Lena Vasquez\n2210 Larkspur Lane, Davis\nRR REVISED 12/22 (PAGE 1 OF 1)',
      ),
    }),
    deal: 'larkspur',
    line: 'doc-repair-request',
    certainty: 'guess',
  },
  {
    name: 'the same without the quote',
    arrival: arrivalOf({
      fileName: 'Repair request.pdf',
      sender: { name: 'Imre Vasquez', address: 'imre@mail.example' },
      text: textOf(
        'REQUEST FOR REPAIR No. 1\nbetween Ann Buyer and Imre Vasquez\n2210 Larkspur Lane, Davis\nRR REVISED 12/22 (PAGE 1 OF 1)',
      ),
    }),
    deal: 'larkspur',
    line: 'doc-repair-request',
    certainty: 'certain',
  },
  {
    name: 'a photo whose number is a house number',
    arrival: arrivalOf({ fileName: 'IMG_4471.HEIC', kind: 'image', pages: 1 }),
    deal: null,
    line: null,
    certainty: 'none',
  },
  {
    name: 'a scan without text',
    arrival: arrivalOf({ fileName: 'scan0007.pdf' }),
    deal: null,
    line: null,
    certainty: 'none',
  },
  { name: 'a copy mark', arrival: arrivalOf({ fileName: '(1).pdf' }), deal: null, line: null, certainty: 'none' },
  {
    name: 'a folder named after the house',
    arrival: arrivalOf({
      fileName: '2026-06-10 closing disclosure.pdf',
      folderPath: 'Under Contract/9021BurnetOaksDr',
      text: textOf('Closing Disclosure\nBorrower Rahul Mehta\nCLOSING DISCLOSURE PAGE 1 OF 5'),
    }),
    deal: 'burnet',
    line: 'doc-closing-disclosure',
    certainty: 'certain',
  },
  {
    name: 'a paper nobody asked for',
    arrival: arrivalOf({
      fileName: 'power of attorney.pdf',
      text: textOf('DURABLE POWER OF ATTORNEY\nI, Gloria M. Estévez, of 1847 Marlowe Ave, Sacramento'),
    }),
    deal: 'marlowe',
    line: null,
    certainty: 'likely',
  },
  {
    name: 'new wire instructions',
    arrival: arrivalOf({
      fileName: 'Updated_Wire_Instructions.pdf',
      sender: josue,
      text: textOf(
        'UPDATED WIRE INSTRUCTIONS\n1847 Marlowe Ave, Sacramento\nSeller Gloria Estevez\nABA routing no. 121000358 Account no. 99887766554',
      ),
    }),
    deal: 'marlowe',
    line: null,
    certainty: 'guess',
  },
  {
    name: 'the fraud advisory of the association',
    arrival: arrivalOf({
      fileName: 'WFA.pdf',
      text: textOf(
        'WIRE FRAUD AND ELECTRONIC FUNDS TRANSFER ADVISORY\n1847 Marlowe Ave, Sacramento, CA 95816\nGloria Estévez\nAccount numbers and wire instructions should be confirmed by telephone. Wire fraud is common.\nWFA REVISED 12/21 (PAGE 1 OF 1)',
      ),
    }),
    deal: 'marlowe',
    line: 'doc-wire-warning',
    certainty: 'certain',
  },
  {
    name: 'a closed deal',
    arrival: arrivalOf({
      fileName: 'home warranty.pdf',
      text: textOf('HOME WARRANTY CONFIRMATION\nInes Falkenrath\n640½ Sable Terrace, Davis, CA 95616'),
    }),
    deal: 'sable',
    line: 'doc-home-warranty',
    certainty: 'guess',
  },
  {
    name: 'a bundle of two forms',
    arrival: arrivalOf({
      fileName: 'scan0007.pdf',
      text: textOf(
        'SELLER PROPERTY QUESTIONNAIRE\n2210 Larkspur Ln, Davis 95616 Seller: Imre Vasquez\nSPQ REVISED 12/23 (PAGE 1 OF 2)',
        'B. REPAIRS\nSPQ REVISED 12/23 (PAGE 2 OF 2)',
        'AGENT VISUAL INSPECTION DISCLOSURE\n2210 Larkspur Ln\nAVID REVISED 6/24 (PAGE 1 OF 1)',
      ),
    }),
    deal: 'larkspur',
    line: null,
    certainty: 'likely',
  },
  {
    name: 'bank statements put with the contract papers',
    arrival: arrivalOf({
      fileName: 'bank statement Mehta.pdf',
      text: textOf('Account Statement\nRahul Mehta\n9021 Burnet Oaks Dr, Austin TX 78758'),
    }),
    deal: 'burnet',
    line: null,
    certainty: 'likely',
  },
  {
    name: 'the receipt for a disclosure is not the disclosure',
    arrival: arrivalOf({
      fileName: 'TDS receipt.pdf',
      text: textOf(
        'ACKNOWLEDGMENT OF RECEIPT OF TRANSFER DISCLOSURE STATEMENT\n1847 Marlowe Ave, Sacramento, CA 95816\nGloria Estévez',
      ),
    }),
    deal: 'marlowe',
    line: null,
    certainty: 'likely',
  },
  {
    name: 'a mail about a paper',
    arrival: arrivalOf({
      fileName: 'Re_ Transfer Disclosure Statement 1847 Marlowe Ave.eml',
      kind: 'mail',
      sender: kwame,
      subject: 'Re: Transfer Disclosure Statement 1847 Marlowe Ave',
      text: textOf('Transfer Disclosure Statement\nwhere is it? Gloria Estévez has signed.'),
    }),
    deal: 'marlowe',
    line: 'doc-ca-tds',
    certainty: 'likely',
  },
  {
    name: 'the seller’s figures on a deal with a line for the buyer’s',
    arrival: arrivalOf({
      fileName: 'Seller CD final.pdf',
      text: textOf(
        'Closing Disclosure\nBorrower Rahul Mehta Seller Hollis Brand\n9021 Burnet Oaks Dr, Austin TX 78758',
      ),
    }),
    deal: 'burnet',
    line: null,
    certainty: 'likely',
  },
  {
    name: 'a report of years ago',
    arrival: arrivalOf({
      fileName: 'Home inspection 2019-03-04.pdf',
      text: textOf('HOME INSPECTION REPORT\nPrepared for Gloria Estevez\n1847 Marlowe Ave, Sacramento, CA 95816'),
    }),
    deal: 'marlowe',
    line: null,
    certainty: 'likely',
  },
  {
    name: 'the house of one deal with the client of another',
    arrival: arrivalOf({
      fileName: 'insurance binder.pdf',
      text: textOf('EVIDENCE OF PROPERTY INSURANCE\nInsured Dana Hollowell\n2210 Larkspur Ln, Davis, CA 95616'),
    }),
    deal: null,
    line: null,
    certainty: 'guess',
  },
  {
    name: 'a house of the same number in another town',
    arrival: arrivalOf({
      fileName: 'NHD.pdf',
      text: textOf('NATURAL HAZARD DISCLOSURE STATEMENT\n1847 Marlowe Ave, Fresno, CA 93704\nSeller: G. Somebody'),
    }),
    deal: null,
    line: null,
    certainty: 'guess',
  },
  {
    name: 'a letter whose letterhead is on a deal’s door',
    arrival: arrivalOf({
      fileName: 'prelim.pdf',
      text: textOf(
        'LARKMOOR ESCROW\n1847 Marlowe Ave, Sacramento, CA 95816\nPRELIMINARY REPORT\nFor property at 5 Nowhere Ln',
      ),
    }),
    deal: null,
    line: null,
    certainty: 'none',
  },
  {
    name: 'page 3 of a scan, words broken by the line',
    arrival: arrivalOf({
      fileName: 'Fax 2026.pdf',
      sender: josue,
      text: textOf(
        'GRANT DEED\nMail to: Larkmoor Escrow\nsitus 1847 Mar-\nlowe Avenue, Sacramento',
        'Gloria M. Estevez',
      ),
    }),
    deal: 'marlowe',
    line: 'doc-recorded-deed',
    certainty: 'likely',
  },
  {
    name: 'a mail about one house with the report of another',
    arrival: arrivalOf({
      fileName: 'home inspection.pdf',
      sender: { name: 'Simon Achterberg', address: 'simon@achterberglaw.example' },
      subject: 'Kealoha',
      mailText: 'The report for 3360 Calloway Drive, Ruth Kealoha.',
      text: textOf('HOME INSPECTION REPORT\n8 Elsewhere Rd, Dover, NJ 07801\nPrepared for: A. Stranger'),
    }),
    deal: null,
    line: null,
    certainty: 'likely',
  },
  {
    name: 'a loan contingency taken off',
    arrival: arrivalOf({
      fileName: 'Contingency Removal - Loan.pdf',
      text: textOf(
        'CONTINGENCY REMOVAL No. 1\n(C.A.R. Form CR-B, Revised 12/22)\nIn accordance with the Residential Purchase Agreement on property known as 1853 Marlowe Ave, Sacramento, CA 95816, between Dana Hollowell (Buyer) and John Q\nBuyer Dana Hollowell Date 6/12/2026\nCR-B REVISED 12/22 (PAGE 1 OF 1)',
      ),
    }),
    deal: 'marlowe-2',
    line: 'doc-contingency-removals',
    certainty: 'certain',
  },
  {
    name: 'an invoice for a report',
    arrival: arrivalOf({
      fileName: 'Invoice 1182 home inspection.pdf',
      text: textOf('INVOICE\nHome inspection 1853 Marlowe Ave\nBill to Dana Hollowell'),
    }),
    deal: 'marlowe-2',
    line: null,
    certainty: 'likely',
  },
  {
    name: 'an addendum named after the contract it belongs to',
    arrival: arrivalOf({
      fileName: 'Addendum 1 to RPA 1853 Marlowe.pdf',
      text: textOf(
        'ADDENDUM No. 1\n(C.A.R. Form ADM, Revised 12/21)\n1853 Marlowe Ave, Sacramento 95816, in which Dana Hollowell is referred to as Buyer\nADM REVISED 12/21 (PAGE 1 OF 1)',
      ),
    }),
    deal: 'marlowe-2',
    line: 'doc-addenda',
    certainty: 'certain',
  },
];
