import { describe, expect, test } from 'vitest';
import { dealOfArguments, dealOfLink } from './links.ts';

const id = '01931f6e-7c1a-7000-8000-0123456789ab';

describe('a deal link', () => {
  test.each([`closeboard://deal/${id}`, `closeboard://deal/${id}/`, ` CLOSEBOARD://DEAL/${id.toUpperCase()}\n`])(
    '%s names its deal',
    (link) => expect(dealOfLink(link)).toBe(id),
  );

  test.each([
    `closeboard://deal/${id}/../x`,
    `closeboard://deal/${id}?x=1`,
    `closeboard://deal/`,
    `closeboard://deals/${id}`,
    `closeboard://deal/not-an-id`,
    `https://deal/${id}`,
    `closeboard:deal/${id}`,
    `--x=closeboard://deal/${id}`,
    '',
  ])('%s names none', (link) => expect(dealOfLink(link)).toBeNull());

  test('is found among the words of a command line', () => {
    expect(dealOfArguments(['/usr/bin/closeboard', '--data', 'x', `closeboard://deal/${id}`])).toBe(id);
    expect(dealOfArguments(['/usr/bin/closeboard', 'closeboard://settings'])).toBeNull();
    expect(dealOfArguments([])).toBeNull();
  });
});
