import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { vi } from 'vitest';
import type { PersonCallName } from '../api/person-calls.ts';
import type { PersonHome } from '../api/person-home.ts';
import { HOME } from './testing-home.ts';

export interface Asked {
  readonly name: string;
  readonly input: unknown;
}

/** The portal as a page meets it: an answer for each call, and what was asked. A call without an answer finds no line. */
export interface Portal {
  readonly asked: Asked[];
  answers: Partial<Record<PersonCallName, unknown>>;
  /** What was asked of one call. */
  of(name: PersonCallName): readonly unknown[];
}

/** Stands in for `fetch` until the test is over. */
export function standInPortal(): Portal {
  const portal: Portal = {
    asked: [],
    answers: { where: { at: 'nobody' } },
    of: (name) => portal.asked.filter((each) => each.name === name).map(({ input }) => input),
  };
  vi.resetModules();
  vi.stubGlobal('scrollTo', () => {});
  vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
    const name = url.slice('/api/person/'.length) as PersonCallName;
    portal.asked.push({ name, input: JSON.parse(String(init.body)) as unknown });
    const answer = portal.answers[name];
    if (answer === undefined) throw new TypeError('no connection');
    const failed = typeof answer === 'object' && answer !== null && 'error' in answer;
    return new Response(JSON.stringify(failed ? { ok: false, ...answer } : { ok: true, value: answer }));
  });
  return portal;
}

export function takeDown(): void {
  cleanup();
  vi.unstubAllGlobals();
  localStorage.clear();
  location.hash = '';
  history.replaceState(null, '');
}

/** Draws the whole page, at the address with this hash. */
export async function show(hash = ''): Promise<void> {
  location.hash = hash;
  const { App } = await import('./app.tsx');
  render(<App />);
}

/** Somebody who is in, with this home, or at the screen that the history names. */
export async function showHome(portal: Portal, more: Partial<PersonHome> = {}, at?: object): Promise<void> {
  portal.answers = { ...portal.answers, where: { at: 'home' }, home: { ...HOME, ...more } };
  if (at !== undefined) history.replaceState({ at, depth: 0, key: 'test' }, '');
  await show();
}

export function press(name: RegExp | string): void {
  fireEvent.click(screen.getByRole('button', { name }));
}
