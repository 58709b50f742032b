import { useEffect, useState } from 'react';
import type { PlainDate } from '../../core/deadlines/plain-date.ts';
import { localDay } from '../ui/days.ts';

/** The instant a command is made at. */
export function nowInstant(): string {
  return new Date().toISOString();
}

export function localToday(): PlainDate {
  return localDay(new Date());
}

/** This computer's day; changes at midnight and when the window comes back after one. */
export function useLocalDay(): PlainDate {
  const [day, setDay] = useState(localToday);
  useEffect(() => {
    const look = () => setDay(localToday());
    const timer = setInterval(look, 30_000);
    document.addEventListener('visibilitychange', look);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', look);
    };
  }, []);
  return day;
}
