import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { findForms, indexForms, ownMail } from './find-forms.ts';
import { marksIn } from './footers.ts';
import { parseForms } from './forms-schema.ts';
import { suggestParts } from './parts.ts';
import { arrivalOf, textOf } from './testing.ts';

const resources = new URL('../../../resources/', import.meta.url);
const data: unknown = JSON.parse(readFileSync(new URL('forms/forms.json', resources), 'utf8'));
const read = parseForms(data);
if (!read.ok) throw new Error(read.error.problems.join('\n'));
const forms = indexForms(read.value);

describe('the list of forms', () => {
  test('names only checklist lines and packs that are there', () => {
    const folder = new URL('templates/', resources);
    const templates = readdirSync(folder)
      .map((name) => readFileSync(new URL(name, folder), 'utf8'))
      .join('\n');
    const packs = readdirSync(new URL('packs/', resources)).map((name) => name.replace('.json', ''));
    for (const form of read.value) {
      for (const line of [...form.lines, ...form.draftLines]) expect(templates).toContain(`"${line}"`);
      if (form.packId !== undefined) expect(packs).toContain(form.packId);
      expect(form.titles.length + form.names.length + form.codes.length).toBeGreaterThan(0);
    }
  });

  test.each([
    ['two of one id', [form({}), form({})], 'two forms are called x'],
    [
      'two of one code',
      [form({ family: 'car', codes: ['X'] }), form({ id: 'y', family: 'car', codes: ['X'] })],
      'two forms have the code car X',
    ],
    ['codes without a family', [form({ codes: ['X'] })], 'x has codes that no family reads'],
    ['a phrase with capitals', [form({ titles: ['Big Words'] })], '0.titles.0: lower case words between single spaces'],
    ['no list', {}, 'expected array'],
  ])('refuses %s', (_name, bad, problem) => {
    const result = parseForms(bad);
    if (result.ok) throw new Error('it was taken');
    expect(result.error.type).toBe('BadForms');
    expect(result.error.problems.join('\n')).toContain(problem);
  });
});

describe('the foot of a page', () => {
  test.each([
    ['RPA REVISED 12/22 (PAGE 1 OF 17)', 'ca-rpa', '12/22', 1],
    ['TDS PAGE 3 OF 3', 'ca-tds', '', 3],
    ['(C.A.R. Form SPQ, Revised 12/23)', 'ca-spq', '12/23', null],
    ['AVID REVISED 6/24 (PAGE 2 OF 3)', 'ca-avid', '6/24', 2],
    ['SBSA REVISED 6/24 (PAGE 1 OF 15)', 'ca-sbsa', '6/24', 1],
    ['CR-B REVISED 12/22 (PAGE 1 OF 2)', 'ca-cr', '12/22', 1],
    ['RRRR REVISED 12/22 (PAGE 1 OF 2)', 'ca-rrrr', '12/22', 1],
    ['RR REVISED 12/22 (PAGE 1 OF 1)', 'ca-rr', '12/22', 1],
    ['FHDA REVISED 6/22 (PAGE 1 OF 2)', 'ca-fhda', '6/22', 1],
    ['WFA REVISED 12/21 (PAGE 1 OF 1)', 'ca-wfa', '12/21', 1],
    ['BCO REVISED 6/23 (PAGE 1 OF 1)', 'ca-bco', '6/23', 1],
    ['Initialed for identification by Buyer ___ and Seller ___ TREC NO. 20-19', 'tx-1-4', '20-19', null],
    ['TREC No. 40-11', 'tx-financing', '40-11', null],
    ['TREC NO. OP-H', 'tx-sdn', '', null],
    ['(TXR-1406) 07-10-23 Page 1 of 7', 'tx-sdn', '', 1],
    ['T-47.1 Residential Real Property Declaration', 'tx-t47', '', null],
    ['Page 1 of 13 FloridaRealtors/FloridaBar-ASIS-6 Rev. 11/21', 'fl-asis', '6', 1],
    ['FAR/BAR AS IS-6', 'fl-asis', '6', null],
    ['FloridaRealtors/FloridaBar-6 Rev. 11/21', 'fl-standard', '6', null],
    ['CRSP-17 Rev 3/25', 'fl-crsp', '17', null],
    ['CBS1-8-24. CONTRACT TO BUY AND SELL REAL ESTATE (RESIDENTIAL) Page 2 of 18', 'co-cbs', '8-24', 2],
    ['Form 21 Residential Purchase & Sale Agreement Rev. 7/23 Page 1 of 5', 'wa-21', '7/23', 1],
    ['Form 22A Financing Addendum Rev. 7/23', 'wa-22a', '7/23', null],
  ])('%j', (foot, id, revision, page) => {
    expect(marksIn(foot, forms.byMark).map((mark) => [mark.form.id, mark.revision, mark.page])).toEqual([
      [id, revision, page],
    ]);
  });

  test.each([
    ['Page 3 of 9'],
    ['Form 1040 Rev. 2024'],
    ['THE PAGE 1 OF 2'],
    ['TREC NO. 99-1'],
    ['Form 21'],
    ['see RPA paragraph 3'],
    [''],
  ])('%j is no form’s', (foot) => {
    expect(marksIn(foot, forms.byMark)).toEqual([]);
  });
});

