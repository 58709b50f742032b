import type { Locator, Page } from 'playwright-core';
import type { Reply } from '../../../electron/contract/calls.ts';
import type { SyncState } from '../../../electron/contract/sync.ts';
import { type Desk, isReady } from './desk.ts';
import { until } from './expect.ts';
import type { PortalServer } from './portal-server.ts';

/** How long what goes over a portal may take on a slow computer, tries in between included. */
export const OVER_MS = 90_000;

export interface Colleague {
  readonly name: string;
  readonly email: string;
  readonly computer: string;
}

export const NOOR: Colleague = { name: 'Noor Haddad', email: 'noor@fennimore.example', computer: 'Noor’s Mac' };
export const THEO: Colleague = { name: 'Theo Lindqvist', email: 'theo@fennimore.example', computer: 'Theo’s PC' };
export const OFFICE = 'Fennimore Realty';

/** To the settings, at the portal and the team. */
export async function toPortal(page: Page): Promise<Locator> {
  await page.getByRole('link', { name: 'Settings' }).click();
  await isReady(page, 'settings');
  return page.getByRole('region', { name: 'Portal and team' });
}

/** From the portal of this computer to a shared one, through the window. The first one sets it up with the office's name. */
export async function connect(
  desk: Desk,
  who: Colleague,
  { address, code, office }: { readonly address: string; readonly code: string; readonly office?: string },
): Promise<void> {
  const { page } = desk;
  await toPortal(page);
  await page.getByRole('button', { name: /Connect a shared portal/ }).click();
  const first = page.getByRole('dialog', { name: 'Connect a shared portal' });
  await first.getByRole('textbox', { name: 'Address of the portal' }).fill(address);
  await page.keyboard.press('Control+Enter');
  const dialog = page.getByRole('dialog', {
    name: office === undefined ? 'Sign in at the portal' : 'Set up the portal',
  });
  await dialog.waitFor({ timeout: OVER_MS });
  await dialog.getByRole('textbox', { name: office === undefined ? 'Code' : 'Set-up code', exact: true }).fill(code);
  if (office !== undefined) await dialog.getByRole('textbox', { name: 'Name of your office' }).fill(office);
  await dialog.getByRole('textbox', { name: 'Your name' }).fill(who.name);
  await dialog.getByRole('textbox', { name: 'Your e-mail' }).fill(who.email);
  await dialog.getByRole('textbox', { name: 'This computer is called' }).fill(who.computer);
  await dialog.getByRole('button', { name: /^Connect/ }).click();
  const done = page.getByRole('dialog', { name: `Connected to ${OFFICE}` });
  await done.getByText('Everything that was here is there too.').waitFor({ timeout: OVER_MS });
  await done.getByRole('button', { name: /^Done/ }).click();
  await done.waitFor({ state: 'detached' });
}

/** Somebody is asked to the team in the settings; gives the code as the window shows it. */
export async function invite(page: Page, who: Colleague): Promise<string> {
  await toPortal(page);
  await page.getByRole('button', { name: /Invite somebody/ }).click();
  const ask = page.getByRole('dialog', { name: 'Invite somebody' });
  await ask.getByRole('textbox', { name: 'Name' }).fill(who.name);
  await ask.getByRole('textbox', { name: 'E-mail' }).fill(who.email);
  await ask.getByRole('button', { name: /Make the code/ }).click();
  return readCode(page, who);
}

/** The code of the dialog that is open; closes it. */
export async function readCode(page: Page, who: Colleague): Promise<string> {
  const dialog = page.getByRole('dialog', { name: `Code for ${who.name}` });
  const code = await dialog.getByRole('status', { name: 'Code' }).innerText();
  await dialog.getByRole('button', { name: /^Done/ }).click();
  await dialog.waitFor({ state: 'detached' });
  return code.trim();
}

/** Signed in without the window, where how that is done is not what a journey is about. */
export async function join(desk: Desk, who: Colleague, portal: PortalServer, code = portal.setupCode): Promise<void> {
  const told = await desk.call('sync:join', {
    ...{ url: portal.url, code, name: who.name, email: who.email, deviceName: who.computer },
    workspaceName: OFFICE,
  });
  if (told.kind === 'no') throw new Error(`${who.name} could not sign in: ${told.sentence}`);
  await isShared(desk);
}

export async function inviteBy(admin: Desk, who: Colleague): Promise<string> {
  const told = await admin.call('team:invite', { name: who.name, email: who.email, role: 'tc' });
  if (told.kind === 'no') throw new Error(`no code for ${who.name}: ${told.sentence}`);
  return told.value.code;
}

/** Everything is at the shared portal and here, files too, and the foot of the rail says so. */
export async function isShared(desk: Desk): Promise<SyncState> {
  const ask = async () => (await desk.callRaw('sync:state', {})) as Reply<SyncState>;
  const isThere = (reply: Reply<SyncState>) =>
    reply.ok &&
    reply.value.kind === 'shared' &&
    reply.value.status === 'current' &&
    reply.value.waiting + reply.value.toFetch + reply.value.files.up + reply.value.files.down === 0;
  const reply = await until(ask, isThere, 'sync with the shared portal', OVER_MS);
  await foot(desk.page, /Shared with your team/).waitFor();
  if (!reply.ok) throw new Error('no state of sync');
  return reply.value;
}

/** The foot of the rail, once it says that. */
export function foot(page: Page, says: RegExp): Locator {
  return page.locator('button.conn').filter({ hasText: says });
}
