import { writeSync } from 'node:fs';
import { makeDeal, mustOpen, putDeal } from './testing.ts';

/** For open.db.test.ts: opens the records, writes one deal, says so, and stays until it is killed. */
const [, , folder = ''] = process.argv;
putDeal(mustOpen(folder), makeDeal(1));
writeSync(1, 'held');
setInterval(() => {}, 60_000);
