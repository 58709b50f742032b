import { afterAll, beforeAll, describe } from 'vitest';
import type { StorePlace } from '../testing.ts';
import type { Store } from '../types.ts';
import { concurrencyContract } from './concurrency.ts';
import { filesContract } from './files.ts';
import { intakeContract } from './intakes.ts';
import { linksContract } from './links.ts';
import { logContract } from './log.ts';
import { openingContract } from './opening.ts';
import { partsContract } from './parts.ts';
import { peopleContract } from './people.ts';
import { planContract } from './plans.ts';
import { rowsContract } from './rows.ts';
import { transactionContract } from './transactions.ts';
import { workContract } from './work.ts';

/** The store that most tests share; each works in a workspace of its own, which is what keeps workspaces apart. */
export interface Given {
  store(): Store;
  place(): StorePlace;
  /** An empty place for a test that opens, spoils or restores a store. */
  fresh(): Promise<StorePlace>;
  /** A new workspace, by a name that no other test has. */
  workspace(): Promise<string>;
}

/** What both drivers promise. Run by the test file of each. */
export function storeContract(fresh: () => Promise<StorePlace>): void {
  let place: StorePlace | null = null;
  let store: Store | null = null;
  let made = 0;
  beforeAll(async () => {
    place = await fresh();
    store = await place.open();
  });
  afterAll(async () => {
    await store?.close();
    await place?.remove();
  });
  const given: Given = {
    store: () => mustBe(store),
    place: () => mustBe(place),
    fresh,
    workspace: async () => {
      made += 1;
      const id = `w-${made}`;
      await mustBe(store).createWorkspace({ id, name: 'Harbor Realty', at: '2026-06-02T16:12:00.000Z' });
      return id;
    },
  };
  describe('people', () => peopleContract(given));
  describe('rows', () => rowsContract(given));
  describe('log', () => logContract(given));
  describe('links', () => linksContract(given));
  describe('intakes', () => intakeContract(given));
  describe('files', () => filesContract(given));
  describe('parts', () => partsContract(given));
  describe('work', () => workContract(given));
  describe('transactions', () => transactionContract(given));
  describe('concurrency', () => concurrencyContract(given));
  describe('opening', () => openingContract(given));
  describe('plans', () => planContract(given));
}

function mustBe<T>(value: T | null): T {
  if (value === null) throw new Error('the store is not open');
  return value;
}
