import { DOUBTFUL } from './samples-doubtful.ts';
import { arrivalOf, textOf } from './testing.ts';
import type { Arrival, Certainty } from './types.ts';

/** An arrival as offices get them, and where it truly belongs. */
export interface Sample {
  readonly name: string;
  readonly arrival: Arrival;
  /** Null: it belongs to no deal of the office, or nobody can say. */
  readonly deal: string | null;
  /** `templateLineId`; null when the deal has no line for it or nobody can say. */
  readonly line: string | null;
  readonly certainty: Certainty;
}

const kwame = { name: 'Kwame Boateng', address: 'kwame@harborlend.example' };
const petra = { name: 'Petra Nowak', address: 'Petra.Nowak@wideloans.example' };
const josue = { name: 'Josué Tavares', address: 'josue@larkmoorescrow.example' };

const TDS = textOf(
  'C.A.R. FORM TDS\nREAL ESTATE TRANSFER DISCLOSURE STATEMENT\n(California Civil Code section 1102, et seq.)\nTHIS DISCLOSURE STATEMENT CONCERNS THE REAL PROPERTY SITUATED IN THE CITY OF Sacramento, COUNTY OF Sacramento, STATE OF CALIFORNIA, DESCRIBED AS 1847 Marlowe Ave, 95816.\nTDS REVISED 6/24 (PAGE 1 OF 3)',
  "II. SELLER'S INFORMATION\nRange Dishwasher Smoke detectors\nTDS REVISED 6/24 (PAGE 2 OF 3)",
  'Seller Gloria Estévez Date 6/16/2026\nBuyer ________ Date ________\nTDS REVISED 6/24 (PAGE 3 OF 3)',
);

