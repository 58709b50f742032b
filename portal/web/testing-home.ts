import type { PersonHome } from '../api/person-home.ts';

const NOTHING_YET = {
  ...{ wanted: [], sent: [], toRead: [], forms: [], messages: [], changes: [], mayPropose: [], proposals: [] },
  ...{ closing: [], consents: [], missing: [], otherDeals: [], waiting: [], hasCalendar: false },
  askable: {
    ...{ kinds: [], closingOn: null, possessionOn: null, priceCents: null, creditCents: 0 },
    ...{ people: [], deadlines: [], papers: [] },
  },
} satisfies Partial<PersonHome>;

/** What a client sees in the tests of these pages: some of everything that is always there, and none of the rest. */
export const HOME: PersonHome = {
  ...NOTHING_YET,
  ...{
    pageId: 'page-1',
    isPreview: false,
    person: { name: 'Priya Raman', role: 'client' },
    today: '2026-06-17',
    closingOn: '2026-07-02',
  },
  place: { street: '1847 Marlowe Ave', unit: '', city: 'Sacramento', state: 'CA', zip: '95816', side: 'buyer' },
  progress: { stage: 'milestones', closedOn: null, outcome: null },
  tasks: [{ id: 'task-1', title: 'Send us the binder', dueOn: '2026-06-16', isLate: true }],
  tasksDone: 1,
  dates: [
    {
      title: 'Appraisal decision',
      on: '2026-06-22',
      at: '17:00',
      state: 'ahead',
      why: '17 days after.',
      isClosing: false,
    },
    { title: 'Title review', on: '2026-06-22', at: '', state: 'ahead', why: '17 days after.', isClosing: false },
    { title: 'Acceptance', on: '2026-06-02', at: '', state: 'done', why: '', isClosing: false },
  ],
  people: [
    { name: 'Noor Haddad', role: 'tc', company: '', phone: '(916) 555-0117', email: '', isYou: false },
    { name: 'Priya Raman', role: 'client', company: '', phone: '1', email: '', isYou: true },
    { name: 'Wen Zhao', role: 'other-principal', company: '', phone: '', email: '', isYou: false },
  ],
  documents: [
    {
      ...{ versionId: 'v1', title: 'The contract', version: 1, state: 'approved', receivedOn: '2026-06-02' },
      ...{ isFullySigned: true, isFinal: false },
    },
    {
      ...{ versionId: null, title: 'The letter', version: 1, state: 'approved', receivedOn: null },
      ...{ isFullySigned: false, isFinal: false },
    },
  ],
  ...{ mayDownload: true, endsOn: '2026-08-01' },
};
