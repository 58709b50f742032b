import { type Deal, type LineRow, STAGES } from '../../../core/deals/model.ts';
import { isMetadataOnly } from '../../../core/documents/document.ts';

/** Which documents of a made-up deal are in, by the stage that it stands in. Both who makes the deal and who files its papers ask. */
export interface SamplePapers {
  /** Filed and approved. */
  readonly approved: readonly LineRow[];
  /** The last ones of the stage: asked for; one of them may have a story. */
  readonly asked: readonly LineRow[];
  /** Of stages behind, beyond what is worth making a file of. */
  readonly onPaper: readonly LineRow[];
  /** Never kept here: whoever asked for them has them. */
  readonly elsewhere: readonly LineRow[];
}

/** So many papers of a deal are filed; a made-up deal need not fill the disk. */
const FILED = 24;
/** So many documents of the stage are still wanted, as on a desk in the middle of its work. */
const ASKED = 3;

/** Pure: the lines of a deal give the same answer before and after its papers are filed. */
export function samplePapers({ lines, row }: Pick<Deal, 'lines' | 'row'>, stage = row.stage): SamplePapers {
  const reached = STAGES.indexOf(stage);
  const present = lines.filter((line) => line.stage === stage);
  const asked = present.filter((line) => !isPrivate(line)).slice(-ASKED);
  const behind = lines.filter((line) => STAGES.indexOf(line.stage) < reached);
  const settled = [...present.filter((line) => !asked.includes(line)), ...behind];
  const filed = settled.filter((line) => !isPrivate(line));
  return {
    approved: filed.slice(0, FILED),
    asked,
    onPaper: filed.slice(FILED),
    elsewhere: settled.filter(isPrivate),
  };
}

function isPrivate(line: LineRow): boolean {
  return isMetadataOnly(line.class);
}
