import { plainDate } from '../../../core/deadlines/plain-date.ts';
import type { ChangeRow, Deal, LineRow, PaperRow, PersonRow, TaskRow, VersionRow } from '../../../core/deals/model.ts';
import { NOTHING_YET } from '../../../core/deals/model.ts';
import { dealToLookAt } from '../../../scripts/lib/portal-stage.ts';

/** Deals to look at the pages of people with: as usual, empty, with too much of everything, and closed. */

const AT = '2026-06-16T17:04:00.000Z';

/** As usual: a change that waits for the client, one that was agreed to, one that was declined; somebody proposed. */
export function usualDeal(): Deal {
  const deal = dealToLookAt();
  const dealId = deal.row.id;
  return {
    ...deal,
    changes: changesOf(dealId),
    proposals: [
      {
        ...{ id: 'pr-1', dealId, proposedBy: 'p-priya', role: 'attorney', name: 'Ines Duarte', company: '' },
        ...{ email: '', phone: '(916) 555-0144', words: '', proposedAt: AT, state: 'open', decidedBy: null },
        ...{ decidedAt: null, reason: '', personId: null },
      },
    ],
  };
}

/** Nothing yet but the client. */
export function emptyDeal(): Deal {
  const deal = dealToLookAt();
  return {
    ...deal,
    ...NOTHING_YET,
    row: { ...deal.row, stage: 'intake', priceCents: null },
    people: deal.people.filter(({ id }) => id === 'p-priya' || id === 'p-hal'),
    ...{ tasks: [], anchors: [], milestones: [], lines: [], versions: [], notes: [] },
  };
}

/** Forty things that are needed, and names that go on and on. */
export function crowdedDeal(): Deal {
  const deal = usualDeal();
  const [task, line, person] = [deal.tasks[1], deal.lines[3], deal.people[5]];
  if (task === undefined || line === undefined || person === undefined) throw new Error('the deal has changed');
  const many = Array.from({ length: 20 }, (_, index) => index + 1);
  const tasks = many.map(
    (number): TaskRow => ({
      ...{ ...task, id: `t-more-${number}`, position: 20 + number, dueOn: plainDate('2026-06-24') },
      clientTitle: `${number}. Write to your homeowners’ association and ask for the certificate with everything that is owed`,
    }),
  );
  const lines = many.map(
    (number): LineRow => ({
      ...{ ...line, id: `l-more-${number}`, position: 20 + number },
      clientTitle: `Bank statement ${number} of all accounts that the money for the purchase comes from, with every page`,
    }),
  );
  const people = many.slice(0, 6).map(
    (number): PersonRow => ({
      ...{ ...person, id: `p-more-${number}`, position: 20 + number },
      name: `Maximiliana Featherstonehaugh-Cholmondeley von Oberpfaffenhofen ${number}`,
      company: 'Rindfleischetikettierungsüberwachungsaufgabenübertragung Title and Escrow',
    }),
  );
  const row = { ...deal.row, street: '1204 Alameda de las Pulgas Boulevard Northwest', unit: '1204B-West' };
  const place = { city: 'Rancho Santa Margarita y Las Flores' };
  const named = deal.people.map((each) =>
    each.id === 'p-priya' ? { ...each, name: 'Bartholomäus-Maximilian Achterberg-Hohenlohe-Schillingsfürst' } : each,
  );
  return {
    ...{ ...deal, row: { ...row, ...place }, people: [...named, ...people] },
    ...{ tasks: [...deal.tasks, ...tasks], lines: [...deal.lines, ...lines] },
  };
}

