import { describe, expect, test } from 'vitest';
import { isOneSlipAway, lookalikeOf } from './lookalike.ts';

const KNOWN = ['josue@larkmoor-escrow.com', 'kim.lee@gmail.com', 'ana@lark.io'];

describe('lookalikeOf', () => {
  test.each([
    ['josue@larkmoor-escr0w.com', KNOWN[0]],
    ['josue@larkrnoor-escrow.com', KNOWN[0]],
    ['josue@1arkmoor-escrow.com', KNOWN[0]],
    ['josue@larkmoorescrow.com', KNOWN[0]],
    ['josue@larkmoor-ecsrow.com', KNOWN[0]],
    ['josue@larkmoor-escrows.com', KNOWN[0]],
    ['anyone@larkmoor-escrow.co', KNOWN[0]],
    ['josue@larkmoor-escrow.com.pay.net', KNOWN[0]],
    ['josue@xn--lrkmoor-escrow-vgb.com', KNOWN[0]],
    ['josue@lаrkmoor-escrow.com', KNOWN[0]],
    ['kim.1ee@gmail.com', KNOWN[1]],
    ['kimlee@gmail.com', KNOWN[1]],
    ['kim.lee@outlook.com', KNOWN[1]],
  ])('%s looks like %s', (address, known) => {
    expect(lookalikeOf(address, KNOWN)).toBe(known);
  });

  test.each([
    'josue@larkmoor-escrow.com',
    'JOSUE@LARKMOOR-ESCROW.COM',
    'new.person@larkmoor-escrow.com',
    'robot@mail.larkmoor-escrow.com',
    'kim.lee@gmail.com',
    'sam.roe@gmail.com',
    'someone@bank.io',
    'someone@elsewhere.com',
    'no address',
    '@',
    '',
  ])('%s looks like nobody', (address) => {
    expect(lookalikeOf(address, KNOWN)).toBeNull();
  });

  test('a known address is trusted even when another known one is close to it', () => {
    const two = ['a@northline.com', 'b@northlines.com'];
    expect(lookalikeOf('c@northlines.com', two)).toBeNull();
  });
});

test.each([
  ['abc', 'abc', true],
  ['abc', 'abd', true],
  ['abc', 'ab', true],
  ['abc', 'xabc', true],
  ['abcd', 'abdc', true],
  ['abcd', 'badc', false],
  ['abc', 'xyz', false],
  ['abc', 'abcde', false],
])('%s and %s', (one, other, isClose) => {
  expect(isOneSlipAway(one, other)).toBe(isClose);
  expect(isOneSlipAway(other, one)).toBe(isClose);
});
