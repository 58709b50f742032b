import type { SecretKeeper } from '../contract/secret-desk.ts';
import type { SecretStore } from './secrets.ts';

/** The secret store as the backend knows it: with sentences instead of errors. */
export function createSecretKeeper(store: SecretStore): SecretKeeper {
  return {
    async get(name) {
      const got = await store.get(name);
      if (!got.ok) return { secret: null, problem: got.error.message };
      if (got.value !== null) return { secret: got.value, problem: '' };
      // Nothing is there: perhaps since nothing can be kept.
      const can = await store.canKeep();
      return { secret: null, problem: can.ok ? '' : can.error.message };
    },
    async keep(name, secret) {
      const kept = secret === null ? store.remove(name) : await store.set(name, secret);
      return { problem: kept.ok ? '' : kept.error.message };
    },
  };
}