/** Forty-five things that are needed of the client, and eighty documents to look at. */
export function hugeDeal(): Deal {
  const deal = crowdedDeal();
  const [line, version, task] = [deal.lines[0], deal.versions[0], deal.tasks[1]];
  if (line === undefined || version === undefined || task === undefined) throw new Error('the deal has changed');
  const many = Array.from({ length: 80 }, (_, index) => index + 1);
  const lines = many.map(
    (number): LineRow => ({
      ...{ ...line, id: `l-paper-${number}`, position: 60 + number },
      clientTitle:
        number % 4 === 0
          ? `${number}. Addendum to the purchase agreement about the repairs of the roof, the deck and both chimneys`
          : `${number}. Inspection report`,
    }),
  );
  const versions = many.map(
    (number): VersionRow => ({
      ...{ ...version, id: `v-paper-${number}`, lineId: `l-paper-${number}`, number: (number % 3) + 1 },
      suffix: number % 5 === 0 ? version.suffix : null,
    }),
  );
  const tasks = [1, 2, 3].map(
    (number): TaskRow => ({
      ...{ ...task, id: `t-late-${number}`, position: 90 + number, dueOn: plainDate('2026-06-10') },
      clientTitle: `${number}. Answer the letter of the homeowners’ association`,
    }),
  );
  return {
    ...deal,
    ...{
      lines: [...deal.lines, ...lines],
      versions: [...deal.versions, ...versions],
      tasks: [...deal.tasks, ...tasks],
    },
  };
}

/** It came to no closing. */
export function endedDeal(): Deal {
  const deal = usualDeal();
  const row = { ...deal.row, outcome: 'withdrawn' as const, closedOn: plainDate('2026-06-16') };
  return { ...deal, row: { ...row, outcomeReason: 'The appraisal came in too low.' } };
}

/** Under way, and nothing is needed of the client. */
export function calmDeal(): Deal {
  const deal = dealToLookAt();
  const done = plainDate('2026-06-12');
  return {
    ...deal,
    tasks: deal.tasks.map((task) => (task.assigneeRole === 'client' ? { ...task, doneOn: done } : task)),
    lines: deal.lines.map((line) => (line.ownerRole === 'client' ? { ...line, state: 'approved' as const } : line)),
    ...{ forms: [], readings: [], messages: [] },
  };
}

/** Papers that the client sent, in each state; one that came back, and one more that is asked for. */
export function sendingDeal(): Deal {
  const deal = dealToLookAt();
  const [binder, version] = [deal.lines.find(({ id }) => id === 'l-binder'), deal.versions[0]];
  if (binder === undefined || version === undefined) throw new Error('the deal has changed');
  const more = (id: string, clientTitle: string, state: LineRow['state']): LineRow => ({
    ...{ ...binder, id, clientTitle, title: clientTitle, state, reason: '', position: 10 },
  });
  const sent = (id: string, lineId: string, set: Partial<VersionRow>): VersionRow => ({
    ...{ ...version, id, lineId, sentBy: 'Priya Raman', suffix: null, receivedAt: '2026-06-15T17:00:00.000Z' },
    ...{ verdict: null, verdictOn: null },
    ...set,
  });
  const on = plainDate('2026-06-16');
  const versions = [
    sent('v-binder-1', 'l-binder', {
      ...{ verdict: 'rejected', verdictReason: 'The second page is cut off.', verdictOn: on },
    }),
    sent('v-id-1', 'l-id', { verdict: 'approved', verdictOn: on, receivedAt: '2026-06-11T17:00:00.000Z' }),
    sent('v-walk-1', 'l-walk', { receivedAt: '2026-06-09T17:00:00.000Z' }),
    sent('v-walk-2', 'l-walk', { number: 2, receivedAt: '2026-06-16T16:30:00.000Z' }),
  ];
  return {
    ...deal,
    lines: [
      ...deal.lines,
      more('l-letter', 'The letter of your lender', 'requested'),
      more('l-id', 'The receipt of your earnest money', 'approved'),
      more('l-walk', 'Your list of the walk-through, with a photo of each thing that is not as agreed', 'needs-review'),
    ],
    versions: [...deal.versions, ...versions],
    papers: versions.map(({ id }): PaperRow => paperOf(id, deal.row.id)),
  };
}

function paperOf(id: string, dealId: string): PaperRow {
  return {
    ...{ id, dealId, sentById: 'p-priya', aboutPersonIds: [], paidBySide: null, sharedBy: null },
    ...{ isRequiredByLender: false, isWithOtherSide: false, sentWithRequestId: null },
    isDisbursementAuthorization: false,
  };
}

