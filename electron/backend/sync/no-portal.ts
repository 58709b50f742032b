import type { SyncHost } from './types.ts';

/** A host without a portal and without secrets: the backend works on its own records alone. */
export const noPortal: SyncHost = {
  onPortal: (listener) => {
    listener(null, '');
    return () => {};
  },
  wantPortal: () => {},
  secret: async () => ({ secret: null, problem: '' }),
  keepSecret: async () => ({ problem: '' }),
};
