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

function Field(props: { readonly stored: string }) {
  const [text, setText] = useFollowing(props.stored);
  return <input aria-label="Text" value={text} onChange={(event) => setText(event.target.value)} />;
}

test('a field follows what is stored and stays the same field', () => {
  const { rerender } = render(<Field stored="a" />);
  const field = screen.getByRole<HTMLInputElement>('textbox');
  fireEvent.change(field, { target: { value: 'typed' } });
  rerender(<Field stored="a" />);
  expect(field.value).toBe('typed');
  rerender(<Field stored="b" />);
  expect(screen.getByRole('textbox')).toBe(field);
  expect(field.value).toBe('b');
});
