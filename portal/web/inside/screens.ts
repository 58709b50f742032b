import type { ComponentType } from 'react';
import type { At, ScreenName } from './at.ts';

export interface ScreenProps {
  readonly at: At;
}

/** Where each screen is loaded from, when it is first opened. */
export const loaders: Readonly<Record<ScreenName, () => Promise<ComponentType<ScreenProps>>>> = {
  tasks: async () => (await import('../tasks/tasks-screen.tsx')).TasksScreen,
};
