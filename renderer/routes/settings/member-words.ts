import type { TeamView } from '../../../electron/contract/sync.ts';

export type MemberRole = TeamView['members'][number]['role'];

/** What each role is called, and what it may do. */
export const MEMBER_ROLES: Readonly<
  Record<MemberRole, { readonly title: string; readonly sentence: string; readonly does: string }>
> = {
  tc: {
    title: 'Transaction coordinator',
    sentence: 'a transaction coordinator.',
    does: 'Works on every deal',
  },
  admin: { title: 'Office admin', sentence: 'an office admin.', does: 'Works on every deal and manages the team' },
  agent: { title: 'Agent', sentence: 'an agent.', does: 'Sees the deals they are put on' },
};

export function roleChoices() {
  return (['tc', 'admin', 'agent'] as const).map((role) => ({
    id: role,
    title: MEMBER_ROLES[role].title,
    detail: MEMBER_ROLES[role].does,
  }));
}
