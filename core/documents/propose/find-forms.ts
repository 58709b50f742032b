import { type FormMark, markKey, marksIn } from './footers.ts';
import type { Form } from './forms-schema.ts';
import { readPlaces } from './places.ts';
import type { Arrival } from './types.ts';
import { apart, phraseText } from './words.ts';

/** Kinds of evidence for what a paper is. Two of them beside each other are worth more than twice one. */
export type FormEvidenceKind = 'footer' | 'heading' | 'name' | 'mail' | 'mention';

export interface FormEvidence {
  readonly form: Form;
  readonly kind: FormEvidenceKind;
  /** 0 to 1. */
  readonly weight: number;
  readonly text: string;
  readonly quote?: string;
  readonly revision?: string;
}

export interface FormIndex {
  readonly forms: readonly Form[];
  readonly byMark: ReadonlyMap<string, Form>;
  readonly byCode: ReadonlyMap<string, readonly Form[]>;
  /** Phrases by their first word: the longest first. */
  readonly byTitle: PhraseMap;
  readonly byName: PhraseMap;
}

type PhraseMap = ReadonlyMap<string, readonly { readonly phrase: string; readonly form: Form }[]>;

const WEIGHTS = { footer: 0.75, heading: 0.7, name: 0.6, code: 0.5, subject: 0.4, mail: 0.2, mention: 0.25 } as const;
/** Letters of the first page that count as its head where nobody has cut the head lines out. */
const HEAD_LETTERS = 700;
const MAIL_LETTERS = 4000;

export function indexForms(forms: readonly Form[]): FormIndex {
  const byMark = new Map<string, Form>();
  const byCode = new Map<string, Form[]>();
  for (const form of forms) {
    for (const code of form.codes) byMark.set(markKey(form.family, code), form);
    for (const code of form.nameCodes) byCode.set(code, [...(byCode.get(code) ?? []), form]);
  }
  return {
    forms,
    byMark,
    byCode,
    byTitle: phraseMap(forms, ({ titles }) => titles),
    byName: phraseMap(forms, ({ names, titles }) => [...names, ...titles]),
  };
}

/** What the foot, the head, the name and the mail say that a file is; the heaviest first. */
export function findForms(arrival: Arrival, index: FormIndex): readonly FormEvidence[] {
  return [
    ...footerForms(arrival, index),
    ...headingForms(arrival, index),
    ...nameForms(arrival, index),
    ...mailForms(arrival, index),
  ].sort((left, right) => right.weight - left.weight);
}

function footerForms({ text }: Arrival, index: FormIndex): readonly FormEvidence[] {
  if (text === null) return [];
  const footers = text.footers.length > 0 ? text.footers : readPlaces(text).footers;
  const seen = new Set<Form>();
  return footers.slice(0, 400).flatMap((footer) =>
    lastMark(marksIn(footer, index.byMark)).flatMap(({ form, quote, revision }): readonly FormEvidence[] => {
      if (seen.has(form)) return [];
      seen.add(form);
      return [
        { form, kind: 'footer', weight: WEIGHTS.footer, text: `The footer says ${short(quote)}`, quote, revision },
      ];
    }),
  );
}

function headingForms({ text }: Arrival, index: FormIndex): readonly FormEvidence[] {
  if (text === null) return [];
  const head =
    text.headLines.length > 0
      ? text.headLines.join('\n').slice(0, HEAD_LETTERS * 2)
      : text.firstPages.slice(0, HEAD_LETTERS);
  const marks = marksIn(head, index.byMark).slice(0, 1);
  const titled = phrasesIn(head, index.byTitle);
  const forms = titled.length > 0 ? titled : marks;
  const [first] = titled;
  return forms.map(({ form }): FormEvidence => {
    const mark = marks.find((found) => found.form === form);
    const phrase = titled.find((found) => found.form === form)?.phrase;
    const quote = (phrase === undefined ? mark?.quote : quoteOf(head, phrase)) ?? form.title;
    // what comes second in a head is mostly what the paper belongs to
    const isFirst = first === undefined || phrase === first.phrase || mark !== undefined;
    return {
      form,
      kind: isFirst ? 'heading' : 'mention',
      weight: isFirst ? WEIGHTS.heading : WEIGHTS.mention,
      text: `The heading says ${form.title}`,
      quote,
      ...(mark === undefined ? {} : { revision: mark.revision }),
    };
  });
}

function nameForms({ fileName }: Arrival, index: FormIndex): readonly FormEvidence[] {
  const stem = fileName.slice(0, 300).replace(/\.[A-Za-z0-9]{1,5}$/, '');
  const phrases = phrasesIn(apart(stem), index.byName).map(({ form, phrase }) => ({
    form,
    phrase,
    weight: WEIGHTS.name,
  }));
  const codes = [...new Set(stem.split(/[^A-Za-z0-9-]+|-(?=[A-Z]{2,}\b)/))].flatMap((word) => codeForms(word, index));
  const found = phrases.length > 0 ? phrases : codes;
  return found.map(({ form, phrase, weight }) => ({
    form,
    kind: 'name',
    weight,
    text: `The file name says ${phrase}`,
  }));
}

