import { STATE_NAMES } from '../../deals/address-states.ts';
import { dayInWords } from '../day-words.ts';
import type { FormEvidence } from './find-forms.ts';
import type { DealEvidence, DealScores, ScoredDeal } from './score-deals.ts';
import { fitsState, lineFits, type ScoredLine } from './score-lines.ts';
import type { Signing } from './signatures.ts';
import type { Arrival, BundlePart, ProposalReason } from './types.ts';
import { waryOf } from './wary.ts';

/** What speaks against a proposal. A grave one makes it a guess at best; any makes it less than certain. */
export interface Doubt {
  readonly isGrave: boolean;
  readonly reason: ProposalReason;
}

export interface DoubtArgs {
  readonly arrival: Arrival;
  readonly scores: DealScores;
  readonly deal: ScoredDeal;
  readonly lines: readonly ScoredLine[];
  readonly line: ScoredLine | null;
  readonly forms: readonly FormEvidence[];
  readonly signing: Signing;
  readonly parts: readonly BundlePart[];
}

/** From this score on another deal is a rival. */
const RIVAL = 0.5;
/** Two deals closer than this fit alike. */
const ALIKE = 0.15;
/** A line with this part of another's evidence fits as well. Scores near 1 are too close together to tell. */
const ALIKE_PART = 0.85;
const STRONG = 0.5;
const COUNTS = ['', 'One', 'Two', 'Three', 'Four', 'Five', 'Six', 'Seven', 'Eight', 'Nine', 'Ten', 'Eleven', 'Twelve'];

export function doubtsOf(args: DoubtArgs): readonly Doubt[] {
  const all = [...dealDoubts(args), ...formDoubts(args), ...lineDoubts(args)];
  return all.filter(({ reason }, at) => all.findIndex((other) => other.reason.text === reason.text) === at);
}

function dealDoubts({ scores, deal, arrival }: DoubtArgs): readonly Doubt[] {
  const { indexed } = deal;
  const doubts: Doubt[] = rivalDoubts(scores, deal).slice(0, 3);
  if (!indexed.deal.isActive) doubts.push(grave('This deal is closed'));
  const address = deal.evidence.find(({ fit }) => fit !== undefined);
  if (address?.fit === 'other-unit' || address?.fit === 'other-place' || address?.fit === 'office')
    doubts.push({ isGrave: true, reason: { ...address.reason, for: false } });
  if (address?.fit === 'near') doubts.push(slight('The address is not letter for letter this deal’s'));
  const isStranger = scores.senderDeals.size > 0 && !scores.senderDeals.has(indexed);
  if (isStranger) doubts.push(slight(`${scores.senderName ?? 'The sender'} is on another deal, not on this one`));
  // a mail may carry the paper of another house than the one it speaks of
  const isPut = deal.evidence.some(({ kind }) => kind === 'hint');
  if (arrival.text !== null && !deal.isInText && !isPut)
    doubts.push(slight('The file itself names neither the address nor a client of this deal'));
  const isLost = arrival.hint.dealId !== undefined && arrival.hint.dealId !== indexed.deal.dealId;
  if (isLost) doubts.push(grave('The deal it was put on is not here any more'));
  return doubts;
}

function rivalDoubts({ ranked }: DealScores, deal: ScoredDeal): Doubt[] {
  const isPlaced = hasDoor(deal);
  const rivals = ranked.filter((other) => other !== deal && isRival(other, deal));
  const { street, deal: row } = deal.indexed;
  const isHouse = (other: ScoredDeal) =>
    hasDoor(other) && other.indexed.street.core.join() === street.core.join() && sharesNumber(other, deal);
  const house = rivals.filter(isHouse);
  if (isPlaced && house.length > 0)
    return [grave(`${count(house.length + 1)} deals are at ${row.plate} ${street.typed}`)];
  const client = kindOf(deal, 'client');
  const onStreet = rivals.filter(
    (other) => kindOf(other, 'street') !== undefined && kindOf(deal, 'street') !== undefined,
  );
  const doubts: Doubt[] = [];
  if (!isPlaced && onStreet.length > 0)
    doubts.push(grave(`${count(onStreet.length + 1)} deals are on ${street.typed}`));
  const namesakes = rivals.filter((other) => kindOf(other, 'client') !== undefined && sharesClient(other, deal));
  if (!isPlaced && client !== undefined && namesakes.length > 0)
    doubts.push(grave(`${count(namesakes.length + 1)} deals have the same client`));
  const others = rivals.filter((other) => other.score >= RIVAL || hasDoor(other));
  for (const other of others)
    doubts.push(grave(`Another deal fits too: ${other.indexed.deal.plate} ${other.indexed.street.typed}`));
  if (doubts.length === 0 && !isPlaced && rivals.length > 0)
    doubts.push(grave(`${count(rivals.length + 1)} deals fit alike`));
  return doubts;
}

/** Another deal as good as this one, or good by itself, or with its own address in the same file. */
function isRival(other: ScoredDeal, deal: ScoredDeal): boolean {
  return other.score >= RIVAL || hasDoor(other) || other.score >= deal.score - ALIKE;
}

