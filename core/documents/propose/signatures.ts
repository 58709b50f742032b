import { monthName } from '../../deadlines/day-names.ts';
import { addDays, type PlainDate, parsePlainDate, yearOf } from '../../deadlines/plain-date.ts';
import type { VersionSuffix } from '../document.ts';
import { suffixOf } from '../line.ts';
import type { Arrival } from './types.ts';

export interface Signing {
  /** The last signature's day, else a day in the name; null when neither says. */
  readonly on: PlainDate | null;
  readonly isFromSignature: boolean;
  readonly suffix: VersionSuffix | null;
  /** Why the suffix; empty when there is none. */
  readonly text: string;
  readonly quote?: string;
}

const MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');
const DATE =
  /(?<!\d)(?:(?<y1>(?:19|20)\d\d)[-./_](?<m1>\d{1,2})[-./_](?<d1>\d{1,2})|(?<y2>20\d\d)(?<m2>\d\d)(?<d2>\d\d)|(?<m3>\d{1,2})[-./](?<d3>\d{1,2})[-./](?<y3>20\d\d|\d\d)|(?<m4>jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]{0,6}\.?[ _-](?<d4>\d{1,2})(?:st|nd|rd|th)?(?:,?[ _-](?<y4>20\d\d))?)(?!\d)/gi;
