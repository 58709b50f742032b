import { type IndexedDeal, type IndexedLine, tellingWords } from './deal-index.ts';
import type { FormEvidence } from './find-forms.ts';
import type { Form } from './forms-schema.ts';
import { OWN_KIND } from './score-deals.ts';
import type { Signing } from './signatures.ts';
import type { Arrival, FilingRule, ProposalReason } from './types.ts';
import { apart, phraseText } from './words.ts';

export type LineEvidenceKind = 'footer' | 'heading' | 'name' | 'mail' | 'mention' | 'rule' | 'hint';

export interface LineEvidence {
  readonly kind: LineEvidenceKind;
  readonly weight: number;
  readonly reason: ProposalReason;
  readonly form: Form | null;
}

export interface ScoredLine {
  readonly indexed: IndexedLine;
  readonly score: number;
  /** The heaviest of each kind, the heaviest first. */
  readonly evidence: readonly LineEvidence[];
}

export interface LineArgs {
  readonly arrival: Arrival;
  readonly deal: IndexedDeal;
  readonly forms: readonly FormEvidence[];
  readonly rule: FilingRule | null;
  readonly signing: Signing;
}

/** What a form's second and third line are worth beside its first. */
const PLACES = [1, 0.7, 0.5] as const;
const OWN_WORDS = 0.9;
const OTHER_WORDS = 0.75;

/** The lines of a deal that anything speaks for, the likeliest first. */
export function scoreLines(args: LineArgs): readonly ScoredLine[] {
  const fits = fitsOf(args);
  const words = wordsOf(args.arrival, args.forms);
  return args.deal.lines
    .flatMap((indexed): readonly ScoredLine[] => {
      const evidence = [
        ...args.forms.flatMap((found) => formEvidence(found, fits.get(found.form)?.get(indexed) ?? 0)),
        ...wordEvidence(indexed, words),
        ...ruleEvidence(indexed, args.rule),
        ...hintEvidence(indexed, args.arrival),
      ];
      return evidence.length === 0 ? [] : [scoreOf(indexed, evidence)];
    })
    .sort(compareLines);
}

/** How well a form answers each line of a deal, 0 to 1; lines that it does not answer are left out. */
export function lineFits(form: Form, deal: IndexedDeal, suffix: Signing['suffix']): ReadonlyMap<IndexedLine, number> {
  const isDraft = suffix === 'BS' || suffix === 'SS';
  const wanted = isDraft && form.draftLines.length > 0 ? form.draftLines : form.lines;
  const byId = new Map(deal.lines.map((indexed) => [indexed.line.templateLineId, indexed]));
  const known = wanted.flatMap((id) => byId.get(id) ?? []);
  // an offer and the contract it became are one form: only the signatures tell them apart
  const isTied = form.isTied || (form.draftLines.length > 0 && suffix === null);
  const fits = new Map(known.map((indexed, at) => [indexed, isTied ? 1 - at * 0.02 : (PLACES[at] ?? 0.4)] as const));
  for (const indexed of deal.lines) {
    if (fits.has(indexed) || !form.lineWords.some((phrase) => indexed.phrase.includes(` ${phrase} `))) continue;
    const isOwn = indexed.line.templateLineId === '';
    if (isOwn || known.length === 0) fits.set(indexed, isOwn ? OWN_WORDS : OTHER_WORDS);
  }
  return fits;
}

/** Whether a form may belong to a deal in this state. */
export function fitsState(form: Form, deal: IndexedDeal): boolean {
  return form.state === null || deal.deal.state === '' || form.state === deal.deal.state.toUpperCase();
}

/** How many kinds of evidence that do not follow from each other speak for a line. */
export function ownKinds(line: ScoredLine): number {
  return line.evidence.filter(({ kind, weight }) => kind !== 'mention' && weight >= OWN_KIND).length;
}

function fitsOf({ forms, deal, signing }: LineArgs): ReadonlyMap<Form, ReadonlyMap<IndexedLine, number>> {
  return new Map(
    [...new Set(forms.map(({ form }) => form))].map((form) => [
      form,
      fitsState(form, deal) ? lineFits(form, deal, signing.suffix) : new Map<IndexedLine, number>(),
    ]),
  );
}