describe('names, headings, mails', () => {
  const ids = (parts: Parameters<typeof arrivalOf>[0]) =>
    findForms(arrivalOf(parts), forms).map(({ form: { id }, kind }) => `${kind} ${id}`);

  test.each([
    ['1847_TDS_signed.pdf', 'name ca-tds'],
    ['tds.pdf', 'name ca-tds'],
    ['Prelim_LM-20417.pdf', 'name prelim'],
    ['HUD1.pdf', 'name settlement'],
    ['FinalCD.pdf', 'name closing-disclosure'],
    ['2026 Closing Disclosure (1).pdf', 'name closing-disclosure'],
    ['Seller Response to Request for Repair.pdf', 'name ca-rrrr'],
    ['Lead Based Paint.pdf', 'name lead-paint'],
    ['HOA docs.zip', 'name hoa-docs'],
    ['EMD receipt.pdf', 'name earnest-money-receipt'],
    ['recorded deed.pdf', 'name recorded-deed'],
  ])('%s', (fileName, expected) => {
    expect(ids({ fileName })).toContain(expected);
  });

  test.each([
    ['Document(3).pdf'],
    ['scan0007.pdf'],
    ['IMG_4471.HEIC'],
    ['(1)'],
    [''],
    ['please cr this.pdf'],
    ['le chat.jpg'],
  ])('%j says nothing', (fileName) => {
    expect(ids({ fileName })).toEqual([]);
  });

  test('a phrase inside a longer one does not count', () => {
    expect(ids({ fileName: 'x.pdf', text: textOf('SELLER RESPONSE AND BUYER REPLY TO REQUEST FOR REPAIR') })).toEqual([
      'heading ca-rrrr',
    ]);
  });

  test('what a heading names second is a mention', () => {
    const found = ids({
      fileName: 'x.pdf',
      text: textOf('ADDENDUM No. 2\nto the Residential Purchase Agreement and Joint Escrow Instructions'),
    });
    expect(found).toEqual(['heading ca-adm', 'mention ca-rpa']);
  });

  test('feet are found where the caller cut none out', () => {
    const text = { ...textOf('x'), footers: [], pages: [], firstPages: 'Hello\nTDS PAGE 1 OF 3\nmore' };
    expect(ids({ fileName: 'x.pdf', text })).toContain('footer ca-tds');
  });

  test('only what the sender wrote counts, but all of what was forwarded', () => {
    const mailText = 'Hi\n\nFrom: Ann <a@b.example>\nSent: Monday\nthe appraisal';
    expect(ids({ fileName: 'x.pdf', subject: 'Re: hello', mailText })).toEqual([]);
    expect(ids({ fileName: 'x.pdf', subject: 'Fwd: hello', mailText })).toEqual(['mention appraisal']);
    expect(ownMail('a\n> b', '')).toEqual({ own: 'a\n', quotedFrom: 2 });
  });
});

describe('bundles', () => {
  test('are cut where the form at the foot changes', () => {
    const pages = [
      'x\nSPQ REVISED 12/23 (PAGE 1 OF 2)',
      'x\nSPQ REVISED 12/23 (PAGE 2 OF 2)',
      'a photo',
      'AGENT VISUAL INSPECTION DISCLOSURE\nAVID PAGE 1 OF 2',
      'x',
      'CLOSING DISCLOSURE\nthis form\nPage 1 of 5',
    ];
    expect(suggestParts(pages, forms)).toEqual([
      { fromPage: 1, toPage: 2, formId: 'ca-spq', title: 'Seller Property Questionnaire' },
      { fromPage: 3, toPage: 3, formId: null, title: 'Other pages' },
      { fromPage: 4, toPage: 5, formId: 'ca-avid', title: 'Agent Visual Inspection Disclosure' },
      { fromPage: 6, toPage: 6, formId: 'closing-disclosure', title: 'Closing disclosure' },
    ]);
  });

  test('the same form twice is two papers', () => {
    const pages = ['TDS PAGE 1 OF 2', 'TDS PAGE 2 OF 2', 'TDS PAGE 1 OF 2', 'TDS PAGE 2 OF 2'];
    expect(suggestParts(pages, forms).map(({ fromPage, toPage }) => [fromPage, toPage])).toEqual([
      [1, 2],
      [3, 4],
    ]);
  });

  test.each([
    [[]],
    [['TDS PAGE 1 OF 3', 'TDS PAGE 2 OF 3', 'TDS PAGE 3 OF 3']],
    [['a', 'b', 'c']],
    [['Page 1 of 2', 'Page 2 of 2', 'Page 1 of 1']],
  ])('one paper has no parts', (pages) => {
    expect(suggestParts(pages, forms)).toEqual([]);
  });
});

function form(parts: object): object {
  return { id: 'x', title: 'A form', family: 'none', state: null, class: 'contract', source: 'public', ...parts };
}
