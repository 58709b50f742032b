import type { QueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { PlainDate } from '../../../core/deadlines/plain-date.ts';
import type { DealView, TaskView } from '../../../electron/contract/values.ts';
import { type Run, useRun } from '../../data/commands.ts';
import { keys, useToday } from '../../data/queries.ts';

/** Sends a command and gives back the sentence of a refusal, null when it was done. */
export type Tell = (
  name: string,
  args: Record<string, unknown>,
  ahead?: (client: QueryClient) => () => void,
) => Promise<string | null>;

/** Commands on one deal whose refusals are shown where they were asked for. */
export function useTell(dealId: string): Tell {
  const run = useRun();
  return useMemo(() => tellWith(run, dealId, true), [run, dealId]);
}

function tellWith(run: Run, dealId: string, showsRefusal: boolean): Tell {
  return async (name, args, ahead) => {
    const reply = await run({ dealId, name, args, showsRefusal, ...(ahead ? { ahead } : {}) });
    return reply.outcome === 'done' ? null : reply.refusal.message;
  };
}

export interface TaskActs {
  /** Done if it is open, open again if it is done or waived. */
  readonly tick: (task: TaskView) => Promise<string | null>;
}

/** Ticking is shown at once; a refusal puts the tick back and says why in the line at the foot. */
export function useTaskActs(dealId: string): TaskActs {
  const run = useRun();
  const today = useToday();
  return useMemo(() => {
    const tell = tellWith(run, dealId, false);
    return {
      tick: (task) =>
        isSettled(task)
          ? tell('reopenTask', { taskId: task.id }, (client) =>
              taskAhead(client, dealId, task.id, { state: 'none', doneOn: null, waivedOn: null }),
            )
          : tell('completeTask', { taskId: task.id, on: today }, (client) =>
              taskAhead(client, dealId, task.id, { state: 'done', doneOn: today }),
            ),
    };
  }, [run, dealId, today]);
}

export function isSettled(task: TaskView): boolean {
  return task.doneOn !== null || task.waivedOn !== null;
}

/** What a task's state says in a row: how late, who has it, when it was done. */
export function taskWhen(
  task: TaskView,
  rowOf: (day: PlainDate) => string,
  shortOf: (day: PlainDate) => string,
): string {
  if (task.waivedOn !== null) return 'not needed';
  if (task.doneOn !== null) return shortOf(task.doneOn);
  if (task.dueOn !== null) return rowOf(task.dueOn);
  return task.state === 'waiting' ? 'waiting' : '';
}

function taskAhead(client: QueryClient, dealId: string, taskId: string, change: Partial<TaskView>): () => void {
  const key = keys.deal(dealId);
  const before = client.getQueryData<DealView | null>(key);
  const task = before?.tasks.find((one) => one.id === taskId);
  if (!before || task === undefined) return () => undefined;
  void client.cancelQueries({ queryKey: key });
  const put = (next: Partial<TaskView>) =>
    client.setQueryData<DealView | null>(
      key,
      (now) => now && { ...now, tasks: now.tasks.map((one) => (one.id === taskId ? { ...one, ...next } : one)) },
    );
  put(change);
  return () => put(task);
}
