import type { Condition } from './conditions.ts';
import type { MatrixRow } from './things.ts';

export const ACTIONS = ['see', 'see-metadata', 'download', 'upload', 'add', 'edit', 'approve', 'complete'] as const;
export type Action = (typeof ACTIONS)[number];

/** The columns of domain.md section 8. */
export const COLUMNS = [
  'client',
  'co-client',
  'own-agent',
  'tc',
  'admin',
  'lender',
  'title',
  'attorney',
  'other-side',
] as const;
export type Column = (typeof COLUMNS)[number];

/** What a column may do with a row. Every condition must hold; several grants of a cell add up. */
export interface Grant {
  readonly may: readonly Action[];
  readonly when: readonly Condition[];
}

/** A cell that is not written grants nothing. */
export type Cells = Readonly<Partial<Record<Column, readonly Grant[]>>>;

const SEE: readonly Action[] = ['see', 'see-metadata'];
const READ: readonly Action[] = ['see', 'see-metadata', 'download'];
const META: readonly Action[] = ['see-metadata'];
const WORK: readonly Action[] = ['see', 'see-metadata', 'download', 'upload', 'add', 'edit', 'approve', 'complete'];

const to = (may: readonly Action[], ...when: readonly Condition[]): Grant => ({ may, when });
const see = [to(SEE)];
const read = [to(READ)];
const work = [to(WORK)];
const send = to(['upload']);

/**
 * Who may do what with which thing of one deal: domain.md section 8 as data, cell by cell. Rows that the section leaves
 * open are marked [design]. `wire` is empty on purpose: wire instructions are for nobody, ever.
 */
