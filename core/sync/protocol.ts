/** The protocol of commands up and rows down. A change of any wire schema is a new version with a line in the history. */
export const PROTOCOL_VERSION = 3;
/** The oldest version that a server of this program still answers. */
export const PROTOCOL_FLOOR = 3;

/** What each version changed; `schemas` is the pinned SHA-256 of all wire schemas (wire.test.ts). */
export const PROTOCOL_HISTORY: readonly {
  readonly version: number;
  readonly what: string;
  readonly schemas: string;
}[] = [
  {
    version: 1,
    what: 'Commands up, heads and pages of rows down, renewal of a device, pokes.',
    schemas: '79f8b2bab7277270e12ed742c7a30c1c806dd74080dcdd28b02e2c038bfcf379',
  },
  {
    version: 2,
    what: 'The greeting names the workspace, the team and the server’s time. Version 1 was never released.',
    schemas: 'ba63fd895fca88eb21a46411c477413a628ea34bc83adeb6b93589aba7218061',
  },
  {
    version: 3,
    what: 'Rows of what people do through the portal: papers, changes, messages, readings, proposals, forms, leads, consents.',
    schemas: 'bc925e6d6a73e6ce681c0703315836b1be178858be9b2688fe4945e581dfab1f',
  },
];

export type ProtocolVerdict =
  | { readonly type: 'Fits' }
  | { readonly type: 'DesktopTooOld' | 'ServerTooOld'; readonly sentence: string };

/** Whether two programs can talk: each names its version, and the server the oldest that it still answers. */
export function judgeProtocol(
  desktop: number,
  server: { readonly version: number; readonly floor: number },
): ProtocolVerdict {
  if (desktop < server.floor)
    return {
      type: 'DesktopTooOld',
      sentence: 'This Closeboard is too old for your team’s portal. Keep working offline, and update it to sync again.',
    };
  if (desktop > server.version)
    return {
      type: 'ServerTooOld',
      sentence:
        'Your team’s portal is older than this Closeboard. Keep working offline, and ask for the portal to be updated.',
    };
  return { type: 'Fits' };
}
