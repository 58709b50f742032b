import { expect, test } from 'vitest';
import { mendTail } from './mend-tail.ts';

const mended = (text: string) => {
  const bytes = mendTail(Buffer.from(text, 'latin1'));
  return bytes === null ? null : Buffer.from(bytes).toString('latin1').slice(text.length);
};

test('points to the newest catalog', () => {
  const text =
    '%PDF-1.4\n1 0 obj\n<</Type /Catalog /Pages 2 0 R>>\nendobj\n7 0 obj <</Type/Catalog/Pages 2 0 R>> endobj';
  expect(mended(text)).toContain('trailer\n<< /Root 7 0 R >>');
});

test('lists the pages that are there when no catalog is', () => {
  const text =
    '%PDF-1.4\n3 0 obj\n<</Type /Page /Parent 2 0 R>>\nendobj\n5 0 obj\n<</Type/Page>>\nendobj\n9 0 obj\n<</Le';
  expect(mended(text)).toContain('/Count 2 /Kids [3 0 R 5 0 R]');
  expect(mended(text)).toContain('/Root 10 0 R');
});

test.each([
  ['nothing to point to', '%PDF-1.4\n1 0 obj <</Type /Font>> endobj'],
  ['words in a stream', '%PDF-1.4\n1 0 obj <</Length 30>> stream\n/Type /Catalog /Pages\nendstream endobj'],
  [
    'an encrypted file',
    '%PDF-1.4\n1 0 obj <</Type /Catalog /Pages 2 0 R>> endobj 4 0 obj <</Filter /Standard>> endobj',
  ],
])('null for %s', (_what, text) => {
  expect(mended(text)).toBeNull();
});

test('a page list is none of the pages', () => {
  expect(mended('1 0 obj <</Type /Pages /Kids []>> endobj')).toBeNull();
});
