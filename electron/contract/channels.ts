/** The names that main and preload meet under. Nothing else is listened to. */
export const channels = {
  /** page -> main, answered: (name, input) => Reply */
  call: 'closeboard:call',
  /** main -> page: one HostEvent */
  event: 'closeboard:event',
  /** page -> main: the page hears events from now on, so what waited for it can be told. */
  listening: 'closeboard:listening',
} as const;
