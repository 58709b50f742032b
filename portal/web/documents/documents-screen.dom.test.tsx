import { configure, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { SharedDocument } from '../../api/person-home.ts';
import { type Portal, press, showHome, standInPortal, takeDown } from '../testing.tsx';
import { HOME } from '../testing-home.ts';

configure({ asyncUtilTimeout: 10_000 });

let portal: Portal;
beforeEach(() => {
  portal = standInPortal();
});
afterEach(takeDown);

const AT = { screen: 'documents' };
const FINAL: SharedDocument = {
  ...{ versionId: 'v9', title: 'The settlement statement', version: 2, state: 'approved', receivedOn: '2026-06-12' },
  ...{ isFullySigned: false, isFinal: true },
};
const READING = { versionId: 'v1', title: 'The contract', version: 1, askedAt: '2026-06-16T18:00:00.000Z' };

test('papers stand under what is to be done with them', async () => {
  await showHome(
    portal,
    {
      documents: [...HOME.documents, FINAL],
      toRead: [{ ...READING, acknowledgedAt: null }],
      wanted: [{ lineId: 'l1', title: 'The binder', why: 'again', reason: 'Page 2 is cut off.' }],
    },
    AT,
  );
  await screen.findByRole('heading', { level: 1, name: 'Papers' });
  const part = (name: string) => {
    const heading = screen.getByRole('heading', { level: 2, name });
    return within(heading.parentElement as HTMLElement)
      .getAllByRole('listitem')
      .map((row) => row.textContent);
  };
  expect(part('Needed from you')).toEqual([expect.stringMatching(/^The binderWhat came could not be used: “Page 2/)]);
  expect(part('To read')).toEqual([
    expect.stringMatching(/^The contractSigned by everybody\. Of June 2\. You were asked/),
  ]);
  expect(part('The final papers')).toEqual([
    expect.stringMatching(/^The settlement statementVersion 2\. Of June 12\./),
  ]);
  expect(part('Shared with you')).toEqual(['The letterIt is kept by whoever needs it.']);
});

test('a paper is fetched by a form that carries its ticket, and a refusal is said', async () => {
  const submit = vi.spyOn(HTMLFormElement.prototype, 'submit').mockImplementation(function (this: HTMLFormElement) {
    expect([this.method, this.action]).toEqual(['post', 'https://files.office.example/document']);
    expect(new FormData(this).get('ticket')).toBe('tick');
  });
  const ticket = { url: 'https://files.office.example/document', ticket: 'tick', fileName: 'a.pdf' };
  portal.answers = { 'document-ticket': ticket };
  await showHome(portal, {}, AT);
  await screen.findByRole('heading', { level: 1, name: 'Papers' });
  press('Download The contract');
  await waitFor(() => expect(submit).toHaveBeenCalledTimes(1));
  await screen.findByText('The contract is being downloaded.');
  portal.answers['document-ticket'] = { error: { type: 'not-available', message: 'This paper is not here for you.' } };
  press('Download The contract');
  await screen.findByText('This paper is not here for you.');
  portal.answers['document-ticket'] = { error: { type: 'not-signed-in', message: '' } };
  press('Download The contract');
  await screen.findByRole('heading', { name: 'You are signed out' });
});

test('a link that hands out no files still lets papers be read; a preview does neither', async () => {
  await showHome(portal, { mayDownload: false }, AT);
  await screen.findByRole('button', { name: 'Read The contract' });
  expect(screen.queryByRole('button', { name: /Download/ })).toBeNull();
  screen.getByText(/ask Noor for a copy/);
  takeDown();
  portal = standInPortal();
  await showHome(portal, { isPreview: true }, AT);
  await screen.findByText('The contract');
  expect(screen.queryByRole('button', { name: /Read|Download/ })).toBeNull();
});

test('nothing shared yet is said', async () => {
  await showHome(portal, { documents: [] }, AT);
  await screen.findByText('No papers are shared with you yet.');
});

test('what was sent is listed with what became of it', async () => {
  const sentAt = '2026-06-16T18:00:00.000Z';
  await showHome(
    portal,
    {
      sent: [
        { versionId: 's1', title: 'Binder', version: 2, sentAt, state: 'waiting', reason: '' },
        { versionId: 's2', title: 'Binder', version: 1, sentAt, state: 'rejected', reason: 'Too dark.' },
      ],
    },
    { screen: 'sent' },
  );
  await screen.findByText('It is here and being read.');
  screen.getByText(/as version 2\.$/);
  screen.getByText('It could not be used. Your coordinator says: “Too dark.”');
  takeDown();
  portal = standInPortal();
  await showHome(portal, {}, { screen: 'sent' });
  await screen.findByText(/^Nothing yet\./);
});