function hasDoor({ evidence }: ScoredDeal): boolean {
  return evidence.some(({ fit, weight }) => weight >= 0.4 && (fit === 'exact' || fit === 'near' || fit === 'no-unit'));
}

function sharesNumber(left: ScoredDeal, right: ScoredDeal): boolean {
  return left.indexed.street.numbers.some((number) => right.indexed.street.numbers.includes(number));
}

function sharesClient(left: ScoredDeal, right: ScoredDeal): boolean {
  const names = ({ indexed }: ScoredDeal) => indexed.clients.map(({ words }) => words.join(' '));
  return names(left).some((name) => names(right).includes(name));
}

function kindOf({ evidence }: ScoredDeal, kind: DealEvidence['kind']): DealEvidence | undefined {
  return evidence.find((found) => found.kind === kind);
}

function formDoubts({ deal, forms, parts, signing, line, arrival }: DoubtArgs): readonly Doubt[] {
  const doubts: Doubt[] = [];
  const { state, packId, packRevision } = deal.indexed.deal;
  const printed = forms.filter(({ kind }) => kind === 'footer' || kind === 'heading');
  const foreign = printed.find(({ form, kind }) => {
    const isAnswered = printed.some((other) => other.kind === kind && fitsState(other.form, deal.indexed));
    return !fitsState(form, deal.indexed) && !isAnswered;
  });
  if (foreign !== undefined)
    doubts.push(grave(`This is a form of ${stateName(foreign.form.state)}, and the deal is in ${stateName(state)}`));
  for (const { form, revision, quote } of forms)
    if (form.packId === packId && isOtherRevision(revision, packRevision))
      doubts.push({
        isGrave: false,
        reason: {
          text: `The form is ${revision}, and this deal counts by ${packRevision}`,
          for: false,
          ...(quote && { quote }),
        },
      });
  if (parts.length > 1) doubts.push(slight('Several papers are in this file. Split it first'));
  const kinds = strongForms(forms).filter(({ form }) => fitsState(form, deal.indexed));
  const answered = (found: FormEvidence) =>
    line === null || (lineFits(found.form, deal.indexed, signing.suffix).get(line.indexed) ?? 0) >= 0.5;
  // the forms of a bundle are different by nature, and the bundle is said already
  const other = parts.length > 1 ? undefined : kinds.find((found) => !answered(found));
  if (other !== undefined)
    doubts.push({
      isGrave: arrival.hint.lineId === undefined,
      reason: against(`${other.text}, which is another line`, other.quote),
    });
  return doubts;
}

/** Both say one, and not the same: "11/22" and "12/22". A pack whose revision is not confirmed says none. */
function isOtherRevision(read: string | undefined, wanted: string): boolean {
  if (read === undefined || read === '' || !/\d/.test(wanted)) return false;
  const plain = (text: string) =>
    text
      .toLowerCase()
      .replace(/\b0+(?=\d)/g, '')
      .replace(/\/20(?=\d\d$)/, '/');
  return plain(read) !== plain(wanted);
}

function strongForms(forms: readonly FormEvidence[]): readonly FormEvidence[] {
  return forms.filter(({ kind, weight }) => weight >= STRONG && kind !== 'mail' && kind !== 'mention');
}

function lineDoubts({ arrival, line, lines, signing }: DoubtArgs): readonly Doubt[] {
  if (line === null) return [];
  const doubts: Doubt[] = [];
  const { title, state, class: kind, newestReceivedOn, versions } = line.indexed.line;
  const isHinted = line.evidence.some(({ kind: from }) => from === 'hint');
  const alike = lines.find((other) => !isHinted && other !== line && weightOf(other) > weightOf(line) * ALIKE_PART);
  if (alike !== undefined) doubts.push(slight(`Two lines fit: ${title} and ${alike.indexed.line.title}`));
  if (state === 'approved') doubts.push(slight(`Version ${versions} of this line is approved already`));
  if (state === 'waived') doubts.push(slight('This line was marked as not needed'));
  if (kind === 'npi-financial' || kind === 'npi-identity')
    doubts.push(grave('Private papers go to whoever asked for them, not into the file'));
  doubts.push(...waryOf(arrival, line, signing).map((text) => slight(text)));
  const { on } = signing;
  if (on !== null && versions > 0 && newestReceivedOn !== null && on < newestReceivedOn)
    doubts.push(slight(`Dated ${dayInWords(on)}, before version ${versions} came`));
  return doubts;
}

function weightOf({ evidence }: ScoredLine): number {
  return evidence.reduce((sum, { weight }) => sum + weight, 0);
}

function stateName(code: string | null): string {
  return STATE_NAMES.get((code ?? '').toUpperCase()) ?? 'another state';
}

function count(number: number): string {
  return COUNTS[number] ?? String(number);
}

function grave(text: string): Doubt {
  return { isGrave: true, reason: against(text) };
}

function slight(text: string): Doubt {
  return { isGrave: false, reason: against(text) };
}

function against(text: string, quote?: string): ProposalReason {
  return { text, for: false, ...(quote !== undefined && { quote }) };
}
