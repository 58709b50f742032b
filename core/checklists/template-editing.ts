import { err, type Result } from '../result.ts';
import { type BadTemplate, parseTemplate, type TemplatePart } from './template-schema.ts';

export interface TemplateLocked {
  readonly type: 'TemplateLocked';
  readonly message: string;
}

export interface NothingChanged {
  readonly type: 'NothingChanged';
  readonly message: string;
}

/**
 * An office's own copy of a part: unlocked, and standing in for the original wherever that applied. It counts on from
 * the original's version, so that the version of every composed template still only grows.
 */
export function copyPart(part: TemplatePart, names: { readonly id: string; readonly title: string }): TemplatePart {
  return { ...part, ...names, version: part.version + 1, locked: false, replaces: part.id };
}

export function lockPart(part: TemplatePart): TemplatePart {
  return { ...part, locked: true };
}

/**
 * The next version of a part, from a draft. Refused while the part is locked, when nothing changed, or when the draft
 * is not a valid part. Deals keep the version they began with.
 */
export function revisePart(
  current: TemplatePart,
  draft: TemplatePart,
): Result<TemplatePart, TemplateLocked | NothingChanged | BadTemplate> {
  if (current.locked)
    return err({
      type: 'TemplateLocked',
      message: `"${current.title}" is locked. Copy it and change the copy; running deals keep what they have.`,
    });
  const next: TemplatePart = {
    ...draft,
    id: current.id,
    kind: current.kind,
    version: current.version + 1,
    locked: false,
  };
  const read = parseTemplate(next);
  if (!read.ok) return read;
  if (JSON.stringify({ ...read.value, version: current.version }) === JSON.stringify(parsed(current)))
    return err({ type: 'NothingChanged', message: `Nothing changed in "${current.title}", so it keeps its version.` });
  return read;
}

/** In the key order of the schema, so that two parts can be compared as text. */
function parsed(part: TemplatePart): TemplatePart {
  const read = parseTemplate(part);
  return read.ok ? read.value : part;
}
