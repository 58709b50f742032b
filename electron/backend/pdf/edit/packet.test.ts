import { afterAll, beforeAll, expect, test } from 'vitest';
import { parsePlainDate } from '../../../../core/deadlines/plain-date.ts';
import { checklistPdf } from './checklist.ts';
import { CHECK_STATES } from './marks.ts';
import { closingPacket, type PacketDocument } from './packet.ts';
import { type Folder, inReader, MADE_AT, makeFolder, makePdf, makeXfa, textsOf } from './testing.ts';

let folder: Folder;
beforeAll(() => {
  folder = makeFolder();
});
afterAll(() => folder.remove());

const madeOn = day('2026-06-24');
const cover = {
  address: '1847 Marlowe Avenue, Sacramento, CA 95818',
  clients: ['Nguyễn Thị Khai', 'Łukasz Żak', '李小龍'],
  side: 'buyer',
  closedOn: day('2026-06-22'),
  price: '$640,000',
  office: 'Harbor & Pine',
  coordinator: 'Dana Ortiz',
  madeOn,
} as const;

test('the packet has cover, contents, numbered documents, and a slip sheet for each that can not come in', async () => {
  const documents: PacketDocument[] = [
    document(
      'Contract',
      'Papers',
      folder.put('contract.pdf', await makePdf({ pages: 2, label: 'Deal', bookmark: 'End' })),
    ),
    document('Addendum', 'Papers', folder.put('addendum.docx', 'PK')),
    document('Old form', 'Other', folder.put('xfa.pdf', await makeXfa())),
    document('Locked', 'Other', folder.put('locked.pdf', await makePdf({ pages: 1, password: 'pw' }))),
    { ...document('Opened', 'Other', folder.path('locked.pdf')), password: 'pw' },
    document('Cut', 'Other', folder.put('cut.pdf', Buffer.from(await makePdf({ pages: 4 })).subarray(0, 400))),
  ];
  const made = await closingPacket({ cover, documents, output: folder.path('packet.pdf'), madeAt: MADE_AT });
  if (!made.ok) throw new Error(made.error.sentence);
  expect(made.value.pages).toBe(9);
  expect(made.value.left.map(({ document: at, title }) => [at, title])).toEqual([
    [1, 'Addendum'],
    [2, 'Old form'],
    [3, 'Locked'],
    [5, 'Cut'],
  ]);
  const texts = await textsOf(folder.read('packet.pdf'));
  expect(texts[0]).toContain('Łukasz Żak');
  expect(texts[0]).toContain('6 documents, 9 pages');
  expect(texts[1]).toMatch(/Contract.*3.*Addendum.*5.*Opened.*8/s);
  expect(texts[2]).toContain('Deal 1');
  expect(texts[2]).toContain('Closing packet 3 of 9');
  expect(texts[4]).toContain('is not a PDF');
  expect(texts[6]).toContain('needs a password');
  await inReader(folder.read('packet.pdf'), async (doc) => {
    const outline = await doc.getOutline();
    expect(outline.map(({ title, items }) => [title, items.length])).toEqual([
      ['Contents', 0],
      ['Papers', 2],
      ['Other', 4],
    ]);
    expect(outline[1]?.items[0]?.items[0]?.title).toBe('End');
    const links = await (await doc.getPage(2)).getAnnotations();
    const pages = await Promise.all(links.map(({ dest }) => doc.getPageIndex(dest[0])));
    expect(pages).toEqual([2, 4, 5, 6, 7, 8]);
    // The link of the contract moved with what it stands on, and still leads to its last page.
    const [link] = await (await doc.getPage(3)).getAnnotations();
    expect(await doc.getPageIndex(link.dest[0])).toBe(3);
    expect(link.rect[1]).toBeGreaterThan(500);
  });
});

