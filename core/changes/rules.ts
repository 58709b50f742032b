export const CHANGE_KINDS = [
  'closing-date',
  'possession-date',
  'price',
  'credit',
  'contingency-extension',
  'option-extension',
  'repairs',
  'add-party',
  'remove-party',
  'power-of-attorney',
  'entity',
  'replace-document',
  'form-correction',
  'cancellation',
  'contact-info',
  'bank-info',
] as const;
export type ChangeKind = (typeof CHANGE_KINDS)[number];

/** In which capacity somebody approves. `own` is the side this deal is run for. */
export const APPROVERS = [
  'own-principal',
  'other-principal',
  'own-agent',
  'broker',
  'reviewer',
  'lender',
  'title',
] as const;
export type Approver = (typeof APPROVERS)[number];

/** What is known about a request; null means nobody has said, and then the approver is asked. */
export interface ChangeFactsKnown {
  readonly isFinanced: boolean | null;
  readonly hasCostOrCredit: boolean | null;
  readonly hasDeposit: boolean | null;
  readonly wasSigned: boolean | null;
}
export type ChangeCondition = keyof ChangeFactsKnown;

export type TermType =
  | 'anchor'
  | 'price'
  | 'credit'
  | 'override'
  | 'repair'
  | 'add-party'
  | 'remove-party'
  | 'paper'
  | 'new-version'
  | 'amended-disclosure'
  | 'cancel'
  | 'contact'
  | 'bank';

/** What makes a request take effect. */
export type Evidence = 'executed-contract' | 'reviewed-document' | 'call-back';

export interface ChangeRule {
  /** "the closing date", as in "asks to change the closing date". */
  readonly words: string;
  readonly approvers: readonly { readonly approver: Approver; readonly when: readonly ChangeCondition[] }[];
  /** Who is told once it is executed. */
  readonly notify: readonly ('lender' | 'title')[];
  readonly evidence: Evidence;
  readonly terms: readonly TermType[];
  /** What the coordinator checks before executing, in sentences. */
  readonly checks: readonly string[];
}

const always = (approver: Approver) => ({ approver, when: [] });
const BOTH = [always('own-principal'), always('other-principal')];
const PARTY = [
  always('own-principal'),
  always('own-agent'),
  always('title'),
  { approver: 'lender', when: ['isFinanced'] },
] as const;
const WAIT = 'Check whether the closing disclosure must be given again, with its three days.';
const CONSENT = 'Ask for identity papers and consents of everybody this adds.';
const CALL = 'Call the person on a number you had before this request. Never confirm by e-mail.';

function terms(words: string, ...types: readonly TermType[]): ChangeRule {
  return {
    words,
    approvers: BOTH,
    notify: ['lender', 'title'],
    evidence: 'executed-contract',
    terms: types,
    checks: [WAIT],
  };
}

function extension(words: string): ChangeRule {
  return { words, approvers: BOTH, notify: [], evidence: 'executed-contract', terms: ['override'], checks: [] };
}

function party(words: string, evidence: Evidence, ...types: readonly TermType[]): ChangeRule {
  return { words, approvers: PARTY, notify: ['lender', 'title'], evidence, terms: types, checks: [CONSENT] };
}

function correction(words: string): ChangeRule {
  return {
    words,
    approvers: [always('own-agent'), always('reviewer')],
    notify: [],
    evidence: 'reviewed-document',
    terms: ['new-version', 'amended-disclosure'],
    checks: ['Pages that were signed are signed again: an edit voids a signature.'],
  };
}

function callBack(words: string, type: TermType): ChangeRule {
  return { words, approvers: [], notify: [], evidence: 'call-back', terms: [type], checks: [CALL] };
}

/** Change events and approvers: domain.md section 9 [design] as data. */
export const CHANGE_RULES: Readonly<Record<ChangeKind, ChangeRule>> = {
  'closing-date': terms('the closing date', 'anchor'),
  'possession-date': terms('the possession date', 'anchor'),
  price: terms('the price', 'price'),
  credit: terms('a credit', 'credit'),
  'contingency-extension': extension('the end of a contingency'),
  'option-extension': extension('the end of the option'),
  repairs: {
    words: 'repairs',
    approvers: [...BOTH, { approver: 'lender', when: ['isFinanced', 'hasCostOrCredit'] }],
    notify: [],
    evidence: 'executed-contract',
    terms: ['repair', 'credit'],
    checks: ['New work is done five days before closing.'],
  },
  'add-party': party('who is on the deal', 'executed-contract', 'add-party'),
  'remove-party': party('who is on the deal', 'executed-contract', 'remove-party'),
  'power-of-attorney': party('who signs', 'reviewed-document', 'paper', 'add-party'),
  entity: party('the entity that buys or sells', 'reviewed-document', 'paper'),
  'replace-document': correction('a document'),
  'form-correction': correction('a form'),
  cancellation: {
    words: 'the deal itself: it ends',
    approvers: [
      always('own-principal'),
      always('own-agent'),
      always('broker'),
      { approver: 'other-principal', when: ['hasDeposit'] },
    ],
    notify: ['lender', 'title'],
    evidence: 'executed-contract',
    terms: ['cancel'],
    checks: ['The release of the deposit is signed by both sides.'],
  },
  'contact-info': callBack('how to reach a person', 'contact'),
  'bank-info': callBack('where money goes', 'bank'),
};

export const APPROVER_WORDS: Readonly<Record<Approver, string>> = {
  'own-principal': 'our client',
  'other-principal': 'the other side',
  'own-agent': 'our agent',
  broker: 'the broker',
  reviewer: 'a reviewer',
  lender: 'the lender',
  title: 'title',
};

/** Whether a condition list asks for the approver. Unknown asks: a lender who was not asked costs a closing. */
export function isAsked(when: readonly ChangeCondition[], facts: ChangeFactsKnown): boolean {
  return when.every((condition) => facts[condition] !== false);
}
