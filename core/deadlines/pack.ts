import { err, ok, type Result } from '../result.ts';
import { switchesOf } from './calendars/sets.ts';
import { ZONES } from './count-words.ts';
import type { Pack, PackDeadline } from './pack-schema.ts';

export type PackRefusal =
  | { readonly type: 'PackLocked'; readonly packId: string; readonly message: string }
  | { readonly type: 'UnknownRevision'; readonly revision: string; readonly message: string }
  | { readonly type: 'UnknownDeadline'; readonly deadlineId: string; readonly message: string };

export type OptionError =
  | { readonly type: 'UnknownOption'; readonly option: string; readonly message: string }
  | { readonly type: 'BadOptionValue'; readonly option: string; readonly value: string; readonly message: string };

/** What the form leaves open, by name: `extend=will`, `received=17:30`, `zone=America/Denver`, `good-friday=on`. */
export type OptionValues = Readonly<Record<string, string>>;

/** An office's own pack, open to changes, that remembers where it came from. */
export function copyPack(pack: Pack, { id, title }: { readonly id: string; readonly title: string }): Pack {
  return { ...pack, id, title, isLocked: false, basedOn: pack.id };
}

/** A pack with changes; the caller parses the result again before it is kept. Packs that come with Closeboard stay as they are. */
export function editPack(pack: Pack, edit: (pack: Pack) => Pack): Result<Pack, PackRefusal> {
  if (!pack.isLocked) return ok({ ...edit(pack), id: pack.id, basedOn: pack.basedOn });
  const message = `${pack.form} ${pack.revision} is locked, so that deals built with it keep their dates. Copy it, then change the copy.`;
  return err({ type: 'PackLocked', packId: pack.id, message });
}

/** The pack as a deal was built with it. */
export function packAtRevision(pack: Pack, revision: string): Result<Pack, PackRefusal> {
  if (!pack.revisions.some((known) => known.id === revision)) {
    const known = pack.revisions.map((each) => each.id).join(', ');
    const message = `${pack.form} has no revision ${revision} here. Use one of: ${known}.`;
    return err({ type: 'UnknownRevision', revision, message });
  }
  return ok({ ...pack, revision, deadlines: pack.deadlines.filter((deadline) => isIn(deadline, revision)) });
}

export function findDeadline(pack: Pack, deadlineId: string): Result<PackDeadline, PackRefusal> {
  const deadline = pack.deadlines.find((each) => each.id === deadlineId);
  if (deadline !== undefined) return ok(deadline);
  const known = pack.deadlines.map((each) => each.id).join(', ');
  const message = `${pack.form} has no deadline ${deadlineId}. Use one of: ${known}.`;
  return err({ type: 'UnknownDeadline', deadlineId, message });
}

/** The first option that this pack does not know or whose value it cannot use; null when all fit. */
export function checkOptions(pack: Pack, options: OptionValues): OptionError | null {
  for (const [option, value] of Object.entries(options)) {
    const choices = choicesOf(pack, option);
    if (choices === null) {
      const message = `${pack.form} has no option ${option}. Use one of: ${optionNames(pack).join(', ')}.`;
      return { type: 'UnknownOption', option, message };
    }
    const fits = choices === 'time' ? /^([01]\d|2[0-3]):[0-5]\d$/.test(value) : choices.includes(value);
    if (fits) continue;
    const wanted = choices === 'time' ? 'a local time such as 17:30' : `one of: ${choices.join(', ')}`;
    return {
      type: 'BadOptionValue',
      option,
      value,
      message: `Option ${option} takes ${wanted}, and was given ${value}.`,
    };
  }
  return null;
}

/** The options of a pack with those of its holiday set; `zone` where the property decides it. */
export function optionNames(pack: Pack): readonly string[] {
  const own = pack.options.map((option) => option.id);
  const zone = pack.zoneIsFixed ? [] : ['zone'];
  return [...own, ...zone, ...switchesOf(pack.counting.holidaySet).map((each) => each.id)];
}

/**
 * The time of receipt where it has a say: for a day on which something was received, not for a closing day, which the
 * same options travel with. A count without a deadline is taken to start with the receipt.
 */
export function receivedAtOf(pack: Pack, deadline: PackDeadline | null, options: OptionValues): string | undefined {
  if (deadline === null) return options.received;
  const anchor = pack.anchors.find((each) => each.id === deadline.from);
  return anchor?.trigger === 'receipt' ? options.received : undefined;
}

export function switchValues(pack: Pack, options: OptionValues): Readonly<Record<string, boolean>> {
  const values: Record<string, boolean> = {};
  for (const { id } of switchesOf(pack.counting.holidaySet)) {
    if (options[id] !== undefined) values[id] = options[id] === 'on';
  }
  return values;
}

function choicesOf(pack: Pack, option: string): readonly string[] | 'time' | null {
  const own = pack.options.find((each) => each.id === option);
  if (own !== undefined) return own.shape === 'time' ? 'time' : own.choices;
  if (option === 'zone') return pack.zoneIsFixed ? null : Object.keys(ZONES);
  return switchesOf(pack.counting.holidaySet).some((each) => each.id === option) ? ['on', 'off'] : null;
}

function isIn(deadline: PackDeadline, revision: string): boolean {
  return deadline.revisions === undefined || deadline.revisions.includes(revision);
}
