import type { Result } from '../../../core/result.ts';
import type { EditOptions } from './edit/refusals.ts';
import type { PdfProblem } from './problem.ts';
import type { TaskContext } from './protocol.ts';

/**
 * The tasks that make PDFs, by name. Inputs name files by path, and results are written to the path in the input: pages
 * never cross between threads. Each module is loaded with its first task, so that reading alone stays light.
 */
export const EDIT_TASKS = {
  merge: edit(async () => (await import('./edit/merge.ts')).mergePdfs),
  split: edit(async () => (await import('./edit/arrange.ts')).splitPdf),
  /** Reorders, turns and leaves out pages. */
  arrange: edit(async () => (await import('./edit/arrange.ts')).arrangePages),
  stamp: edit(async () => (await import('./edit/stamp.ts')).stampPdf),
  checklist: edit(async () => (await import('./edit/checklist.ts')).checklistPdf),
  packet: edit(async () => (await import('./edit/packet.ts')).closingPacket),
  unlock: edit(async () => (await import('./unlock.ts')).unlock),
  photos: edit(async () => (await import('./photos.ts')).photos),
  /** Not a PDF, but work of the same kind: a mail taken apart. */
  mail: edit(async () => (await import('./mail.ts')).mail),
};

/** Name -> what goes in and what comes out. */
export type EditTasks = {
  readonly [Name in keyof typeof EDIT_TASKS]: {
    readonly input: Parameters<(typeof EDIT_TASKS)[Name]>[0];
    readonly output: Extract<Awaited<ReturnType<(typeof EDIT_TASKS)[Name]>>, { ok: true }>['value'];
  };
};

type Edit<Input, Output> = (input: Input, options: EditOptions) => Promise<Result<Output, PdfProblem>>;

function edit<Input, Output>(load: () => Promise<Edit<Input, Output>>) {
  return async (input: Input, { signal, onProgress }: TaskContext): Promise<Result<Output, PdfProblem>> => {
    const work = await load();
    return work(input, { signal, onProgress: (done, total) => onProgress({ done, total }) });
  };
}
