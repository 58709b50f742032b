import { cleanup, configure, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type Portal, press, showHome, standInPortal, takeDown } from '../testing.tsx';
import { HOME } from '../testing-home.ts';
import type { PageEnd, UploadPage } from './uploader.ts';

configure({ asyncUtilTimeout: 10_000 });

const PAPER = { lineId: 'line-1', title: 'Home insurance binder', why: 'asked', reason: '' } as const;
const AT = { screen: 'upload', id: 'line-1' };

/** The line of each page, held in the hand. */
interface Line {
  end(how: PageEnd): void;
  gone(bytes: number): void;
}
const lines: Line[] = [];
let dark: readonly string[] = [];
let portal: Portal;
let isOnline = true;

beforeEach(() => {
  portal = standInPortal();
  lines.length = 0;
  dark = [];
  isOnline = true;
  vi.spyOn(navigator, 'onLine', 'get').mockImplementation(() => isOnline);
  const uploadPage: UploadPage = (_page, _blob, { onUrl, onGone }) => {
    const ended = new Promise<PageEnd>((end) => {
      lines.push({ end, gone: onGone });
    });
    onUrl(`/api/person/uploads/u${lines.length}`);
    return { ended, stop: () => lines.at(-1)?.end({ type: 'lost' }) };
  };
  vi.doMock('./tus.ts', () => ({ uploadPage, removeUpload: async () => {} }));
  vi.doMock('./prepare.ts', () => ({
    preparePhoto: async (file: File) => {
      if (file.size === 0) return 'empty';
      if (file.name.endsWith('.heic')) return 'not-a-photo';
      return { blob: file, thumb: null, isDark: dark.includes(file.name), kind: 'photo', name: file.name };
    },
    prepareFile: (file: File) =>
      file.size === 0 ? 'empty' : { blob: file, thumb: null, isDark: false, kind: 'file', name: file.name },
  }));
});
afterEach(() => {
  takeDown();
  vi.doUnmock('./tus.ts');
  vi.doUnmock('./prepare.ts');
  vi.restoreAllMocks();
});

const photo = (name: string, content = 'a photo') => new File([content], name, { type: 'image/jpeg' });
const take = (label: string | RegExp, ...files: readonly File[]) =>
  fireEvent.change(screen.getByLabelText(label), { target: { files } });
/** The line of the page that is under way, when there are so many. */
const line = async (count: number): Promise<Line> => {
  await waitFor(() => expect(lines).toHaveLength(count));
  const last = lines.at(-1);
  if (last === undefined) throw new Error('nothing is under way');
  return last;
};
const show = (more = {}, at: object = AT) => showHome(portal, { wanted: [PAPER], ...more }, at);
/** What is said at once to whoever listens; the places for it are always there. */
const said = () =>
  screen
    .queryAllByRole('alert')
    .map(({ textContent }) => textContent)
    .join('');
const saysAlert = (text: string) => waitFor(() => expect(said()).toContain(text));

test('from the paper that is asked for: two photos go up one after another and are sent as one PDF', async () => {
  await show();
  await screen.findByRole('heading', { name: 'Home insurance binder' });
  portal.answers['send-paper'] = { done: true };
  take('Take photos', photo('IMG_1.jpg'), photo('IMG_2.jpg'));
  (await line(1)).gone(3);
  await screen.findByText('2 photos, sent as one PDF.');
  await screen.findByText('42 %');
  screen.getByRole('heading', { name: 'Page 1 of 2 is going up' });
  screen.getByText(
    'You can close this page. Your photos stay on this device, and your link picks up where it stopped.',
  );
  (await line(1)).end({ type: 'sent' });
  await screen.findByRole('heading', { name: 'Page 2 of 2 is going up' });
  press('Send as one PDF');
  await screen.findByText('It is sent as soon as the last page is here.');
  expect(portal.of('send-paper')).toEqual([]);
  portal.answers.home = { ...HOME, wanted: [] };
  (await line(2)).end({ type: 'sent' });
  await screen.findByRole('heading', { name: 'Sent. Thank you' });
  screen.getByText(/^Noor looks at it\. You will see here when it is approved/);
  expect(portal.of('send-paper')).toMatchObject([
    { lineId: 'line-1', newTitle: null, uploads: ['u1', 'u2'], as: 'photos', name: 'Home insurance binder' },
  ]);
  press('See what you have sent');
  await screen.findByRole('heading', { name: 'What you have sent us' });
});