/** "TDS" and, where it is long enough to be nothing else, "tds". */
function codeForms(word: string, index: FormIndex): readonly { form: Form; phrase: string; weight: number }[] {
  const isCapital = word === word.toUpperCase();
  if (!isCapital && (word.length < 3 || word !== word.toLowerCase())) return [];
  const weight = word.length < 3 ? WEIGHTS.code - 0.1 : WEIGHTS.code;
  return (index.byCode.get(word.toUpperCase()) ?? []).map((form) => ({ form, phrase: word, weight }));
}

function mailForms({ subject, mailText }: Arrival, index: FormIndex): readonly FormEvidence[] {
  const inSubject = phrasesIn(subject.slice(0, 400), index.byName);
  const inText = phrasesIn(ownMail(mailText, subject).own.slice(0, MAIL_LETTERS), index.byName);
  const evidence =
    (weight: number) =>
    ({ form, phrase }: { form: Form; phrase: string }): FormEvidence => ({
      form,
      kind: weight === WEIGHTS.subject ? 'mail' : 'mention',
      weight,
      text: `The mail speaks of “${phrase}”`,
    });
  return [...inSubject.map(evidence(WEIGHTS.subject)), ...inText.map(evidence(WEIGHTS.mail))];
}

/** What the sender wrote, and what is quoted under it. All of a forwarded mail is what it is about. */
export function ownMail(mailText: string, subject: string): { readonly own: string; readonly quotedFrom: number } {
  if (/^\s*(fwd?|fw|wg|tr)\s*:/i.test(subject)) return { own: mailText, quotedFrom: mailText.length };
  const found = QUOTED.exec(mailText);
  const quotedFrom = found === null ? mailText.length : found.index;
  return { own: mailText.slice(0, quotedFrom), quotedFrom };
}

const QUOTED =
  /^\s{0,4}>|^-{3,} ?original message|^on [^\n]{5,120}(\n[^\n]{0,80})? wrote:|^from: [^\n]{1,200}\n(sent|date|to): |^_{20,}\s*$/im;

/** Known phrases in a text, first place first; a phrase inside a longer one does not count. */
function phrasesIn(text: string, map: PhraseMap): readonly { readonly form: Form; readonly phrase: string }[] {
  const folded = phraseText(text);
  const words = folded.trim().split(' ');
  const found: { form: Form; phrase: string }[] = [];
  let at = 1;
  let free = 0;
  for (const word of words) {
    if (at >= free) {
      const hits = (map.get(word) ?? []).filter(({ phrase }) => folded.startsWith(`${phrase} `, at));
      const longest = hits[0]?.phrase ?? '';
      for (const hit of hits)
        if (hit.phrase === longest && !found.some(({ form }) => form === hit.form)) found.push(hit);
      if (longest !== '') free = at + longest.length;
    }
    at += word.length + 1;
  }
  return found;
}

function phraseMap(forms: readonly Form[], phrasesOf: (form: Form) => readonly string[]): PhraseMap {
  const map = new Map<string, { phrase: string; form: Form }[]>();
  for (const form of forms)
    for (const phrase of new Set(phrasesOf(form))) {
      const first = phrase.split(' ')[0] ?? phrase;
      map.set(first, [...(map.get(first) ?? []), { phrase, form }]);
    }
  for (const entries of map.values()) entries.sort((left, right) => right.phrase.length - left.phrase.length);
  return map;
}

/** The letters of a heading that a folded phrase was found in. */
function quoteOf(head: string, phrase: string): string | undefined {
  const words = phrase.split(' ').map((word) => [...word].join("['’]?"));
  return new RegExp(words.join(String.raw`[^\p{L}\p{N}]+`), 'iu').exec(head)?.[0];
}

/** The mark nearest to the edge of the page: forms name other forms in their text. */
function lastMark<T extends FormMark>(marks: readonly T[]): readonly T[] {
  const paged = marks.filter(({ page, revision }) => page !== null || revision !== '');
  return (paged.length > 0 ? paged : marks).slice(-1);
}

/** "RPA REVISED 12/22" of "RPA REVISED 12/22 (PAGE 1 OF 17)". */
function short(quote: string): string {
  const plain = quote
    .replace(/\s+/g, ' ')
    .replace(/\s*\(?page \d.*$/i, '')
    .trim();
  return plain.length <= 60 ? plain : `${plain.slice(0, 57)}...`;
}
