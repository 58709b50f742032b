import type { Deal, TaskRow } from './model.ts';

/** The tasks that must be done or waived before this one. A task that was removed waits for nobody. */
export function openDependencies(deal: Deal, task: TaskRow): readonly TaskRow[] {
  if (task.dependsOn.length === 0) return [];
  return deal.tasks.filter(
    (other) => other.doneOn === null && other.waivedOn === null && task.dependsOn.includes(other.id),
  );
}
