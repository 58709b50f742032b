import { act, cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import type { CallInput, CallName } from '../../../electron/contract/calls.ts';
import type { SyncState, TeamView } from '../../../electron/contract/sync.ts';
import { cardOf, openApp } from '../../testing/harness.tsx';
import { syncOf } from '../../testing/sync.ts';

afterEach(cleanup);

const SHARED = syncOf({
  ...{ kind: 'shared', workspaceName: 'Fennimore Realty', url: 'https://portal.example' },
  sentence: 'Everything is shared with your team.',
});

const TEAM: TeamView = {
  workspaceName: 'Fennimore Realty',
  mayManage: true,
  members: [
    memberOf('m1', 'Theo Lindqvist', { devices: [deviceOf('v1', 'Theo’s PC')] }),
    memberOf('me', 'Noor Haddad', { isMe: true, role: 'admin', devices: [deviceOf('v0', 'Noor’s Mac', true)] }),
    memberOf('m2', 'Ana Li', { isGone: true }),
  ],
  invitations: [
    { id: 'i1', name: 'Josué Tavares', email: 'j@x.example', role: 'tc', madeAt: noon(), expiresAt: noon(6) },
  ],
};

function noon(days = 0): string {
  return new Date(Date.UTC(2026, 5, 17 + days, 19)).toISOString();
}

function deviceOf(id: string, name: string, isThis = false) {
  return { id, name, enrolledAt: noon(-9), seenAt: noon(-1), isThis };
}

function memberOf(id: string, name: string, change: Partial<TeamView['members'][number]> = {}) {
  return {
    id,
    name,
    email: `${id}@x.example`,
    role: 'tc' as const,
    isGone: false,
    isMe: false,
    devices: [],
    ...change,
  };
}

type Answers = NonNullable<NonNullable<Parameters<typeof openApp>[1]>['answers']>;

function open(state: SyncState, answers: Answers = {}) {
  const stage = { state, asked: [] as { name: CallName; input: unknown }[] };
  const noted = Object.fromEntries(
    Object.entries(answers).map(([name, answer]) => [
      name,
      (input: never) => {
        stage.asked.push({ name: name as CallName, input });
        return (answer as (input: never) => unknown)(input);
      },
    ]),
  ) as Answers;
  const scene = openApp('/settings', {
    cards: [cardOf({ id: 'd1', stage: 'parties' })],
    answers: {
      'sync:state': () => stage.state,
      'team:get': () => ({ kind: 'ok', value: TEAM }),
      ...noted,
    },
  });
  return { stage, scene };
}

const DONE = { kind: 'ok', value: { done: true } } as const;
const no = (sentence: string) => ({ kind: 'no', type: 'refused', sentence }) as const;
const button = (name: string | RegExp) => screen.findByRole('button', { name }, { timeout: 8_000 });
const type = (field: HTMLElement, value: string) => fireEvent.change(field, { target: { value } });

test('the own portal says that its links open here only, and the way to a shared one', async () => {
  open(syncOf());
  await button(/Connect a shared portal/);
  expect(screen.getByText(/Its links open on this computer only/)).toBeTruthy();
  expect(screen.queryByRole('region', { name: 'Team' })).toBeNull();
});

test('an address is looked at first, and what is wrong with it is said beside it', async () => {
  const { stage } = open(syncOf(), { 'sync:check-server': () => no('Nothing answers at this address.') });
  fireEvent.click(await button(/Connect a shared portal/));
  fireEvent.click(await button(/Look for it/));
  expect(await screen.findByText(/Write the address of the portal/)).toBeTruthy();
  expect(stage.asked).toEqual([]);
  type(screen.getByRole('textbox', { name: 'Address of the portal' }), ' portal.example ');
  fireEvent.click(await button(/Look for it/));
  expect(await screen.findByText('Nothing answers at this address.')).toBeTruthy();
  expect(stage.asked).toEqual([{ name: 'sync:check-server', input: { url: 'portal.example' } }]);
});

test('joining asks for a code and who one is, keeps everything when it fails, and tells what still goes there', async () => {
  let fails = true;
  const { stage, scene } = open(syncOf(), {
    'sync:check-server': () => ({ kind: 'ok', value: { url: 'https://portal.example', isSetUp: true } }),
    'sync:join': () => (fails ? no('This code was used already.') : { kind: 'ok', value: { ...SHARED, waiting: 12 } }),
  });
  fireEvent.click(await button(/Connect a shared portal/));
  type(await screen.findByRole('textbox', { name: 'Address of the portal' }), 'portal.example');
  fireEvent.click(await button(/Look for it/));
  const dialog = within(await screen.findByRole('dialog', { name: 'Sign in at the portal' }));
  fireEvent.click(dialog.getByRole('button', { name: /^Connect/ }));
  expect(await dialog.findByText('Write the code.')).toBeTruthy();
  expect(dialog.getByText('Write your e-mail address.')).toBeTruthy();
  expect(dialog.queryByRole('textbox', { name: 'Name of your office' })).toBeNull();
  type(dialog.getByRole('textbox', { name: 'Code' }), 'ABCD-1234');
  type(dialog.getByRole('textbox', { name: 'Your e-mail' }), 'noor@x.example');
  fireEvent.click(dialog.getByRole('button', { name: /^Connect/ }));
  expect(await dialog.findByText('This code was used already.')).toBeTruthy();
  fails = false;
  fireEvent.click(dialog.getByRole('button', { name: /^Connect/ }));
  await screen.findByRole('dialog', { name: 'Connected to Fennimore Realty' });
  expect(screen.getByText(/12 things go there now/)).toBeTruthy();
  expect(stage.asked.at(-1)?.input).toEqual({
    ...{ url: 'https://portal.example', code: 'ABCD-1234', name: 'Noor Haddad', email: 'noor@x.example' },
    ...{ deviceName: 'Noor’s computer', workspaceName: '' },
  });
  act(() => scene.emit({ type: 'sync:changed', state: SHARED }));
  expect(await screen.findByText('Everything that was here is there too.')).toBeTruthy();
});

test('a portal that nobody set up asks for its set-up code and the name of the office', async () => {
  const { stage } = open(syncOf(), {
    'sync:check-server': () => ({ kind: 'ok', value: { url: 'https://new.example', isSetUp: false } }),
    'sync:join': () => ({ kind: 'ok', value: SHARED }),
  });
  fireEvent.click(await button(/Connect a shared portal/));
  type(await screen.findByRole('textbox', { name: 'Address of the portal' }), 'new.example');
  fireEvent.click(await button(/Look for it/));
  const dialog = within(await screen.findByRole('dialog', { name: 'Set up the portal' }));
  expect((dialog.getByRole('textbox', { name: 'Name of your office' }) as HTMLInputElement).value).toBe(
    'Fennimore Realty',
  );
  type(dialog.getByRole('textbox', { name: 'Set-up code' }), 'SETUP');
  type(dialog.getByRole('textbox', { name: 'Your e-mail' }), 'noor@x.example');
  fireEvent.click(dialog.getByRole('button', { name: /^Connect/ }));
  await screen.findByRole('dialog', { name: /^Connected/ });
  expect(stage.asked.at(-1)?.input).toMatchObject({ code: 'SETUP', workspaceName: 'Fennimore Realty' });
});

test('signing out keeps the deals unless one says otherwise, and unsent things go only after a second step', async () => {
  const refusal = '2 things were not sent yet. Wait until they are, or keep the deals here.';
  const { stage } = open(
    { ...SHARED, waiting: 2 },
    {
      'sync:sign-out': ({ records, evenUnsent }) => {
        if (records === 'remove' && !evenUnsent) return no(refusal);
        stage.state = syncOf();
        return { kind: 'ok', value: stage.state };
      },
    },
  );
  fireEvent.click(await button(/Sign out of this portal/));
  const dialog = within(await screen.findByRole('dialog', { name: 'Sign out of Fennimore Realty?' }));
  expect((dialog.getByRole('radio', { name: /Keep them here/ }) as HTMLInputElement).checked).toBe(true);
  fireEvent.click(dialog.getByRole('radio', { name: /Remove the team’s deals/ }));
  expect(dialog.queryByRole('checkbox')).toBeNull();
  fireEvent.click(dialog.getByRole('button', { name: /^Sign out/ }));
  expect(await dialog.findByText(refusal)).toBeTruthy();
  // Asked again as it is, nothing is even sent.
  fireEvent.click(dialog.getByRole('button', { name: /^Sign out/ }));
  expect(await dialog.findByText(/Nothing was removed/)).toBeTruthy();
  fireEvent.click(dialog.getByRole('checkbox', { name: /Remove also what was not sent/ }));
  fireEvent.click(dialog.getByRole('button', { name: /Remove all of it and sign out/ }));
  await button(/Connect a shared portal/);
  expect(stage.asked.map(({ input }) => input)).toEqual([
    { records: 'remove', evenUnsent: false },
    { records: 'remove', evenUnsent: true },
  ]);
});

test('a computer that the portal forgot signs in again with a code', async () => {
  let isUsed = true;
  const { stage } = open(
    { ...SHARED, status: 'signed-out', short: 'Signed out', keyProblem: 'You sign in again after each restart.' },
    { 'sync:sign-in-again': () => (isUsed ? no('This code was used already.') : { kind: 'ok', value: SHARED }) },
  );
  const form = within(await screen.findByRole('form', { name: 'Sign in again' }, { timeout: 8_000 }));
  expect(screen.getByText('You sign in again after each restart.')).toBeTruthy();
  fireEvent.click(form.getByRole('button', { name: 'Sign in again' }));
  expect(await form.findByText(/Write the code/)).toBeTruthy();
  type(form.getByRole('textbox', { name: 'Code' }), 'ABCD');
  fireEvent.click(form.getByRole('button', { name: 'Sign in again' }));
  expect(await form.findByText('This code was used already.')).toBeTruthy();
  isUsed = false;
  fireEvent.click(form.getByRole('button', { name: 'Sign in again' }));
  await screen.findByRole('region', { name: 'Team' });
  expect(stage.asked).toHaveLength(2);
});

test('the team stands with roles and computers, oneself first; those who left are folded away', async () => {
  open(SHARED);
  const members = within(await screen.findByRole('list', { name: 'Members' }, { timeout: 8_000 }));
  expect(members.getAllByRole('region').map((one) => one.getAttribute('aria-label'))).toEqual([
    'Noor Haddad',
    'Theo Lindqvist',
  ]);
  expect(members.getByText('This computer')).toBeTruthy();
  expect(screen.getByText('1 person has left')).toBeTruthy();
  expect(screen.getByText('2 people on the team')).toBeTruthy();
  // Nobody signs out the computer they sit at here, or takes themselves off.
  expect(members.queryByRole('button', { name: 'Sign out Noor’s Mac' })).toBeNull();
  expect(members.getAllByRole('button', { name: /Take off the team/ })).toHaveLength(1);
});

test('a computer and a member are taken off after a question that says what stays', async () => {
  const { stage } = open(SHARED, { 'team:revoke-device': () => DONE, 'team:revoke-member': () => DONE });
  fireEvent.click(await button('Sign out Theo’s PC'));
  let dialog = within(await screen.findByRole('dialog', { name: 'Sign out Theo’s PC?' }));
  expect(dialog.getByText(/What it sent stays with the team/)).toBeTruthy();
  fireEvent.click(dialog.getByRole('button', { name: /Sign it out/ }));
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  fireEvent.click(await button(/Take off the team/));
  dialog = within(await screen.findByRole('dialog', { name: 'Take Theo Lindqvist off the team?' }));
  expect(dialog.getByText(/1 computer of theirs is signed out at once.*stays in every deal/)).toBeTruthy();
  fireEvent.click(dialog.getByRole('button', { name: /Take off the team/ }));
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  expect(stage.asked).toEqual([
    { name: 'team:revoke-device', input: { deviceId: 'v1' } },
    { name: 'team:revoke-member', input: { memberId: 'm1' } },
  ]);
});

test('a rule of the portal, as for the last admin, comes as its own sentence', async () => {
  const sentence = 'You are the only admin. Make somebody else one first.';
  open(SHARED, { 'team:set-member': () => no(sentence) });
  const me = within(await screen.findByRole('region', { name: 'Noor Haddad' }, { timeout: 8_000 }));
  fireEvent.click(me.getByRole('button', { name: /Role of Noor Haddad/ }));
  fireEvent.click(await screen.findByRole('option', { name: /^Agent/ }));
  expect(await me.findByText(sentence)).toBeTruthy();
});

test('an invitation ends in a code, shown once with what to tell, and can be withdrawn', async () => {
  const { stage } = open(SHARED, {
    'team:invite': () => ({ kind: 'ok', value: { code: 'KTRM-4Q7N', expiresAt: noon(3) } }),
    'team:withdraw': () => DONE,
  });
  fireEvent.click(await button(/Invite somebody/));
  const ask = within(await screen.findByRole('dialog', { name: 'Invite somebody' }));
  fireEvent.click(ask.getByRole('button', { name: /Make the code/ }));
  expect(await ask.findByText('Write the name.')).toBeTruthy();
  type(ask.getByRole('textbox', { name: 'Name' }), 'Aiko Bergström');
  type(ask.getByRole('textbox', { name: 'E-mail' }), 'aiko@x.example');
  fireEvent.click(ask.getByRole('button', { name: /Make the code/ }));
  const code = within(await screen.findByRole('dialog', { name: 'Code for Aiko Bergström' }));
  expect(code.getByText('KTRM-4Q7N')).toBeTruthy();
  expect(code.getByText('What to tell Aiko')).toBeTruthy();
  expect(code.getByText('https://portal.example')).toBeTruthy();
  fireEvent.click(code.getByRole('button', { name: /Done/ }));
  fireEvent.click(await button('Withdraw the invitation of Josué Tavares'));
  await waitFor(() => expect(stage.asked.map(({ name }) => name)).toEqual(['team:invite', 'team:withdraw']));
  const invited: CallInput<'team:invite'> = { name: 'Aiko Bergström', email: 'aiko@x.example', role: 'tc' };
  expect(stage.asked[0]?.input).toEqual(invited);
});

test('who may not manage sees the team, and gets a code for a computer of their own', async () => {
  open(SHARED, {
    'team:get': () => ({ kind: 'ok', value: { ...TEAM, mayManage: false } }),
    'team:device-code': () => ({ kind: 'ok', value: { code: 'MINE-1', expiresAt: noon(1) } }),
  });
  fireEvent.click(await button('Code for another computer of yours'));
  expect(await screen.findByText('MINE-1')).toBeTruthy();
  fireEvent.click(await button(/Done/));
  expect(screen.queryByRole('button', { name: /Invite somebody/ })).toBeNull();
  expect(screen.queryByRole('button', { name: 'Sign out Theo’s PC' })).toBeNull();
  expect(screen.queryByRole('button', { name: /Role of/ })).toBeNull();
});

test('an admin makes a code for a colleague who has no computer left', async () => {
  const { stage } = open(SHARED, {
    'team:device-code': () => ({ kind: 'ok', value: { code: 'BACK-1', expiresAt: noon(1) } }),
  });
  const theo = within(await screen.findByRole('region', { name: 'Theo Lindqvist' }, { timeout: 8_000 }));
  fireEvent.click(theo.getByRole('button', { name: 'Code for a computer' }));
  const code = within(await screen.findByRole('dialog', { name: 'Code for Theo Lindqvist' }));
  expect(code.getByText('BACK-1')).toBeTruthy();
  expect(stage.asked).toEqual([{ name: 'team:device-code', input: { memberId: 'm1' } }]);
});

test('offline, the team is a sentence with a way to try again', async () => {
  let answers = false;
  open(
    { ...SHARED, status: 'offline', short: 'Offline' },
    {
      'team:get': () =>
        answers
          ? { kind: 'ok', value: TEAM }
          : { kind: 'no', type: 'offline', sentence: 'The portal cannot be reached since 9:41 AM.' },
    },
  );
  expect(await screen.findByText(/Who is on the team is kept on the portal/, {}, { timeout: 8_000 })).toBeTruthy();
  answers = true;
  fireEvent.click(await button('Try again'));
  expect(await screen.findByRole('list', { name: 'Members' })).toBeTruthy();
});
