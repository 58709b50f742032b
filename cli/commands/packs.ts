import { optionNames } from '../../core/deadlines/pack.ts';
import type { Pack } from '../../core/deadlines/pack-schema.ts';
import { type Command, value } from '../answer.ts';
import { loadPacks } from '../load-packs.ts';
import { readWords } from '../words.ts';

export const packs: Command = {
  usage: 'closeboard packs',
  run(words) {
    const flags = readWords(words, {});
    if (!flags.ok) return flags.error;
    return value(loadPacks().map(describe));
  },
};

function describe(pack: Pack) {
  const { id, title, form, revision, state, zone, anchors, deadlines } = pack;
  return {
    id,
    title,
    form,
    revision,
    revisions: pack.revisions.map((each) => each.id),
    state,
    zone,
    anchors: anchors.map((anchor) => anchor.id),
    options: optionNames(pack),
    deadlines: deadlines.map(({ id: deadlineId, title: deadlineTitle, from: anchor, ...rest }) => ({
      id: deadlineId,
      title: deadlineTitle,
      anchor,
      ...rest,
      dayKind: rest.dayKind ?? pack.counting.dayKind,
    })),
  };
}
