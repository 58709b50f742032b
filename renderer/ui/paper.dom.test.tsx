import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { ViewerDeps } from '../viewer/connect.ts';
import type { ToViewer, ViewerState } from '../viewer/messages.ts';
import { Paper } from './paper.tsx';
import { useSpareFrame } from './spare-frame.ts';

/** The frame's side is tried in a browser (tests/e2e/viewer.e2e.ts); here it is what the test says. */
const link = vi.hoisted(() => ({ deps: null as unknown, said: [] as unknown[], closed: 0 }));
vi.mock('../viewer/connect.ts', () => ({
  connectViewer: (_frame: unknown, deps: unknown) => {
    link.deps = deps;
    const close = () => {
      link.closed += 1;
    };
    return { say: (message: unknown) => link.said.push(message), close };
  },
}));

const frameSays = async (state: ViewerState) => {
  (link.deps as ViewerDeps).hear({ type: 'state', state });
  await screen.findByRole('region');
};
const said = () => link.said as ToViewer[];
const open: ViewerState = { kind: 'open', pages: 3, page: 2, percent: 100, fit: 'width' };

beforeEach(() => Object.assign(link, { deps: null, said: [], closed: 0 }));
afterEach(cleanup);

test('the frame has scripts and nothing else, and a name', () => {
  render(<Paper sha256="a" kind="pdf" name="TDS.pdf" />);
  const frame = screen.getByTitle('Pages of TDS.pdf');
  expect(frame.getAttribute('sandbox')).toBe('allow-scripts');
  expect(frame.getAttribute('src')).toBe('./viewer.html');
});

test('the bar turns pages, and keys do the same', async () => {
  render(<Paper sha256="a" kind="pdf" name="TDS.pdf" marks={[{ number: 1, page: 1, quote: 'x' }]} />);
  await frameSays(open);
  expect((await screen.findByText(/page 2 of 3/)).textContent).toBe('page 2 of 3');
  link.said.length = 0;
  for (const name of ['Next page', 'Turn', 'Larger', 'Smaller', '100 %. Fit the whole page'])
    fireEvent.click(screen.getByRole('button', { name }));
  for (const key of ['PageDown', 'Home']) fireEvent.keyDown(screen.getByRole('region'), { key });
  expect(said()).toEqual([
    { type: 'go', to: 'next' },
    { type: 'turn' },
    { type: 'zoom', to: 'in' },
    { type: 'zoom', to: 'out' },
    { type: 'zoom', to: 'page' },
    { type: 'go', to: 'next' },
    { type: 'go', to: 'first' },
  ]);
});

test('a file that cannot be opened ends in a sentence, and its frame is gone', async () => {
  render(<Paper sha256="a" kind="pdf" name="TDS.pdf" />);
  await frameSays({ kind: 'failed', why: 'damaged' });
  expect((await screen.findByRole('alert')).textContent).toMatch(/^Could not open this PDF: it is damaged/);
  expect(screen.queryByTitle('Pages of TDS.pdf')).toBeNull();
});

test('a password is asked for, and asked for again', async () => {
  render(<Paper sha256="a" kind="pdf" name="TDS.pdf" />);
  await frameSays({ kind: 'needs-password', isWrong: true });
  expect(await screen.findByText(/That password did not open it/)).toBeDefined();
  fireEvent.change(screen.getByLabelText('Password of this PDF'), { target: { value: 'open' } });
  fireEvent.click(screen.getByRole('button', { name: 'Open it' }));
  expect(said().at(-1)).toEqual({ type: 'password', password: 'open' });
});

test('another file gets another frame', () => {
  const { rerender } = render(<Paper sha256="a" kind="pdf" name="TDS.pdf" />);
  const before = screen.getByTitle('Pages of TDS.pdf');
  rerender(<Paper sha256="b" kind="pdf" name="TDS.pdf" />);
  expect(screen.getByTitle('Pages of TDS.pdf')).not.toBe(before);
  expect(link.closed).toBe(1);
});

test('Ctrl F finds in the file from wherever the focus is, of two beside each other in the second', () => {
  render(
    <>
      <Paper sha256="a" kind="pdf" name="Version 1" />
      <Paper sha256="b" kind="pdf" name="Version 2" />
    </>,
  );
  fireEvent.keyDown(document.body, { key: 'f', ctrlKey: true });
  const field = screen.getByLabelText('Find in this file');
  expect(screen.getByRole('region', { name: 'Version 2' }).contains(field)).toBe(true);
  screen.getByRole('region', { name: 'Version 1' }).focus();
  fireEvent.keyDown(document.activeElement ?? document.body, { key: 'f', ctrlKey: true });
  expect(screen.getAllByLabelText('Find in this file')).toHaveLength(2);
  (document.activeElement as HTMLElement).blur();
  fireEvent.keyDown(document.body, { key: 'f', ctrlKey: true });
  expect(document.activeElement).toBe(field);
});

test('a screen that shows files has a frame ready, gives it away once, and takes the next with it when it goes', async () => {
  const place = Element.prototype as unknown as { moveBefore?: unknown };
  place.moveBefore = function move(this: Element, node: Node, before: Node | null) {
    this.insertBefore(node, before);
  };
  function Screen(props: { readonly isOpen: boolean }) {
    useSpareFrame();
    return props.isOpen ? <Paper sha256="a" kind="pdf" name="TDS.pdf" /> : null;
  }
  const spares = () => document.querySelectorAll('body > [hidden] > iframe');
  const { rerender, unmount } = render(<Screen isOpen={false} />);
  await vi.waitFor(() => expect(spares()).toHaveLength(1));
  const [spare] = spares();
  spare?.dispatchEvent(new Event('load'));
  expect(spare?.getAttribute('sandbox')).toBe('allow-scripts');
  rerender(<Screen isOpen={true} />);
  expect(screen.getByTitle('Pages of TDS.pdf')).toBe(spare);
  expect((link.deps as ViewerDeps).isLoaded).toBe(true);
  await vi.waitFor(() => expect(spares()).toHaveLength(1));
  expect(spares()[0]).not.toBe(spare);
  unmount();
  expect(document.querySelectorAll('iframe')).toHaveLength(0);
  delete place.moveBefore;
});