/** A request for change in each state, and two that are about the same day. */
export function changesDeal(): Deal {
  const deal = usualDeal();
  const [base, closing, declined] = deal.changes;
  if (base === undefined || closing === undefined || declined === undefined) throw new Error('the deal has changed');
  const line = (at: string, byId: string | null, what: string) => ({ at, byId, what });
  const asked = [line(AT, 'p-priya', 'drafted the request'), line(AT, 'p-priya', 'asked for it')];
  const keys = (id: string, day: string): ChangeRow => ({
    ...{ ...closing, id, kind: 'possession-date', log: asked, reason: 'The movers come a day later.' },
    terms: [{ type: 'anchor', name: 'possession', from: plainDate('2026-07-02'), to: plainDate(day) }],
  });
  const approvals = [
    { approver: 'own-principal' as const, byId: 'p-priya', at: AT },
    { approver: 'other-principal' as const, byId: 'p-seller', at: AT },
  ];
  const repairs = ['Leak under the kitchen sink', 'The gutters over the garage are loose'].map(
    (title, at) =>
      ({ type: 'repair', taskId: `t-repair-${at}`, title, clientTitle: title, by: 'other-principal' }) as const,
  );
  const daniels = [{ approver: 'own-principal' as const, byId: 'p-daniel', at: AT }];
  const over = [...asked, line('2026-06-17T15:00:00.000Z', 'p-seller', 'agreed for the other side')];
  return {
    ...deal,
    changes: [
      ...[base, { ...closing, log: asked }, declined, keys('c-keys', '2026-07-04')],
      { ...closing, id: 'c-closing-2', requestedBy: 'm-noor', terms: base.terms, kind: 'price', state: 'draft' },
      { ...closing, id: 'c-same', requestedBy: 'p-daniel', approvals: daniels, reason: 'I am abroad until the tenth.' },
      { ...closing, id: 'c-repairs', kind: 'repairs', requestedBy: 'p-daniel', approvals: daniels, terms: repairs },
      { ...declined, id: 'c-agreed', state: 'approved', approvals, log: over, reason: 'For the roof.' },
      { ...declined, id: 'c-done', state: 'executed', approvals, log: over, executedBy: 'v-contract' },
      { ...declined, id: 'c-back', state: 'withdrawn', log: asked },
      { ...declined, id: 'c-expired', state: 'expired', log: asked, expiresAt: AT },
    ],
  };
}

export function closedDeal(): Deal {
  const deal = dealToLookAt();
  const done = plainDate('2026-06-12');
  return {
    ...deal,
    row: { ...deal.row, stage: 'closing', outcome: 'closed', closedOn: done },
    tasks: deal.tasks.map((task) => ({ ...task, doneOn: done })),
    anchors: deal.anchors.map((anchor) => (anchor.name === 'closing' ? { ...anchor, on: done } : anchor)),
    ...{ forms: [], readings: [] },
  };
}

function changesOf(dealId: string): readonly ChangeRow[] {
  const base: ChangeRow = {
    ...{ id: 'c-price', dealId, kind: 'price', state: 'open', requestedBy: 'm-noor', side: 'buyer' },
    terms: [{ type: 'price', fromCents: 73_100_000, toCents: 72_400_000 }],
    facts: { isFinanced: true, hasCostOrCredit: null, hasDeposit: null, wasSigned: null },
    ...{ reason: 'The appraisal came in lower.', openedAt: AT, expiresAt: null, periodEndsAt: null, approvals: [] },
    ...{ callBack: null, executedBy: null, log: [], sentToOtherSideAt: AT },
  };
  const closing = {
    type: 'anchor',
    name: 'closing',
    from: plainDate('2026-07-02'),
    to: plainDate('2026-07-09'),
  } as const;
  return [
    base,
    {
      ...base,
      id: 'c-closing',
      kind: 'closing-date',
      requestedBy: 'p-priya',
      // Whoever asks has agreed.
      approvals: [{ approver: 'own-principal', byId: 'p-priya', at: AT }],
      terms: [closing],
      reason: 'The loan needs a week.',
    },
    {
      ...{ ...base, id: 'c-credit', kind: 'credit', state: 'declined', requestedBy: 'p-priya' },
      terms: [{ type: 'credit', fromCents: 0, toCents: 500_000 }],
    },
  ];
}
