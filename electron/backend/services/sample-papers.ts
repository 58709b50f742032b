import { type Deal, type LineRow, STAGES } from '../../../core/deals/model.ts';
import { isMetadataOnly } from '../../../core/documents/document.ts';

/** Which documents of a made-up deal are in, by the stage that it stands in. Whoever makes the deal and whoever files its papers asks here. */
export interface SamplePapers {
  /** Filed and approved: what is behind the deal, and most of its stage. */
  readonly approved: readonly LineRow[];
  /** The last ones of the stage: still wanted, and one of them may be in review or sent back. */
  readonly wanted: readonly LineRow[];
  /** Nobody has these before a closing is signed: asked for, and nothing more. */
  readonly ahead: readonly LineRow[];
  /** Never kept here: whoever asked for them has them. */
  readonly elsewhere: readonly LineRow[];
}

/** So many documents of the stage are still open, as on a desk in the middle of its work. */
const OPEN = 3;
const AFTER_SIGNING: ReadonlySet<string> = new Set([
  'doc-signed-deed',
  'doc-recorded-deed',
  'doc-closing-package',
  'doc-keys-receipt',
]);

/** Pure: the lines of a deal give the same answer before and after its papers are filed. */
export function samplePapers({ lines, row }: Pick<Deal, 'lines' | 'row'>, stage = row.stage): SamplePapers {
  const reached = lines.filter((line) => STAGES.indexOf(line.stage) <= STAGES.indexOf(stage));
  const kept = reached.filter((line) => !isMetadataOnly(line.class));
  const present = kept.filter((line) => line.stage === stage);
  const ahead = present.filter((line) => AFTER_SIGNING.has(line.templateDocumentId ?? ''));
  const wanted = present.filter((line) => !ahead.includes(line)).slice(-Math.max(1, OPEN - ahead.length));
  return {
    approved: kept.filter((line) => !wanted.includes(line) && !ahead.includes(line)),
    wanted,
    ahead,
    elsewhere: reached.filter((line) => isMetadataOnly(line.class)),
  };
}
