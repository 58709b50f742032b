import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { mergePdfs } from './merge.ts';
import { closingPacket } from './packet.ts';
import { inReader, MADE_AT, makeFolder } from './testing.ts';

/** Real files of many makers, beside the project; they stay out of it. */
const FIXTURES = join(import.meta.dirname, '../../../../../shared/fixtures/pdf');
const isThere = existsSync(FIXTURES);
if (!isThere) console.log(`skipped: no real PDFs at ${FIXTURES}`);

test.skipIf(!isThere)('real PDFs merge one by one and all together, and open with as many pages', async () => {
  const folder = makeFolder();
  try {
    const good: { path: string; name: string }[] = [];
    let pages = 0;
    for (const name of readdirSync(FIXTURES)) {
      const input = { path: join(FIXTURES, name), name };
      const output = folder.path('one.pdf');
      const merged = await mergePdfs({ inputs: [input], output, title: name, madeAt: MADE_AT });
      if (!merged.ok) {
        expect(merged.error, name).toMatchObject({ type: expect.stringMatching(/Password|Damaged|NoPages|Xfa/) });
        continue;
      }
      expect(await inReader(folder.read('one.pdf'), async (doc) => doc.numPages), name).toBe(merged.value.pages);
      good.push(input);
      pages += merged.value.pages;
    }
    expect(good.length).toBeGreaterThan(30);
    const all = await mergePdfs({ inputs: good, output: folder.path('all.pdf'), title: 'All', madeAt: MADE_AT });
    expect(all).toEqual({ ok: true, value: { pages } });
    await inReader(folder.read('all.pdf'), async (doc) => {
      expect(doc.numPages).toBe(pages);
      for (let number = 1; number <= pages; number += 1) await (await doc.getPage(number)).getAnnotations();
    });
  } finally {
    folder.remove();
  }
});

test.skipIf(!isThere)('a closing packet of real PDFs has each of them or says why not', async () => {
  const folder = makeFolder();
  try {
    const names = readdirSync(FIXTURES);
    const documents = names.map((name) => ({
      title: name,
      fileName: name,
      path: join(FIXTURES, name),
      note: '',
      sectionTitle: 'Papers',
    }));
    const cover = { address: '1 A St', clients: [], side: 'seller', closedOn: null } as const;
    const rest = { office: '', coordinator: '', madeOn: '2026-06-24' as never };
    const made = await closingPacket({
      cover: { ...cover, ...rest },
      documents,
      output: folder.path('p.pdf'),
      madeAt: MADE_AT,
    });
    if (!made.ok) throw new Error(made.error.sentence);
    await inReader(folder.read('p.pdf'), async (doc) => {
      expect(doc.numPages).toBe(made.value.pages);
      const outline = await doc.getOutline();
      expect(outline[1]?.items.map(({ title }) => title)).toEqual(names);
    });
  } finally {
    folder.remove();
  }
});