test('no signal: it says what is safe and where it stopped, and goes on when the signal is back', async () => {
  await show();
  await screen.findByRole('heading', { name: 'Home insurance binder' });
  take('Take photos', photo('IMG_1.jpg'), photo('IMG_2.jpg'));
  (await line(1)).end({ type: 'sent' });
  (await line(2)).gone(4);
  isOnline = false;
  fireEvent(window, new Event('offline'));
  await screen.findByRole('heading', { name: 'No signal. It will continue when you are back.' });
  screen.getByText('1 of 2 pages is safe with us. Page 2 stopped at 57 %.');
  screen.getByText('57 %, paused');
  screen.getByRole('img', { name: '1.5 of 2 pages sent' });
  isOnline = true;
  fireEvent(window, new Event('online'));
  (await line(3)).end({ type: 'sent' });
  await screen.findByRole('heading', { name: 'All pages are safe with us' });
});

test('a page that is too dark is said, and is taken again in its place', async () => {
  dark = ['IMG_1.jpg'];
  await show();
  await screen.findByRole('heading', { name: 'Home insurance binder' });
  take('Take photos', photo('IMG_1.jpg'), photo('IMG_2.jpg'));
  (await line(1)).end({ type: 'sent' });
  (await line(2)).end({ type: 'sent' });
  await screen.findByText('A bit dark');
  take('Retake page 1', photo('IMG_3.jpg'));
  (await line(3)).end({ type: 'sent' });
  await waitFor(() => expect(screen.queryByText('A bit dark')).toBeNull());
  portal.answers['send-paper'] = { done: true };
  press('Send as one PDF');
  await screen.findByRole('heading', { name: 'Sent. Thank you' });
  expect(portal.of('send-paper')).toMatchObject([{ uploads: ['u3', 'u2'] }]);
});

test('pages are put in order and taken out, by buttons that say which', async () => {
  await show();
  await screen.findByRole('heading', { name: 'Home insurance binder' });
  take('Take photos', photo('A.jpg'), photo('B.jpg'), photo('C.jpg'));
  for (const n of [1, 2, 3]) (await line(n)).end({ type: 'sent' });
  await screen.findByRole('heading', { name: 'All pages are safe with us' });
  press('Page 3: change');
  const tools = await screen.findByRole('region', { name: 'Change page 3' });
  await waitFor(() => expect(document.activeElement?.textContent).toBe('Change page 3'));
  fireEvent.click(within(tools).getByRole('button', { name: 'One place earlier' }));
  fireEvent.click(screen.getByRole('button', { name: 'One place earlier' }));
  await screen.findByRole('region', { name: 'Change page 1' });
  press('Done');
  press('Page 2: change');
  press('Remove this page');
  await screen.findByText('2 photos, sent as one PDF.');
  portal.answers['send-paper'] = { done: true };
  press('Send as one PDF');
  await screen.findByRole('heading', { name: 'Sent. Thank you' });
  expect(portal.of('send-paper')).toMatchObject([{ uploads: ['u3', 'u2'] }]);
});

test('what cannot be taken says why, and nothing else is lost', async () => {
  await show();
  await screen.findByRole('heading', { name: 'Home insurance binder' });
  take('Choose a file or photos', new File(['MZ'], 'setup.exe'));
  await saysAlert('setup.exe cannot be sent here. Send a PDF');
  take('Choose a file or photos', new File([], 'scan.pdf'));
  await saysAlert('scan.pdf is empty');
  take('Choose a file or photos', new File(['x'], 'a.pdf'), new File(['y'], 'b.pdf'));
  await saysAlert('A file goes by itself');
  const large = new File(['x'], 'large.pdf');
  Object.defineProperty(large, 'size', { value: 100_000_001 });
  take('Choose a file or photos', large);
  await saysAlert('Files of up to 100 MB');
  take('Take photos', ...Array.from({ length: 61 }, (_, n) => photo(`IMG_${n}.jpg`)));
  await saysAlert('Up to 60 pages go into one PDF');
  take('Take photos', photo('A.jpg'), photo('B.heic'));
  await saysAlert('B.heic cannot be opened as a photo');
  screen.getByText('1 photo, sent as a PDF.');
  (await line(1)).end({ type: 'refused', message: 'This photo is damaged or cut off.' });
  await screen.findByText('This photo is damaged or cut off.');
  expect(screen.queryByRole('button', { name: 'Send as one PDF' })).toBeNull();
});

