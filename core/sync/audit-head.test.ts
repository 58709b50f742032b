import { expect, test } from 'vitest';
import { mirrorHead } from './audit-head.ts';

const head = (count: number, digit: string) => ({ count, hash: digit.repeat(64) });

test('the furthest end is kept, and the same place with another hash is told', () => {
  expect(mirrorHead(null, null)).toEqual({ head: null, isTampered: false });
  expect(mirrorHead(null, head(3, 'a'))).toEqual({ head: head(3, 'a'), isTampered: false });
  expect(mirrorHead(head(3, 'a'), null)).toEqual({ head: head(3, 'a'), isTampered: false });
  expect(mirrorHead(head(3, 'a'), head(5, 'b'))).toEqual({ head: head(5, 'b'), isTampered: false });
  expect(mirrorHead(head(3, 'a'), head(2, 'c'))).toEqual({ head: head(3, 'a'), isTampered: false });
  expect(mirrorHead(head(3, 'a'), head(3, 'a'))).toEqual({ head: head(3, 'a'), isTampered: false });
  expect(mirrorHead(head(3, 'a'), head(3, 'd'))).toEqual({ head: head(3, 'a'), isTampered: true });
});
