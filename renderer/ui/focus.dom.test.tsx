import { act, cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { useState } from 'react';
import { afterEach, expect, test } from 'vitest';
import { useFollowing } from './following.ts';
import { useKeepFocus } from './keep-focus.ts';
import { PickList } from './pick-list.tsx';
import { Split } from './split.tsx';

afterEach(cleanup);

for (const name of ['offsetHeight', 'offsetWidth', 'clientHeight', 'clientWidth'])
  Object.defineProperty(HTMLElement.prototype, name, { configurable: true, get: () => 600 });
Element.prototype.scrollTo ??= () => undefined;

const ROWS = ['Acceptance', 'Closing'];

function Screen() {
  useKeepFocus();
  const [picked, setPicked] = useState('Acceptance');
  const [isOpen, setOpen] = useState(true);
  const pane = (
    <>
      <input aria-label="Day" />
      {isOpen && (
        <button type="button" onClick={() => setOpen(false)}>
          Remove
        </button>
      )}
    </>
  );
  const list = (
    <PickList
      label="Dates"
      rows={ROWS}
      keyOf={(row) => row}
      selected={picked}
      onSelect={setPicked}
      onEnter={() => screen.getByRole('textbox').focus()}
    >
      {(row) => row}
    </PickList>
  );
  return (
    <main>
      <Split isReading={false} list={list} pane={pane} onBack={() => undefined} />
    </main>
  );
}

const row = (name: string) => screen.getByRole('option', { name });

test('Esc in a field goes back to the row', async () => {
  render(<Screen />);
  act(() => screen.getByRole('textbox').focus());
  fireEvent.keyDown(screen.getByRole('textbox'), { key: 'Escape' });
  await waitFor(() => expect(document.activeElement).toBe(row('Acceptance')));
});

test('a step at the end of a list does not take the focus back from where Enter put it', () => {
  render(<Screen />);
  act(() => row('Acceptance').focus());
  fireEvent.keyDown(row('Acceptance'), { key: 'ArrowUp' });
  expect(document.activeElement).toBe(row('Acceptance'));
  fireEvent.keyDown(row('Acceptance'), { key: 'Enter' });
  expect(document.activeElement).toBe(screen.getByRole('textbox'));
});

test('the focus goes to the selected row when what had it is taken away', async () => {
  render(<Screen />);
  const button = screen.getByRole('button', { name: 'Remove' });
  act(() => button.focus());
  fireEvent.click(button);
  await waitFor(() => expect(document.activeElement).toBe(row('Acceptance')));
});

function Field(props: { readonly stored: string; readonly of?: string }) {
  const [text, setText, ground] = useFollowing(props.stored, props.of ?? 'one');
  return (
    <>
      <input aria-label="Text" value={text} onChange={(event) => setText(event.target.value)} />
      <output>{ground.seen}</output>
      <button type="button" onClick={ground.look}>
        Look
      </button>
    </>
  );
}

const typed = () => screen.getByRole<HTMLInputElement>('textbox');
const seen = () => screen.getByRole('status').textContent;
const write = (value: string) => fireEvent.change(typed(), { target: { value } });

test('a field that was left alone follows what is stored and stays the same field', () => {
  const { rerender } = render(<Field stored="a" />);
  const field = typed();
  rerender(<Field stored="b" />);
  expect(typed()).toBe(field);
  expect([field.value, seen()]).toEqual(['b', 'b']);
  write('typed');
  write('b');
  rerender(<Field stored="c" />);
  expect(field.value).toBe('c');
});

test('what a person is typing stays when the stored value changes, and so does what they saw when they began', () => {
  const { rerender } = render(<Field stored="a" />);
  write('typed');
  rerender(<Field stored="b" />);
  expect([typed().value, seen()]).toEqual(['typed', 'a']);
  fireEvent.click(screen.getByRole('button', { name: 'Look' }));
  expect([typed().value, seen()]).toEqual(['typed', 'b']);
  // It is stored: from here on it is followed again.
  rerender(<Field stored="typed" />);
  rerender(<Field stored="d" />);
  expect([typed().value, seen()]).toEqual(['d', 'd']);
});

test('nothing that was typed for one thing is carried to another', () => {
  const { rerender } = render(<Field stored="a" />);
  write('typed');
  rerender(<Field stored="a" of="another" />);
  expect([typed().value, seen()]).toEqual(['a', 'a']);
});

function Person(props: { readonly stored: { readonly name: string; readonly phone: string } }) {
  const [draft, setDraft, ground] = useFollowing(props.stored, 'one');
  return (
    <>
      <input
        aria-label="Name"
        value={draft.name}
        onChange={({ target }) => setDraft({ ...draft, name: target.value })}
      />
      <output>{JSON.stringify([draft, ground.seen])}</output>
    </>
  );
}

test('of several fields those that were left alone follow, so that nothing of a colleague is written back', () => {
  const { rerender } = render(<Person stored={{ name: 'Ana', phone: '1' }} />);
  write('Ana Diaz');
  rerender(<Person stored={{ name: 'Anna', phone: '2' }} />);
  expect(JSON.parse(seen() ?? '')).toEqual([
    { name: 'Ana Diaz', phone: '2' },
    { name: 'Ana', phone: '2' },
  ]);
});
