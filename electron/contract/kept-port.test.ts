import { expect, test } from 'vitest';
import { createKeptPort } from './kept-port.ts';

function broken(): never {
  throw new Error('no such file');
}

test('a port comes back as it was kept', () => {
  let text = '';
  const port = createKeptPort({
    read: () => text,
    write: (given) => {
      text = given;
    },
  });
  expect(port.read()).toBe(0);
  port.keep(40_123);
  expect(port.read()).toBe(40_123);
});

test.each(['', '80', '65536', '-1', '1e9', '40.5', 'x'])('"%s" is none', (text) =>
  expect(createKeptPort({ read: () => text, write: broken }).read()).toBe(0),
);

test('a file that cannot be reached throws nothing', () => {
  const port = createKeptPort({ read: broken, write: broken });
  port.keep(40_123);
  expect(port.read()).toBe(0);
});
