import type { HostEvent } from '../contract/events.ts';

export interface Outlet {
  emit(event: HostEvent): void;
  /** The page hears from now on: what waited is told first. */
  listening(): void;
  /** The page went away; the next one says when it hears. */
  silent(): void;
}

/** Holds events until the page hears them, so that a deep link that started Closeboard is not lost. */
export function createOutlet(send: (event: HostEvent) => void): Outlet {
  const waiting = new Map<string, HostEvent>();
  let isHeard = false;
  return {
    emit(event) {
      if (isHeard) return send(event);
      // Of each kind the latest: a page that starts reads everything afresh, so older ones say nothing more.
      waiting.delete(event.type);
      waiting.set(event.type, event);
    },
    listening() {
      isHeard = true;
      const events = [...waiting.values()];
      waiting.clear();
      for (const event of events) send(event);
    },
    silent() {
      isHeard = false;
    },
  };
}
