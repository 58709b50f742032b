/** The names that main and preload meet under. Nothing else is listened to. */
export const channels = {
  /** page -> main, answered: (name, input) => Reply */
  call: 'closeboard:call',
  /** main -> page: one HostEvent */
  event: 'closeboard:event',
  /** page -> main: the page hears events from now on, so what waited for it can be told. */
  listening: 'closeboard:listening',
  /** page -> main, answered: ({ how: 'save' | 'drag', file: CopyOutInput }) => Reply. Apart from calls, since it needs the window. */
  giveOut: 'closeboard:give-out',
} as const;
