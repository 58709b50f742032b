import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { makeVault, must, sha256Of, type TestVault } from '../vault/testing.ts';
import type { Vault } from '../vault/vault.ts';
import type { DealFolderState, WantedFile } from './model.ts';
import { type DealFolderSync, syncDealFolder } from './sync.ts';

/** A deal, its folder and its vault on a real disk. */
export interface TestDeal extends TestVault {
  readonly root: string;
  folderName: string;
  wanted: WantedFile[];
  state: DealFolderState;
  /** The folder of the deal as it is now. */
  path(name?: string): string;
  want(versionId: string, name: string, content: string): Promise<WantedFile>;
  put(name: string, content: string): void;
  /** Keeps the state as the caller would. */
  sync(more?: {
    vault?: Vault;
    signal?: AbortSignal;
    settleMs?: number;
    otherFolders?: string[];
  }): Promise<DealFolderSync>;
  /** Every file by its path below the folder. */
  files(): Readonly<Record<string, string>>;
}

export function makeDeal(): TestDeal {
  const base = makeVault();
  const root = join(base.folder, 'Deals');
  mkdirSync(root);
  const deal: TestDeal = {
    ...base,
    root,
    folderName: '1847 Marlowe Ave - Estévez',
    wanted: [],
    state: { folder: null, files: [] },
    path: (name = '') => join(root, deal.state.folder?.name ?? '', name),
    want: async (versionId, name, content) => {
      must(await base.vault.add({ bytes: new TextEncoder().encode(content) }));
      const one = { versionId, name, sha256: sha256Of(content), bytes: Buffer.byteLength(content) };
      deal.wanted = [...deal.wanted.filter((other) => other.versionId !== versionId), one];
      return one;
    },
    put: (name, content) => {
      mkdirSync(dirname(deal.path(name)), { recursive: true });
      writeFileSync(deal.path(name), content);
    },
    sync: async ({ vault = base.vault, otherFolders = [], settleMs = 0, signal } = {}) => {
      const { wanted, folderName, state: known } = deal;
      const place = { root, folderName, otherFolders, wanted, known, vault };
      const done = await syncDealFolder({ ...place, now: () => new Date(), settleMs, signal });
      // Through text, as a database would give it back.
      deal.state = JSON.parse(JSON.stringify(done.state));
      return done;
    },
    files: () => {
      const names = readdirSync(deal.path(), { recursive: true, encoding: 'utf8' });
      const real = names.filter((name) => statSync(deal.path(name)).isFile()).toSorted();
      return Object.fromEntries(real.map((name) => [name, readFileSync(deal.path(name), 'utf8')]));
    },
  };
  return deal;
}
