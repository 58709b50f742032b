import { describe, expect, test } from 'vitest';
import { PARTY_ROLES } from '../deals/model.ts';
import {
  type Actor,
  mayAddNote,
  mayChangeDeal,
  mayCompleteTask,
  mayManagePeople,
  partyActor,
  sideOfRole,
} from './actor.ts';

const tc: Actor = { kind: 'member', memberId: 'm-tc', role: 'tc' };
const admin: Actor = { kind: 'member', memberId: 'm-admin', role: 'admin' };
const agent: Actor = { kind: 'member', memberId: 'm-agent', role: 'agent' };
const system: Actor = { kind: 'system' };
const parties = PARTY_ROLES.map((role) => partyActor({ id: `p-${role}`, role }, { side: 'buyer' }));
const client = partyActor({ id: 'p-client', role: 'client' }, { side: 'buyer' });

describe('sides', () => {
  test('the other side is the opposite of ours, title is neutral, the lender stands with the borrower', () => {
    expect(sideOfRole('other-agent', 'buyer')).toBe('seller');
    expect(sideOfRole('other-principal', 'landlord')).toBe('tenant');
    expect(sideOfRole('title', 'seller')).toBe('neutral');
    expect(sideOfRole('lender', 'seller')).toBe('buyer');
    expect(sideOfRole('attorney', 'seller')).toBe('seller');
  });
});

describe('commands by role', () => {
  test('coordinators, admins and jobs change a deal; agents and parties are told to ask', () => {
    for (const actor of [tc, admin, system]) expect(mayChangeDeal(actor).ok).toBe(true);
    for (const actor of [agent, ...parties]) expect(mayChangeDeal(actor)).toMatchObject({ code: 'NotYourRole' });
  });

  test('the team writes notes, a job and a party do not', () => {
    for (const actor of [tc, admin, agent]) expect(mayAddNote(actor).ok).toBe(true);
    for (const actor of [system, ...parties]) expect(mayAddNote(actor).ok).toBe(false);
  });

  test('people are managed by coordinators and admins only', () => {
    for (const actor of [tc, admin]) expect(mayManagePeople(actor).ok).toBe(true);
    for (const actor of [agent, system, ...parties]) expect(mayManagePeople(actor).ok).toBe(false);
  });
});

describe('mayCompleteTask', () => {
  const task = { assigneeRole: 'client', assigneeId: null, clientTitle: 'Send your insurance binder' } as const;

  test('a client finishes a task of their role, or of their name, and no other', () => {
    expect(mayCompleteTask(client, task).ok).toBe(true);
    expect(mayCompleteTask(client, { ...task, assigneeRole: 'co-client', assigneeId: 'p-client' }).ok).toBe(true);
    expect(mayCompleteTask(client, { ...task, assigneeId: 'p-somebody' })).toMatchObject({ code: 'NotYours' });
    expect(mayCompleteTask(client, { ...task, assigneeRole: 'lender' }).ok).toBe(false);
  });

  test('a task without client wording does not exist for a client', () => {
    expect(mayCompleteTask(client, { ...task, clientTitle: '' }).ok).toBe(false);
  });

  test('the other side has no tasks, even when one names them', () => {
    const other = partyActor({ id: 'p-other', role: 'other-agent' }, { side: 'buyer' });
    expect(mayCompleteTask(other, { ...task, assigneeRole: 'other-agent' }).ok).toBe(false);
    expect(mayCompleteTask(other, { ...task, assigneeId: 'p-other' }).ok).toBe(false);
  });

  test('an agent finishes agent tasks that nobody else has', () => {
    expect(mayCompleteTask(agent, { ...task, assigneeRole: 'agent' }).ok).toBe(true);
    expect(mayCompleteTask(agent, { ...task, assigneeRole: 'agent', assigneeId: 'm-other' }).ok).toBe(false);
    expect(mayCompleteTask(tc, { ...task, assigneeId: 'p-somebody' }).ok).toBe(true);
  });

  test('every refusal is a sentence', () => {
    for (const rule of [mayChangeDeal, mayAddNote, mayManagePeople, (a: Actor) => mayCompleteTask(a, task)]) {
      for (const actor of [tc, admin, agent, system, ...parties]) {
        const verdict = rule(actor);
        if (!verdict.ok) expect(verdict.reason).toMatch(/^[A-Z].*[.]$/);
      }
    }
  });
});