export const SAMPLES: readonly Sample[] = [
  {
    name: 'a seller’s disclosure under a junk name',
    arrival: arrivalOf({ sender: kwame, text: TDS }),
    deal: 'marlowe',
    line: 'doc-ca-tds',
    certainty: 'certain',
  },
  {
    name: 'a contract signed by both sides',
    arrival: arrivalOf({
      fileName: '1847 Marlowe RPA FE.pdf',
      text: textOf(
        'CALIFORNIA RESIDENTIAL PURCHASE AGREEMENT AND JOINT ESCROW INSTRUCTIONS\n(C.A.R. Form RPA, Revised 12/22)\nTHIS IS AN OFFER FROM Priya Raman. THE REAL PROPERTY to be acquired is 1847 MARLOWE AVE., situated in Sacramento, California 95816.\nRPA REVISED 12/22 (PAGE 1 OF 2)',
        'Buyer Priya Raman Date 6/1/2026\nSeller Gloria M. Estevez Date 6/2/2026\nRPA REVISED 12/22 (PAGE 2 OF 2)',
      ),
    }),
    deal: 'marlowe',
    line: 'doc-contract',
    certainty: 'certain',
  },
  {
    name: 'a contract on an older revision',
    arrival: arrivalOf({
      fileName: 'RPA FE.pdf',
      text: textOf(
        'RESIDENTIAL PURCHASE AGREEMENT AND JOINT ESCROW INSTRUCTIONS\n1847 Marlowe Avenue, Sacramento\nSeller: Gloria Estevez\nRPA REVISED 12/21 (PAGE 1 OF 17)',
      ),
    }),
    deal: 'marlowe',
    line: 'doc-contract',
    certainty: 'likely',
  },
  {
    name: 'a binder named after the client',
    arrival: arrivalOf({
      fileName: 'binder_hollowell.pdf',
      text: textOf(
        'EVIDENCE OF PROPERTY INSURANCE\nInsured: Dana Hollowell\nLocation: 1853 MARLOWE AVE SACRAMENTO CA 95816-2210',
      ),
    }),
    deal: 'marlowe-2',
    line: 'doc-insurance-binder',
    certainty: 'certain',
  },
  {
    name: 'a binder without text',
    arrival: arrivalOf({ fileName: 'binder_hollowell.pdf' }),
    deal: 'marlowe-2',
    line: 'doc-insurance-binder',
    certainty: 'guess',
  },
  {
    name: 'a prelim from escrow',
    arrival: arrivalOf({
      fileName: 'Prelim_LM-20417.pdf',
      sender: josue,
      subject: 'Prelim for 1847 Marlowe',
      mailText:
        'Attached is the preliminary report.\n\nJosué Tavares\nLarkmoor Escrow\n900 Capitol Mall, Ste 200, Sacramento',
      text: textOf(
        'PRELIMINARY REPORT\nLarkmoor Escrow, 900 Capitol Mall\nProperty Address: 1847 Marlowe Ave, Sacramento, CA 95816\nVested in Gloria M Estevez, an unmarried woman',
      ),
    }),
    deal: 'marlowe',
    line: 'doc-title-report',
    certainty: 'certain',
  },
  {
    name: 'a loan estimate from a lender on many deals',
    arrival: arrivalOf({
      fileName: 'LE_Mehta.pdf',
      sender: petra,
      text: textOf(
        'Loan Estimate\nAPPLICANTS Rahul Mehta\nPROPERTY 9021 Burnet Oaks Drive, Austin, TX 78758\nPAGE 1 OF 3 LOAN ID # 88213',
      ),
    }),
    deal: 'burnet',
    line: 'doc-loan-estimate',
    certainty: 'certain',
  },
  {
    name: 'a lender on many deals says nothing else',
    arrival: arrivalOf({
      fileName: 'scan0007.pdf',
      sender: petra,
      subject: 'Appraisal',
      mailText: 'Please find the appraisal attached. Petra',
    }),
    deal: null,
    line: null,
    certainty: 'none',
  },
  {
    name: 'a Texas contract with its number at the foot',
    arrival: arrivalOf({
      fileName: 'Executed contract 9021 Burnet Oaks.pdf',
      text: textOf(
        'PROMULGATED BY THE TEXAS REAL ESTATE COMMISSION (TREC)\nONE TO FOUR FAMILY RESIDENTIAL CONTRACT (RESALE)\n1. PARTIES: the parties are Hollis Brand (Seller) and Rahul K. Mehta (Buyer).\nknown as 9021 Burnet Oaks Dr, Austin 78758\nInitialed for identification by Buyer ___ TREC NO. 20-19',
        'Buyer Rahul Mehta Date 06/10/2026\nSeller Hollis Brand Date 06/11/2026\nTREC NO. 20-19',
      ),
    }),
    deal: 'burnet',
    line: 'doc-contract',
    certainty: 'certain',
  },
  {
    name: 'a Texas contract on the revision before',
    arrival: arrivalOf({
      fileName: 'contract FE.pdf',
      text: textOf(
        'ONE TO FOUR FAMILY RESIDENTIAL CONTRACT (RESALE)\nRahul Mehta\n9021 Burnet Oaks Dr, Austin 78758\nTREC NO. 20-18',
      ),
    }),
    deal: 'burnet',
    line: 'doc-contract',
    certainty: 'likely',
  },
  {
    name: 'a seller’s notice by its Texas Realtors number',
    arrival: arrivalOf({
      fileName: 'Seller Disclosure Notice.pdf',
      text: textOf(
        "SELLER'S DISCLOSURE NOTICE\nCONCERNING THE PROPERTY AT 9021 Burnet Oaks\nDr, Austin, Texas 78758\nBuyer: Rahul Mehta\n(TXR-1406) 07-10-23 Page 1 of 7",
      ),
    }),
    deal: 'burnet',
    line: 'doc-tx-sdn',
    certainty: 'certain',
  },
  {
    name: 'a Texas notice on a California deal',
    arrival: arrivalOf({
      fileName: 'Sellers disclosure.pdf',
      text: textOf("SELLER'S DISCLOSURE NOTICE\nGloria Estevez\n1847 Marlowe Ave, Sacramento, CA 95816\nTREC NO. OP-H"),
    }),
    deal: 'marlowe',
    line: null,
    certainty: 'guess',
  },
  {
    name: 'a Florida contract, unit on the next line, Spanish names',
    arrival: arrivalOf({
      fileName: 'AS IS contract fully executed.pdf',
      text: textOf(
        '"AS IS" Residential Contract For Sale And Purchase\nTHIS FORM HAS BEEN APPROVED BY THE FLORIDA REALTORS AND THE FLORIDA BAR\nPARTIES: Maria Jose Garcia Lopez ("Seller")\nStreet address, city, zip: 77 S.W. Fifth Street,\nUnit 1204, Miami, FL 33130\nPage 1 of 13 FloridaRealtors/FloridaBar-ASIS-6 Rev. 11/21',
      ),
    }),
    deal: 'miami-1204',
    line: 'doc-contract',
    certainty: 'certain',
  },
  {
    name: 'condo papers of a building with two deals, no unit named',
    arrival: arrivalOf({
      fileName: 'condo docs.pdf',
      text: textOf('DECLARATION OF CONDOMINIUM\nBrickell Reach\n77 SW 5th Street, Miami, Florida 33130'),
    }),
    deal: null,
    line: null,
    certainty: 'guess',
  },
  {
    name: 'another unit of the building',
    arrival: arrivalOf({
      fileName: 'home inspection.pdf',
      text: textOf('HOME INSPECTION REPORT\n77 SW 5th St Apt 808, Miami, FL 33130\nPrepared for: A. Stranger'),
    }),
    deal: null,
    line: null,
    certainty: 'guess',
  },
  {
    name: 'a Colorado contract',
    arrival: arrivalOf({
      fileName: 'CBS1 FE.pdf',
      text: textOf(
        'CONTRACT TO BUY AND SELL REAL ESTATE\n(RESIDENTIAL)\nBuyer Ellen St. James\nknown as: 1200 East First Avenue, Denver, CO 80206\nCBS1-8-24. CONTRACT TO BUY AND SELL REAL ESTATE (RESIDENTIAL) Page 1 of 18',
      ),
    }),
    deal: 'denver',
    line: 'doc-contract',
    certainty: 'certain',
  },
  {
    name: 'a Washington financing addendum',
    arrival: arrivalOf({
      fileName: '22A.pdf',
      text: textOf(
        'Form 22A Financing Addendum Rev. 7/23 ©Copyright 2023 Northwest Multiple Listing Service\nFINANCING ADDENDUM TO PURCHASE & SALE AGREEMENT\nbetween Tomasz Adeyemi ("Buyer")\nconcerning 512 North St. Helens Avenue, Tacoma, WA 98402\nForm 22A Rev. 7/23 Page 1 of 3',
      ),
    }),
    deal: 'tacoma',
    line: 'doc-addenda',
    certainty: 'certain',
  },
  {
    name: 'an attorney’s letter in New Jersey',
    arrival: arrivalOf({
      fileName: 'Review letter Kealoha.pdf',
      sender: { name: 'Simon Achterberg', address: 'simon@achterberglaw.example' },
      subject: 'Kealoha - attorney review letter',
      mailText: 'Please see our letter on 3360 Calloway Drive.',
    }),
    deal: 'calloway',
    line: 'doc-nj-attorney-letters',
    certainty: 'likely',
  },
  {
    name: 'one client with two deals, no address',
    arrival: arrivalOf({
      fileName: 'HOI.pdf',
      text: textOf('Homeowners Insurance Binder\nNamed insured: GUS ANDERSSON\nPolicy period 07/01/2026'),
    }),
    deal: null,
    line: null,
    certainty: 'guess',
  },
  {
    name: 'one client with two deals, and the address',
    arrival: arrivalOf({
      fileName: 'HOI.pdf',
      text: textOf(
        'Homeowners Insurance Binder\nNamed insured: ANDERSSON, GUS\nLocation 930 Orchard Park Dr, Davis CA 95616',
      ),
    }),
    deal: 'orchard',
    line: 'doc-insurance-binder',
    certainty: 'certain',
  },
  {
    name: 'one number of a range',
    arrival: arrivalOf({
      fileName: 'NHD report.pdf',
      text: textOf('NATURAL HAZARD DISCLOSURE REPORT\n14 Birch Court, Davis, CA 95616\nSeller: Gus Andersson'),
    }),
    deal: 'birch',
    line: 'doc-ca-nhd',
    certainty: 'certain',
  },
  ...DOUBTFUL,
];
