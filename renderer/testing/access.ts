import type { AccessEntry, AccessView, LinkView } from '../../electron/contract/sync.ts';

export function linkOf(change: Partial<LinkView> = {}): LinkView {
  return {
    ...{ id: 'l1', kind: 'portal', state: 'open', secondStep: 'code', address: 'priya@raman.example' },
    ...{ mayDownload: true, madeAt: '2026-06-02T15:00:00.000Z', madeByName: 'Noor Haddad' },
    ...{ expiresAt: '2026-08-02T12:00:00.000Z', movesWithClosing: true, usedAt: null },
    ...change,
  };
}

export function entryOf(change: Partial<AccessEntry> = {}): AccessEntry {
  return {
    ...{ id: 'p1', kind: 'person', name: 'Priya Raman', role: 'client', short: 'Own papers and dates' },
    ...{ sentences: ['Priya Raman is the client on this deal.'], links: [], canHaveLink: true, whyNot: '' },
    ...{ email: 'priya@raman.example', isOn: null },
    ...change,
  };
}

export function memberOf(change: Partial<AccessEntry> = {}): AccessEntry {
  return entryOf({
    ...{ id: 'm1', kind: 'member', name: 'Marisol Quintero', role: 'agent', short: 'All but pay stubs' },
    ...{ sentences: ['Marisol Quintero is on the team.'], canHaveLink: false, email: '', isOn: true },
    ...change,
  });
}

export function accessOf(entries: AccessEntry[], change: Partial<AccessView> = {}): AccessView {
  return { dealId: 'd1', isShared: true, canMail: true, entries, ...change };
}
