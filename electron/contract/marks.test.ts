import { expect, test } from 'vitest';
import { createMarks, MARKS } from './marks.ts';

test('one line, once, when every moment has come; the first time counts', () => {
  const lines: string[] = [];
  const marks = createMarks((line) => lines.push(line));
  marks.mark('board/painted', 4);
  marks.mark('something/else', 5);
  marks.mark('window/shown', 3);
  marks.mark('app/start', 1);
  expect(lines).toEqual([]);
  marks.mark('app/start', 9);
  marks.mark('backend/ready', 2);
  marks.mark('board/painted', 9);
  expect(lines).toEqual(['{"marks":{"app/start":1,"backend/ready":2,"window/shown":3,"board/painted":4}}']);
  expect(MARKS).toHaveLength(4);
});
