import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatPhone, normalisePhone, readPhone } from './phone.ts';

describe('normalisePhone', () => {
  test.each([
    ['(916) 555-0123', '+19165550123'],
    ['916.555.0123', '+19165550123'],
    ['1-916-555-0123', '+19165550123'],
    ['+1 916 555 0123', '+19165550123'],
    ['9165550123 ext. 204', '+19165550123x204'],
    ['+44 20 7946 0958', '+442079460958'],
    ['call the office', 'call the office'],
    ['916 555 0123, after 5 PM', '916 555 0123, after 5 PM'],
    ['555-0123', '555-0123'],
    ['  ', ''],
  ])('%s', (typed, kept) => {
    expect(normalisePhone(typed)).toBe(kept);
  });

  test('normalising twice changes nothing', () => {
    const any = fc.oneof(fc.string(), fc.stringMatching(/^[0-9 ()+x.-]{0,20}$/));
    fc.assert(fc.property(any, (text) => normalisePhone(normalisePhone(text)) === normalisePhone(text)));
  });
});

test('a number is shown the way it is dialled', () => {
  expect(formatPhone('+19165550123')).toBe('(916) 555-0123');
  expect(formatPhone('+442079460958')).toBe('+44 20 7946 0958');
  expect(formatPhone('front desk')).toBe('front desk');
  expect(readPhone('12')).toBeNull();
});
