import { expect, test } from 'vitest';
import { fold, isIgnoredName, isIgnoredPath, isInside, relPathOf } from './names.ts';

test.each([
  'x.part',
  'x.crdownload',
  'x.tmp',
  'x.download',
  'x.partial',
  '~$deed.docx',
  '.~lock.deed.odt#',
  '#deed.txt#',
  '.DS_Store',
  'Thumbs.db',
  'THUMBS.DB',
  'desktop.ini',
  '.deed.pdf.icloud',
  'deed.pdf.icloud',
  'deed.txt~',
  '._deed.pdf',
  '.deed.swp',
  'Unconfirmed 12.crdownload',
  'x.opdownload',
  '~WRL0001.tmp',
  '$RECYCLE.BIN',
  '',
  '.',
  '..',
  'a\0b',
])('%j is passed over', (name) => expect(isIgnoredName(name)).toBe(true));

test.each([
  'deed.pdf',
  'Deed of part.pdf',
  'department.docx',
  'tmp.pdf',
  'partial release.pdf',
  'a~b.pdf',
  '#12 Elm St.pdf',
  'no extension',
])('%j is taken', (name) => expect(isIgnoredName(name)).toBe(false));

test('a path is passed over for any part of it', () => {
  expect(isIgnoredPath('deals/.git/config')).toBe(true);
  expect(isIgnoredPath('../x.pdf')).toBe(true);
  expect(isIgnoredPath('deals/x.pdf')).toBe(false);
});

test('inside is by whole names, and by the spelling of the system', () => {
  expect(isInside('/a/b', '/a/b/c', 'linux')).toBe(true);
  expect(isInside('/a/b', '/a/b', 'linux')).toBe(true);
  expect(isInside('/a/b', '/a/bc', 'linux')).toBe(false);
  expect(isInside('/a/b', '/a', 'linux')).toBe(false);
  expect(isInside('/', '/a', 'linux')).toBe(true);
  expect(isInside('/a/B', '/a/b/c', 'linux')).toBe(false);
  expect(isInside('/a/Caf\u00e9', '/A/cafe\u0301/c', 'darwin')).toBe(true);
  expect(isInside('C:\\Deals\\', 'c:\\deals\\x', 'win32')).toBe(true);
});

test('paths under a root', () => {
  expect(relPathOf('/a', '/a/b/c')).toBe('b/c');
  expect(relPathOf('/', '/b')).toBe('b');
  expect(relPathOf('/a', '/a')).toBeNull();
  expect(relPathOf('/a', '/ab')).toBeNull();
  expect(fold('CAFE\u0301')).toBe(fold('caf\u00e9'));
});