test('a photo that this browser cannot draw goes by itself as it is', async () => {
  await show();
  await screen.findByRole('heading', { name: 'Home insurance binder' });
  take('Take photos', new File(['ftypheic'], 'IMG_4.heic', { type: 'image/heic' }));
  (await line(1)).end({ type: 'sent' });
  await screen.findByRole('heading', { name: 'Your file is safe with us' });
  portal.answers['send-paper'] = { done: true };
  press('Send it');
  await screen.findByRole('heading', { name: 'Sent. Thank you' });
  expect(portal.of('send-paper')).toMatchObject([{ as: 'file' }]);
});

test('something else needs its name first', async () => {
  await show({}, { screen: 'upload', id: '' });
  await screen.findByRole('heading', { name: 'Send something else' });
  take('Choose a file or photos', new File(['%PDF'], 'letter.pdf'));
  (await line(1)).end({ type: 'sent' });
  await screen.findByRole('heading', { name: 'Your file is safe with us' });
  press('Send it');
  await saysAlert('Say in a few words what it is.');
  await waitFor(() => expect(document.activeElement).toBe(screen.getByLabelText('What is it?')));
  fireEvent.change(screen.getByLabelText('What is it?'), { target: { value: 'Letter of the association ' } });
  portal.answers['send-paper'] = { done: true };
  press('Send it');
  await screen.findByRole('heading', { name: 'Sent. Thank you' });
  expect(portal.of('send-paper')).toMatchObject([{ newTitle: 'Letter of the association', as: 'file' }]);
});

test('a paper that was approved meanwhile can go as something else; its pages are still there', async () => {
  await show();
  await screen.findByRole('heading', { name: 'Home insurance binder' });
  take('Take photos', photo('A.jpg'));
  (await line(1)).end({ type: 'sent' });
  portal.answers['send-paper'] = { error: { type: 'refused', message: 'This paper was approved meanwhile.' } };
  press('Send as one PDF');
  await saysAlert('approved meanwhile');
  press('Send it as something else');
  await screen.findByRole('heading', { name: 'Send something else' });
  portal.answers['send-paper'] = { done: true };
  press('Send as one PDF');
  await screen.findByRole('heading', { name: 'Sent. Thank you' });
  expect(portal.of('send-paper').at(-1)).toMatchObject({ newTitle: 'Home insurance binder', uploads: ['u1'] });
});

test('home says what was not sent, leads back to it, and a session that ends keeps it', async () => {
  await show();
  await screen.findByRole('heading', { name: 'Home insurance binder' });
  take('Take photos', photo('A.jpg'), photo('B.jpg'));
  (await line(1)).end({ type: 'sent' });
  (await line(2)).end({ type: 'over' });
  await screen.findByRole('heading', { name: 'You are signed out' });
  cleanup();
  await showHome(portal, { wanted: [PAPER] }, { screen: 'home' });
  await screen.findByText('You have 2 pages that were not sent yet');
  press('Go on');
  await screen.findByRole('heading', { name: 'Page 2 of 2 is going up' });
  (await line(3)).end({ type: 'sent' });
  await screen.findByRole('heading', { name: 'All pages are safe with us' });
});

test('giving it up asks first; a look as somebody and a paper that is gone show nothing to send', async () => {
  await show();
  await screen.findByRole('heading', { name: 'Home insurance binder' });
  take('Take photos', photo('A.jpg'));
  await line(1);
  press('Remove all and stop');
  await screen.findByText('Remove all pages from this device and from the portal?');
  press('Keep them');
  press('Remove all and stop');
  portal.answers['drop-sending'] = { done: true };
  press('Yes, remove them');
  await waitFor(() => expect(portal.of('drop-sending')).toHaveLength(1));
  cleanup();
  await show({ wanted: [] });
  await screen.findByRole('heading', { name: 'This paper is not needed any more' });
  cleanup();
  await show({ isPreview: true });
  await screen.findByText(/nothing can be sent from here/);
});
