import type { DocumentClass } from '../document.ts';
import type { DealIndex } from './deal-index.ts';
import { type Doubt, doubtsOf } from './doubts.ts';
import { type FormEvidence, type FormIndex, findForms } from './find-forms.ts';
import { judgeHold } from './hold.ts';
import { suggestParts } from './parts.ts';
import { pageOfQuote } from './places.ts';
import { matchRule } from './rules.ts';
import { type DealScores, OWN_KIND, type ScoredDeal, scoreDeals } from './score-deals.ts';
import { fitsState, lineFits, ownKinds, type ScoredLine, scoreLines } from './score-lines.ts';
import { readSigning, type Signing, shortDay } from './signatures.ts';
import type { Arrival, Certainty, DealProposal, FilingRule, Proposal, ProposalReason } from './types.ts';

export interface ProposalContext {
  readonly forms: FormIndex;
  readonly rules: readonly FilingRule[];
}

/** Below this a deal is not even a guess. */
const LEAST_DEAL = 0.15;
const LEAST_LINE = 0.25;
const STRONG_FORM = 0.5;
const CERTAIN = { deal: 0.85, line: 0.8 } as const;
const LIKELY = { deal: 0.5, line: 0.45 } as const;
const MOST_ALTERNATIVES = 4;
const MOST_PARTS_PAGES = 3000;
/** Whatever line it is put on, such a paper keeps its own class: who may see it depends on that. */
const PRIVATE: ReadonlySet<DocumentClass> = new Set([
  'npi-financial',
  'npi-identity',
  'closing-disclosure',
  'settlement',
  'commission',
]);

/**
 * Where an arrival belongs, with what speaks for it and against it. Never throws, whatever the texts hold. Certain only
 * when the deal and the line are each found by two kinds of evidence that do not follow from each other, or by where
 * somebody put it, and nothing speaks against; a held file is a guess at best and never files itself.
 */
export function proposeFor(arrival: Arrival, index: DealIndex, context: ProposalContext): Proposal {
  const held = judgeHold(arrival);
  const rule = matchRule(context.rules, arrival);
  const signing = readSigning(arrival);
  const forms = findForms(arrival, context.forms);
  const parts = suggestParts(
    (arrival.text?.pages ?? arrival.text?.footers ?? []).slice(0, MOST_PARTS_PAGES),
    context.forms,
  );
  const scores = scoreDeals(arrival, index, rule);
  const [first] = scores.ranked;
  const deal = first !== undefined && first.score >= LEAST_DEAL ? first : null;
  const found = deal === null ? NO_LINES : findLine({ arrival, deal, forms, rule, signing });
  const doubts =
    deal === null
      ? []
      : doubtsOf({ arrival, scores, deal, lines: found.lines, line: found.line, forms, signing, parts });
  const certainty = certaintyOf({ deal, ...found, doubts, isHeld: held !== null });
  const form = bestForm(forms, deal) ?? forms[0] ?? null;
  return {
    deal: deal === null ? null : dealProposal(deal),
    alternatives: alternativesOf(scores, deal),
    line: found.line === null ? null : lineProposal(found.line),
    lineAlternatives: found.lines
      .filter((line) => line !== found.line)
      .slice(0, MOST_ALTERNATIVES)
      .map(lineProposal),
    newLineTitle: found.newLineTitle,
    formId: form?.form.id ?? null,
    documentOn: signing.on,
    suffix: signing.suffix,
    class: classOf(held !== null, found.line, form, arrival.kind),
    certainty,
    ruleId: rule?.id ?? null,
    mayFileAlone: certainty === 'certain' && held === null && rule?.does.mayFileAlone === true,
    reasons: reasonsOf({ arrival, deal, line: found.line, form, signing }),
    doubts: doubts.map(({ reason }) => withPage(arrival, reason)),
    held,
    parts,
  };
}

interface FoundLine {
  readonly lines: readonly ScoredLine[];
  readonly line: ScoredLine | null;
  readonly newLineTitle: string | null;
}

const NO_LINES: FoundLine = { lines: [], line: null, newLineTitle: null };

function findLine({
  arrival,
  deal,
  forms,
  rule,
  signing,
}: {
  arrival: Arrival;
  deal: ScoredDeal;
  forms: readonly FormEvidence[];
  rule: FilingRule | null;
  signing: Signing;
}): FoundLine {
  const { indexed } = deal;
  const lines = scoreLines({ arrival, deal: indexed, forms, rule, signing }).filter(({ score }) => score >= LEAST_LINE);
  const best = lines[0] ?? null;
  const form = bestForm(forms, deal);
  const isHinted = best?.evidence.some(({ kind }) => kind === 'hint') === true;
  const hasLine = form === null || lineFits(form.form, indexed, signing.suffix).size > 0;
  // a paper that is known, and that nobody has asked for on this deal
  if (!isHinted && form !== null && form.weight >= STRONG_FORM && !hasLine)
    return { lines, line: null, newLineTitle: form.form.title };
  return { lines, line: best, newLineTitle: null };
}

