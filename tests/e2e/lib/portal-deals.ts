import { plainDate } from '../../../core/deadlines/plain-date.ts';
import type { ChangeRow, Deal, LineRow, PersonRow, TaskRow } from '../../../core/deals/model.ts';
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
      terms: [closing],
      reason: 'The loan needs a week.',
    },
    {
      ...{ ...base, id: 'c-credit', kind: 'credit', state: 'declined', requestedBy: 'p-priya' },
      terms: [{ type: 'credit', fromCents: 0, toCents: 500_000 }],
    },
  ];
}
