import { configure, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { PersonHome } from '../../api/person-home.ts';
import { type Portal, press, showHome, standInPortal, takeDown } from '../testing.tsx';
import type { OpenPdf } from './pdf.ts';

configure({ asyncUtilTimeout: 10_000 });

const AT = { screen: 'read', id: 'v1' };
const FILES = 'https://files.office.example/document';
const ASKED = { versionId: 'v1', title: 'The disclosures', version: 3, askedAt: '2026-06-16T18:00:00.000Z' };
const asked = (acknowledgedAt: string | null): Partial<PersonHome> => ({ toRead: [{ ...ASKED, acknowledgedAt }] });

let portal: Portal;
/** What the files' address answers; null for a line that is lost. */
let file: (() => Response) | null;
let bodies: string[];
let closed: number;
const PDF: OpenPdf = {
  pages: 2,
  size: async () => ({ width: 612, height: 792 }),
  draw: async () => document.createElement('canvas'),
  layText: async (page, container) => container.append(`Words of page ${page + 1}`),
  close: () => {
    closed += 1;
  },
};

beforeEach(() => {
  portal = standInPortal();
  [file, bodies, closed] = [() => new Response('%PDF', { headers: { 'content-type': 'application/pdf' } }), [], 0];
  const ofPortal = globalThis.fetch;
  vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
    if (url !== FILES) return ofPortal(url, init);
    expect([init.method, init.credentials, init.cache]).toEqual(['POST', 'omit', 'no-store']);
    bodies.push(String(init.body));
    if (file === null) throw new TypeError('no connection');
    return file();
  });
  vi.stubGlobal('IntersectionObserver', Watch);
  vi.stubGlobal('ResizeObserver', Watch);
  vi.doMock('./pdf.ts', () => ({
    openPdf: async (bytes: Uint8Array) => {
      if (new TextDecoder().decode(bytes) !== '%PDF') throw new Error('damaged');
      return PDF;
    },
  }));
  portal.answers = { 'document-ticket': { url: FILES, ticket: 'tick', fileName: 'a.pdf' } };
});
afterEach(() => {
  takeDown();
  vi.doUnmock('./pdf.ts');
});

class Watch {
  observe(): void {}
  disconnect(): void {}
}
const words = () => screen.findByText('Words of page 2');

test('a paper is fetched once with its ticket in the body, its words are there, and it can be made larger', async () => {
  await showHome(portal, asked(null), AT);
  await words();
  expect(portal.of('document-ticket')).toEqual([{ versionId: 'v1', use: 'read' }]);
  expect(bodies).toEqual(['ticket=tick']);
  expect(screen.getByRole('region', { name: 'Page 2 of 2' })).toBeTruthy();
  screen.getByText('Version 3');
  press('Larger');
  screen.getByText('125 %');
  press('Smaller');
  expect(screen.getByRole('button', { name: 'Smaller' })).toHaveProperty('disabled', true);
  press('Back');
  await screen.findByRole('heading', { name: /^Hello/ });
  expect(closed).toBe(1);
});

test('what was read is said with the version and when; the button is gone then', async () => {
  portal.answers.acknowledge = { done: true };
  await showHome(portal, asked(null), AT);
  await words();
  portal.answers.home = { ...(portal.answers.home as PersonHome), ...asked('2026-06-17T15:04:00.000Z') };
  press('I have read this');
  await screen.findByText(/^You said on June 17.* that you have read version 3\.$/);
  expect(screen.queryByRole('button', { name: 'I have read this' })).toBeNull();
  expect(portal.of('acknowledge')).toMatchObject([{ versionId: 'v1' }]);
});

test('it is said only when the paper is there, and not in a preview', async () => {
  file = null;
  await showHome(portal, asked(null), AT);
  await screen.findByText('No signal. The paper could not be fetched. It is tried again when the signal is back.');
  expect(screen.queryByRole('button', { name: 'I have read this' })).toBeNull();
  file = () => new Response('%PDF', { headers: { 'content-type': 'application/pdf' } });
  fireEvent(window, new Event('online'));
  await words();
  await screen.findByRole('button', { name: 'I have read this' });
});

test('half a file is a lost line, and it is asked for again by hand', async () => {
  file = () => new Response('%P', { headers: { 'content-type': 'application/pdf', 'content-length': '400' } });
  await showHome(portal, asked(null), AT);
  await screen.findByText(/^No signal\./);
  file = () => new Response('%PDF', { headers: { 'content-type': 'application/pdf' } });
  press('Try again');
  await words();
});

test.each([
  ['image/png', 'a picture', 'This page cannot show this kind of file.'],
  [
    'application/pdf',
    'nothing of the kind',
    'This page cannot show the file. It may be locked with a password, or damaged.',
  ],
])('a file of %s that cannot be drawn is downloaded, where the link allows it', async (kind, bytes, sentence) => {
  const submit = vi.spyOn(HTMLFormElement.prototype, 'submit').mockImplementation(() => {});
  file = () => new Response(bytes, { headers: { 'content-type': kind } });
  await showHome(portal, asked(null), AT);
  await screen.findByText(sentence);
  press('Download');
  await waitFor(() => expect(submit).toHaveBeenCalledTimes(1));
  await screen.findByRole('button', { name: 'I have read this' });
  takeDown();
  const again = standInPortal();
  again.answers = { 'document-ticket': { error: { type: 'not-available', message: 'This paper is not here.' } } };
  await showHome(again, { ...asked(null), mayDownload: false }, AT);
  await screen.findByText('This paper is not here.');
  expect(screen.queryByRole('button', { name: 'I have read this' })).toBeNull();
});

test('a paper that is not there any more, and a session that is over', async () => {
  await showHome(portal, { toRead: [], documents: [] }, AT);
  await screen.findByRole('heading', { name: 'This paper is not here any more' });
  expect(bodies).toEqual([]);
  press('Go back');
  await screen.findByRole('heading', { name: /^Hello/ });
  takeDown();
  portal = standInPortal();
  portal.answers = { 'document-ticket': { error: { type: 'not-signed-in', message: '' } } };
  await showHome(portal, asked(null), AT);
  await screen.findByRole('heading', { name: 'You are signed out' });
});
