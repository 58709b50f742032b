import { expect, test } from 'vitest';
import { plainDate } from '../../core/deadlines/plain-date.ts';
import type { TodayItem } from '../../electron/contract/values.ts';
import { dayNotice } from './notices.tsx';

function item(state: TodayItem['state']): TodayItem {
  const on = plainDate('2026-06-17');
  return {
    dealId: 'd1',
    taskId: 't1',
    plate: '1847',
    side: 'buyer',
    street: 'Marlowe Ave',
    title: 'Order HOA papers',
    detail: '',
    on,
    state,
  };
}

test('a quiet day is not told, one thing is named, more are counted with what is late', () => {
  expect(dayNotice([])).toBeNull();
  expect(dayNotice([item('due')])).toEqual({ title: 'Order HOA papers', body: '1847 Marlowe Ave', dealId: 'd1' });
  expect(dayNotice([item('due'), item('due')])?.body).toBe('2 things need you today.');
  expect(dayNotice([item('late'), item('late'), item('due')])?.body).toBe('3 things need you today. 2 are late.');
});