export const MATRIX: Readonly<Record<MatrixRow, Cells>> = {
  // [design] which property and whose deal: what everybody on it knows already
  overview: {
    client: see,
    'co-client': see,
    'own-agent': see,
    tc: work,
    admin: work,
    lender: see,
    title: see,
    attorney: see,
    'other-side': see,
  },
  // [design] our stage is our side's business
  progress: {
    client: see,
    'co-client': see,
    'own-agent': see,
    tc: work,
    admin: work,
    lender: see,
    title: see,
    attorney: see,
  },
  // [design] a price before a signed contract is strategy
  price: {
    client: see,
    'co-client': see,
    'own-agent': see,
    tc: work,
    admin: work,
    lender: [to(SEE, 'contract-executed')],
    title: [to(SEE, 'contract-executed')],
    attorney: [to(SEE, 'own-side-person')],
    'other-side': [to(SEE, 'contract-executed')],
  },
  // [design] template ids, intake answers, reasons between colleagues
  internal: { 'own-agent': [to(SEE, 'team-member')], tc: work, admin: work },
  dates: {
    client: see,
    'co-client': see,
    'own-agent': see,
    tc: work,
    admin: work,
    lender: [to(SEE, 'financing-or-closing')],
    title: see,
    attorney: [to(SEE, 'own-side')],
    'other-side': [to(SEE, 'shared-date')],
  },
  // [design] how we know a date: ours to argue with
  'date-evidence': { 'own-agent': see, tc: work, admin: work, attorney: [to(SEE, 'own-side-person')] },
  tasks: {
    client: [to([...SEE, 'complete'], 'own-task')],
    'co-client': [to([...SEE, 'complete'], 'own-task')],
    'own-agent': [to(SEE), to(['complete'], 'own-task')],
    tc: work,
    admin: work,
    lender: [to([...SEE, 'complete'], 'own-task')],
    title: [to([...SEE, 'complete'], 'own-task')],
    attorney: [to([...SEE, 'complete'], 'own-task')],
  },
  // [design] clients read the client wording of a task, everybody else the working title of theirs
  'task-wording': {
    'own-agent': see,
    tc: work,
    admin: work,
    lender: [to(SEE, 'own-task')],
    title: [to(SEE, 'own-task')],
    attorney: [to(SEE, 'own-task')],
  },
  // [design] product.md section A: clients see what is blocking closing and who has it, in words written for them
  'closing-step': {
    client: [to(SEE, 'client-worded')],
    'co-client': [to(SEE, 'client-worded')],
    'own-agent': see,
    tc: work,
    admin: work,
  },
  contract: {
    client: [to(READ), send],
    'co-client': [to(READ), send],
    'own-agent': [to(READ), send],
    tc: work,
    admin: work,
    lender: read,
    title: [to(READ), send],
    attorney: [to(READ), send],
    'other-side': [to(READ), send],
  },
  // [design] signed by one side only: on its way, not yet everybody's
  'contract-in-signing': {
    client: [to(READ, 'own-side')],
    'co-client': [to(READ, 'own-side')],
    'own-agent': read,
    tc: work,
    admin: work,
    attorney: [to(READ, 'own-side')],
  },
  strategy: {
    'own-agent': [to([...READ, 'upload', 'add', 'edit'])],
    tc: work,
    admin: work,
    attorney: [to(READ, 'own-side-person')],
  },
  npi: {
    client: [to(READ, 'own-upload'), to(['upload'], 'portal-takes-npi')],
    'co-client': [to(READ, 'own-upload', 'not-the-spouses'), to(['upload'], 'portal-takes-npi')],
    tc: [to(META)],
    lender: [to(READ), send],
  },
  // a combined statement shows both sides' figures, so a side gets its own alone [PR2]
  'closing-figures': {
    client: [to(READ, 'own-figures')],
    'co-client': [to(READ, 'own-figures')],
    'own-agent': [to(READ, 'own-figures', 'consented')],
    // [design] the coordinator chases it, so always knows that it is there
    tc: [to(META), to([...READ, 'approve'], 'shared-by-closer'), send],
    admin: work,
    lender: [to(READ), send],
    title: [to(READ), send],
    attorney: [to(READ, 'own-figures')],
  },
  inspection: {
    // [design] who did not pay sees it once it was sent with a request, as the other side does
    client: [to(READ, 'paying-side'), to(READ, 'sent-with-request'), send],
    'co-client': [to(READ, 'paying-side'), to(READ, 'sent-with-request'), send],
    'own-agent': [to(READ), send],
    tc: work,
    admin: work,
    lender: [to(READ, 'required-by-lender')],
    attorney: [to(READ, 'own-side-person')],
    'other-side': [to(READ, 'sent-with-request'), send],
  },
  // [design] disclosures are made to be exchanged; until then they are our side's
  disclosure: {
    client: [to(READ), send],
    'co-client': [to(READ), send],
    'own-agent': [to(READ), send],
    tc: work,
    admin: work,
    lender: [to(READ, 'required-by-lender')],
    title: read,
    attorney: [to(READ, 'own-side-person'), send],
    'other-side': [to(READ, 'shared-document'), send],
  },
  // [design]
  'title-work': {
    client: read,
    'co-client': read,
    'own-agent': read,
    tc: work,
    admin: work,
    lender: read,
    title: [to(READ), send],
    attorney: [to(READ), send],
    'other-side': [to(READ, 'shared-document')],
  },
  // [design]
  insurance: {
    client: [to(READ, 'own-side'), send],
    'co-client': [to(READ, 'own-side'), send],
    'own-agent': [to(READ), send],
    tc: work,
    admin: work,
    lender: [to(READ), send],
    title: read,
    attorney: [to(READ, 'own-side')],
  },
  // [design] mail between the team and others; whoever sent a paper sees that it came (may.ts)
  correspondence: {
    client: [send],
    'co-client': [send],
    'own-agent': [to(READ), send],
    tc: work,
    admin: work,
    lender: [send],
    title: [send],
    attorney: [to(READ, 'own-side'), send],
    'other-side': [send],
  },
  commission: {
    'own-agent': [to(READ, 'own-commission')],
    tc: work,
    admin: work,
    title: [to(READ, 'disbursement-authorization')],
  },
  // a log is read, never edited, by whomever
  audit: {
    client: [to(SEE, 'own-action')],
    'co-client': [to(SEE, 'own-action')],
    'own-agent': see,
    tc: read,
    admin: read,
    lender: [to(SEE, 'own-action')],
    title: [to(SEE, 'own-action')],
    attorney: [to(SEE, 'own-action')],
  },
  // [design] names, roles and companies
  'people-card': {
    client: see,
    'co-client': see,
    'own-agent': see,
    tc: work,
    admin: work,
    lender: see,
    title: see,
    attorney: see,
    'other-side': [to(SEE, 'professional'), to(SEE, 'self')],
  },
  // [design] phones and addresses of professionals are their trade; a principal's go to who needs to reach them
  'people-contact': {
    client: [to(SEE, 'professional'), to(SEE, 'self')],
    'co-client': [to(SEE, 'professional'), to(SEE, 'self')],
    'own-agent': [to(SEE, 'professional'), to(SEE, 'same-side-person'), to(SEE, 'self')],
    tc: work,
    admin: work,
    lender: [to(SEE, 'professional'), to(SEE, 'same-side-person'), to(SEE, 'self')],
    title: see,
    attorney: [to(SEE, 'professional'), to(SEE, 'same-side-person'), to(SEE, 'self')],
    'other-side': [to(SEE, 'professional'), to(SEE, 'self')],
  },
  // [design] requests for change (domain.md section 9)
  changes: {
    client: [to([...SEE, 'approve'], 'own-side'), to(['add'])],
    'co-client': [to([...SEE, 'approve'], 'own-side'), to(['add'])],
    'own-agent': [to([...SEE, 'add', 'approve'])],
    tc: work,
    admin: work,
    lender: [to([...SEE, 'approve'], 'notified')],
    title: [to([...SEE, 'approve'], 'notified')],
    attorney: [to(SEE, 'own-side'), to(['add'])],
    'other-side': [to([...SEE, 'approve'], 'sent-to-other-side')],
  },
  // [design] nobody agrees to what they cannot read; until our side has agreed it is our draft (docs/decisions/0012)
  'change-terms': {
    client: [to(SEE, 'own-side')],
    'co-client': [to(SEE, 'own-side')],
    'own-agent': see,
    tc: work,
    admin: work,
    lender: [to(SEE, 'asked', 'agreed-by-our-side', 'fit-terms')],
    title: [to(SEE, 'asked', 'agreed-by-our-side', 'fit-terms')],
    attorney: [to(SEE, 'own-side')],
    'other-side': [to(SEE, 'asked', 'agreed-by-our-side', 'sent-to-other-side', 'fit-terms')],
  },
  // [design] why we ask, and who of us said what: what we would settle for is strategy
  'change-course': {
    client: [to(SEE, 'own-side')],
    'co-client': [to(SEE, 'own-side')],
    'own-agent': see,
    tc: work,
    admin: work,
    attorney: [to(SEE, 'own-side')],
  },
  // a file that looks like wire instructions: that something is held, and letting it go after a call. Never its content
  held: { tc: [to(['see-metadata', 'approve'])], admin: [to(['see-metadata', 'approve'])] },
  wire: {},
};
