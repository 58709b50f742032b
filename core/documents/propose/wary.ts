import { daysBetween } from '../../deadlines/plain-date.ts';
import { dayInWords } from '../day-words.ts';
import type { ScoredLine } from './score-lines.ts';
import type { Signing } from './signatures.ts';
import type { Arrival } from './types.ts';
import { apart, phraseText } from './words.ts';

/** Words beside a paper's name that make it another paper: the receipt for a disclosure is not the disclosure. */
const TURNS =
  'receipt acknowledgment acknowledgement invoice amendment amended addendum extension request response order draft transmittal checklist instructions blank template sample example void voided cancelled canceled cancellation rejected expired superseded unsigned incomplete reminder estimate quote proposal counter termination denial'.split(
    ' ',
  );
const LONG_AGO_DAYS = 365;

/** What a careful reader would ask before filing without a person, as sentences; empty when nothing. */
export function waryOf(arrival: Arrival, line: ScoredLine, signing: Signing): readonly string[] {
  const isPut = line.evidence.some(({ kind }) => kind === 'hint');
  return [
    ...(isPut ? [] : turnsOf(arrival, line)),
    ...(isPut ? [] : sidesOf(arrival, line)),
    ...(isPut ? [] : mailOf(arrival, line)),
    ...ageOf(arrival, signing),
  ];
}

/** "TDS receipt.pdf": a word in the name or the heading that the form's own names do not have. */
function turnsOf(arrival: Arrival, { indexed, evidence }: ScoredLine): readonly string[] {
  const own = evidence.flatMap(({ form }) => (form === null ? [] : [form.title, ...form.titles, ...form.names]));
  const known = phraseText([indexed.line.title, ...own].join(' '));
  const said = phraseText(nameAndHead(arrival));
  const turn = TURNS.find((word) => said.includes(` ${word} `) && !known.includes(` ${word} `));
  return turn === undefined ? [] : [`It says “${turn}”, so it may be another paper`];
}

/** Figures of one side must not land on the line of the other. */
function sidesOf(arrival: Arrival, { indexed }: ScoredLine): readonly string[] {
  const said = phraseText(`${apart(arrival.fileName)} ${arrival.subject} ${arrival.text?.headLines[0] ?? ''}`);
  const isBuyers = indexed.phrase.includes(' buyers side ');
  const isSellers = indexed.phrase.includes(' sellers side ');
  if (isBuyers && /\b(sellers?|ss)\b/.test(said)) return ['It speaks of the seller, and this line is the buyer’s'];
  if (isSellers && /\b(buyers?|borrowers?|bs)\b/.test(said))
    return ['It speaks of the buyer, and this line is the seller’s'];
  return [];
}

function mailOf({ kind }: Arrival, { indexed }: ScoredLine): readonly string[] {
  return kind === 'mail' && indexed.line.class !== 'correspondence'
    ? ['It is a mail about the paper, not the paper']
    : [];
}

function ageOf({ receivedOn }: Arrival, { on }: Signing): readonly string[] {
  return on !== null && daysBetween(on, receivedOn) > LONG_AGO_DAYS
    ? [`Dated ${dayInWords(on)}, long before it came`]
    : [];
}

function nameAndHead({ fileName, text }: Arrival): string {
  return `${apart(fileName)} ${(text?.headLines ?? []).slice(0, 2).join(' ').slice(0, 300)}`;
}
