import { statSync } from 'node:fs';
import { v7 } from 'uuid';
import type { Deal, LineRow, VersionRow } from '../core/deals/model.ts';
import { type Db, inWrite } from '../db/handles.ts';
import { indexFileText } from '../db/search/index-deal.ts';
import { type SearchQuery, searchAll } from '../db/search/search.ts';
import { AT, insertsOf, makeDeal, mustOpen, pick, randomOf, summarise, tempFolder } from '../db/testing.ts';
import { applyChanges } from '../db/write/apply-changes.ts';
import { type BenchOptions, type BenchRow, median, NONE, timeOf } from './row.ts';

/** Milliseconds that 19 of 20 searches may take, of every class. */
const LIMIT = 50;
/** 10,000 deals with two people, a note and ten documents of 120 words each. */
const FULL = { deals: 10_000, documentsEach: 10, words: 120 };
const SMOKE = { deals: 20, documentsEach: 2, words: 40 };
const BATCH = 50;

/** Search as you type on 100,000 documents: every class of query, 19 of 20 of them within the limit. */
export function run({ smoke }: BenchOptions): readonly BenchRow[] {
  const size = smoke ? SMOKE : FULL;
  const { folder, remove } = tempFolder();
  const db = mustOpen(folder);
  try {
    const language = makeLanguage(randomOf(7));
    const took = timeOf(() => fill(db, size, language));
    const files = size.deals * size.documentsEach;
    db.raw.pragma('wal_checkpoint(TRUNCATE)');
    return [
      { name: `${files} documents written and indexed`, value: took / files, unit: 'ms', limit: NONE },
      { name: 'the index in the records', value: indexMegabytes(db), unit: 'MB', limit: NONE },
      { name: 'the records with it', value: statSync(db.file).size / 1e6, unit: 'MB', limit: NONE },
      ...Object.entries(classesOf(language)).flatMap(([name, queries]) => measure(db, name, queries, smoke ? 1 : 5)),
    ];
  } finally {
    db.close();
    remove();
  }
}

interface Language {
  readonly words: readonly string[];
  /** A word of a text: the commonest often, most words seldom (Zipf). */
  readonly say: (random: () => number) => string;
}

/** The words that contracts are made of, then 30,000 invented ones that sound like names. */
const COMMON =
  'the of and to in a or is for be by shall any this buyer seller property agreement not with as that on at agent date contract escrow days title all such closing loan inspection from will party deposit may if which offer terms address marlowe contingency disclosure lender appraisal insurance county parcel'.split(
    ' ',
  );
const SYLLABLES =
  'ba be bi bo ca ce ci co cu da de di do fa fe fi fo ga ge go ha he hi ho ja jo ka ki la le li lo lu ma me mi mo mu na ne ni no pa pe po pra pre pro ra re ri ro sa se si so su ta te ti to tra tri va ve vi wa we wi con ment tion ing er ly al'.split(
    ' ',
  );
const INVENTED = 30_000;

function makeLanguage(random: () => number): Language {
  const words = new Set(COMMON);
  while (words.size < COMMON.length + INVENTED) {
    words.add(Array.from({ length: 2 + Math.floor(random() * 3) }, () => pick(SYLLABLES, random)).join(''));
  }
  const list = [...words];
  let sum = 0;
  const upTo = list.map((_, rank) => {
    sum += 1 / (rank + 2.7);
    return sum;
  });
  return { words: list, say: (next) => list[placeOf(upTo, next() * sum)] ?? 'the' };
}

