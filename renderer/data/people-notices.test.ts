import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { actOf } from '../testing/portal-views.ts';
import { noticeOf, peopleActed } from './people-notices.ts';
import { rowToShow } from './portal-views.ts';
import { createSession, type Toast } from './session.tsx';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const line = (text: string): Toast => ({ id: 'x', text, kind: 'done', undo: null });

test('one act is named with its person, its deal and the way there', () => {
  const session = createSession();
  expect(noticeOf([actOf()], session)).toEqual({
    text: 'Priya Raman sent Home insurance binder. 1847 Marlowe Ave.',
    link: { title: 'Review', to: '/review?deal=d1' },
  });
  const { text, link } = noticeOf([actOf({ to: 'messages', id: 'p1', did: 'wrote “When do we move?”' })], session);
  expect(text).toBe('Priya Raman wrote “When do we move?” 1847 Marlowe Ave.');
  link.does?.();
  expect([link.to, rowToShow(session, 'messages').get()]).toEqual(['/deals/d1?tab=messages', { id: 'p1' }]);
});

test('several are counted, by person on one deal and by deal on several', () => {
  const session = createSession();
  const two = [actOf(), actOf({ person: 'Aiko Bergström' })];
  expect(noticeOf(two, session).text).toBe('Priya Raman and 1 other did 2 things on 1847 Marlowe Ave.');
  expect(noticeOf([actOf(), actOf({ to: 'tasks' })], session)).toEqual({
    text: 'Priya Raman did 2 things on 1847 Marlowe Ave.',
    link: { title: 'Open the deal', to: '/deals/d1' },
  });
  expect(noticeOf([actOf(), actOf({ dealId: 'd2' })], session)).toEqual({
    text: '2 things came from people on 2 deals.',
    link: { title: 'Open Today', to: '/today' },
  });
});

test('what comes close together is one line', () => {
  const session = createSession();
  peopleActed(session, [actOf()]);
  vi.advanceTimersByTime(300);
  peopleActed(session, [actOf({ id: 'l2' })]);
  expect(session.toast.get()).toBeNull();
  vi.advanceTimersByTime(500);
  expect(session.toast.get()?.text).toContain('did 2 things');
});

test('a line with an Undo or a refusal is never covered; the notice comes after it, with what came meanwhile', () => {
  const session = createSession();
  session.toast.set(line('Moved the deal'));
  peopleActed(session, [actOf()]);
  vi.advanceTimersByTime(1_000);
  expect(session.toast.get()?.text).toBe('Moved the deal');
  peopleActed(session, [actOf({ id: 'l2' })]);
  session.toast.set(line('Moved it back'));
  expect(session.toast.get()?.text).toBe('Moved it back');
  session.toast.set(null);
  expect(session.toast.get()?.text).toContain('did 2 things');
});
