/** The tabs of a deal, in the order of the keys 1 to 7. */
export const DEAL_TABS = ['overview', 'tasks', 'documents', 'dates', 'people', 'notes', 'activity'] as const;
export type DealTab = (typeof DEAL_TABS)[number];