function formEvidence(found: FormEvidence, fit: number): readonly LineEvidence[] {
  if (fit === 0) return [];
  const reason = { text: found.text, for: true, ...(found.quote !== undefined && { quote: found.quote }) };
  return [{ kind: found.kind, weight: found.weight * fit, reason, form: found.form }];
}

interface FoundWords {
  readonly name: ReadonlySet<string>;
  readonly head: ReadonlySet<string>;
  readonly subject: ReadonlySet<string>;
}

function wordsOf({ fileName, text, subject }: Arrival, forms: readonly FormEvidence[]): FoundWords {
  // where a known form stands on the page its own title counts, not words that happen to be there
  const isKnown = forms.some(({ kind }) => kind === 'footer' || kind === 'heading');
  const head = text === null || isKnown ? '' : text.headLines.slice(0, 6).join('\n') || text.firstPages.slice(0, 200);
  return {
    name: new Set(tellingWords(apart(fileName.slice(0, 300)))),
    head: new Set(tellingWords(head.slice(0, 600))),
    subject: new Set(tellingWords(subject.slice(0, 400))),
  };
}

/** The words of the line's own title, for lines that no known form answers. */
function wordEvidence({ words }: IndexedLine, found: FoundWords): readonly LineEvidence[] {
  const evidence = (kind: LineEvidenceKind, has: ReadonlySet<string>, full: number, text: string) => {
    const weight = coverage(words, has) * full;
    return weight === 0 ? [] : [{ kind, weight, reason: { text, for: true }, form: null }];
  };
  return [
    ...evidence('name', found.name, 0.55, 'The file name has this line’s words'),
    ...evidence('heading', found.head, 0.5, 'The heading has this line’s words'),
    ...evidence('mail', found.subject, 0.35, 'The subject has this line’s words'),
  ];
}

/** 1 when all of two words or more are there; less for most of them, or for a title of one long word. */
function coverage(words: readonly string[], has: ReadonlySet<string>): number {
  const there = words.filter((word) => has.has(word)).length;
  if (there === 0) return 0;
  if (words.length === 1) return (words[0] ?? '').length >= 6 ? 0.65 : 0;
  if (there === words.length) return 1;
  return words.length >= 3 && there / words.length >= 0.6 ? 0.55 : 0;
}

function ruleEvidence({ line, phrase }: IndexedLine, rule: FilingRule | null): readonly LineEvidence[] {
  if (rule === null) return [];
  const title = rule.does.lineTitle === undefined ? '' : phraseText(rule.does.lineTitle);
  const isTitled = title.trim() !== '' && phrase.includes(title);
  const weight = isTitled ? 0.6 : rule.does.lineClass === line.class ? 0.2 : 0;
  return weight === 0 ? [] : [{ kind: 'rule', weight, reason: { text: 'Your rule says so', for: true }, form: null }];
}

function hintEvidence({ line }: IndexedLine, { hint }: Arrival): readonly LineEvidence[] {
  if (hint.lineId !== line.lineId) return [];
  return [{ kind: 'hint', weight: 0.97, reason: { text: 'You put it on this line', for: true }, form: null }];
}

function scoreOf(indexed: IndexedLine, all: readonly LineEvidence[]): ScoredLine {
  const kinds = new Map<LineEvidenceKind, LineEvidence>();
  for (const evidence of all) {
    const held = kinds.get(evidence.kind);
    if (held === undefined || evidence.weight > held.weight) kinds.set(evidence.kind, evidence);
  }
  const evidence = [...kinds.values()].sort((left, right) => right.weight - left.weight);
  const open = evidence.reduce((left, { weight }) => left * (1 - weight), 1);
  return { indexed, score: Math.round((1 - open) * 10_000) / 10_000, evidence };
}

/** Of two that fit alike, the one that still waits for its paper. */
function compareLines(left: ScoredLine, right: ScoredLine): number {
  const waits = ({ indexed }: ScoredLine) =>
    indexed.line.state === 'requested' || indexed.line.state === 'rejected' ? 0 : 1;
  return right.score - left.score || waits(left) - waits(right);
}
