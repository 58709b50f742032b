import { plainDate } from '../../core/deadlines/plain-date.ts';
import type { ChangePaper, ChangeView, PersonAct, ThreadView } from '../../electron/contract/portal-views.ts';

const NOTHING: ChangeView['can'] = {
  ...{ approveAs: [], declineAs: null, send: false, withdraw: false, callBack: false, execute: false },
  ...{ keep: false, askAgain: false },
};

/** A client's request for a later closing, sent to nobody yet. */
export function changeOf(more: Partial<ChangeView> = {}): ChangeView {
  const at = '2026-06-17T15:15:00.000Z';
  return {
    ...{ id: 'r1', kind: 'closing-date', state: 'open', title: 'Move close of escrow' },
    value: { type: 'day', from: plainDate('2026-07-02'), to: plainDate('2026-07-10') },
    standing: { state: 'waiting', says: '2 to agree' },
    ...{ askedBy: 'Priya Raman', askedById: 'p1', isByPerson: true, openedAt: at, expiresAt: null, periodEndsAt: null },
    reason: 'The loan needs a week more.',
    sentences: ['Close of escrow would move from July 2, 2026 to July 10, 2026.'],
    preview: { name: 'setAnchor', args: { name: 'closing', on: '2026-07-10', evidence: '', expected: '2026-07-02' } },
    checks: ['Check whether the closing disclosure must be given again, with its three days.'],
    ...{ told: ['Aiko Bergström', 'title'], fraud: '', callFirst: null, sentToOtherSideAt: null, conflicts: [] },
    slots: [
      {
        approver: 'own-principal',
        personId: 'p1',
        name: 'Priya Raman',
        capacity: 'our client',
        state: 'agreed',
        at,
        told: null,
      },
      {
        approver: 'own-principal',
        personId: 'p2',
        name: 'Daniel Achterberg',
        capacity: 'our client',
        state: 'asked',
        at: null,
        told: null,
      },
      {
        approver: 'other-principal',
        personId: 'p3',
        name: 'Gloria Estévez',
        capacity: 'the other side',
        state: 'not-asked',
        at: null,
        told: null,
      },
    ],
    answerers: [
      { personId: 'p2', as: 'own-principal', name: 'Daniel Achterberg', capacity: 'our client' },
      { personId: 'p3', as: 'other-principal', name: 'Gloria Estévez', capacity: 'the other side' },
    ],
    alsoOpen: [],
    log: [{ at, who: 'Priya Raman', what: 'Asked to change the closing date.' }],
    ...{ evidence: 'executed-contract', needsDelivery: false, papers: [], executedBy: '' },
    next: { kind: 'send', says: 'The other side has not been asked yet. Send it to them.', since: at },
    can: { ...NOTHING, send: true, withdraw: true, execute: true, keep: true },
    ...more,
  };
}

export function paperOf(more: Partial<ChangePaper> = {}): ChangePaper {
  return {
    ...{
      versionId: 'v1',
      lineId: 'l1',
      title: 'Extension of time, fully executed',
      isReviewed: true,
      carried: [],
      fits: true,
      lacks: '',
    },
    ...{ documentOn: plainDate('2026-06-17'), receivedAt: '2026-06-17T18:00:00.000Z' },
    ...more,
  };
}

/** A request to reach somebody on another number: nobody has called yet. */
export function newPhoneOf(more: Partial<ChangeView> = {}): ChangeView {
  return changeOf({
    ...{ id: 'r2', kind: 'contact-info', title: 'New phone number of Aiko Bergström', value: null, preview: null },
    standing: { state: 'late', says: 'Call first' },
    fraud:
      'Somebody asks to change how a person is reached or paid. Call them on a number you had before; send nothing until then.',
    callFirst: { name: 'Aiko Bergström', phone: '(916) 555-0199' },
    ...{ slots: [], told: [], evidence: 'call-back', reason: '' },
    sentences: ['The phone number of Aiko Bergström would be (916) 555-0000.'],
    next: {
      kind: 'call-back',
      says: 'Call them on a number you had before this request.',
      since: '2026-06-17T15:15:00.000Z',
    },
    answerers: [],
    can: { ...NOTHING, withdraw: true, callBack: true, keep: true },
    ...more,
  });
}

export function threadOf(more: Partial<ThreadView> = {}): ThreadView {
  const writtenAt = '2026-06-17T15:20:00.000Z';
  return {
    ...{ personId: 'p1', name: 'Priya Raman', role: 'client', open: 1, openSince: writtenAt, lastAt: writtenAt },
    messages: [
      {
        ...{ id: 'm1', body: 'When do we get the keys?', author: 'Priya Raman', isFromPerson: true, isMine: false },
        ...{ writtenAt, isSettled: false, about: { type: 'date', id: 'closing', title: 'Close of escrow' } },
      },
    ],
    ...more,
  };
}

export function actOf(more: Partial<PersonAct> = {}): PersonAct {
  return {
    ...{ dealId: 'd1', plate: '1847', street: 'Marlowe Ave', person: 'Priya Raman' },
    ...{ did: 'sent Home insurance binder', to: 'review', id: 'l1' },
    ...more,
  };
}
