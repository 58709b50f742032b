import { openArrivalCount, toReviewCount } from '../../../db/read/files.ts';
import type { Open } from './context.ts';

/** What waits for a person, in numbers: asked for with the first frame, so it loads nothing. */
export function countInbox(open: Open) {
  return { open: openArrivalCount(open.db.read), toReview: toReviewCount(open.db.read) };
}