/** The first place whose value is not below `value`. */
function placeOf(sorted: readonly number[], value: number): number {
  let [low, high] = [0, sorted.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The classes of what people type; each query of a class is another one. */
function classesOf({ words }: Language): Readonly<Record<string, readonly Partial<SearchQuery>[]>> {
  const texts = (list: readonly string[]) => list.map((text) => ({ text }));
  const seldom = [4_000, 9_000, 15_000, 22_000].map((rank) => words[rank] ?? '');
  const two = ['ma', 'th', 'co', 'in', 'se', 'of', 'pr', '12', 'la', 'zo'];
  return {
    'one letter': texts([...'abcdefgmstz149']),
    'two letters': texts(two),
    'two letters, active deals': two.map((text) => ({ text, onlyActive: true })),
    'two letters, one side': two.map((text) => ({ text, side: 'landlord' as const })),
    'three letters': texts(['mar', 'con', 'the', 'ins', 'agr', 'tra', 'zoe', 'lin']),
    'four to six letters, common': texts(['agre', 'insp', 'cont', 'prop', 'buye', 'inspec', 'contin', 'apprai']),
    'a common word': texts(['agreement', 'inspection', 'buyer', 'contingency', 'marlowe']),
    'a seldom word': texts(seldom),
    'common words and a beginning': texts([
      'the buyer ma',
      'inspection co',
      'marlowe in',
      'of the se',
      'escrow days t',
    ]),
    'a seldom word and a common one': texts(seldom.map((word) => `${word} the`)),
    'a phrase of common words': texts([
      '"of the',
      '"the of and to"',
      '"loan title"',
      '"escrow days title"',
      '"the the the"',
    ]),
    'a name, a mail address, a number': texts([
      "o'brien",
      'forrester',
      'harbor lend',
      'zo@mail.example',
      '12-345',
      '642,000',
      'rpa-ca',
    ]),
    'nothing that is there': texts(['qqq', 'the xqz', '"title zzzq"']),
    'within one deal': two.concat('the buyer').map((text, n) => ({ text, dealId: idOf(n * 7) })),
    'documents only': texts(['ma', 'the', 'agre', 'loan']).map((query) => ({ ...query, kinds: ['document'] as const })),
  };
}

function measure(db: Db, name: string, queries: readonly Partial<SearchQuery>[], rounds: number): readonly BenchRow[] {
  const times: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    for (const query of queries) times.push(timeOf(() => searchAll(db.read, { text: '', limit: 50, ...query })));
  }
  const sorted = times.toSorted((a, b) => a - b);
  const row = (what: string, value: number, limit: number): BenchRow => ({
    name: `${name}, ${what}`,
    value,
    unit: 'ms',
    limit,
  });
  return [
    row('p50', median(times), NONE),
    row('p95', sorted[Math.ceil(sorted.length * 0.95) - 1] ?? Number.NaN, LIMIT),
    row('max', sorted.at(-1) ?? Number.NaN, NONE),
  ];
}

type Size = typeof FULL;

function fill(db: Db, { deals, documentsEach, words }: Size, language: Language): void {
  const random = randomOf(11);
  const say = (count: number) => Array.from({ length: count }, () => language.say(random)).join(' ');
  for (let from = 0; from < deals; from += BATCH) {
    inWrite(db, (write) => {
      for (let n = from; n < Math.min(deals, from + BATCH); n += 1) {
        const deal = dealOf(n, documentsEach, random);
        const dealId = deal.row.id;
        const command = { id: v7(), dealId, name: 'createDeal', args: {}, actorId: 'm-noor', at: AT, label: 'Opened' };
        const changes = insertsOf({ ...deal, notes: deal.notes.map((note) => ({ ...note, body: say(20) })) });
        applyChanges(write, { command, changes, summary: summarise(deal) });
        for (const { sha256 } of deal.versions) {
          write.run('INSERT INTO file_text (sha256, text) VALUES (?, ?)', sha256, say(words));
          indexFileText(write, sha256);
        }
      }
    });
  }
}

const TITLES = [
  'Purchase agreement',
  'Inspection report',
  'Loan estimate',
  'Preliminary title report',
  'Seller disclosure',
];

function dealOf(n: number, documents: number, random: () => number): Deal {
  const made = makeDeal(n, 1);
  const [line, version] = [made.lines[0], made.versions[0]];
  if (line === undefined || version === undefined) throw new Error('a deal without a document');
  const rows = Array.from({ length: documents }, (_, at) => {
    const id = `${made.row.id}-${at}`;
    const lineRow: LineRow = { ...line, id: `${id}-l`, title: pick(TITLES, random), position: at };
    const sha256 = `${n}x${at}`.padStart(64, '0');
    const versionRow: VersionRow = {
      ...version,
      id: `${id}-v`,
      lineId: lineRow.id,
      sha256,
      originalName: `Scan ${n}-${at}.pdf`,
    };
    return { lineRow, versionRow };
  });
  return { ...made, lines: rows.map(({ lineRow }) => lineRow), versions: rows.map(({ versionRow }) => versionRow) };
}

function idOf(n: number): string {
  return makeDeal(n, 0).row.id;
}

function indexMegabytes(db: Db): number {
  const sql = "SELECT sum(pgsize) / 1e6 FROM dbstat WHERE name LIKE 'search%'";
  return db.raw.prepare(sql).pluck().get() as number;
}
