import { createContext } from 'react';

/** How far down the screen was when somebody left it, in pixels; null when they are here for the first time. */
export const Scrolled = createContext<number | null>(null);
