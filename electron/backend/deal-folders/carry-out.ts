import { join } from 'node:path';
import { nameKey } from '../../../core/documents/file-name.ts';
import { attempt, codeOf, orNull } from '../vault/failures.ts';
import { hashFile } from '../vault/hash-file.ts';
import { outsideIo, renameToFree } from '../vault/io.ts';
import type { Vault } from '../vault/vault.ts';
import type { KnownFile, Step } from './model.ts';
import { type FolderProblem, outProblem, problem } from './problems.ts';

export interface Work {
  readonly folder: string;
  readonly vault: Vault;
  readonly signal?: AbortSignal | undefined;
}

export interface Done {
  readonly files: readonly KnownFile[];
  readonly problems: readonly FolderProblem[];
  /** False when a step has to be tried again. */
  readonly isSettled: boolean;
}

/** What one step leaves: the file as it is known from now on, null for none. */
interface StepDone {
  readonly file: KnownFile | null;
  readonly problem?: FolderProblem | null;
  readonly isSettled?: boolean;
}

/** Does the steps of a plan in their order. One that can't be done leaves what was, and the others go on. */
export async function carryOut(steps: readonly Step[], work: Work): Promise<Done> {
  const files: KnownFile[] = [];
  const problems: FolderProblem[] = [];
  let isSettled = true;
  for (const step of steps) {
    const isStopped = work.signal?.aborted === true;
    const done = isStopped ? { file: asBefore(step), isSettled: false } : await carryOutOne(step, work);
    if (done.file !== null) files.push(done.file);
    if (done.problem) problems.push(done.problem);
    if (done.isSettled === false) isSettled = false;
  }
  if (work.signal?.aborted && !isSettled) return { files, problems: [problem('Cancelled')], isSettled };
  return { files, problems, isSettled };
}

function asBefore(step: Step): KnownFile | null {
  switch (step.type) {
    case 'write':
      return null;
    case 'rename':
      return step.before;
    default:
      return step.file;
  }
}

async function carryOutOne(step: Step, work: Work): Promise<StepDone> {
  try {
    switch (step.type) {
      case 'write':
        return await write(step, work);
      case 'rename':
        return await rename(step, work);
      case 'remove-superseded':
        return await remove(step.file, work);
      case 'adopt':
        return { file: step.file };
    }
  } catch (thrown) {
    const code = codeOf(thrown);
    if (code === null) throw thrown;
    // A file that is open elsewhere (Windows) can neither be renamed nor removed until it is closed.
    const file = asBefore(step);
    const trouble = ['EBUSY', 'EPERM', 'ENOENT', 'EEXIST'].includes(code)
      ? null
      : problem('Unwritable', file?.name ?? null);
    return { file, problem: trouble, isSettled: false };
  }
}

async function write(step: Extract<Step, { type: 'write' }>, { folder, vault, signal }: Work): Promise<StepDone> {
  const path = join(folder, step.name);
  const copied = await vault.copyOut(step.sha256, path, { signal });
  if (!copied.ok)
    return {
      file: null,
      problem: outProblem(copied.error.type, step.name),
      isSettled: copied.error.type !== 'NameTaken',
    };
  const stat = await orNull(outsideIo.lstat(path));
  // Gone again already: the next sync finds it missing.
  if (stat === null) return { file: null, isSettled: false };
  const { versionId, sha256, name, wantedName } = step;
  const place = { versionId, name, wantedName, namedBy: 'app', writtenSha256: sha256, sha256 } as const;
  return { file: { ...place, bytes: Number(stat.size), mtimeMs: -1, ino: String(stat.ino) } };
}

async function rename({ from, before, after }: Extract<Step, { type: 'rename' }>, { folder }: Work): Promise<StepDone> {
  const source = join(folder, from);
  const target = join(folder, after.name);
  const now = await outsideIo.lstat(source);
  if (!now.isFile()) return { file: before, isSettled: false };
  const holder = nameKey(from) === nameKey(after.name) ? await orNull(outsideIo.lstat(target)) : null;
  // A disk that ignores case finds the file itself under the new name; there a plain rename changes the letters.
  if (holder !== null && holder.ino === now.ino) await outsideIo.rename(source, target);
  else await renameToFree(outsideIo, source, target);
  return { file: { ...after, ino: String(now.ino), mtimeMs: -1 } };
}

/** Looks at the content once more, just before: what is not exactly ours is a person's, and stays. */
async function remove(file: KnownFile, { folder, vault, signal }: Work): Promise<StepDone> {
  const path = join(folder, file.name);
  const isHeld = await vault.has(file.sha256);
  const read = await attempt(() => hashFile(outsideIo, path, signal));
  if (!read.ok && read.error.type === 'SourceGone') return { file: null };
  const isOurs = isHeld && read.ok && read.value.sha256 === file.writtenSha256;
  if (!isOurs) return { file: { ...file, mtimeMs: -1 }, isSettled: false };
  await orNull(outsideIo.unlink(path));
  return { file: null };
}
