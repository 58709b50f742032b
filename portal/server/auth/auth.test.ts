import { expect, test } from 'vitest';
import { addressOf } from './addresses.ts';
import { hashOfCode, newCode, normalCode } from './codes.ts';
import { newToken } from './secrets.ts';

test('codes have eighty random bits in letters that cannot be misread', () => {
  const codes = Array.from({ length: 500 }, newCode);
  expect(new Set(codes).size).toBe(500);
  for (const code of codes) expect(code).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}$/);
  const letters = new Set(codes.join('').replaceAll('-', ''));
  expect(letters.size).toBe(32);
});

test('a code counts however it is typed', () => {
  const hash = hashOfCode('10AB-CDEF-GHJK-MNPQ');
  for (const typed of ['10abcdefghjkmnpq', ' loab-cdef-ghjk mnpq ', 'IOAB.CDEF/GHJK_MNPQ']) {
    expect(normalCode(typed)).toBe('10ABCDEFGHJKMNPQ');
    expect(hashOfCode(typed)).toBe(hash);
  }
  expect(hashOfCode('10AB-CDEF-GHJK-MNPR')).not.toBe(hash);
});

test('keys are long and never the same', () => {
  const tokens = Array.from({ length: 100 }, newToken);
  expect(new Set(tokens).size).toBe(100);
  for (const token of tokens) expect(token).toMatch(/^[\w-]{43}$/);
});

test.each([
  ['203.0.113.7', '203.0.113.7'],
  ['::ffff:203.0.113.7', '203.0.113.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:0db8:0001:0002::/64'],
  ['2001:db8:1:2::9', '2001:0db8:0001:0002::/64'],
  ['2001:DB8::1', '2001:0db8:0000:0000::/64'],
  ['fe80::1%eth0', 'fe80:0000:0000:0000::/64'],
  ['::1', '0000:0000:0000:0000::/64'],
])('a limit counts %s as %s', (ip, counted) => {
  expect(addressOf(ip)).toBe(counted);
});
