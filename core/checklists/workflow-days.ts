import type { Scenario, Side } from '../deals/model.ts';
import type { Workflow } from './template-schema.ts';

/** A day that a person is asked for, and its name in a form's or a listing's words. */
export interface AskedDay {
  readonly name: string;
  readonly title: string;
}

/** Days that the workflows before or without a contract count from; a contract's own days are those of its form. */
export const WORKFLOW_DAYS: Readonly<Record<Workflow, readonly AskedDay[]>> = {
  'buyer-intake': [],
  'seller-onboarding': [
    { name: 'listing-signed', title: 'Listing agreement signed' },
    { name: 'listing-live', title: 'Listing goes live' },
  ],
  'contract-to-close': [],
  'rental-onboarding': [{ name: 'lease-start', title: 'Lease starts' }],
};

/** The workflow of a deal by whether its contract is signed. A rental has one only; a landlord's investment is one. */
export function workflowOf(scenario: Scenario, side: Side, hasContract: boolean): Workflow {
  if (scenario === 'rent' || side === 'tenant' || side === 'landlord') return 'rental-onboarding';
  if (hasContract) return 'contract-to-close';
  return side === 'seller' ? 'seller-onboarding' : 'buyer-intake';
}

/** A buyer and a tenant look for a home before there is one; every other deal has an address from its first day. */
export function mayLackAddress(workflow: Workflow | null, side: Side): boolean {
  return workflow === 'buyer-intake' || (workflow === 'rental-onboarding' && side === 'tenant');
}
