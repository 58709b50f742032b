import { expect, test } from 'vitest';
import { createdOnOf, metadataText } from './metadata.ts';

test.each([
  ["D:20231204153000-06'00'", '2023-12-04'],
  ['20231204', '2023-12-04'],
  ['2023-12-04T15:30:00Z', '2023-12-04'],
  ['D:20230229', null],
  ['D:20231304', null],
  ['D:00000000', null],
  ['D:2023', null],
  [42, null],
  [undefined, null],
])('the day of %s is %s', (value, day) => {
  expect(createdOnOf(value)).toBe(day);
});

test('a title is one clean line of at most 300 characters', () => {
  expect(metadataText(' Purchase\r\n\u0000Agreement\u202e ')).toBe('Purchase Agreement');
  expect(metadataText('x'.repeat(10_000))).toHaveLength(300);
  expect(metadataText(' \u0000 ')).toBeNull();
  expect(metadataText({})).toBeNull();
});
