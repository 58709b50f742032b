import type { PartyRole, Scenario, Side, Stage } from '../../core/deals/model.ts';
import { STAGES } from '../../core/deals/model.ts';
import { NO_ADDRESS } from '../../core/deals/summary.ts';
import type { Card } from '../../electron/contract/values.ts';
import type { PlateKind } from '../ui/marks.tsx';

export const STAGE_TITLES: Record<Stage, string> = {
  intake: 'Intake',
  parties: 'Parties',
  disclosures: 'Disclosures',
  milestones: 'Milestones',
  changes: 'Changes',
  closing: 'Closing',
};

export const SIDE_WORDS: Record<Side, string> = {
  buyer: 'Buyer',
  seller: 'Seller',
  tenant: 'Tenant',
  landlord: 'Landlord',
};

export const SCENARIO_WORDS: Record<Scenario, string> = {
  buy: 'Buying to live in it',
  sell: 'Selling',
  rent: 'Renting',
  invest: 'Buying to invest',
};

export const ROLE_WORDS: Record<PartyRole, string> = {
  client: 'Client',
  'co-client': 'Co-client',
  agent: 'Our agent',
  tc: 'Transaction coordinator',
  admin: 'Office admin',
  lender: 'Lender',
  title: 'Title or escrow',
  attorney: 'Attorney',
  'other-agent': "Other side's agent",
  'other-principal': 'Other side',
};

export const PLATE_KINDS: Record<Side, PlateKind> = { buyer: 'buy', seller: 'sell', tenant: 'rent', landlord: 'rent' };

export function sideSays(side: Side): string {
  return `${SIDE_WORDS[side]} side`;
}

export function stageNumber(stage: Stage): number {
  return STAGES.indexOf(stage) + 1;
}

export function nextStage(stage: Stage): Stage | null {
  return STAGES[STAGES.indexOf(stage) + 1] ?? null;
}

/** What stands beside the plate: "Tidewater Ct 4B"; the clients while there is no address. */
export function cardName({ street, unit, clientNames }: Pick<Card, 'street' | 'unit' | 'clientNames'>): string {
  if (street === '') return clientNames || NO_ADDRESS;
  return unit === '' ? street : `${street} ${unit}`;
}

/** "one", "two" ... "nine", then figures: for sentences. */
export function countWord(count: number): string {
  const words = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'];
  return words[count] ?? String(count);
}

/** The first letter large, for the beginning of a line. */
export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** "1 thing", "3 things" */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString('en-US')} ${count === 1 ? one : many}`;
}