/** The heaviest evidence of a form that may belong to the deal; of any form when there is no deal. */
function bestForm(forms: readonly FormEvidence[], deal: ScoredDeal | null): FormEvidence | null {
  return forms.find(({ form }) => deal === null || fitsState(form, deal.indexed)) ?? null;
}

interface CertaintyArgs extends FoundLine {
  readonly deal: ScoredDeal | null;
  readonly doubts: readonly Doubt[];
  readonly isHeld: boolean;
}

function certaintyOf({ deal, line, newLineTitle, doubts, isHeld }: CertaintyArgs): Certainty {
  if (deal === null) return 'none';
  if (isHeld || doubts.some(({ isGrave }) => isGrave)) return 'guess';
  const isSure = line !== null && isSureDeal(deal) && isSureLine(line);
  if (isSure && doubts.length === 0) return 'certain';
  const isLine = newLineTitle !== null || (line !== null && line.score >= LIKELY.line);
  return deal.score >= LIKELY.deal && isLine ? 'likely' : 'guess';
}

function isSureDeal({ score, evidence }: ScoredDeal): boolean {
  if (evidence.some(({ kind }) => kind === 'hint')) return true;
  const kinds = evidence.filter(({ kind, weight }) => kind !== 'street' && kind !== 'number' && weight >= OWN_KIND);
  return score >= CERTAIN.deal && kinds.length >= 2;
}

function isSureLine(line: ScoredLine): boolean {
  if (line.evidence.some(({ kind }) => kind === 'hint')) return true;
  return line.score >= CERTAIN.line && ownKinds(line) >= 2;
}

function alternativesOf({ ranked }: DealScores, deal: ScoredDeal | null): readonly DealProposal[] {
  return ranked
    .filter((other) => other !== deal)
    .slice(0, MOST_ALTERNATIVES)
    .map(dealProposal);
}

function dealProposal({ indexed, score, evidence }: ScoredDeal): DealProposal {
  return { dealId: indexed.deal.dealId, score, reasons: evidence.map(({ reason }) => reason) };
}

function lineProposal({ indexed, score }: ScoredLine): { readonly lineId: string; readonly score: number } {
  return { lineId: indexed.line.lineId, score };
}

function classOf(isHeld: boolean, line: ScoredLine | null, form: FormEvidence | null, kind: string): DocumentClass {
  if (isHeld) return 'wire-suspect';
  if (form !== null && form.weight >= STRONG_FORM && PRIVATE.has(form.form.class)) return form.form.class;
  if (line !== null) return line.indexed.line.class;
  // nobody knows what it is: only the team sees it
  return form?.form.class ?? (kind === 'mail' ? 'correspondence' : 'internal');
}

function reasonsOf({
  arrival,
  deal,
  line,
  form,
  signing,
}: {
  arrival: Arrival;
  deal: ScoredDeal | null;
  line: ScoredLine | null;
  form: FormEvidence | null;
  signing: Signing;
}): readonly ProposalReason[] {
  const isSound = ({ fit }: { fit?: string }) => fit !== 'other-unit' && fit !== 'other-place' && fit !== 'office';
  const reasons = (deal?.evidence ?? []).filter(isSound).map(({ reason }) => reason);
  if (line !== null) reasons.push(...line.evidence.map(({ reason }) => reason));
  else if (form !== null)
    reasons.push({ text: form.text, for: true, ...(form.quote !== undefined && { quote: form.quote }) });
  if (signing.text !== '')
    reasons.push({ text: signing.text, for: true, ...(signing.quote !== undefined && { quote: signing.quote }) });
  const { versions, newestReceivedOn } = line?.indexed.line ?? { versions: 0, newestReceivedOn: null };
  if (signing.on !== null && versions > 0 && newestReceivedOn !== null && signing.on > newestReceivedOn)
    reasons.push({
      text: `${signing.isFromSignature ? 'Signed' : 'Dated'} after version ${versions} (${shortDay(newestReceivedOn)})`,
      for: true,
    });
  const once = reasons.filter(({ text }, at) => reasons.findIndex((other) => other.text === text) === at);
  return once.map((reason) => withPage(arrival, reason));
}

function withPage(arrival: Arrival, reason: ProposalReason): ProposalReason {
  if (reason.quote === undefined || reason.page !== undefined) return reason;
  const page = pageOfQuote(arrival.text, reason.quote);
  return page === undefined ? reason : { ...reason, page };
}
