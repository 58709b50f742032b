import { createHash } from 'node:crypto';
import { createLibrary, type Library, PACK_FILES, TEMPLATE_FILES } from '../../../resources/library.ts';
import type { StateForm } from '../../contract/values.ts';

const GENERIC = 'generic';

/** What comes with Closeboard, and what the desktop asks of it besides. */
export interface Resources extends Library {
  /** Another text whenever a pack or a checklist that comes with the program is another. */
  readonly fingerprint: () => string;
  /** The forms a person chooses from: every pack that is a contract, newest revision first. */
  readonly forms: () => readonly StateForm[];
}

export function createResources(): Resources {
  return {
    ...createLibrary(),
    fingerprint: () =>
      createHash('sha256')
        .update(JSON.stringify([PACK_FILES, TEMPLATE_FILES]))
        .digest('hex'),
    forms: () => PACK_FILES.flatMap((file) => formsOf(file as FormFile)),
  };
}

interface FormFile {
  readonly id: string;
  readonly form: string;
  readonly state: string;
  readonly isOverlay: boolean;
  readonly dayZero: string;
  readonly revision: string;
  readonly revisions: readonly { readonly id: string }[];
  readonly anchors: readonly { readonly id: string; readonly title: string }[];
}

/** The anchors a person is asked for first: the one that opens the file, and closing. */
function formsOf(pack: FormFile): readonly StateForm[] {
  if (pack.isOverlay) return [];
  const asked = pack.anchors.filter((anchor) => anchor.id === pack.dayZero || anchor.id === 'closing');
  const anchors = asked.map((anchor) => ({ name: anchor.id, title: anchor.title }));
  const inForce = pack.revisions.filter((revision) => revision.id === pack.revision);
  const others = pack.revisions.filter((revision) => revision.id !== pack.revision).reverse();
  return [...inForce, ...others].map(({ id }) => ({
    packId: pack.id,
    revision: id,
    state: pack.state,
    // Where no rule pack exists, the pack that counts plain days stands in and says so.
    form: pack.id === GENERIC ? 'No state form' : `${pack.form} ${id}`,
    anchors,
  }));
}
