import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { useState } from 'react';
import { afterEach, expect, test } from 'vitest';
import { plainDate } from '../../core/deadlines/plain-date.ts';
import { DayField } from './field.tsx';

afterEach(cleanup);

function Held() {
  const [text, setText] = useState('');
  return <DayField label="Walk-through" value={text} onChange={setText} today={plainDate('2026-06-17')} />;
}

test('what was read stands beside the field', () => {
  render(<Held />);
  fireEvent.change(screen.getByLabelText('Walk-through'), { target: { value: '6/22' } });
  expect(screen.getByText('Mon, Jun 22')).toBeTruthy();
});

test('a day that does not exist is marked, and a click takes the one that was meant', () => {
  render(<Held />);
  const field = screen.getByLabelText<HTMLInputElement>('Walk-through');
  fireEvent.change(field, { target: { value: 'June 31' } });
  expect(field.getAttribute('aria-invalid')).toBe('true');
  expect(screen.getByText(/June has 30 days/)).toBeTruthy();
  fireEvent.click(screen.getByRole('button', { name: 'Wed, July 1' }));
  expect(field.value).toBe('Wed, July 1');
  expect(field.getAttribute('aria-invalid')).toBeNull();
});
