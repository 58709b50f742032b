import { v7 as newId } from 'uuid';
import type { CallInput } from '../../../electron/contract/calls.ts';
import type { Desk } from './desk.ts';

/** A deal as a test wants it; what is left out is a California purchase by a buyer that we represent. */
export interface Wanted {
  readonly street?: string;
  readonly unit?: string;
  readonly city?: string;
  readonly client?: string;
  readonly anchors?: readonly { readonly name: string; readonly on: string }[];
}

type Args = CallInput<'deals:command'>['args'];

/** Makes a deal the way the page does, by a command, and gives its id. */
export async function makeDeal(desk: Desk, wanted: Wanted = {}): Promise<string> {
  const { forms, profile } = await desk.call('workspace:get', {});
  const form = forms.find(({ state }) => state === 'CA');
  if (form === undefined) throw new Error('there is no form for California');
  const dealId = newId();
  const client = wanted.client ?? 'Tomasz Adeyemi';
  await command(desk, dealId, 'createDeal', {
    street: wanted.street ?? '4410 Tidewater Ct',
    unit: wanted.unit ?? '',
    city: wanted.city ?? 'Sacramento',
    state: 'CA',
    zip: '95818',
    side: 'buyer',
    scenario: 'buy',
    packId: form.packId,
    packRevision: form.revision,
    ownerId: profile.memberId,
    priceCents: 58_500_000,
    facts: {},
    anchors: (wanted.anchors ?? []).map((anchor) => ({ ...anchor, evidence: '' })),
    people: [{ id: newId(), name: client, role: 'client', company: '', email: '', phone: '' }],
    at: new Date().toISOString(),
  });
  return dealId;
}

/** Sends a command; a refusal is thrown. */
export async function command(desk: Desk, dealId: string, name: string, args: Args): Promise<void> {
  const reply = await desk.call('deals:command', { id: newId(), dealId, name, args });
  if (reply.outcome === 'refused') throw new Error(`${name}: ${reply.refusal.type}: ${reply.refusal.message}`);
}

/** The 25 sample deals, and the board with them. */
export async function addSamples(desk: Desk): Promise<void> {
  const { page } = desk;
  await page.getByRole('button', { name: 'Try it with sample deals' }).click();
  await page.getByText('25 deals are made up').waitFor({ timeout: 30_000 });
}
