import { expect, test } from 'vitest';
import type { ReviewItem } from '../../../electron/contract/papers.ts';
import { stay, underReview, withReason } from './queue.ts';

const item = (id: string, versionId = 'v', versions: readonly string[] = ['v']) =>
  ({ versionId, line: { id, versions: versions.map((one) => ({ id: one })) } }) as unknown as ReviewItem;
const queue = ['a', 'b', 'c'].map((id) => item(id));

test('the same document stays selected while it waits; what took its place comes up when it left', () => {
  expect(stay(queue, 'b', 0)).toBe(1);
  expect(stay([item('a'), item('c')], 'b', 1)).toBe(1);
  expect(stay([item('a'), item('b')], 'c', 2)).toBe(1);
  expect(stay([], 'c', 2)).toBe(0);
});

test('a version lies beside the one before it; one that was taken out is not there', () => {
  expect(underReview(item('a', 'v2', ['v1', 'v2', 'v3']))).toMatchObject({
    version: { id: 'v2' },
    previous: { id: 'v1' },
  });
  expect(underReview(item('a', 'v1', ['v1']))?.previous).toBeNull();
  expect(underReview(item('a', 'gone'))).toBeNull();
});

test('a common reason is added once and taken out by the same press; own words stay', () => {
  const once = withReason('Page 3.', 'Initials are missing.');
  expect(once).toBe('Page 3. Initials are missing.');
  expect(withReason(once, 'Initials are missing.')).toBe('Page 3.');
  expect(withReason('', 'Pages are missing.')).toBe('Pages are missing.');
});
