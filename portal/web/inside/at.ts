/** Every screen beyond home. Each has its line in screens.ts too, which says where it is loaded from. */
export const SCREENS = [
  'tasks',
  'documents',
  'read',
  'sent',
  'forms',
  'form',
  'messages',
  'calendar',
  'changes',
  'change',
  'ask-change',
  'people',
  'propose',
  'closing',
  'upload',
] as const;
export type ScreenName = (typeof SCREENS)[number];

/**
 * Where somebody is. It is kept in the history of the browser and never in an address, so the Back of a phone works and
 * nothing of the deal gets into a shared or recorded address.
 */
export interface At {
  readonly screen: ScreenName | 'home';
  /** The id of what the screen is about. */
  readonly id?: string;
  /** A second thing it needs to know; the screen says what. */
  readonly also?: string;
}

export const HOME: At = { screen: 'home' };

/** Whether two are the same place. */
export function isSameAt(one: At, other: At): boolean {
  return one.screen === other.screen && one.id === other.id && one.also === other.also;
}
