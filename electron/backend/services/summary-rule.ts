import { SUMMARY_RULE } from '../../../core/deals/summarise.ts';
import { inWrite } from '../../../db/handles.ts';
import { dealCount, readSetting } from '../../../db/read/workspace.ts';
import { SEARCH_RULE } from '../../../db/search/entries.ts';
import { rebuildSearch, searchGaps } from '../../../db/search/index-deal.ts';
import { rebuildSlice } from '../../../db/write/rebuild-summaries.ts';
import { putSetting } from '../../../db/write/settings.ts';
import type { Open } from '../handlers/context.ts';

const SETTING = 'summaries-made-by';
const DEALS_A_SLICE = 50;
const SEARCH_SETTING = 'search-made-by';
const DEALS_A_SEARCH_SLICE = 10;
/** The board stands long before; until then it shows what the version before made. */
const WAIT_MS = 3_000;

/**
 * Summaries hold what a rule, a pack and a checklist said when the deal last changed. After an update that changed one
 * of these they are made again, in slices, so that no card shows yesterday's rule. Called once when records are opened.
 */
export function keepSummariesCurrent(current: () => Open | null, opened: Open): void {
  const timer = setTimeout(() => {
    // Closed or opened anew meanwhile: whoever opened it looks for itself.
    if (current() !== opened) return;
    makeAgain(opened);
    fillSearch(opened);
  }, WAIT_MS);
  timer.unref();
}

/** The search index of records that were there before it, or that an older rule filled; and when it lacks something. */
function fillSearch(open: Open): void {
  const { db } = open;
  const madeBy = String(SEARCH_RULE);
  const gaps = searchGaps(db.read);
  if (readSetting(db.read, SEARCH_SETTING) === madeBy && gaps.missing + gaps.extra === 0) return;
  const keep = (): void => inWrite(db, (write) => putSetting(write, SEARCH_SETTING, madeBy));
  const count = dealCount(db.read);
  if (count === 0) {
    keep();
    return;
  }
  let after: string | null = null;
  let isWhole = false;
  open.jobs.start({
    title: 'Reading everything for the search',
    total: Math.ceil(count / DEALS_A_SEARCH_SLICE) + 1,
    step: () => {
      if (isWhole) return;
      after = inWrite(db, (write) => rebuildSearch(write, { after, limit: DEALS_A_SEARCH_SLICE }));
      isWhole = after === null;
    },
    sentence: () => 'The search knows everything that is here.',
    onEnd: () => {
      if (isWhole) keep();
    },
  });
}

function makeAgain(open: Open): void {
  const { db } = open;
  const madeBy = `${SUMMARY_RULE} ${open.resources.fingerprint()}`;
  if (readSetting(db.read, SETTING) === madeBy) return;
  const keep = (): void => inWrite(db, (write) => putSetting(write, SETTING, madeBy));
  const count = dealCount(db.read);
  if (count === 0) {
    keep();
    return;
  }
  let after: string | null = null;
  open.jobs.start({
    title: 'Bringing the board up to date',
    // One slice more than are full, for the deals that came meanwhile.
    total: Math.ceil(count / DEALS_A_SLICE) + 1,
    step: () => {
      after =
        inWrite(db, (write) => rebuildSlice(write, open.runner.summarise, { after, limit: DEALS_A_SLICE })) ?? after;
    },
    sentence: () => 'The board shows what this version of Closeboard knows.',
    onEnd: (isWhole) => {
      if (isWhole) keep();
      open.deps.emit({ type: 'deals:changed', dealIds: [] });
    },
  });
}