/** "Seller Gloria Estévez ... Date 6/16/2026": one party's signature with its day. */
const PARTY = /\b(?<who>buyer|seller|tenant|landlord|purchaser)\b(?![’']s agent)/gi;
const AFTER = 110;
const MOST_TEXT = 60_000;

const SAID: readonly { readonly pattern: RegExp; readonly suffix: VersionSuffix; readonly text: string }[] = [
  {
    pattern: /\b(fully|fully-) ?executed\b|\bfully (ratified|signed)\b/i,
    suffix: 'FE',
    text: 'It is called fully executed',
  },
  {
    pattern: /\b(signed by (all|both)|all (parties|sides) (have )?signed|both (parties|sides) (have )?signed)\b/i,
    suffix: 'FE',
    text: 'It is said to be signed by all',
  },
  {
    pattern: /\b(signed by (the )?buyers?|buyers?[- ]signed)\b/i,
    suffix: 'BS',
    text: 'It is said to be signed by the buyer',
  },
  {
    pattern: /\b(signed by (the )?sellers?|sellers?[- ]signed)\b/i,
    suffix: 'SS',
    text: 'It is said to be signed by the seller',
  },
];

/** Who has signed and when: from the name and the mail first, then from the signature lines of the text. */
export function readSigning({ fileName, subject, mailText, text, receivedOn }: Arrival): Signing {
  const whole = text === null ? '' : (text.whole || text.firstPages).slice(0, MOST_TEXT);
  const signatures = signaturesIn(whole, receivedOn);
  const last = signatures.toSorted((left, right) => (left.on < right.on ? 1 : -1))[0];
  const inName = datesIn(fileName.slice(0, 300), receivedOn).at(-1) ?? null;
  const on = last?.on ?? inName;
  const isFromSignature = last !== undefined;
  const named = /(?:^|[^A-Za-z])(BS|SS|FE)(?=[^A-Za-z]|$)/.exec(fileName.slice(0, 300))?.[1];
  if (named === 'BS' || named === 'SS' || named === 'FE')
    return { on, isFromSignature, suffix: named, text: `The file name says ${named}` };
  const said = saidIn(
    `${fileName.slice(0, 300).replace(/[_-]/g, ' ')}\n${subject.slice(0, 400)}\n${mailText.slice(0, 1500)}`,
  );
  if (said !== undefined) return { on, isFromSignature, suffix: said.suffix, text: said.text };
  const suffix = suffixOf({
    buyer: signatures.some(({ isBuyer }) => isBuyer),
    seller: signatures.some(({ isBuyer }) => !isBuyer),
  });
  return {
    on,
    isFromSignature,
    suffix,
    text: suffix === null ? '' : SIGNED[suffix],
    ...(last && { quote: last.quote }),
  };
}

/** What somebody says of the signatures: not what is still waited for ("once it is fully executed"). */
function saidIn(text: string): (typeof SAID)[number] | undefined {
  return SAID.find(({ pattern }) => {
    const found = pattern.exec(text);
    return found !== null && !OPEN.test(text.slice(Math.max(0, found.index - 30), found.index));
  });
}

const OPEN = /\b(not|isn[’']t|until|before|once|when|if|will|needs?|must|to be|awaiting|waiting)\b/i;

const SIGNED: Readonly<Record<VersionSuffix, string>> = {
  BS: 'The buyer’s signature is dated',
  SS: 'The seller’s signature is dated',
  FE: 'Both sides’ signatures are dated',
};

/** Days in a text that a paper of this arrival may carry: at most ten years before it came, and one day after. */
export function datesIn(text: string, receivedOn: PlainDate): readonly PlainDate[] {
  return datesAt(text, receivedOn).map(({ on }) => on);
}

/** "Jun 8". */
export function shortDay(day: PlainDate): string {
  return `${monthName(Number(day.slice(5, 7))).slice(0, 3)} ${Number(day.slice(8, 10))}`;
}

interface FoundDate {
  readonly on: PlainDate;
  readonly quote: string;
  readonly at: number;
}

function datesAt(text: string, receivedOn: PlainDate): readonly FoundDate[] {
  const from = `${String(Math.max(1, yearOf(receivedOn) - 10)).padStart(4, '0')}${receivedOn.slice(4)}`;
  const until = receivedOn.startsWith('9999') ? receivedOn : addDays(receivedOn, 1);
  return [...text.matchAll(DATE)].flatMap((match) => {
    const on = dateOf(match.groups ?? {}, until);
    return on === null || on < from || on > until ? [] : [{ on, quote: match[0], at: match.index }];
  });
}

function dateOf(groups: Readonly<Record<string, string | undefined>>, until: PlainDate): PlainDate | null {
  const year = groups.y1 ?? groups.y2 ?? groups.y3 ?? groups.y4;
  const month =
    groups.m1 ?? groups.m2 ?? groups.m3 ?? String(MONTHS.indexOf((groups.m4 ?? '').slice(0, 3).toLowerCase()) + 1);
  const day = groups.d1 ?? groups.d2 ?? groups.d3 ?? groups.d4 ?? '';
  const at = (y: string) => parsePlainDate(`${y}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`);
  if (year !== undefined) return at(year.length === 2 ? `20${year}` : year);
  // without a year it is the last such day
  const thisYear = at(until.slice(0, 4));
  return thisYear !== null && thisYear <= until ? thisYear : at(String(yearOf(until) - 1).padStart(4, '0'));
}

interface Signature {
  readonly isBuyer: boolean;
  readonly on: PlainDate;
  readonly quote: string;
}

/** A party, then within the line or the next the word "date" with a day: a blank "Date ____" is nobody's signature. */
function signaturesIn(text: string, receivedOn: PlainDate): readonly Signature[] {
  const parties = [...text.matchAll(PARTY)];
  const found: Signature[] = [];
  for (const [index, party] of parties.entries()) {
    const end = Math.min(parties[index + 1]?.index ?? text.length, party.index + AFTER);
    const span = text.slice(party.index, end);
    const dated = /\bdated?\b:?[\s_]*/i.exec(span);
    if (dated === null || !/^[^\n]*(\n[^\n]*)?$/.test(span.slice(0, dated.index))) continue;
    const [day] = datesAt(span.slice(dated.index), receivedOn);
    if (day === undefined || day.at > dated[0].length + 2) continue;
    const who = (party.groups?.who ?? '').toLowerCase();
    found.push({ isBuyer: who !== 'seller' && who !== 'landlord', on: day.on, quote: day.quote });
  }
  return found;
}
