import { expect, test } from 'vitest';
import { filesNamedIn, kindOf } from './kept.ts';

const HOST = 'https://portal.office.example';
const of = (path: string, mode = 'no-cors', method = 'GET') =>
  kindOf({ method, mode, url: new URL(path, HOST).href }, HOST);

test('the page and its hashed files are kept, and nothing else ever is', () => {
  expect(of('/', 'navigate')).toBe('page');
  expect(of('/assets/index-DPILGrZ-.js', 'cors')).toBe('file');
  expect(of('/assets/index-DPILGrZ-.css')).toBe('file');
  for (const path of [
    ...['/api/person/home', '/api/person/uploads/1', '/api/desk/sync', '/document', '/begin', '/health'],
    ...['/calendar/x.ics', '/assets/../api/person/home', '/assets/plain.js', '/assets/index-DPILGrZ-.js?x=1'],
    ...['https://files.office.example/document', 'https://other.example/assets/index-DPILGrZ-.js'],
  ])
    for (const mode of ['navigate', 'cors', 'same-origin', 'no-cors'])
      expect([path, of(path, mode)]).toEqual([path, 'other']);
  expect(of('/', 'navigate', 'POST')).toBe('other');
  expect(of('/', 'cors')).toBe('other');
  expect(of('/?token=x', 'navigate')).toBe('other');
  expect(of('/assets/index-DPILGrZ-.js', 'cors', 'POST')).toBe('other');
});

test('what a page names is read from it', () => {
  const html =
    '<script src="/assets/index-DPILGrZ-.js"></script><link href="/assets/a-12345678.css"><link href="/icon.svg"><a href="/assets/no.js">';
  expect(filesNamedIn(html)).toEqual(['/assets/index-DPILGrZ-.js', '/assets/a-12345678.css']);
});