test('the number stands under what is on the page', async () => {
  const path = folder.put('full.pdf', await makePdf({ pages: 1, crop: [0, 690, 612, 792] }));
  const documents = [document('Full', '', path)];
  await closingPacket({ cover, documents, output: folder.path('full-out.pdf'), madeAt: MADE_AT });
  await inReader(folder.read('full-out.pdf'), async (doc) => {
    const { items } = await (await doc.getPage(3)).getTextContent();
    const at = (text: string) => items.find((item) => 'str' in item && item.str.startsWith(text));
    const [own, number] = [at('Page 1'), at('Closing packet')];
    if (!own || !number || !('transform' in own) || !('transform' in number)) throw new Error('words are missing');
    expect(number.transform[5] + number.height).toBeLessThan(own.transform[5]);
    expect(number.transform[5]).toBeGreaterThan(690);
  });
});

test('80 documents fill pages of contents, none is lost, and the same packet has the same bytes', async () => {
  const path = folder.put('page.pdf', await makePdf({ pages: 1 }));
  const long =
    'Residential purchase agreement and joint escrow instructions, with counter offers, fully executed '.repeat(3);
  const documents = Array.from({ length: 80 }, (_, at) =>
    document(at % 7 ? `Paper ${at}` : `${long}${at}`, `Part ${at % 5}`, path),
  );
  for (const name of ['p1.pdf', 'p2.pdf']) {
    const made = await closingPacket({ cover, documents, output: folder.path(name), madeAt: MADE_AT });
    expect(made).toMatchObject({ ok: true, value: { left: [] } });
  }
  expect(folder.read('p1.pdf').equals(folder.read('p2.pdf'))).toBe(true);
  await inReader(folder.read('p1.pdf'), async (doc) => {
    let links = 0;
    for (let number = 2; number <= doc.numPages - 80; number += 1) {
      links += (await (await doc.getPage(number)).getAnnotations()).length;
    }
    expect(links).toBe(80);
  });
});

test('an empty packet says so; a stop and a folder that is not there are refused', async () => {
  const args = { cover, documents: [], output: folder.path('none.pdf'), madeAt: MADE_AT };
  expect(await closingPacket(args)).toEqual({ ok: true, value: { pages: 2, left: [] } });
  expect((await textsOf(folder.read('none.pdf')))[1]).toContain('No documents are in this packet.');
  const documents = [document('A', '', folder.path('page.pdf'))];
  const stopped = await closingPacket({ ...args, documents }, { signal: AbortSignal.abort() });
  expect(stopped).toMatchObject({ error: { type: 'Stopped' } });
  const nowhere = await closingPacket({ ...args, output: folder.path('no/where.pdf') });
  expect(nowhere).toMatchObject({ error: { type: 'NotWritten' } });
});

test('a checklist of any length has each line once, each state in words, and its page numbers', async () => {
  const items = Array.from({ length: 60 }, (_, at) => ({
    title: `Line ${at}, Nguyễn 李小龍`,
    detail:
      at === 7 ? 'A long story about the association and its papers. '.repeat(150) : at % 2 ? 'Ask the lender.' : '',
    state: CHECK_STATES[at % CHECK_STATES.length] ?? 'needed',
  }));
  const sections = [
    { title: 'Loan', items },
    { title: 'Empty', items: [] },
  ];
  const args = { title: 'What we need', address: cover.address, sections, madeOn, madeAt: MADE_AT };
  const made = await checklistPdf({ ...args, output: folder.path('check.pdf') });
  if (!made.ok) throw new Error(made.error.sentence);
  const all = (await textsOf(folder.read('check.pdf'))).join('\n');
  for (const { title } of items) expect(all.split(title.replace('Nguyễn 李小龍', 'Nguyen ???'))).toHaveLength(2);
  expect(all).toContain(`Page ${made.value.pages} of ${made.value.pages}`);
  expect(all).toContain('Nothing is needed here.');
  expect(all).toContain('We are checking it');
  expect(all).toContain('9 of 52 done');
  const output = folder.path('stopped.pdf');
  expect(await checklistPdf({ ...args, output }, { signal: AbortSignal.abort() })).toMatchObject({
    error: { type: 'Stopped' },
  });
});

function document(title: string, sectionTitle: string, path: string): PacketDocument {
  return { title, fileName: path.split(/[\\/]/).at(-1) ?? '', path, note: '', sectionTitle };
}

function day(text: string) {
  const found = parsePlainDate(text);
  if (found === null) throw new Error(text);
  return found;
}
