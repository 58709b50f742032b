import type { ActName, Begun } from './acts.ts';

/*
 * What somebody did and the portal has not answered yet, kept on this device: a reload or a closed tab loses none of it. It
 * goes with the answer, with signing out, with the link's last day, a day after a link was found to be over (a newer one may
 * have taken its place), and after a week at the latest.
 */

const PREFIX = 'act ';
/** As long as the portal keeps what was uploaded and not sent. */
const LONGEST_MS = 7 * 24 * 3_600_000;
const NEW_LINK_MS = 24 * 3_600_000;
/** An older or a newer page may have kept something else. */
const NAMES: Readonly<Record<ActName, true>> = {
  ...{ 'complete-task': true, acknowledge: true, 'send-form': true, 'write-message': true, 'send-paper': true },
  ...{ 'ask-change': true, 'answer-change': true, 'withdraw-change': true, 'propose-person': true },
  ...{ 'give-consent': true, 'withdraw-consent': true },
};

interface KeptAct extends Begun {
  readonly endsAt: number;
}

/** `endsOn`: the last day of the link. False where the browser keeps nothing. */
export function keepAct(act: Begun, endsOn: string, now = Date.now()): boolean {
  const before = keptAt(PREFIX + act.key);
  // Sent in vain again, it is as old as before.
  const longest = before?.actId === act.actId ? before.endsAt : now + LONGEST_MS;
  return write(PREFIX + act.key, { ...act, endsAt: Math.min(longest, Date.parse(`${endsOn}T24:00`)) });
}

/** It was answered. Another tab may have kept another act on the same thing since. */
export function dropAct({ key, actId }: Pick<Begun, 'key' | 'actId'>): void {
  if (keptAt(PREFIX + key)?.actId === actId) remove(PREFIX + key);
}

/** Of everybody who uses this browser. What is too old, or nothing that this page knows, is forgotten. */
export function keptActs(now = Date.now()): readonly Begun[] {
  return names().flatMap((name) => {
    const act = keptAt(name);
    if (act !== null && act.endsAt > now) {
      const { endsAt: _endsAt, ...begun } = act;
      return [begun];
    }
    remove(name);
    return [];
  });
}

/** A link is over: whoever was given a newer one opens it within a day, or their access has ended. */
export function forgetActsSoon(now = Date.now()): void {
  for (const name of names()) {
    const act = keptAt(name);
    if (act !== null) write(name, { ...act, endsAt: Math.min(act.endsAt, now + NEW_LINK_MS) });
  }
}

/** All of them: somebody signed out. */
export function forgetActs(): void {
  for (const name of names()) remove(name);
}

function write(name: string, act: KeptAct): boolean {
  try {
    localStorage.setItem(name, JSON.stringify(act));
    return true;
  } catch {
    // Without room, or in a private window, it lives as long as the page.
    return false;
  }
}

function keptAt(name: string): KeptAct | null {
  try {
    const kept = JSON.parse(localStorage.getItem(name) ?? 'null') as unknown;
    return isKeptAct(kept) && PREFIX + kept.key === name ? kept : null;
  } catch {
    // A private window, or something of another page.
    return null;
  }
}

function isKeptAct(kept: unknown): kept is KeptAct {
  if (typeof kept !== 'object' || kept === null) return false;
  const { key, name, input, actId, page, draft, endsAt } = kept as Partial<KeptAct>;
  const areTexts = [key, name, actId, page].every((each) => typeof each === 'string' && each !== '');
  if (!areTexts || !Object.hasOwn(NAMES, String(name)) || typeof endsAt !== 'number') return false;
  return typeof input === 'object' && input !== null && (draft === null || typeof draft === 'string');
}

function names(): readonly string[] {
  try {
    return Object.keys(localStorage).filter((name) => name.startsWith(PREFIX));
  } catch {
    return [];
  }
}

function remove(name: string): void {
  try {
    localStorage.removeItem(name);
  } catch {
    // There was nothing kept either.
  }
}
