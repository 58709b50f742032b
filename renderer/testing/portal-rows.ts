import type { FormView, PaperView, PortalRows, ProposedView } from '../../electron/contract/portal-rows.ts';

/** What people did on a deal on which nobody did anything, but for what a test puts there. */
export function rowsOf(change: Partial<PortalRows> = {}): PortalRows {
  return { papers: [], asked: [], known: [], forms: [], questions: [], proposals: [], ...change };
}

export function paperOf(change: Partial<PaperView> = {}): PaperView {
  return {
    ...{ versionId: 'v1', sentBy: null, asks: [], sees: { now: [], onceApproved: [] }, readings: [], mayAsk: [] },
    said: {
      ...{ aboutPersonIds: [], paidBySide: null, isWithOtherSide: false, isRequiredByLender: false },
      isDisbursementAuthorization: false,
    },
    consents: [],
    ...change,
  };
}

export function formOf(change: Partial<FormView> = {}): FormView {
  return {
    ...{ id: 'f1', personId: 'p1', person: 'Priya Raman', title: 'About the home', state: 'sent', reason: '' },
    ...{ askedBy: 'Noor Haddad', askedAt: '2026-06-16T15:00:00.000Z', sentAt: '2026-06-17T08:15:00.000Z' },
    ...{ decidedAt: null, questions: [{ id: 'hoa', ask: 'Is there an HOA?', answer: 'Yes', now: '' }] },
    ...change,
  };
}

export function proposalOf(change: Partial<ProposedView> = {}): ProposedView {
  return {
    ...{ id: 'pr1', by: 'Priya Raman', byId: 'p1', role: 'lender', name: 'Aiko Bergström' },
    ...{
      company: 'Sierra Home Loans',
      email: 'aiko@sierra.example',
      phone: '+19165550177',
      words: 'She is doing our loan.',
    },
    ...{ at: '2026-06-17T08:15:00.000Z', state: 'open', decidedBy: '', decidedAt: null, reason: '' },
    ...{ personId: null, alike: [] },
    ...change,
  };
}
