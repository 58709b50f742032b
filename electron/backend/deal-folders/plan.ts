import { nameKey } from '../../../core/documents/file-name.ts';
import { matchFiles } from './match.ts';
import type { KnownFile, Observation, Plan, Step, ThereFile, WantedFile } from './model.ts';
import { createNames, isAtTop, type Names } from './names.ts';

export interface PlanInput {
  /** Each version once. */
  readonly wanted: readonly WantedFile[];
  readonly known: readonly KnownFile[];
  readonly there: readonly ThereFile[];
  /** Names at the top that are no documents: folders, links, locks. They are taken all the same. */
  readonly occupied?: readonly string[] | undefined;
}

/** A file that is there, and what becomes of it. */
interface Holding {
  readonly file: KnownFile;
  /** Seen for the first time and not told yet. */
  readonly isFresh: boolean;
  /** Can't be read now: it stays as it is. */
  readonly isUnsure: boolean;
}

interface Claim {
  readonly wanted: WantedFile;
  readonly holding: Holding;
}

/**
 * What to do so that the folder shows the wanted versions, and what a person did there meanwhile.
 *
 * What a person made stays: an edited file waits under its name until a version with its content is wanted, a name they
 * chose is kept, and only what is exactly as we wrote it is ever removed. What they deleted is written again, and told.
 */
export function planDealFolder({ wanted, known, there, occupied = [] }: PlanInput): Plan {
  const observations: Observation[] = [];
  const wantedById = new Map(wanted.map((one) => [one.versionId, one]));
  const seen = observe({ known, there }, wantedById, observations);
  const { claims, missing } = claim(wanted, seen, wantedById);
  const claimed = new Set(claims.map(({ holding }) => holding));
  const names = createNames([...there.map(({ relPath }) => relPath).filter(isAtTop), ...occupied]);
  const kept: KnownFile[] = [];
  const removals: Step[] = [];
  for (const holding of seen.filter((one) => !claimed.has(one))) {
    const { file, isUnsure } = holding;
    if (holding.isFresh)
      observations.push({ type: 'added', relPath: file.name, sha256: file.sha256, bytes: file.bytes });
    if (file.versionId === null || isUnsure || isWaitingEdit(file, wantedById)) kept.push(file);
    else if (file.sha256 !== file.writtenSha256) kept.push(asPersons(file));
    else {
      removals.push({ type: 'remove-superseded', file });
      if (isAtTop(file.name)) names.leave(file.name);
    }
  }
  const moves = planNames(claims, names, kept);
  const writes = missing.map((one): Step => {
    const name = names.freeFor(one.name);
    names.take(name);
    return { type: 'write', versionId: one.versionId, sha256: one.sha256, name, wantedName: one.name };
  });
  return { kept, steps: [...removals, ...moves, ...writes], observations };
}

/** The files that are there, as they are now; notes what a person changed of those we knew. */
function observe(
  { known, there }: Pick<PlanInput, 'known' | 'there'>,
  wantedById: ReadonlyMap<string, WantedFile>,
  observations: Observation[],
): readonly Holding[] {
  const { pairs, fresh } = matchFiles(known, there);
  const holdings: Holding[] = [];
  for (const { known: file, there: now } of pairs) {
    const wanted = file.versionId === null ? undefined : wantedById.get(file.versionId);
    if (now === null) {
      if (wanted !== undefined) observations.push({ type: 'deleted', versionId: wanted.versionId, relPath: file.name });
      continue;
    }
    if (now.sha256 === null) {
      holdings.push({ file, isFresh: false, isUnsure: true });
      continue;
    }
    const named = nameNow(file, now, wanted, observations);
    noteContent(file, now, now.sha256, observations);
    const { bytes, mtimeMs, ino, sha256 } = now;
    holdings.push({ file: { ...named, bytes, mtimeMs, ino, sha256 }, isFresh: false, isUnsure: false });
  }
  for (const now of fresh) {
    if (now.sha256 === null) continue;
    const { relPath: name, bytes, mtimeMs, ino, sha256 } = now;
    const person = { versionId: null, wantedName: null, namedBy: 'person', writtenSha256: null } as const;
    holdings.push({ file: { ...person, name, bytes, mtimeMs, ino, sha256 }, isFresh: true, isUnsure: false });
  }
  return holdings;
}

function nameNow(
  file: KnownFile,
  { relPath }: ThereFile,
  wanted: WantedFile | undefined,
  observations: Observation[],
): KnownFile {
  // Some disks give a name back in other letters for the same characters: nobody renamed it.
  if (relPath.normalize('NFC') === file.name.normalize('NFC')) return { ...file, name: relPath };
  // Our own rename, after which we died before we could say so.
  if (wanted !== undefined && nameKey(relPath) === nameKey(wanted.name) && file.wantedName !== wanted.name)
    return { ...file, name: relPath, wantedName: wanted.name };
  if (file.versionId !== null)
    observations.push({ type: 'renamed', versionId: file.versionId, from: file.name, to: relPath });
  return { ...file, name: relPath, namedBy: 'person' };
}

