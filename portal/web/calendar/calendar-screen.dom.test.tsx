import { configure, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type Portal, press, showHome, standInPortal, takeDown } from '../testing.tsx';

configure({ asyncUtilTimeout: 10_000 });

let portal: Portal;
beforeEach(() => {
  portal = standInPortal();
});
afterEach(takeDown);

const AT = { screen: 'calendar' };
const MAKE = 'Make an address for my calendar';

test('one date is handed over as a file with its hour and place', async () => {
  const made: Blob[] = [];
  vi.spyOn(URL, 'createObjectURL').mockImplementation((blob) => {
    made.push(blob as Blob);
    return 'blob:x';
  });
  const names: string[] = [];
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
    names.push(this.download);
  });
  await showHome(portal, {}, AT);
  fireEvent.click(await screen.findByRole('button', { name: 'Add to my calendar: Appraisal decision' }));
  expect(names).toEqual(['2026-06-22 Appraisal decision.ics']);
  const text = (await made[0]?.text()) ?? '';
  expect(text).toContain('SUMMARY:Appraisal decision\\, until 5:00 PM\r\n');
  expect(text).toContain('LOCATION:1847 Marlowe Ave\\, Sacramento\\, CA 95816\r\n');
  expect(text).toContain('DTSTART;VALUE=DATE:20260622\r\n');
  expect(screen.queryByRole('button', { name: /Acceptance/ })).toBeNull();
});

test('a feed is made, its address shown once, and ended', async () => {
  portal.answers = {
    'make-calendar': { url: 'https://portal.office.example/calendar/abc.ics' },
    'end-calendar': { done: true },
  };
  await showHome(portal, {}, AT);
  fireEvent.click(await screen.findByRole('button', { name: MAKE }));
  const field = await screen.findByLabelText('The address for your calendar');
  expect(field).toHaveProperty('value', 'https://portal.office.example/calendar/abc.ics');
  expect(screen.getByRole('link', { name: 'Open in my calendar' }).getAttribute('href')).toBe(
    'webcals://portal.office.example/calendar/abc.ics',
  );
  screen.getByText(/^It is shown this once\./);
  press('End it');
  await screen.findByText(/^The address has ended\./);
  await waitFor(() => expect(screen.queryByLabelText('The address for your calendar')).toBeNull());
});

test('one that is there already is not shown again; a refusal and a lost line are said', async () => {
  await showHome(portal, { hasCalendar: true }, AT);
  await screen.findByText(/^A calendar is following your dates\./);
  press('Make a new address');
  await screen.findByText('The portal could not be reached. Check your connection and try again.');
  portal.answers['make-calendar'] = { error: { type: 'not-signed-in', message: '' } };
  press('Make a new address');
  await screen.findByRole('heading', { name: 'You are signed out' });
});

test('without dates it says so, and a preview makes no feed', async () => {
  await showHome(portal, { dates: [], isPreview: true }, AT);
  await screen.findByText('No dates ahead are known yet.');
  expect(screen.queryByRole('button', { name: MAKE })).toBeNull();
});
