import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import type { Settings } from '../../electron/contract/values.ts';
import { asCallError, call } from './api.ts';
import { showRefusal } from './commands.ts';
import { keys, type WorkspaceView } from './queries.ts';
import { useSession } from './session.tsx';

const HINT_KEY = 'closeboard.look';

/** Sets theme and density on the page. The same is kept as a hint, so that the next start paints right at once. */
export function applyLook(settings: Settings): void {
  const root = document.documentElement;
  if (settings.theme === 'system') delete root.dataset.theme;
  else root.dataset.theme = settings.theme;
  root.dataset.density = settings.density;
  try {
    localStorage.setItem(HINT_KEY, JSON.stringify(settings));
  } catch {
    // Only a hint: a browser that keeps nothing paints by the system's theme first.
  }
}

export function applyLookHint(): void {
  try {
    const hint = JSON.parse(localStorage.getItem(HINT_KEY) ?? 'null') as Settings | null;
    if (hint !== null && typeof hint === 'object') applyLook(hint);
  } catch {
    // A hint that cannot be read is no hint.
  }
}

/** Saves settings, shown at once and taken back when they could not be saved. */
export function useSaveSettings(): (change: Partial<Settings>) => Promise<void> {
  const client = useQueryClient();
  const session = useSession();
  return useCallback(
    async (change) => {
      const before = client.getQueryData<WorkspaceView>(keys.workspace);
      const put = (settings: Settings) =>
        client.setQueryData<WorkspaceView>(keys.workspace, (now) => now && { ...now, settings });
      if (before) put({ ...before.settings, ...change });
      try {
        put(await call('workspace:save-settings', change));
        if (change.theme) await call('host:set-theme', { theme: change.theme });
      } catch (thrown) {
        if (before) put(before.settings);
        showRefusal(session, asCallError(thrown).message);
      }
    },
    [client, session],
  );
}
