import { describe, expect, test } from 'vitest';
import { portalUrl } from './addresses.ts';

describe('the address of a portal as people type it', () => {
  test.each([
    ['portal.fennimore.example', 'https://portal.fennimore.example'],
    ['  https://Portal.Fennimore.example/some/path?x=1#y ', 'https://portal.fennimore.example'],
    ['portal.fennimore.example:8443/', 'https://portal.fennimore.example:8443'],
    ['127.0.0.1:4000', 'http://127.0.0.1:4000'],
    ['localhost:4000/x', 'http://localhost:4000'],
    ['http://portal.localhost:4000', 'http://localhost:4000'],
    ['http://[::1]:4000', 'http://[::1]:4000'],
  ])('%s', (typed, url) => {
    expect(portalUrl(typed)).toEqual({ ok: true, value: url });
  });

  test.each([
    '',
    '   ',
    'not an address',
    'ftp://portal.example',
    'https://',
    'javascript:alert(1)',
    'https://me:word@x.example',
  ])('is refused: %s', (typed) => {
    expect(portalUrl(typed)).toMatchObject({ ok: false });
  });

  test('without encryption only on this computer', () => {
    expect(portalUrl('http://portal.fennimore.example')).toMatchObject({
      ok: false,
      error: expect.stringContaining('https'),
    });
    expect(portalUrl('http://127.0.0.1.evil.example')).toMatchObject({ ok: false });
    expect(portalUrl('http://localhost.evil.example')).toMatchObject({ ok: false });
  });
});
