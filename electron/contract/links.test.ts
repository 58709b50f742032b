import { expect, test } from 'vitest';
import { isOpenable } from './links.ts';

test.each([
  'https://example.com',
  'https://sub.example.com:8443/a/b?c=d&e=%20#f',
  'http://portal.localhost:40123/#t=abc_-123',
  'http://portal.localhost:40123',
  'http://portal.localhost/p?x=1',
  'mailto:kim@example.com',
  'mailto:kim@example.com?subject=Deal%20412&body=Hello',
])('%s may be opened', (address) => expect(isOpenable(address)).toBe(true));

test.each([
  'http://example.com',
  'http://localhost:40123/',
  'http://127.0.0.1:40123/',
  'http://files.localhost:40123/',
  'http://a.portal.localhost:40123/',
  'http://portal.localhost.evil.test/',
  'http://portal.localhost:40123@evil.test/',
  'http://a@portal.localhost:40123/',
  'http://portal.localhost:40123x/',
  'http://portal.localhost:40123/\nx',
  'http://portal.localhost\\@evil.test/',
  'ftp://portal.localhost:40123/',
  'file:///etc/passwd',
  'javascript:alert(1)',
  'https://user:pass@example.com',
  'https://example.com@evil.test',
  'https://exa mple.com',
  'https://example.com/\nx',
  'https:\\\\example.com',
  'ms-msdt:/id',
  'smb://host/share',
  'closeboard://deal/x',
  'mailto:kim@example.com?attach=/etc/passwd',
  'mailto:kim@example.com?subject=a&attachment=b',
  '--help',
  '',
])('%s may not be opened', (address) => expect(isOpenable(address)).toBe(false));
