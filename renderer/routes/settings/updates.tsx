import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { UpdateState } from '../../../electron/contract/updates.ts';
import { asCallError, call } from '../../data/api.ts';
import { keys } from '../../data/queries.ts';
import { Refusal } from '../../ui/calm.tsx';
import { Bar } from '../../ui/marks.tsx';
import styles from './settings.module.css';

const NEXT = {
  off: null,
  idle: { call: 'updates:check', says: 'Look for an update' },
  checking: null,
  none: { call: 'updates:check', says: 'Look again' },
  available: { call: 'updates:download', says: 'Download it' },
  downloading: null,
  ready: { call: 'updates:restart', says: 'Restart now' },
  failed: { call: 'updates:check', says: 'Look again' },
} as const;

/** How far an update is, and the next step. It restarts only when the person says so. */
export function Updates() {
  const client = useQueryClient();
  const state = useQuery({ queryKey: keys.updates, queryFn: () => call('updates:state', {}) }).data;
  const [wrong, setWrong] = useState<string | null>(null);
  if (state === undefined) return null;
  const next = NEXT[state.kind];

  async function go(name: 'updates:check' | 'updates:download' | 'updates:restart'): Promise<void> {
    setWrong(null);
    try {
      client.setQueryData(keys.updates, await call(name, {}));
    } catch (thrown) {
      setWrong(asCallError(thrown).message);
    }
  }

  return (
    <div className={styles.updates} role="status">
      <p>{sentenceOf(state)}</p>
      {'notes' in state && state.notes !== '' && <p className={`t2 ${styles.notes}`}>{state.notes}</p>}
      {state.kind === 'downloading' && <Bar done={state.percent} total={100} />}
      {wrong && <Refusal says={wrong} />}
      {next && (
        <button type="button" className="btn" onClick={() => void go(next.call)}>
          {next.says}
        </button>
      )}
    </div>
  );
}

function sentenceOf(state: UpdateState): string {
  if ('sentence' in state) return state.sentence;
  return state.kind === 'checking' ? 'Looking for an update' : '';
}
