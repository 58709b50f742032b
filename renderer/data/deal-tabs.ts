/** The tabs of a deal, in the order of the keys 1 to 6. */
export const DEAL_TABS = ['overview', 'tasks', 'dates', 'people', 'notes', 'activity'] as const;
export type DealTab = (typeof DEAL_TABS)[number];
