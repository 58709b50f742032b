import { existsSync, readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { sniffFile } from './sniff-file.ts';
import { makeZip, testFolder } from './testing.ts';
import { makeCompound } from './testing-msg.ts';

const folder = testFolder();
afterAll(() => folder.close());

const FIXTURES = new URL('../../../../shared/fixtures/', import.meta.url);

const sniff = (bytes: Uint8Array | string, name: string) => sniffFile(folder.write(bytes), name);
const latin = (text: string) => Buffer.from(text, 'latin1');
const docx = makeZip([
  { name: '[Content_Types].xml', data: '<T/>' },
  { name: 'word/document.xml', data: '<d/>' },
]);
const docm = makeZip([{ name: '[Content_Types].xml' }, { name: 'xl/workbook.xml' }, { name: 'xl/vbaProject.bin' }]);
const iso = Buffer.alloc(33_000);
iso.write('CD001', 32_769);

describe('content decides', () => {
  test.each([
    ['contract.pdf', '%PDF-1.7\n', 'pdf', 'pdf'],
    ['contract', latin(`HTTP/1.1 200 OK\nServer: x\n\n%PDF-1.4\n\0\x01`), 'pdf', 'pdf'],
    ['IMG_1.JPG', latin('\xff\xd8\xff\xe0\0\x10JFIF\0'), 'jpeg', 'jpg'],
    ['odd.jpg', latin('\xff\xd8\xff\xfe\0\x0a%PDF-1.4\0'), 'jpeg', 'jpg'],
    ['late.pdf', latin('\0\x01\x02\x03%PDF-1.4\n'), 'pdf', 'pdf'],
    ['1.emlx', '57\nFrom: a@b.co\nSubject: Keys\n\nHello', 'eml', 'eml'],
    ['a.heic', latin('\0\0\0\x18ftypheic\0\0\0\0mif1heic'), 'heic', 'heic'],
    ['a.tif', latin('II*\0\x08\0\0\0\0\0\0\0\0\0'), 'tiff', 'tif'],
    ['a.gif', latin('GIF89a\x01\0\x01\0\0\0\0'), 'gif', 'gif'],
    ['a.webp', latin('RIFF\x1a\0\0\0WEBPVP8L'), 'webp', 'webp'],
    ['a.docx', docx, 'docx', 'docx'],
    ['a.xlsm', docm, 'xlsx', 'xlsm'],
    ['a.zip', makeZip([{ name: 'x.pdf', data: 'x' }]), 'zip', 'zip'],
    ['a.eml', 'From: a@b.c\r\nSubject: x\r\n\r\nHello', 'eml', 'eml'],
    ['mail.txt', 'Received: from x\nFrom: a@b.c\n\nHello', 'eml', 'eml'],
    ['memo.txt', 'To: everyone\nSubject: keys\n\nThe keys are here.', 'text', 'txt'],
    ['notes.md', 'MZ is how a note may begin', 'text', 'md'],
    ['table.csv', 'a,b\n1,2', 'csv', 'csv'],
    ['letter.doc', '{\\rtf1 hello}', 'rtf', 'rtf'],
    ['utf16.txt', latin('\xff\xfeh\0i\0'), 'text', 'txt'],
    ['a.doc', makeCompound([{ name: 'WordDocument', data: 'x' }]), 'doc', 'doc'],
    ['a.xls', makeCompound([{ name: 'Workbook', data: 'x' }]), 'doc', 'xls'],
    ['a.msg', makeCompound([{ name: '__properties_version1.0', data: 'x' }]), 'msg', 'msg'],
    ['a.xlsx', makeCompound([{ name: 'EncryptedPackage', data: 'x' }]), 'encrypted-office', 'xlsx'],
    ['a.rar', latin('Rar!\x1a\x07\x01\0'), 'other', 'rar'],
    ['a.pdf', '', 'empty', 'bin'],
    ['a.pdf', latin('\x01\x02\x03\x04\0\0'), 'other', 'bin'],
  ])('%s', async (name, bytes, kind, extension) => {
    expect(await sniff(bytes, name)).toMatchObject({ kind, extension, isDangerous: false });
  });

  test.each([
    ['page.pdf', '<!-- x --><!DOCTYPE html><html><script>', 'html'],
    ['page.txt', '  <div onclick=x>', 'html'],
    ['a.png', '<?xml version="1.0"?><!-- c --><svg xmlns="x" onload="y">', 'svg'],
    ['a.xml', '<?xml version="1.0"?><deal/>', 'xml'],
    ['invoice.pdf', latin('MZ\x90\0\x03\0\0\0'), 'program'],
    ['a', latin('\x7fELF\x02\x01\x01\0'), 'program'],
    ['Contract.pdf', latin('L\0\0\0\x01\x14\x02\0\0\0'), 'program'],
    ['run', '#!/bin/sh\nrm', 'program'],
    ['a.zip', makeZip([{ name: 'META-INF/MANIFEST.MF', data: 'x' }]), 'program'],
    ['disk', iso, 'program'],
    ['Contract.pdf.js', 'var a = 1;', 'text'],
    ['Contract.pdf.vbs. ', 'x', 'text'],
    ['Con\u202Etract.exe', '%PDF-1.7', 'pdf'],
    ['a.scr', latin('\x01\x02'), 'other'],
    ['a.hta', 'x', 'text'],
  ])('%s is dangerous', async (name, bytes, kind) => {
    expect(await sniff(bytes, name)).toMatchObject({ kind, isDangerous: true });
  });
});

describe('the name is only compared', () => {
  test.each([
    ['a.jpeg', latin('\xff\xd8\xff\xe0\0\x10JFIF\0'), ''],
    ['a.pdf', docx, 'It is called .pdf, but it is a Word document.'],
    ['a.pdf', latin('\x01\x02\x03\x04\0\0'), 'It is called .pdf, but it does not begin like one. It may be damaged.'],
    ['a.pdf', latin('MZ\x90\0\x03\0\0\0'), 'It is called .pdf, but it is a program. Do not open it.'],
    ['a.exe', '%PDF-1.7', 'It is called .exe, which the system would run as a program.'],
    ['Offer 12.5', '%PDF-1.7', ''],
    ['Offer from larkmoor.com', '%PDF-1.7', ''],
  ])('%s', async (name, bytes, sentence) => {
    expect((await sniff(bytes, name)).mismatch).toBe(sentence);
  });

  test('macros are named', async () => {
    expect(await sniff(docm, 'a.xlsm')).toMatchObject({ hasMacros: true, isDangerous: false });
    expect(await sniff(docx, 'a.docx')).toMatchObject({ hasMacros: false });
  });
});

test('what the disk does not give, and what is no file, is told', async () => {
  for (const path of ['', `${folder.path}/none`, folder.path]) {
    expect(await sniffFile(path, 'a.pdf')).toMatchObject({
      kind: 'other',
      mismatch: expect.stringMatching(/could not be read/),
    });
  }
});

test.skipIf(!existsSync(FIXTURES))(
  'the fixtures (../shared/fixtures, skipped where missing) are known for what they are',
  async () => {
    for (const [part, kind] of [
      ['pdf', 'pdf'],
      ['eml', 'eml'],
    ] as const) {
      for (const name of readdirSync(new URL(part, FIXTURES))) {
        const found = await sniff(readFileSync(new URL(`${part}/${name}`, FIXTURES)), name);
        expect({ name, kind: found.kind, mismatch: found.mismatch }).toEqual({ name, kind, mismatch: '' });
      }
    }
  },
);

test('any bytes under any name end in a value', async () => {
  const starts = [
    '',
    'PK\x03\x04',
    '%PDF-',
    '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1',
    '\xff\xd8\xff',
    '\0\0\0\x18ftyp',
    'II*\0',
    'From: ',
  ];
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...starts),
      fc.uint8Array({ maxLength: 1500 }),
      fc.string(),
      async (start, rest, name) => {
        const found = await sniff(Buffer.concat([latin(start), rest]), name);
        expect(found.extension).toMatch(/^[a-z0-9]{1,8}$/);
      },
    ),
    { numRuns: 300 },
  );
});
