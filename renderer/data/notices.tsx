import { useEffect, useRef } from 'react';
import type { TodayItem } from '../../electron/contract/values.ts';
import { call } from './api.ts';
import { useLocalDay } from './clock.ts';
import { useHostInfo } from './queries.ts';

/**
 * Tells the system once a day, at the first moment of it, what the day asks, while the person is looking elsewhere. In
 * the window itself Today says it; a host without notifications is left alone.
 */
export function DayNotices() {
  const day = useLocalDay();
  const seen = useRef(day);
  const canNotify = useHostInfo().data?.capabilities.includes('notifications') === true;
  useEffect(() => {
    if (seen.current === day) return;
    seen.current = day;
    if (!canNotify || document.hasFocus()) return;
    const tell = async () => {
      const { items } = await call('today:list', {});
      const notice = dayNotice(items);
      if (notice !== null) await call('host:notify', notice);
    };
    // A notice that could not be shown is nothing to interrupt anybody with: Today has the same words.
    tell().catch(() => {});
  }, [day, canNotify]);
  return null;
}

/** The words of the notice; null on a day that asks nothing. One item is named, and a click on it opens its deal. */
export function dayNotice(items: readonly TodayItem[]): { title: string; body: string; dealId?: string } | null {
  const [first] = items;
  if (first === undefined) return null;
  if (items.length === 1)
    return { title: first.title, body: `${first.plate} ${first.street}`.trim(), dealId: first.dealId };
  const late = items.filter((item) => item.state === 'late').length;
  const lateText = late === 0 ? '' : ` ${late} ${late === 1 ? 'is' : 'are'} late.`;
  return { title: 'Closeboard', body: `${items.length} things need you today.${lateText}` };
}