function noteContent(
  file: KnownFile,
  { relPath, bytes }: ThereFile,
  sha256: string,
  observations: Observation[],
): void {
  if (sha256 === file.sha256 || sha256 === file.writtenSha256) return;
  if (file.versionId === null) observations.push({ type: 'added', relPath, sha256, bytes });
  else observations.push({ type: 'edited', versionId: file.versionId, relPath, sha256, bytes });
}

/** Which file stands for which wanted version, and the versions for which none does. */
function claim(
  wanted: readonly WantedFile[],
  seen: readonly Holding[],
  wantedById: ReadonlyMap<string, WantedFile>,
): { readonly claims: readonly Claim[]; readonly missing: readonly WantedFile[] } {
  const claims = new Map<string, Holding>();
  const free = new Set(seen);
  const take = (one: WantedFile, holding: Holding | undefined) => {
    if (holding === undefined) return;
    claims.set(one.versionId, holding);
    free.delete(holding);
  };
  const own = (one: WantedFile) => [...free].find(({ file }) => isOf(file, one));
  for (const one of wanted) {
    const holding = own(one);
    if (holding !== undefined && (holding.isUnsure || holding.file.sha256 === one.sha256)) take(one, holding);
  }
  const byContent = Map.groupBy(
    [...free].filter(({ isUnsure }) => !isUnsure),
    ({ file }) => file.sha256,
  );
  for (const one of wanted.filter(({ versionId }) => !claims.has(versionId))) {
    const same = byContent.get(one.sha256)?.filter((holding) => free.has(holding)) ?? [];
    take(one, same.find(({ file }) => file.name === one.name) ?? same[0]);
  }
  // What was edited and is nobody's yet still stands for its version: the person has it open, maybe.
  const edits = [...free].filter(({ file }) => isWaitingEdit(file, wantedById));
  const waiting = new Set(edits.map(({ file }) => file.versionId));
  return {
    claims: wanted.flatMap((one) => {
      const holding = claims.get(one.versionId);
      return holding === undefined ? [] : [{ wanted: one, holding }];
    }),
    missing: wanted.filter(({ versionId }) => !claims.has(versionId) && !waiting.has(versionId)),
  };
}

function isOf(file: KnownFile, wanted: WantedFile): boolean {
  return file.versionId === wanted.versionId && file.writtenSha256 === wanted.sha256;
}

function isWaitingEdit(file: KnownFile, wantedById: ReadonlyMap<string, WantedFile>): boolean {
  const wanted = wantedById.get(file.versionId ?? '');
  return wanted !== undefined && isOf(file, wanted) && file.sha256 !== file.writtenSha256;
}

function asPersons(file: KnownFile): KnownFile {
  return { ...file, versionId: null, wantedName: null, namedBy: 'person', writtenSha256: null };
}

/** Names for what is there: those whose name is free first, since each that moves may free the next one's. */
function planNames(claims: readonly Claim[], names: Names, kept: KnownFile[]): readonly Step[] {
  const steps: Step[] = [];
  let waiting: { readonly before: KnownFile; readonly after: KnownFile; readonly name: string }[] = [];
  for (const { wanted, holding } of claims) {
    const { file } = holding;
    const isOwn = isOf(file, wanted);
    const after = { ...file, versionId: wanted.versionId, writtenSha256: wanted.sha256, wantedName: wanted.name };
    const mayMove = isAtTop(file.name) && !(isOwn && file.namedBy === 'person') && !holding.isUnsure;
    const isPlaced = file.wantedName === wanted.name && isOwn;
    if (holding.isUnsure || isPlaced) kept.push(file);
    else if (!mayMove) steps.push({ type: 'adopt', file: { ...after, namedBy: 'person' } });
    else if (file.name === wanted.name) steps.push({ type: 'adopt', file: { ...after, namedBy: 'app' } });
    else waiting.push({ before: file, after: { ...after, namedBy: 'app' }, name: wanted.name });
  }
  while (waiting.length > 0) {
    const isReady = ({ before, name }: (typeof waiting)[number]) =>
      names.isFree(name) || nameKey(before.name) === nameKey(name);
    const ready = waiting.filter(isReady).slice(0, 1);
    for (const { before, after, name } of ready.length > 0 ? ready : waiting.slice(0, 1)) {
      names.leave(before.name);
      const to = names.freeFor(name);
      names.take(to);
      const isThere = to === before.name;
      if (isThere) steps.push({ type: 'adopt', file: { ...after, name: to } });
      else steps.push({ type: 'rename', from: before.name, before, after: { ...after, name: to } });
      waiting = waiting.filter((one) => one.before !== before);
    }
  }
  return steps;
}
