import { posix, win32 } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CONTENT_POLICY, pageFile } from './page.ts';

describe('pageFile', () => {
  test('names files below the folder, with their type', () => {
    expect(pageFile('/')).toEqual({ path: 'index.html', type: 'text/html; charset=utf-8' });
    expect(pageFile('/assets/index-Bx_1.js')).toEqual({
      path: 'assets/index-Bx_1.js',
      type: 'text/javascript; charset=utf-8',
    });
    expect(pageFile('/a.css')?.type).toBe('text/css; charset=utf-8');
    expect(pageFile('/deals/0195')).toMatchObject({ path: 'index.html' });
  });

  test.each([
    '/../package.json',
    '/assets/../../main/index.js',
    '/%2e%2e/package.json',
    '/..%2fpackage.json',
    '/..\\package.json',
    '/C:/windows/win.ini',
    '/a.js::$DATA',
    '/.hidden.js',
    '/a\0.js',
    '/a.exe',
    '/a.html.',
  ])('refuses %s', (pathname) => {
    expect(pageFile(pathname)).toBeNull();
  });

  test('never leaves the folder, whatever the address', () => {
    const piece = fc.oneof(fc.constantFrom('..', '.', '/', '\\', '%2e', 'C:', 'a', '.js', '\0', '//'), fc.string());
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        const file = pageFile(`/${pieces.join('')}`);
        if (file === null) return;
        expect(posix.join('/root', file.path).startsWith('/root/')).toBe(true);
        expect(win32.join('C:\\root', file.path).startsWith('C:\\root\\')).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });
});

test('the content policy allows no inline code, no foreign source and no frame', () => {
  expect(CONTENT_POLICY).toContain("default-src 'none'");
  expect(CONTENT_POLICY).toContain("frame-ancestors 'none'");
  expect(CONTENT_POLICY).not.toMatch(/unsafe|\*|https?:|blob:/);
});
