/** The tabs of a deal, in the order of the keys 1 to 9. */
export const DEAL_TABS = [
  'overview',
  'tasks',
  'documents',
  'dates',
  'people',
  'changes',
  'messages',
  'notes',
  'activity',
] as const;
export type DealTab = (typeof DEAL_TABS)[number];
